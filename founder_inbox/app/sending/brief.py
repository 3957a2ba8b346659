"""What a teammate is told about a ticket: who, what they want, what was tried and promised."""

from datetime import tzinfo

from founder_inbox.app.reading.attachments import files_of_message
from founder_inbox.app.sending import letters
from founder_inbox.app.workspace import Workspace
from founder_inbox.core.hours.time_words import counted
from founder_inbox.core.letters import handoff
from founder_inbox.core.letters.handoff import Author, Promise, TicketFacts
from founder_inbox.core.letters.letter import MONTHS
from founder_inbox.core.model import Status
from founder_inbox.core.tickets.customers import company_of
from founder_inbox.core.tickets.entry import Ticket
from founder_inbox.core.tickets.facts import Role
from founder_inbox.core.tickets.journal import EventKind, effective
from founder_inbox.store import events
from founder_inbox.store.messages import Message
from founder_inbox.store.tickets import tickets_of_customer

_MOST_TRIED = 400
_MOST_TICKETS = 500


def ticket_facts(ws: Workspace, ticket: Ticket, history: list[Message]) -> TicketFacts:
    """Everything a hand-off's mail says of a ticket and its customer; `history` are its mails."""
    theirs = [m for m in history if m.role is Role.CUSTOMER]
    return TicketFacts(
        id=ticket.id,
        subject=ticket.state.subject,
        customer=ticket.state.customer,
        known=_known(ws, ticket, theirs),
        wants=theirs[-1].new_text if theirs else "",
        tried=tuple(m.new_text[:_MOST_TRIED] for m in history if letters.is_ours(m)),
        promised=tuple(Promise(p.words, p.due) for p in ticket.state.promises),
        entries=_entries(ws, ticket, history),
    )


def _known(ws: Workspace, ticket: Ticket, theirs: list[Message]) -> tuple[str, ...]:
    """Short sentences about the customer, from this ticket and their others."""
    state = ticket.state
    company = company_of(state.customer.address)
    known = [f"at {company}"] if company else []
    known += _past(ws, ticket, ws.hours.zone)
    known.append(f"{counted(len(theirs), 'mail')} from them in this ticket")
    if state.verdict.reasons:
        known.append(f"{state.verdict.lane}: {', '.join(state.verdict.reasons)}")
    if state.tags:
        known.append(f"tagged {', '.join(sorted(state.tags))}")
    return tuple(known)


def _past(ws: Workspace, ticket: Ticket, zone: tzinfo) -> list[str]:
    """Since when they write, and their other tickets; nothing for a first one."""
    address = ticket.state.customer.address
    found = tickets_of_customer(ws.store, address, _MOST_TICKETS) if address else []
    others = [other for other in found if other.key != ticket.key]
    began = min((t.state.opened_at for t in found if t.state.opened_at), default=None)
    if not others or began is None:
        return ["writes for the first time"] if address else []
    here = began.astimezone(zone)
    open_ones = sum(other.state.status is not Status.CLOSED for other in others)
    more = f", {open_ones} of them not done" if open_ones else ""
    return [
        f"writes to us since {MONTHS['en'][here.month - 1]} {here.year}",
        f"{counted(len(others), 'other ticket')}{more}",
    ]


def _entries(ws: Workspace, ticket: Ticket, history: list[Message]) -> tuple[handoff.Entry, ...]:
    mails = [
        handoff.Entry(
            m.at,
            _AUTHORS[m.role],
            m.sender.name or m.sender.address,
            m.new_text or m.text,
            _names(ws, m),
        )
        for m in history
        if m.role is not Role.INTERNAL
    ]
    notes = [
        handoff.Entry(e.at, Author.NOTE, e.actor, str(e.data.get("text", "")))
        for e in effective(events.events_of_ticket(ws.store, ticket.key))
        if e.kind is EventKind.NOTE
    ]
    return tuple(sorted([*mails, *notes], key=lambda entry: entry.at))


def _names(ws: Workspace, message: Message) -> tuple[str, ...]:
    """The names of a mail's files; a large one that nobody has fetched can't go along."""
    files = files_of_message(ws, message)
    return tuple(
        file.attachment.name if file.here else f"{file.attachment.name} (large, in the mailbox)"
        for file in files
    )


_AUTHORS = {
    Role.CUSTOMER: Author.CUSTOMER,
    Role.US: Author.US,
    Role.TEAMMATE: Author.NOTE,
    Role.MACHINE: Author.MACHINE,
}
