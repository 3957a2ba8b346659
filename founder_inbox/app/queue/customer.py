"""Who is writing: what the database knows of a ticket's customer."""

from collections.abc import Iterator
from datetime import datetime
from email.utils import parsedate_tz

from founder_inbox.app.queue.temper import heat_of_ticket
from founder_inbox.app.queue.tickets import TicketView
from founder_inbox.app.workspace import Workspace
from founder_inbox.core.mime.headers import split_head
from founder_inbox.core.tickets import customers
from founder_inbox.core.tickets.customers import CustomerFacts, Note, Rough
from founder_inbox.core.tickets.entry import Ticket
from founder_inbox.core.tickets.facts import Role
from founder_inbox.core.tickets.journal import EventKind, effective
from founder_inbox.store import events
from founder_inbox.store.mailboxes import head_of_message

_LOOKED_AT = 10


def read_customer(ws: Workspace, view: TicketView, now: datetime) -> CustomerFacts:
    """What is known of the customer of a ticket, from this and their other tickets."""
    address = view.ticket.state.customer.address
    around = (view.ticket, *view.others[:_LOOKED_AT])
    rough = [found for ticket in view.others[:_LOOKED_AT] for found in _rough(ws, ticket, now)]
    promises = sorted((p for t in around for p in t.state.promises), key=lambda p: p.due)
    return CustomerFacts(
        customers.company_of(address),
        customers.zone_told(_offset(ws, view)),
        customers.last_rough(rough, now),
        customers.last_notes([note for ticket in around for note in _notes(ws, ticket)]),
        tuple(promises),
    )


def _rough(ws: Workspace, ticket: Ticket, now: datetime) -> Iterator[Rough]:
    at = ticket.state.last_customer_at
    if at is None or now - at > customers.ROUGH_SPAN:
        return
    if ticket.state.delivery_failed:
        yield Rough(at, "our answer did not arrive")
    elif heat_of_ticket(ws, ticket).is_hot:
        yield Rough(at, "it was hot")


def _notes(ws: Workspace, ticket: Ticket) -> Iterator[Note]:
    for event in effective(events.events_of_ticket(ws.store, ticket.key)):
        if event.kind is EventKind.NOTE:
            yield Note(event.at, str(event.data.get("text", "")))


def _offset(ws: Workspace, view: TicketView) -> int | None:
    """Seconds from UTC in the Date of their last mail; None where it says none."""
    theirs = [e for e in view.history if e.role is Role.CUSTOMER and e.message is not None]
    head = head_of_message(ws.store, theirs[-1].message or 0) if theirs else None
    if not head:
        return None
    fields, _ = split_head(head, 0, len(head))
    told = parsedate_tz(fields.first("date")[:120])
    return told[9] if told else None
