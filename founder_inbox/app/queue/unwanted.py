"""Mail nobody wants: deleting, spam, and addresses that open nothing any more."""

from collections.abc import Sequence
from datetime import datetime

from founder_inbox.app.queue.triage import record, seen_by_actor
from founder_inbox.app.reading.project import project_tickets
from founder_inbox.app.workspace import Workspace
from founder_inbox.core.tickets.blocking import blocked_now, blocks_in
from founder_inbox.core.tickets.entry import Ticket
from founder_inbox.core.tickets.journal import EventKind, Json
from founder_inbox.errors import BadInput
from founder_inbox.store import actions, events, moves
from founder_inbox.store.tickets import keys_of_customer


def delete(ws: Workspace, tickets: Sequence[Ticket], now: datetime) -> None:
    """Out of the queue, and into Trash on the server; the text stays here.

    A customer's mail that nobody has seen yet opens the ticket again by itself.
    """
    with ws.store.write():
        _move(ws, tickets, "trash", now)
        record(ws, tickets, EventKind.TRASHED, seen_by_actor, now)


def mark_spam(
    ws: Workspace, tickets: Sequence[Ticket], now: datetime, *, block: bool = False
) -> None:
    """Out of the queue, and into Junk on the server.

    With `block` what these customers write from now on arrives closed, among the machine mail.
    Our own addresses and the teammates' are never blocked.
    """

    def data(ticket: Ticket) -> dict[str, Json]:
        address = ticket.state.customer.address.casefold()
        ours = ws.household.own | ws.household.teammates
        blocked: dict[str, Json] = {"block": address} if block and address not in ours else {}
        return seen_by_actor(ticket) | blocked

    with ws.store.write():
        _move(ws, tickets, "junk", now)
        record(ws, tickets, EventKind.SPAM, data, now)


def blocked_addresses(ws: Workspace) -> list[str]:
    """Every address that is blocked now."""
    return blocked_now(blocks_in(events.block_events(ws.store)))


def unblock(ws: Workspace, address: str, now: datetime) -> str:
    """What this address writes from now on opens tickets again. Raises BadInput for another one."""
    folded = address.strip().strip("<>").casefold()
    blocked = blocked_addresses(ws)
    if folded not in blocked:
        known = f" Blocked are: {', '.join(blocked[:10])}." if blocked else " Nobody is."
        raise BadInput(f"{address.strip()} is not blocked.{known}")
    with ws.store.write():
        events.append_event(ws.store, now, ws.actor, None, EventKind.UNBLOCKED, {"address": folded})
        project_tickets(ws.store, keys_of_customer(ws.store, folded), now)
    return folded


def _move(ws: Workspace, tickets: Sequence[Ticket], role: str, now: datetime) -> None:
    for ticket in tickets:
        actions.queue_seen(ws.store, ticket.key, now)
        moves.queue_move(ws.store, ticket.key, role, now)
