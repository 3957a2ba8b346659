"""promises, quickfix with its clock, and a reply that promises."""

from founder_inbox.core.times import from_text
from founder_inbox.system import clock
from tests.app.letters import letter
from tests.cli.conftest import Cli, Founder


def only(cli: Cli, founder: Founder) -> dict[str, object]:
    [ticket] = cli("list", "--status", "all", "--config", founder.config, "--json").json
    return dict(ticket)


def test_a_promise_made_elsewhere_is_listed_kept_and_taken_back(cli: Cli, founder: Founder) -> None:
    config, ticket = founder.config, str(only(cli, founder)["id"])
    assert cli("promises", "--config", config).out == "You owe nobody a date.\n"

    added = cli("promises", "add", ticket, "in", "3", "days", "--config", config, "--json").json
    [promise] = cli("promises", "--config", config, "--json").json
    assert added["promises"][0]["due"] == promise["due"] == added["update_due_at"]
    assert (promise["ticket"], promise["is_due"]) == (ticket, False)
    assert f"#{ticket}" in cli("promises", "--config", config).out

    assert cli("promises", "keep", ticket, "--config", config, "--json").json["promises"] == []
    cli("undo", "--config", config)
    assert len(cli("promises", "--config", config, "--json").json) == 1


def test_what_promises_does_not_understand_is_said(cli: Cli, founder: Founder) -> None:
    config, ticket = founder.config, str(only(cli, founder)["id"])

    assert cli("promises", "add", ticket, "--config", config).code == 2
    assert cli("promises", "add", ticket, "whenever", "--config", config).code != 0
    assert "no promise to keep" in cli("promises", "keep", ticket, "--config", config).err


def test_a_reply_that_promises_says_how_to_be_reminded_and_promise_does_it(
    cli: Cli, closed_founder: Founder
) -> None:
    config = closed_founder.config
    ticket = cli("list", "--config", config, "--json").json[0]["id"]
    words = "I will send you the file within two weeks."
    told = cli("reply", ticket, "--body-file", "-", "--config", config, stdin=words)
    assert f"founder-inbox promises add {ticket}" in told.err
    assert cli("promises", "--config", config, "--json").json == []

    number = cli("outbox", "--config", config, "--json").json[0]["id"]
    cli("outbox", "cancel", str(number), "--config", config)
    more = ["--draft", "--promise", "--stay"]
    sent = cli("reply", ticket, *more, "--config", config, "--json")
    assert sent.json["then"] == "update"
    [promise] = cli("promises", "--config", config, "--json").json
    assert promise["words"] == "within two weeks"
    assert from_text(promise["due"]) > clock.now()

    number = cli("outbox", "--config", config, "--json").json[0]["id"]
    cli("outbox", "cancel", str(number), "--config", config)
    assert cli("promises", "--config", config, "--json").json == []


def test_quickfix_has_a_clock_and_figures_at_any_hour(cli: Cli, closed_founder: Founder) -> None:
    config = closed_founder.config
    ticket = cli("list", "--config", config, "--json").json[0]["id"]

    def act(*words: str) -> dict[str, object]:
        return dict(cli("quickfix", *words, "--config", config, "--json").json)

    assert act(ticket, "--minutes", "7")["quick_fix_clock"] == {
        "minutes": 7,
        "worked": 0,
        "started_at": None,
    }
    act(ticket, "--start")
    overview = act()
    assert (overview["minutes_left"], overview["finished"]) == (10, 0)
    finished = act(ticket, "--finish")
    assert (finished["quick_fix"], finished["quick_fix_clock"]) == (False, None)
    figures = act()
    assert (figures["open"], figures["finished"]) == ([], 1)
    assert "1 quick fix in thirty days" in cli("list", "--quick-fix", "--config", config).out


def test_a_fourth_quick_fix_and_two_clocks_at_once_are_refused(cli: Cli, founder: Founder) -> None:
    config = founder.config
    founder.receive(
        *(
            letter(f"Report {n}", sender=f"t{n}@x{n}.test", message_id=f"<r{n}@x.test>")
            for n in range(3)
        )
    )
    ids = [ticket["id"] for ticket in cli("list", "--config", config, "--json").json]

    assert cli("quickfix", *ids[:3], "--config", config).code == 0
    assert "Three quick fixes are open" in cli("quickfix", ids[3], "--config", config).err
    assert "one ticket at a time" in (cli("quickfix", *ids[:2], "--start", "--config", config).err)
    assert "not flagged" in cli("quickfix", ids[3], "--start", "--config", config).err
