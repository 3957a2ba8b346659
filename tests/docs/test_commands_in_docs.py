"""The commands that the docs tell people to type exist, with these options."""

import re
import shlex
from collections.abc import Iterator

import click
import pytest

from founder_inbox.cli.catalogue import COMMANDS
from founder_inbox.cli.main import cli
from tests.docs.pages import PAGES, blocks, words_in_code

NAMED = re.compile(r"\bfounder-inbox ([a-z]+)\b")
# `keyring set founder-inbox support@acme.test` has the name as an argument.
NOT_COMMANDS = {"support"}


def command_lines() -> Iterator[list[str]]:
    """The arguments of each call in a block of shell, one list for a call."""
    for path in PAGES:
        for block in blocks(path.read_text(encoding="utf-8"), "sh"):
            for part in re.split(r"\n|&&", block):
                program, *arguments = shlex.split(part) or [""]
                if program.endswith("founder-inbox"):
                    yield arguments


@pytest.mark.parametrize("arguments", [line for line in command_lines() if line], ids=" ".join)
def test_a_command_in_the_docs_can_be_typed(arguments: list[str]) -> None:
    name, *rest = arguments
    root = click.Context(cli, info_name="founder-inbox")
    command = cli.get_command(root, name)
    assert command is not None

    assert command.make_context(name, rest, parent=root).args == []


def test_an_option_that_does_not_exist_is_noticed() -> None:
    root = click.Context(cli, info_name="founder-inbox")
    command = cli.get_command(root, "list")
    assert command is not None

    with pytest.raises(click.UsageError):
        command.make_context("list", ["--lame", "urgent"], parent=root)


def test_every_command_that_a_page_names_exists() -> None:
    named = {
        (path.name, found)
        for path in PAGES
        for code in words_in_code(path.read_text(encoding="utf-8"))
        for found in NAMED.findall(code)
    }

    assert {pair for pair in named if pair[1] not in {*COMMANDS, *NOT_COMMANDS}} == set()
