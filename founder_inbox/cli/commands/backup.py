"""Backup and restore: one file that holds everything, and the way back from it."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from founder_inbox.cli.context import answer, data_command, given_config, say, workspace
from founder_inbox.core.display import safe_line
from founder_inbox.core.hours.time_words import counted
from founder_inbox.core.sizes import size_words
from founder_inbox.system import clock

if TYPE_CHECKING:
    from founder_inbox.app.data.restore import Restored

FILE = click.Path(path_type=Path, dir_okay=False)


@data_command("backup")
@click.argument("file", type=FILE)
@click.option("--replace", is_flag=True, help="Take the place of a backup that has this name.")
def backup(file: Path, replace: bool) -> None:
    """Copy everything into FILE: mail, notes, journal, outbox, your replies and settings.

    Works while the app is open. FILE is read through before it gets its name; it is an SQLite
    database. Passwords are not in it.
    """
    from founder_inbox.app.data.backup import back_up

    with workspace() as ws:
        made = back_up(ws, file, _percent("Copying"), replace=replace)
    rows = made.contents.rows
    answer(
        lambda: {
            "file": str(made.path),
            "bytes": made.size,
            "messages": rows["message"],
            "tickets": rows["ticket"],
            "events": rows["event"],
            "files": made.files,
            "verified": True,
        },
        lambda: (
            f"{safe_line(str(made.path))}: {counted(rows['message'], 'mail')} in "
            f"{counted(rows['ticket'], 'ticket')}, {counted(made.files, 'file')} of yours, "
            f"{size_words(made.size)}. Read through, and whole."
        ),
    )


@data_command("restore")
@click.argument("file", type=FILE)
def restore(file: Path) -> None:
    """Put a backup in the place of the database. Close the app first.

    What is there now is set aside in the data folder, under a name that is printed. Replies that
    were on their way when the backup was made are not sent again by themselves. Your own files
    are written where they are missing; one that differs stays, and the backup's is laid beside it.
    """
    from founder_inbox.app.data.restore import bring_config
    from founder_inbox.app.data.restore import restore as put_back
    from founder_inbox.app.workspace import config_file, locate

    brought = bring_config(file, config_file(given_config()))
    if brought:
        say(f"There was no configuration: {brought} came from the backup.")
    _, paths = locate(given_config())
    done = put_back(paths, file, clock.now(), _percent("Bringing back"))
    answer(
        lambda: {
            "messages": done.contents.rows["message"],
            "tickets": done.contents.rows["ticket"],
            "events": done.contents.rows["event"],
            "set_aside": str(done.set_aside) if done.set_aside else None,
            "uncertain": done.uncertain,
            "written": [str(path) for path in done.files.written],
            "beside": [str(path) for path in done.files.beside],
        },
        lambda: "\n".join(_lines(done)),
    )


def _lines(done: "Restored") -> list[str]:
    rows = done.contents.rows
    lines = [
        f"{counted(rows['message'], 'mail')} in {counted(rows['ticket'], 'ticket')} are back. "
        "The next sync brings what came since."
    ]
    if done.set_aside:
        lines.append(f"What was there before is in {safe_line(str(done.set_aside))}")
    if done.uncertain:
        lines.append(
            f"{counted(done.uncertain, 'reply')} waited to be sent then and may have left since: "
            "look at founder-inbox outbox."
        )
    lines += [f"Written: {safe_line(str(path))}" for path in done.files.written]
    lines += [
        f"Yours differs and stays; the backup's is {safe_line(str(path))}"
        for path in done.files.beside
    ]
    return lines


def _percent(doing: str) -> Callable[[int, int], None]:
    """Tells how far it came, on a terminal only."""
    if not sys.stderr.isatty():
        return lambda _left, _total: None

    def tell(left: int, total: int) -> None:
        done = 100 * (total - left) // max(total, 1)
        click.echo(f"\r{doing}: {done} %" + ("\n" if not left else ""), err=True, nl=False)

    return tell
