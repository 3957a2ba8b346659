"""What every command shares: `--config`, `--json`, the workspace, and the two streams.

Data goes to standard output; words about it go to standard error.
"""

import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Any, TypeVar

import click

from founder_inbox.cli.plain import as_json, for_terminal

if TYPE_CHECKING:
    from founder_inbox.app.workspace import Workspace
    from founder_inbox.cli.plain import Json

F = TypeVar("F", bound=Callable[..., Any])
_CONFIG = "founder_inbox.config"
_JSON = "founder_inbox.json"


def _remember(name: str) -> Callable[[click.Context, click.Parameter, object], None]:
    def keep(ctx: click.Context, _parameter: click.Parameter, value: object) -> None:
        # The later one wins; one that was not given must not wipe out the one before the command.
        if value:
            ctx.meta[name] = value

    return keep


def config_option(function: F) -> F:
    """Add `--config FILE`; it may stand before the command and after it."""
    return click.option(
        "--config",
        metavar="FILE",
        expose_value=False,
        callback=_remember(_CONFIG),
        help="Use this configuration.",
    )(function)


def json_option(function: F) -> F:
    """Add `--json`."""
    return click.option(
        "--json",
        is_flag=True,
        expose_value=False,
        callback=_remember(_JSON),
        help="Print one JSON value and nothing else.",
    )(function)


def data_command(
    name: str, cls: type[click.Command] = click.Command
) -> Callable[[Callable[..., int | None]], click.Command]:
    """A command that prints data, with `--config` and `--json`; it returns its exit code."""

    def decorate(function: Callable[..., int | None]) -> click.Command:
        return click.command(name, cls=cls)(config_option(json_option(function)))

    return decorate


def given_config() -> str | None:
    """What `--config` said, wherever it stood."""
    value = click.get_current_context().meta.get(_CONFIG)
    return value if isinstance(value, str) else None


def wants_json() -> bool:
    """Whether `--json` was given."""
    return bool(click.get_current_context().meta.get(_JSON))


def workspace() -> "AbstractContextManager[Workspace]":
    """Configuration and database, open in the block. Raises ConfigError, CannotWrite."""
    from founder_inbox.app.workspace import open_workspace

    return open_workspace(given_config())


def answer(data: "Callable[[], Json]", page: Callable[[], str]) -> None:
    """Print the result: `data` as JSON if that was asked for, else `page` for people."""
    if wants_json():
        print_json(data())
    else:
        print_page(page())


class ReaderGone(Exception):
    """Whoever reads our standard output has enough; nothing went wrong."""


def print_json(data: "Json") -> None:
    """One line of JSON in UTF-8, whatever the locale says (RFC 8259, 8.1)."""
    _recode(encoding="utf-8")
    _write(as_json(data))


def print_page(page: str) -> None:
    """Text for people; letters that the terminal's encoding lacks become question marks."""
    _recode(errors="replace")
    _write(for_terminal(page))


def _write(text: str) -> None:
    try:
        click.echo(text)
    except BrokenPipeError:
        raise ReaderGone from None


def say(words: str) -> None:
    """A sentence about what happened, on standard error."""
    click.echo(for_terminal(words), err=True)


def tell(words: str) -> None:
    """A sentence that is the whole result: on standard output, on standard error beside JSON."""
    if wants_json():
        say(words)
    else:
        print_page(words)


def is_interactive() -> bool:
    """Whether a person sits there who could press a key."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def _recode(**how: str) -> None:
    reconfigure = getattr(sys.stdout, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(**how)
