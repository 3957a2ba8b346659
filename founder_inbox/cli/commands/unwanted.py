"""Mail nobody wants: delete, spam, unblock. It moves on the server with the next sync."""

import click

from founder_inbox.app.hours.door import require_open
from founder_inbox.app.queue import unwanted
from founder_inbox.cli.arguments import answer_changed, named, tickets_argument
from founder_inbox.cli.context import answer, data_command, workspace
from founder_inbox.system import clock


@data_command("delete")
@tickets_argument
def delete(tickets: tuple[str, ...]) -> None:
    """Delete tickets: their mails go to Trash on the server. undo brings them back."""
    with workspace() as ws:
        found = named(ws, tickets)
        require_open(ws, clock.now())
        unwanted.delete(ws, found, clock.now())
        answer_changed(ws, found, "deleted; on the server with the next sync")


@data_command("spam")
@tickets_argument
@click.option("--block", is_flag=True, help="What they write from now on opens no ticket.")
def spam(tickets: tuple[str, ...], block: bool) -> None:
    """Mark tickets as spam: their mails go to Junk on the server. undo brings them back.

    Mail of a blocked address arrives closed, among the machine mail; nothing of it is deleted.
    """
    with workspace() as ws:
        found = named(ws, tickets)
        require_open(ws, clock.now())
        unwanted.mark_spam(ws, found, clock.now(), block=block)
        answer_changed(ws, found, "spam" + (", and its sender blocked" if block else ""))


@data_command("unblock")
@click.argument("address", required=False)
def unblock(address: str | None) -> None:
    """Let a blocked ADDRESS open tickets again; without one, list who is blocked."""
    with workspace() as ws:
        if address is None:
            blocked = unwanted.blocked_addresses(ws)
            answer(lambda: blocked, lambda: "\n".join(blocked) or "Nobody is blocked.")
            return
        let_in = unwanted.unblock(ws, address, clock.now())
        answer(lambda: {"unblocked": let_in}, lambda: f"{let_in} is let in again.")
