"""close, reopen, snooze, lane, quickfix, note, tag, undo, takeback."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from founder_inbox.core.times import from_text
from founder_inbox.system import clock
from tests.app.letters import letter
from tests.cli.conftest import Cli, Founder

OnlyId = Callable[[Path], str]


@pytest.fixture
def act(cli: Cli, founder: Founder, only_id: OnlyId) -> Callable[..., Any]:
    """Runs a command on the only ticket; the ticket as it is printed."""

    def run(name: str, *arguments: str) -> Any:  # noqa: ANN401 - JSON
        ticket = only_id(founder.config)
        result = cli(name, ticket, *arguments, "--config", founder.config, "--json")
        assert (result.code, result.err) == (0, "")
        return result.json

    return run


def test_close_and_reopen(act: Callable[..., Any]) -> None:
    assert act("close")["status"] == "closed"
    assert act("reopen")["status"] == "open"


def test_snooze_takes_words_without_quotes(act: Callable[..., Any]) -> None:
    ticket = act("snooze", "in", "3", "days")
    away = from_text(ticket["snoozed_until"]) - clock.now()

    assert ticket["status"] == "snoozed"
    assert timedelta(days=2) < away < timedelta(days=4)


def test_park_puts_a_ticket_aside_for_five_minutes(act: Callable[..., Any]) -> None:
    ticket = act("park")
    away = from_text(ticket["snoozed_until"]) - clock.now()

    assert ticket["status"] == "snoozed"
    assert timedelta(minutes=4) < away <= timedelta(minutes=5)


def test_lane_moves_and_says_why(act: Callable[..., Any]) -> None:
    ticket = act("lane", "feature")

    assert ticket["lane"] == "feature"
    assert ticket["lane_reasons"] == ["you moved it here"]


def test_quickfix_flags_and_takes_the_flag_off(act: Callable[..., Any]) -> None:
    assert act("quickfix")["quick_fix"] is True
    assert act("quickfix", "--off")["quick_fix"] is False


def test_tags_come_and_go(act: Callable[..., Any]) -> None:
    assert act("tag", "dns")["tags"] == ["dns"]
    assert act("tag", "dns")["tags"] == []


def test_a_note_is_in_the_history_and_takes_standard_input(
    cli: Cli, founder: Founder, only_id: OnlyId
) -> None:
    ticket = only_id(founder.config)
    cli("note", ticket, "a", "first", "one", "--config", founder.config)
    cli("note", ticket, "-", "--config", founder.config, stdin="two\nlines\n")
    history = cli("show", ticket, "--config", founder.config, "--json").json["history"]

    assert [e["text"] for e in history if e["kind"] == "note"] == ["a first one", "two\nlines"]


def test_several_tickets_are_one_act_and_undone_as_one(cli: Cli, founder: Founder) -> None:
    founder.receive(letter("Another", message_id="<2@x.test>"))
    tickets = cli("list", "--config", founder.config, "--json").json
    ids = [ticket["id"] for ticket in tickets]
    closed = cli("close", *ids, ids[0], "--config", founder.config, "--json").json
    undone = cli("undo", "--config", founder.config, "--json").json

    assert [ticket["status"] for ticket in closed] == ["closed", "closed"]
    assert sorted(undone["tickets"]) == sorted(ids)
    assert undone["draft"] is None
    assert len(cli("list", "--config", founder.config, "--json").json) == 2


def test_one_unknown_ticket_among_several_changes_nothing(
    cli: Cli, founder: Founder, only_id: OnlyId
) -> None:
    ticket = only_id(founder.config)

    assert cli("close", ticket, "zzzzzzz", "--config", founder.config).code == 66
    assert len(cli("list", "--config", founder.config, "--json").json) == 1


def test_undo_with_nothing_to_undo_says_so(cli: Cli, founder: Founder) -> None:
    result = cli("undo", "--config", founder.config)

    assert result.code == 1
    assert "nothing to take back" in result.err


def test_words_that_are_no_time_are_refused_with_examples(
    cli: Cli, founder: Founder, only_id: OnlyId
) -> None:
    result = cli("snooze", only_id(founder.config), "blursday", "--config", founder.config)

    assert result.code == 65
    assert "tomorrow" in result.err


def test_taking_back_what_was_not_handed_off_is_refused(
    cli: Cli, founder: Founder, only_id: OnlyId
) -> None:
    assert cli("takeback", only_id(founder.config), "--config", founder.config).code == 65


@pytest.mark.parametrize(
    "command",
    [
        ["close"],
        ["park"],
        ["reopen"],
        ["snooze", "tomorrow"],
        ["lane", "urgent"],
        ["takeback"],
    ],
)
def test_outside_the_hours_triage_is_closed_and_says_when_it_opens(
    cli: Cli, closed_founder: Founder, only_id: OnlyId, command: list[str]
) -> None:
    name, *rest = command
    config = closed_founder.config
    result = cli(name, only_id(config), *rest, "--config", config, "--json")

    assert (result.code, result.out) == (75, "")
    assert "It opens to" in result.err


def test_outside_the_hours_reading_notes_and_tags_are_free(
    cli: Cli, closed_founder: Founder, only_id: OnlyId
) -> None:
    config = closed_founder.config
    ticket = only_id(config)

    assert cli("show", ticket, "--config", config).code == 0
    assert cli("note", ticket, "think", "--config", config).code == 0
    assert cli("tag", ticket, "later", "--config", config).code == 0


def test_people_get_a_sentence(cli: Cli, founder: Founder, only_id: OnlyId) -> None:
    ticket = only_id(founder.config)

    assert cli("close", ticket, "--config", founder.config).out == f"#{ticket} closed\n"


def test_delete_and_spam_close_and_undo_opens_again(
    act: Callable[..., Any], cli: Cli, founder: Founder
) -> None:
    for name in ("delete", "spam"):
        assert act(name)["status"] == "closed"
        assert cli("undo", "--config", founder.config).code == 0
        assert act("note", "still here")["status"] == "open"


def test_a_blocked_sender_is_listed_and_let_in_again(
    act: Callable[..., Any], cli: Cli, founder: Founder
) -> None:
    address = act("spam", "--block")["customer"]["address"]
    blocked = cli("unblock", "--config", founder.config, "--json")
    assert blocked.json == [address]

    let_in = cli("unblock", address, "--config", founder.config, "--json")
    assert let_in.json == {"unblocked": address}
    assert cli("unblock", "--config", founder.config).out == "Nobody is blocked.\n"
    again = cli("unblock", address, "--config", founder.config)
    assert (again.code, "is not blocked" in again.err) == (65, True)


def test_what_is_good_to_know_of_a_customer_is_shown_found_and_taken_away(
    cli: Cli, founder: Founder, only_id: OnlyId
) -> None:
    options = ("--config", founder.config, "--json")
    ticket = only_id(founder.config)
    noted = cli("customer", ticket, "--note", "Prefers the telephone", *options).json
    assert noted["note"]["text"] == "Prefers the telephone"
    assert noted["tickets"] == [ticket]

    assert [found["id"] for found in cli("search", "telepho", *options).json] == [ticket]
    page = cli("customer", noted["address"].upper(), "--config", founder.config).out
    assert "Good to know\n  Prefers the telephone" in page
    assert cli("customer", noted["address"], "--note", "", *options).json["note"] is None
    assert cli("search", "telepho", *options).json == []
    assert cli("undo", *options).json["undone"] == "Taken back: the note about them"
    assert cli("customer", ticket, *options).json["note"]["text"] == "Prefers the telephone"


def test_somebody_who_never_wrote_is_not_known(cli: Cli, founder: Founder) -> None:
    result = cli("customer", "nobody@nowhere.test", "--config", founder.config)

    assert (result.code, result.out) == (66, "")
    assert "Nobody has written from nobody@nowhere.test" in result.err


def test_a_company_is_everybody_at_its_domain(cli: Cli, founder: Founder) -> None:
    founder.receive(letter(sender="Bea <bea@okafor.test>", message_id="<b@okafor.test>"))
    founder.receive(letter(sender="Eve <eve@x.test>", message_id="<e@x.test>"))
    said = cli("customer", "okafor", "--company", "--config", founder.config, "--json").json
    assert {one["address"]: len(one["tickets"]) for one in said} == {
        "bea@okafor.test": 1,
        "tom@okafor.test": 1,
    }
    page = cli("customer", "okafor.test", "--company", "--config", founder.config)
    assert "bea@okafor.test  Bea  1 ticket" in page.out
    assert cli("customer", "nobody", "--company", "--config", founder.config).code == 66
