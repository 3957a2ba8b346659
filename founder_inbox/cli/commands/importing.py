"""import: mail of earlier years, out of a file, into tickets and search."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from founder_inbox.cli.context import answer, data_command, workspace
from founder_inbox.core.hours.time_words import counted
from founder_inbox.system import clock

if TYPE_CHECKING:
    from founder_inbox.app.data.helpdesk import TakenOver
    from founder_inbox.app.data.importing import Imported


@data_command("import")
@click.argument("path", type=click.Path(path_type=Path))
def import_(path: Path) -> None:
    """Take in the mails of an mbox, a Maildir, or a folder of .eml files, or another help desk's.

    They become tickets here and are found by search; the mail server is not touched, and neither
    is PATH. Tickets in which nobody wrote for 14 days arrive closed. What is here already is left
    out, so an import may be repeated. `backup` first costs a minute.

    A .json file, or a folder of them, is taken for what the API of Help Scout, FreeScout or Zammad
    gave: answers, notes, tags and who is closed come along.
    """
    from founder_inbox.app.data.helpdesk_files import is_export

    shown = sys.stderr.isatty()

    def tell(read: int) -> None:
        if shown:
            click.echo(f"\r{counted(read, 'mail')} read", err=True, nl=False)

    with workspace() as ws:
        if is_export(path):
            from founder_inbox.app.data.helpdesk import import_conversations

            taken = import_conversations(ws, path, clock.now(), tell)
            _end_line(shown)
            _answer_taken(taken)
        else:
            from founder_inbox.app.data.importing import import_mails

            done = import_mails(ws, path, clock.now(), tell)
            _end_line(shown)
            _answer_mails(done)


def _end_line(shown: bool) -> None:
    if shown:
        click.echo(err=True)


def _answer_mails(done: "Imported") -> None:
    def page() -> str:
        words = _read(done.mails, done.new)
        if done.tickets:
            words += f" {counted(done.tickets, 'new ticket')}, {done.closed} of them closed."
        if done.too_large:
            words += f" {counted(done.too_large, 'mail')} over 64 MB left out."
        return words

    answer(
        lambda: {
            "mails": done.mails,
            "new": done.new,
            "tickets_new": done.tickets,
            "closed": done.closed,
            "too_large": done.too_large,
        },
        page,
    )


def _answer_taken(taken: "TakenOver") -> None:
    from founder_inbox.app.data.helpdesk import MOST_TOLD

    for words in taken.broken[:MOST_TOLD]:
        click.echo(words, err=True)
    if more := taken.broken[MOST_TOLD:]:
        click.echo(f"And {len(more)} more: --json lists all.", err=True)

    def page() -> str:
        words = _read(taken.mails, taken.new)
        if taken.tickets:
            words += f" {counted(taken.tickets, 'new ticket')}, {taken.closed} of them closed."
        words += f" {counted(taken.notes, 'note')}." if taken.notes else ""
        if taken.left_out:
            words += f" Left out as spam, deleted, drafts or merged: {taken.left_out}."
        if taken.broken:
            words += f" {counted(len(taken.broken), 'record')} could not be read, see above."
        return words

    answer(
        lambda: {
            "mails": taken.mails,
            "new": taken.new,
            "tickets_new": taken.tickets,
            "closed": taken.closed,
            "notes": taken.notes,
            "left_out": taken.left_out,
            "broken": [*taken.broken],
        },
        page,
    )


def _read(mails: int, new: int) -> str:
    return f"{counted(mails, 'mail')} read, {new} of them new here."
