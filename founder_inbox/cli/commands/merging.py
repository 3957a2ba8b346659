"""merge and split: one ticket of several, or a mail as a ticket of its own. `undo` takes it back.

They change whose turn it is, so they need an open door.
"""

import click

from founder_inbox.app.hours.door import require_open
from founder_inbox.app.queue import merging
from founder_inbox.app.queue.tickets import find_ticket
from founder_inbox.cli.arguments import answer_changed, named, ticket_argument, tickets_argument
from founder_inbox.cli.context import data_command, workspace
from founder_inbox.system import clock


@data_command("merge")
@tickets_argument
@click.argument("into", metavar="INTO")
@click.option(
    "--different-people",
    is_flag=True,
    help="They may be of different customers, who could then read each other's words.",
)
def merge(tickets: tuple[str, ...], into: str, different_people: bool) -> None:
    """Make one ticket of TICKET and INTO, under the id of the one that began first.

    The other id goes on working. Prints the ticket as it is then; undo parts them again.
    """
    with workspace() as ws:
        found, target = named(ws, tickets), find_ticket(ws.store, into)
        now = clock.now()
        require_open(ws, now)
        kept = merging.merge(ws, found, target, now, different_people=different_people)
        ids = [t.id for t in (*found, target) if t.key != kept.key]
        answer_changed(ws, [kept], f"has {', '.join(f'#{id_}' for id_ in ids)} in it now")


@data_command("split")
@ticket_argument
@click.argument("message", metavar="MESSAGE")
def split(ticket: str, message: str) -> None:
    """Let a mail be a ticket of its own, with the mails that answer it; prints that ticket.

    MESSAGE is the mail's number in show, 1 the oldest, or its Message-ID.
    """
    with workspace() as ws:
        found = find_ticket(ws.store, ticket)
        mail = merging.message_named(ws, found, message)
        now = clock.now()
        require_open(ws, now)
        made = merging.split(ws, found, mail, now)
        answer_changed(ws, [made], f"is a ticket of its own; it was in #{found.id}")
