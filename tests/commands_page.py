"""`docs/commands.md`: every command with its options, from the same words that `--help` shows."""

import inspect
import re
from collections.abc import Iterator, Mapping

import click

from founder_inbox.cli.catalogue import SECTIONS, Place
from founder_inbox.cli.main import cli

_HEAD = """\
# Commands

`founder-inbox` alone opens the app; with a command it does one thing and ends.
Every command takes `--config FILE`, before or after its name, and `--help`.
With `--json` standard output holds one JSON value and nothing else.
Exit codes and the JSON of a ticket are in [Reference](reference.md).

TICKET is any beginning of a ticket's id that no other ticket has, with or without `#`.
"""
_SHARED = {"--config", "--json", "--help"}


def commands_page() -> str:
    """The whole page in Markdown."""
    root = click.Context(cli, info_name="founder-inbox")
    lines = [_HEAD]
    for title, places in SECTIONS.items():
        lines += [f"## {title}", "", *_contents(places), ""]
        for name in places:
            lines += _described(cli.get_command(root, name), name, root)
    return "\n".join(lines).rstrip("\n") + "\n"


def _contents(places: Mapping[str, Place]) -> Iterator[str]:
    yield from ("| command | does |", "|---|---|")
    yield from (f"| [`{name}`](#{name}) | {place.help} |" for name, place in places.items())


def _described(
    command: click.Command | None, name: str, parent: click.Context, depth: int = 3
) -> Iterator[str]:
    if command is None:
        raise LookupError(name)
    ctx = click.Context(command, info_name=name, parent=parent)
    full = ctx.command_path.removeprefix("founder-inbox ")
    yield from (f"{'#' * depth} {full}", "", "```text")
    yield " ".join([ctx.command_path, usage_of(command, ctx)])
    yield from ("```", "")
    yield from _paragraphs(command.help or "")
    yield from _options(command, ctx)
    if isinstance(command, click.Group):
        for sub in command.list_commands(ctx):
            yield from _described(command.get_command(ctx, sub), sub, ctx, depth + 1)


def _paragraphs(text: str) -> Iterator[str]:
    """Click's help as Markdown: what it keeps as it stands is code, the rest flows."""
    for paragraph in inspect.cleandoc(text).partition("\f")[0].strip().split("\n\n"):
        if paragraph.startswith("\b"):
            yield from ("```text", paragraph.removeprefix("\b").strip("\n"), "```", "")
        elif paragraph:
            yield from (" ".join(paragraph.split()), "")


def _options(command: click.Command, ctx: click.Context) -> Iterator[str]:
    shown = [p for p in command.get_params(ctx) if isinstance(p, click.Option) and not p.hidden]
    records = [p.get_help_record(ctx) for p in shown if not _SHARED & {*p.opts}]
    rows = [record for record in records if record]
    if rows:
        yield from ("| option | does |", "|---|---|")
        yield from (f"| `{_cell(names)}` | {_cell(words)} |" for names, words in rows)
        yield ""
    if any("--json" in p.opts for p in shown):
        yield from ("Takes `--json`.", "")


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def usage_of(command: click.Command, ctx: click.Context) -> str:
    """Its arguments, as the present click spells them; 8.3 doubles the brackets of a choice."""
    return re.sub(r"\[(\[[^\[\]]*\])\]", r"\1", " ".join(command.collect_usage_pieces(ctx)))
