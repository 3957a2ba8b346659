"""Who is writing: what the database knows of a ticket's customer."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_tz

from founder_inbox.app.queue.goodwill import ledger
from founder_inbox.app.queue.temper import heat_of_ticket
from founder_inbox.app.queue.tickets import (
    TicketView,
    find_ticket,
    load_tickets,
    search_keys,
    ticket_with_key,
    view_ticket,
)
from founder_inbox.app.queue.triage import LONGEST_NOTE
from founder_inbox.app.workspace import Workspace
from founder_inbox.core.display import safe_line, safe_text
from founder_inbox.core.mime.headers import split_head
from founder_inbox.core.model import Address
from founder_inbox.core.tickets import customers
from founder_inbox.core.tickets.companies import company_in
from founder_inbox.core.tickets.customers import CustomerFacts, Note, Rough
from founder_inbox.core.tickets.entry import Ticket
from founder_inbox.core.tickets.facts import Role
from founder_inbox.core.tickets.journal import EventKind, effective
from founder_inbox.errors import BadInput, NotFound
from founder_inbox.store import events
from founder_inbox.store.database import Store
from founder_inbox.store.mailboxes import head_of_message
from founder_inbox.store.tickets import keys_of_customer, tickets_of_customer

_LOOKED_AT = 10
_MOST_OF_COMPANY = 2_000


def read_customer(ws: Workspace, view: TicketView, now: datetime) -> CustomerFacts:
    """What is known of the customer of a ticket, from this and their other tickets."""
    address = view.ticket.state.customer.address
    domain = customers.company_of(address)
    theirs = [e.signature for e in reversed(view.history) if e.role is Role.CUSTOMER]
    company = company_in(theirs, domain)
    around = (view.ticket, *view.others[:_LOOKED_AT])
    theirs_ids = {ticket.id for ticket in (view.ticket, *view.others)}
    rough = [found for ticket in view.others[:_LOOKED_AT] for found in _rough(ws, ticket, now)]
    promises = sorted((p for t in around for p in t.state.promises), key=lambda p: p.due)
    return CustomerFacts(
        " · ".join(filter(None, (company, domain))),
        customers.zone_told(_offset(ws, view)),
        customers.last_rough(rough, now),
        customers.last_notes([note for ticket in around for note in _notes(ws, ticket)]),
        tuple(promises),
        notes_on_customers(ws.store).get(address.casefold()),
        tuple(gift for gift in ledger(ws) if gift.ticket in theirs_ids),
    )


def notes_on_customers(store: Store) -> dict[str, Note]:
    """What the founder wrote down about customers, by folded address."""
    return customers.customer_notes(events.customer_note_events(store))


def note_customer(ws: Workspace, address: str, text: str, now: datetime) -> None:
    """Write down what is good to know of a customer, in place of what stood there.

    An empty text takes it away. Raises BadInput for what is no address.
    """
    if "@" not in address:
        raise BadInput(f"{safe_line(address, 80)!r} is no mail address, so nothing was noted.")
    data = {
        "address": address.strip().casefold(),
        "text": str(safe_text(text.strip(), LONGEST_NOTE)),
    }
    events.append_event(ws.store, now, ws.actor, None, EventKind.CUSTOMER_NOTE, data)


@dataclass(frozen=True, slots=True)
class Known:
    """A customer, their tickets (the newest first), and what is known of them."""

    person: Address
    tickets: tuple[Ticket, ...]
    facts: CustomerFacts


def person_of(ws: Workspace, given: str) -> Address:
    """Whom a ticket's id or an address names. Raises NotFound for who never wrote."""
    if "@" not in given.strip("#"):
        return find_ticket(ws.store, given).state.customer
    address = given.strip().casefold()
    for key in keys_of_customer(ws.store, address)[:1]:
        ticket = ticket_with_key(ws.store, key)
        if ticket is not None:
            return ticket.state.customer
    raise NotFound(f"Nobody has written from {safe_line(given, 80)} yet.")


def known_of(ws: Workspace, person: Address, now: datetime) -> Known:
    """What the card says of a customer. Raises NotFound for who has no ticket any more."""
    theirs = tickets_of_customer(ws.store, person.address)
    if not theirs:
        raise NotFound(f"There is no ticket of {safe_line(person.address, 80)} here.")
    view = view_ticket(ws.store, theirs[0])
    return Known(person, tuple(theirs), read_customer(ws, view, now))


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody at a company: how they are called, and their tickets' ids, the newest first."""

    person: Address
    tickets: tuple[str, ...]


def people_at(ws: Workspace, company: str, now: datetime) -> list[Colleague]:
    """Everybody at a domain, or who signs with that name; who wrote last comes first.

    Raises NotFound where there is nobody.
    """
    name = company.replace('"', " ").strip()
    found = search_keys(ws.store, f'company:"{name}"', now, _MOST_OF_COMPANY) if name else []
    people: dict[str, list[Ticket]] = {}
    for ticket in load_tickets(ws.store, found):
        people.setdefault(ticket.state.customer.address.casefold(), []).append(ticket)
    if not people:
        raise NotFound(f"Nobody has written from {safe_line(company, 80)} yet.")
    return [
        Colleague(theirs[0].state.customer, tuple(ticket.id for ticket in theirs))
        for theirs in people.values()
    ]


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
