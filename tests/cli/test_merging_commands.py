"""merge and split."""

from datetime import timedelta

import pytest

from founder_inbox.core.tickets.identity import ticket_id
from tests.app.letters import letter
from tests.cli.conftest import Cli, Founder

ONE, TWO, THREE = (ticket_id(f"<{n}@okafor.test>") for n in ("one", "two", "three"))
EVE = "Eve <eve@evil.test>"


@pytest.fixture
def busy(founder: Founder) -> Founder:
    """Tom's ticket, a second one of his, and an answer of Eve's to the first."""
    founder.receive(
        letter("Still empty", message_id="<two@okafor.test>"),
        letter(
            "Re: Export is empty",
            "Same here, how do I export?",
            message_id="<three@okafor.test>",
            references="<one@okafor.test>",
            sender=EVE,
        ),
    )
    return founder


def test_merge_prints_the_ticket_that_stays_and_both_ids_show_it(cli: Cli, busy: Founder) -> None:
    merged = cli("merge", ONE, TWO, "--config", busy.config, "--json")

    assert (merged.code, merged.err) == (0, "")
    assert (merged.json["id"], merged.json["messages"]) == (ONE, 3)
    shown = cli("show", TWO, "--config", busy.config, "--json").json
    assert shown["id"] == ONE
    assert [entry["number"] for entry in shown["history"]] == [1, 3, 2, None] or [
        entry["number"] for entry in shown["history"]
    ] == [1, 2, 3, None]
    assert cli("undo", "--config", busy.config, "--json").json["tickets"] == [ONE]
    assert cli("show", TWO, "--config", busy.config, "--json").json["id"] == TWO


def test_several_tickets_can_be_named_before_the_last_one(cli: Cli, busy: Founder) -> None:
    busy.receive(letter("Third", message_id="<four@okafor.test>"))
    merged = cli("merge", TWO, ticket_id("<four@okafor.test>"), ONE, "--config", busy.config)

    assert merged.out.startswith(f"#{ONE} has #{TWO}, #")


def test_split_takes_the_number_from_show_or_the_message_id(cli: Cli, busy: Founder) -> None:
    page = cli("show", ONE, "--config", busy.config).out
    assert "── 2 · " in page
    by_number = cli("split", ONE, "2", "--config", busy.config, "--json")
    cli("undo", "--config", busy.config)
    by_id = cli("split", ONE, "three@okafor.test", "--config", busy.config, "--json")

    assert (by_number.code, by_number.err) == (0, "")
    assert by_number.json["id"] == by_id.json["id"] == THREE
    assert by_id.json["customer"]["address"] == "eve@evil.test"


def test_what_cant_be_is_refused_with_words(cli: Cli, busy: Founder) -> None:
    for arguments, code, words in (
        (("merge", ONE, ONE), 65, "same ticket"),
        (("merge", ONE, "zzzzzzz"), 66, "no ticket"),
        (("split", TWO, "1"), 65, "Nothing would be left"),
        (("split", ONE, "1"), 65, "began with that mail"),
        (("split", ONE, "9"), 66, "1 to 2"),
        (("merge", ONE), 2, "INTO"),
    ):
        result = cli(*arguments, "--config", busy.config, "--json")
        assert (result.code, result.out) == (code, "")
        assert words in result.err


def test_different_people_need_a_word(cli: Cli, busy: Founder) -> None:
    busy.receive(letter("Hello", message_id="<eve@evil.test>", sender=EVE))
    eve = ticket_id("<eve@evil.test>")
    refused = cli("merge", eve, TWO, "--config", busy.config)
    meant = cli("merge", eve, TWO, "--different-people", "--config", busy.config, "--json")

    assert refused.code == 65
    assert "--different-people" in refused.err
    assert (meant.code, meant.json["messages"]) == (0, 2)


@pytest.mark.parametrize("command", [["merge", ONE, TWO], ["split", ONE, "2"]])
def test_outside_the_hours_tickets_stay_as_they_are(
    cli: Cli, closed_founder: Founder, command: list[str]
) -> None:
    reply = letter(message_id="<three@okafor.test>", references="<one@okafor.test>", text="More")
    closed_founder.receive(letter("Still", message_id="<two@okafor.test>"), reply)

    assert cli(*command, "--config", closed_founder.config).code == 75


def test_show_says_which_ticket_a_fresh_one_may_belong_to(cli: Cli, founder: Founder) -> None:
    founder.receive(
        letter("Export is empty!", message_id="<five@okafor.test>"), ago=timedelta(hours=1)
    )
    five = ticket_id("<five@okafor.test>")
    shown = cli("show", five, "--config", founder.config, "--json").json
    page = cli("show", five, "--config", founder.config).out

    assert shown["belongs_to"]["ticket"] == ONE
    assert f"founder-inbox merge {five} {ONE}" in page
    assert cli("show", ONE, "--config", founder.config, "--json").json["belongs_to"] is None
