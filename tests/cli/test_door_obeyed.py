"""Every command against a shut door."""

import pytest

from founder_inbox.cli.catalogue import COMMANDS as CATALOGUE
from founder_inbox.core.acts import COMMANDS, Act
from tests.cli.conftest import Cli, Founder

THE_TICKET = "#"
MORE = {"snooze": ["tomorrow"], "lane": ["howto"], "merge": [THE_TICKET], "split": ["1"]}
NEEDS_OPEN = [name for name, act in COMMANDS.items() if act is Act.TRIAGE]


def test_every_command_has_a_row() -> None:
    assert set(CATALOGUE) == set(COMMANDS)


@pytest.mark.parametrize("command", NEEDS_OPEN)
def test_what_changes_whose_turn_it_is_is_refused_with_75(
    cli: Cli, closed_founder: Founder, command: str
) -> None:
    config = closed_founder.config
    ticket = cli("list", "--config", config, "--json").json[0]["id"]
    more = [ticket if word == THE_TICKET else word for word in MORE.get(command, [])]
    result = cli(command, ticket, *more, "--config", config)

    assert (result.code, result.out) == (75, "")
    assert "Support is closed. It opens" in result.err


@pytest.mark.parametrize("command", [["outbox", "send"], ["hours", "close"]])
def test_so_is_letting_mail_go_and_closing_what_is_shut(
    cli: Cli, closed_founder: Founder, command: list[str]
) -> None:
    assert cli(*command, "--config", closed_founder.config).code == 75


def test_reading_notes_and_tags_are_free(cli: Cli, closed_founder: Founder) -> None:
    config = closed_founder.config
    ticket = cli("list", "--config", config, "--json").json[0]["id"]
    for command in (["show", ticket], ["note", ticket, "ask Vlad"], ["tag", ticket, "refund"]):
        assert cli(*command, "--config", config).code == 0
    assert cli("undo", "--config", config).code == 0
