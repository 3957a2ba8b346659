"""Passing a ticket on, and writing to somebody first."""

from collections.abc import Sequence

import click

from founder_inbox.app.queue.tickets import find_ticket
from founder_inbox.app.sending import outgoing
from founder_inbox.app.sending.draft_files import attach_all, attached
from founder_inbox.app.sending.outbox import cancel
from founder_inbox.app.sending.outgoing import OutgoingStart, Words
from founder_inbox.app.workspace import Workspace
from founder_inbox.cli.arguments import read_text, ticket_argument
from founder_inbox.cli.context import data_command, is_interactive, say, workspace
from founder_inbox.cli.delivery import send
from founder_inbox.core.letters.files import reminder
from founder_inbox.core.letters.recipients import read_recipients
from founder_inbox.store.outbox import OutboxItem
from founder_inbox.system import clock

_TO = click.option(
    "--to", metavar="ADDRESS", multiple=True, required=True, help="To whom; may be repeated."
)
_ATTACH = click.option(
    "--attach", metavar="FILE", multiple=True, help="A file that goes along; may be repeated."
)


@data_command("forward")
@ticket_argument
@_TO
@click.option("--message", metavar="N", type=int, help="Only this mail; show --json numbers them.")
@click.option("--body-file", metavar="FILE", help="Your note above it; - is standard input.")
@_ATTACH
def forward(
    ticket: str,
    to: tuple[str, ...],
    message: int | None,
    body_file: str | None,
    attach: tuple[str, ...],
) -> int:
    """Pass a ticket on to somebody, as readable text with its files.

    The customer is not told, and the ticket stays as it is.
    """
    text = read_text(body_file) if body_file else ""
    with workspace() as ws:
        now = clock.now()
        with ws.store.write():
            found = find_ticket(ws.store, ticket)
            row = None if message is None else outgoing.mail_numbered(ws, found, message)
            begun = outgoing.begin_forward(ws, found, now, message=row, fresh=True)
            item = _queue(ws, begun, to, begun.words.subject, text, attach)
        return send(ws, item, lambda: _take_back(ws, item))


@data_command("new")
@_TO
@click.option("--subject", metavar="TEXT", required=True, help="What it is about.")
@click.option("--body-file", metavar="FILE", required=True, help="Your words; - is standard input.")
@_ATTACH
def new(to: tuple[str, ...], subject: str, body_file: str, attach: tuple[str, ...]) -> int:
    """Write to somebody first: a new mail, which begins a ticket that waits for an answer.

    Greeting and signature are added where they are missing.
    """
    text = read_text(body_file)
    with workspace() as ws:
        with ws.store.write():
            begun = outgoing.begin_new(ws, clock.now())
            item = _queue(ws, begun, to, subject, text, attach)
        return send(ws, item, lambda: _take_back(ws, item))


def _queue(
    ws: Workspace,
    begun: OutgoingStart,
    to: Sequence[str],
    subject: str,
    text: str,
    attach: Sequence[str],
) -> OutboxItem:
    """Into the outbox; whatever is refused takes all of it back."""
    now, people = clock.now(), ", ".join(to)
    attach_all(ws, begun.mail.draft, attach, now)
    body = outgoing.worded(ws, text, read_recipients(people))
    if words := reminder(body, attached(ws, begun.mail.draft)):
        say(f"{words} It is sent as it is.")
    written = Words(body, people, subject)
    return outgoing.queue_outgoing(ws, begun.mail, written, now, hold=is_interactive())


def _take_back(ws: Workspace, item: OutboxItem) -> str:
    cancel(ws, item.id, clock.now())
    return "Taken back. Nothing was sent; the words are kept as a draft."
