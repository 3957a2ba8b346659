"""Causes on the command line: named, linked, told that it is fixed."""

from pathlib import Path

import pytest

from tests.app.letters import letter
from tests.cli.conftest import Cli, Founder, MakeFounder

ERROR = "It does not work.\n\nTypeError: list is undefined at export.js\n"


@pytest.fixture
def hit(make_founder: MakeFounder, cli: Cli) -> tuple[Path, list[str]]:
    """Two customers with one error: the config, and their tickets."""
    founder: Founder = make_founder()
    founder.receive(
        letter("Tom's", ERROR, sender="Tom O <tom@tom.test>", message_id="<t@x.test>"),
        letter("Eve's", ERROR, sender="Eve E <eve@eve.test>", message_id="<e@x.test>"),
    )
    tickets = cli("list", "--config", founder.config, "--json").json
    return founder.config, sorted((t["id"] for t in tickets), reverse=True)


def test_a_cause_is_named_for_all_it_hit_and_they_hear_that_it_is_fixed(
    cli: Cli, hit: tuple[Path, list[str]]
) -> None:
    config, (first, second) = hit
    tail = ("--config", config, "--json")
    assert cli("causes", "hit", first, *tail).json == [second]
    made = cli(
        *("causes", "add", first, "--cause", "docs", "--what", "Wrong button", "--test"), *tail
    ).json
    assert (made["cause"], made["test"], made["tickets"]) == ("docs", True, [first])
    linked = cli("causes", "link", made["id"], second, *tail).json
    assert linked["tickets"] == [first, second]

    fixed = ("causes", "fixed", made["id"], "--text", "The guide names the right one now.")
    assert len(cli(*fixed, *tail).json["letters"]) == 2
    assert cli("outbox", *tail).json == []
    assert cli(*fixed, "--yes", *tail).json["sent"] is True
    statuses = {t["status"] for t in cli("list", "--status", "snoozed", *tail).json}
    assert statuses == {"snoozed"}
    assert cli(*fixed, "--yes", "--config", config).code == 65
    [listed] = cli("causes", *tail).json
    assert listed["fixed_at"]
    assert "Wrong button" in cli("causes", "show", made["id"], "--config", config).out
    assert cli("causes", "minutes", *tail).code == 0


def test_a_cause_is_called_something_else_and_undo_brings_the_old_words_back(
    cli: Cli, hit: tuple[Path, list[str]]
) -> None:
    config, (first, _) = hit
    tail = ("--config", config, "--json")
    made = cli("causes", "add", first, "--what", "Wrong", "--link", "https://x.test/1", *tail).json
    changed = cli(
        *("causes", "set", made["id"], "--what", "Wrong button", "--cause", "interface"),
        *("--link", "", "--test"),
        *tail,
    ).json
    assert (changed["what"], changed["cause"]) == ("Wrong button", "interface")
    assert (changed["link"] or "", changed["test"]) == ("", True)
    assert cli("causes", "set", made["id"], "--test", *tail).code == 65
    assert cli("causes", "set", made["id"], "--link", "x", *tail).code == 65
    assert cli("causes", "set", made["id"], "--what", " ", *tail).code == 65
    cli("undo", *tail)
    [listed] = cli("causes", *tail).json
    assert (listed["what"], listed["cause"], listed["test"]) == ("Wrong", "bug", False)


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["show"], 2, "Write causes show CAUSE"),
        (["link", "x"], 2, "Write causes link CAUSE TICKET..."),
        (["fixed", "zzzzz"], 66, "There is no cause 'zzzzz'"),
        (["add", "zzzzzzz"], 66, "There is no ticket"),
    ],
)
def test_what_can_not_be_done_is_said(
    cli: Cli, founder: Founder, arguments: list[str], code: int, words: str
) -> None:
    result = cli("causes", *arguments, "--config", founder.config)
    assert (result.code, result.out) == (code, "")
    assert words in result.err
