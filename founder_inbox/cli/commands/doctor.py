"""Is everything right, and what to do about what is not."""

import os
import platform
import shutil
import sys
from collections.abc import Iterator, Sequence

import click

import founder_inbox
from founder_inbox.app.health.doctor import examine
from founder_inbox.app.health.known_names import known_names
from founder_inbox.cli.check_lines import check_line, check_shape
from founder_inbox.cli.context import (
    data_command,
    given_config,
    print_json,
    print_page,
    wants_json,
)
from founder_inbox.cli.terminal_probe import emoji_cells
from founder_inbox.core.checks import Check, State
from founder_inbox.core.report import write_report
from founder_inbox.core.terminals import Terminal, look_at_terminal
from founder_inbox.store.health import sqlite_version
from founder_inbox.system import clock


@data_command("doctor")
@click.option("--mail", is_flag=True, help="Also send a mail to yourself and wait for it.")
@click.option("--report", is_flag=True, help="For others: no names, addresses, hosts or subjects.")
@click.option("--keys", is_flag=True, help="Instead: press keys, and see which ones arrive.")
def doctor(mail: bool, report: bool, keys: bool) -> int:
    """Check the setup: configuration, data, hours, replies, servers, terminal. Changes nothing.

    --mail also tries a mail to yourself and back, as setup does. --report prints what can be
    pasted in public. --keys asks you to press the keys that a terminal may keep for itself.
    """
    if keys:
        return _try_keys()
    checks = []
    for check in _checks(mail=mail):
        checks.append(check)
        if not (wants_json() or report):
            print_page(check_line(check))
    wrong = [check for check in checks if check.state is State.FAILED]
    if report:
        print_page(write_report(_facts(), checks, known_names(given_config())))
    elif wants_json():
        print_json({"ok": not wrong, "checks": [check_shape(check) for check in checks]})
    else:
        print_page("All is well." if not wrong else f"{len(wrong)} to mend.")
    return wrong[0].code if wrong else 0


def _try_keys() -> int:
    if not all(stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr)):
        raise click.UsageError("doctor --keys needs a terminal in which keys are pressed.")
    from founder_inbox.core.key_trial import advice, keys_to_try
    from founder_inbox.tui.key_check import KeyCheck

    arrived = KeyCheck().run() or frozenset()
    missing = [tried.key for tried in keys_to_try() if tried.key not in arrived]
    if wants_json():
        print_json({"arrived": sorted(arrived), "missing": [*missing]})
    elif missing:
        print_page("\n".join(["Not pressed, or kept by the terminal:", *advice(arrived)]))
    else:
        print_page("Every key arrives.")
    return 0


def _checks(*, mail: bool) -> Iterator[Check]:
    yield from examine(given_config(), clock.now(), mail=mail)
    size = shutil.get_terminal_size((80, 24))
    encoding = sys.stdout.encoding or "ascii"
    cells = emoji_cells() if not wants_json() else None
    yield from look_at_terminal(Terminal(encoding, size.columns, size.lines, os.environ, cells))


def _facts() -> Sequence[tuple[str, str]]:
    """What the report begins with: versions, and nothing of the founder's."""
    from importlib.metadata import version

    libraries = ("textual", "imapclient", "sqlite-utils", "keyring")
    terminal = [os.environ.get(name, "") for name in ("TERM", "TERM_PROGRAM", "COLORTERM")]
    return (
        ("version", founder_inbox.__version__),
        ("python", platform.python_version()),
        ("sqlite", sqlite_version()),
        ("system", f"{platform.system()} {platform.release()} {platform.machine()}"),
        *((name, version(name)) for name in libraries),
        ("terminal", " ".join(filter(None, terminal)) or "unknown"),
    )
