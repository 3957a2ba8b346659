"""Ideas on the command line: logged, voted for, decided, told."""

from pathlib import Path

import pytest

from tests.app.letters import letter
from tests.cli.conftest import Cli, Founder, MakeFounder

WISH = "It would be great if you could add a dark mode to the editor."


@pytest.fixture
def wished(make_founder: MakeFounder, cli: Cli) -> tuple[Path, dict[str, str]]:
    """Two customers want a dark mode: the config, and the tickets by first name."""
    founder: Founder = make_founder()
    founder.receive(
        letter("Idea of Tom", WISH, sender="Tom O <tom@tom.test>", message_id="<t@x.test>"),
        letter("Idea of Eve", WISH, sender="Eve E <eve@eve.test>", message_id="<e@x.test>"),
    )
    tickets = cli("list", "--config", founder.config, "--json").json
    return founder.config, {t["subject"].split()[-1]: t["id"] for t in tickets}


def test_an_idea_is_logged_voted_for_planned_and_its_voters_are_told(
    cli: Cli, wished: tuple[Path, dict[str, str]]
) -> None:
    config, ticket = wished
    tail = ("--config", config, "--json")
    added = cli("ideas", "add", ticket["Tom"], "--title", "Dark mode", *tail).json
    assert (added["state"], added["votes"], added["alike"]) == ("asked_why", 1, [])
    alike = cli("ideas", "add", ticket["Eve"], "--title", "A dark mode", *tail).json
    assert alike["alike"] == [added["id"]]
    cli("undo", "--config", config)
    voted = cli("ideas", "add", ticket["Eve"], "--idea", added["id"], *tail).json
    assert voted["votes"] == 2
    assert WISH in cli("ideas", "show", added["id"], "--config", config).out

    planned = cli("ideas", "set", added["id"], "--state", "planned", *tail).json
    assert planned["state"] == "planned"
    tell = ("ideas", "tell", added["id"], "--state", "shipped", "--text", "It is in Settings.")
    shown = cli(*tell, *tail).json
    assert (shown["sent"], len(shown["letters"])) == (False, 2)
    assert cli("outbox", *tail).json == []
    assert cli(*tell, "--yes", *tail).json["sent"] is True
    assert {to for mail in cli("outbox", *tail).json for to in mail["to"]} == {
        "tom@tom.test",
        "eve@eve.test",
    }
    assert cli(*tell, "--yes", "--config", config).code == 65
    [listed] = cli("ideas", "--state", "shipped", *tail).json
    assert listed["reason"] == "It is in Settings."


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["show"], 2, "Write ideas show IDEA"),
        (["join", "a"], 2, "Write ideas join IDEA INTO"),
        (["show", "zzzzz"], 66, "There is no idea 'zzzzz'"),
        (["set", "x", "--state", "maybe"], 2, "maybe"),
        (["leave", "#"], 66, "There is no ticket"),
    ],
)
def test_what_can_not_be_done_is_said(
    cli: Cli, founder: Founder, arguments: list[str], code: int, words: str
) -> None:
    result = cli("ideas", *arguments, "--config", founder.config)
    assert (result.code, result.out) == (code, "")
    assert words in result.err


def test_an_empty_list_says_how_to_begin(cli: Cli, founder: Founder) -> None:
    assert "F on a ticket" in cli("ideas", "--config", founder.config).out
