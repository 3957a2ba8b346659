"""import: mail of earlier years, out of a file, into tickets and search."""

import sys
from pathlib import Path

import click

from founder_inbox.cli.context import answer, data_command, workspace
from founder_inbox.core.hours.time_words import counted
from founder_inbox.system import clock


@data_command("import")
@click.argument("path", type=click.Path(path_type=Path))
def import_(path: Path) -> None:
    """Take in the mails of an mbox, a Maildir, or a folder of .eml files.

    They become tickets here and are found by search; the mail server is not touched, and neither
    is PATH. Tickets in which nobody wrote for 14 days arrive closed. What is here already is left
    out, so an import may be repeated. `backup` first costs a minute.
    """
    from founder_inbox.app.data.importing import import_mails

    shown = sys.stderr.isatty()

    def tell(read: int) -> None:
        if shown:
            click.echo(f"\r{counted(read, 'mail')} read", err=True, nl=False)

    with workspace() as ws:
        done = import_mails(ws, path, clock.now(), tell)
    if shown:
        click.echo(err=True)

    def page() -> str:
        words = f"{counted(done.mails, 'mail')} read, {done.new} of them new here."
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
