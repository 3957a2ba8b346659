"""The command line's entrance: finds the command, runs it, and turns errors into exit codes."""

import os
import sys
from collections.abc import Sequence
from importlib import import_module

import click

import founder_inbox
from founder_inbox.cli.catalogue import COMMANDS, SECTIONS
from founder_inbox.cli.context import ReaderGone, config_option, given_config
from founder_inbox.cli.failure import explain
from founder_inbox.errors import FounderInboxError

INTERRUPTED = 130
_EPILOG = """\
Without a command it opens the app. Every command takes --config FILE, and --json where it prints
data. The exit code is 0 when done, 75 outside your support hours; docs/reference.md has them all.

\b
Completion for your shell (zsh_source, fish_source work the same):
  eval "$(_FOUNDER_INBOX_COMPLETE=bash_source founder-inbox)"
"""


class LazyGroup(click.Group):
    """Imports a command's module when that command is run, and no other."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's interface
        """The names, in the order of `--help`."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - the same
        """The command with this name, imported now; None if there is none."""
        place = COMMANDS.get(cmd_name)
        if place is None:
            return None
        module = import_module(f"founder_inbox.cli.commands.{place.module}")
        command = getattr(module, place.function)
        return command if isinstance(command, click.Command) else None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that the arguments name. Raises UsageError with the nearest one."""
        name = args[0]
        if name not in COMMANDS and not ctx.resilient_parsing and not name.startswith("-"):
            import difflib

            near = difflib.get_close_matches(name, COMMANDS, n=1)
            hint = f" Did you mean {near[0]}?" if near else ""
            ctx.fail(f"There is no command {name!r}.{hint}")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - the same
        """The sections of `--help`, from the catalogue alone."""
        for title, places in SECTIONS.items():
            with formatter.section(title):
                formatter.write_dl([(name, place.help) for name, place in places.items()])


@click.group(
    cls=LazyGroup,
    invoke_without_command=True,
    epilog=_EPILOG,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@config_option
@click.version_option(founder_inbox.__version__, message="%(prog)s %(version)s")
@click.pass_context
def cli(ctx: click.Context) -> int:
    """A support inbox in the terminal for people who build a product alone.

    Support is an hour, not a day. To look around first: founder-inbox demo
    """
    if ctx.invoked_subcommand is not None:
        return 0
    from founder_inbox.system.paths import config_path

    if not all(stream and stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr)):
        raise click.UsageError("The app needs a terminal. In a script use a command.", ctx)
    if not config_path(given_config()).exists():
        from founder_inbox.cli.commands.setup import on_a_screen

        return on_a_screen(ctx)
    from founder_inbox.tui.run import run_app

    return run_app(given_config())


def run(arguments: Sequence[str] | None = None) -> int:
    """Run one command line (the process's own by default); the exit code. Never raises."""
    try:
        code = _invoke(arguments)
        if sys.stdout is not None:  # it is where the caller closed it, `>&-`
            sys.stdout.flush()
    except (BrokenPipeError, ReaderGone):
        # Whoever read us has enough. Python would complain once more when it flushes at the end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        return 0
    return code


def _invoke(arguments: Sequence[str] | None) -> int:
    try:
        code = cli.main(arguments, prog_name="founder-inbox", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        return INTERRUPTED
    except FounderInboxError as error:
        click.echo(explain(error), err=True)
        return error.exit_code
    except ReaderGone:
        raise
    except Exception as error:  # noqa: BLE001 - the edge: the traceback goes to the log, a sentence to people
        from founder_inbox.cli.failure import log_crash

        click.echo(log_crash(error, arguments), err=True)
        return 1
    return code if isinstance(code, int) else 0
