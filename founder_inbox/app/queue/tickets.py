"""Reading: the queue, one ticket with its history, search."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import chain

from founder_inbox.app.queue.event_words import words_of
from founder_inbox.app.queue.promise_hint import promise_hint
from founder_inbox.app.reading.project import wake_snoozed
from founder_inbox.app.reading.suggesting import suggest
from founder_inbox.core.display import SafeLine, safe_line
from founder_inbox.core.model import Address, Direction, Status
from founder_inbox.core.tickets.belonging import Belonging
from founder_inbox.core.tickets.entry import Entry, EntryKind, QueueCounts, Ticket
from founder_inbox.core.tickets.facts import Role
from founder_inbox.core.tickets.fix_hint import FixHint, fix_hint
from founder_inbox.core.tickets.hits import Wanted, snippet, wanted_by
from founder_inbox.core.tickets.identity import clean
from founder_inbox.core.tickets.journal import EventKind, effective
from founder_inbox.core.tickets.newcomers import mark_newcomers
from founder_inbox.core.tickets.promises import PromiseHint
from founder_inbox.core.tickets.query import parse_query
from founder_inbox.core.tickets.roles import role_of_own
from founder_inbox.errors import BadInput, NotFound
from founder_inbox.store import events as event_table
from founder_inbox.store import messages as message_table
from founder_inbox.store import outbox as outbox_table
from founder_inbox.store import search, tickets
from founder_inbox.store.database import Store
from founder_inbox.store.machines import machine_name
from founder_inbox.store.settings import machine_of
from founder_inbox.store.threads import threads_named
from founder_inbox.store.tickets import Choice
from founder_inbox.store.waiting import WaitingMail, waiting_of_ticket


@dataclass(frozen=True, slots=True)
class TicketView:
    """A ticket with everything in it, oldest first, and what else we know of the customer.

    `belongs_to` is the ticket that it may go on with, for the founder to decide. `fix_hint`: why
    it looks like a quick fix; nothing is set by it. `promise_hint`: a date in a mail that another
    program sent.
    """

    ticket: Ticket
    history: tuple[Entry, ...]
    others: tuple[Ticket, ...]
    draft: str | None = None
    belongs_to: Belonging | None = None
    fix_hint: FixHint | None = None
    promise_hint: PromiseHint | None = None


def list_keys(store: Store, choice: Choice, now: datetime) -> list[int]:
    """The keys of a list in queue order; snoozed tickets whose time has come are woken first."""
    wake_snoozed(store, now)
    return tickets.queue_keys(store, choice)


def list_tickets(store: Store, choice: Choice, now: datetime, limit: int | None) -> list[Ticket]:
    """The first `limit` tickets of a list (all: None) in queue order."""
    keys = list_keys(store, choice, now)
    return load_tickets(store, keys if limit is None else keys[:limit])


def load_tickets(store: Store, keys: list[int]) -> list[Ticket]:
    """Tickets for keys, in their order, read in portions."""
    found: list[Ticket] = []
    for start in range(0, len(keys), 500):
        found += tickets.tickets_with_keys(store, keys[start : start + 500])
    return found


def search_keys(
    store: Store,
    text: str,
    now: datetime,
    limit: int = 200,
    within: Collection[int] | None = None,
) -> list[int]:
    """Keys of the tickets that a search finds (`within`: among these), last moved first.

    Raises BadInput.
    """
    return search.search_tickets(store, parse_query(text, now), limit, within)


def wanted_in(text: str, now: datetime) -> Wanted:
    """What a search marks in what it finds. Raises BadInput."""
    return wanted_by(parse_query(text, now))


def snippet_of(store: Store, ticket: Ticket, wanted: Wanted) -> SafeLine:
    """The words around the newest hit in a ticket; without one how its last mail begins."""
    texts = search.texts_of_ticket(store, ticket.key)
    sought = chain(texts, _notes(store, ticket)) if wanted.marks_text else ()
    found = (words for text in sought if (words := snippet(wanted.text, text)))
    return safe_line(next(found, next(iter(texts), "")), 300)


def _notes(store: Store, ticket: Ticket) -> Iterable[str]:
    for event in effective(event_table.events_of_ticket(store, ticket.key)):
        if event.kind is EventKind.NOTE:
            yield words_of(event)


def count_queue(store: Store, now: datetime, turn: Status = Status.OPEN) -> QueueCounts:
    """The figures of the header; `turn` as in `Workspace`."""
    return tickets.count_queue(store, now, turn)


def find_ticket(store: Store, given: str) -> Ticket:
    """The ticket that an id or unique prefix names, with or without `#`. Raises NotFound."""
    prefix = clean(given)
    exact = tickets.key_of_id(store, prefix)
    keys = [exact] if exact is not None else tickets.keys_with_prefix(store, prefix)
    if not prefix or not keys:
        raise NotFound(
            f"There is no ticket {given!r} here. founder-inbox list shows the open ones; "
            "founder-inbox search finds every other."
        )
    found = [t for t in (tickets.ticket_with_key(store, key) for key in keys) if t]
    if len(found) > 1:
        several = ", ".join(f"#{ticket.id}" for ticket in found)
        raise BadInput(f"{given!r} fits several tickets: {several}. Give one letter more.")
    return found[0]


def ticket_with_key(store: Store, key: int) -> Ticket | None:
    """A ticket by its row, or None when it was joined to another."""
    return tickets.ticket_with_key(store, key)


def view_ticket(store: Store, ticket: Ticket) -> TicketView:
    """A ticket with its messages, notes, events and unsent mails."""
    from founder_inbox.store.drafts import draft_of

    history = sorted(
        [
            *_mails(store, ticket),
            *_acts(store, ticket),
            *_origin(store, ticket),
            *_unsent(store, ticket),
        ],
        key=lambda entry: entry.at,
    )
    others = tickets.tickets_of_customer(store, ticket.state.customer.address)
    return TicketView(
        ticket,
        tuple(mark_newcomers(history)),
        tuple(other for other in others if other.key != ticket.key),
        draft_of(store, ticket.id),
        suggest(store, ticket, others),
        _fix_hint(ticket, history),
        promise_hint(store, ticket, history),
    )


def _fix_hint(ticket: Ticket, history: list[Entry]) -> FixHint | None:
    """Whether what an open ticket's customer wrote last looks like a quick fix."""
    if ticket.state.status is not Status.OPEN or ticket.state.quick_fix:
        return None
    words = [entry.new_text for entry in history if entry.role is Role.CUSTOMER]
    return fix_hint(ticket.state.subject, words[-1], ticket.state.verdict) if words else None


def _mails(store: Store, ticket: Ticket) -> Iterable[Entry]:
    for number, message in enumerate(message_table.messages_of_ticket(store, ticket.key), 1):
        yield Entry(
            kind=EntryKind.NOTE if message.role is Role.TEAMMATE else EntryKind.MESSAGE,
            at=message.at,
            sender=message.sender,
            text=message.text,
            direction=message.direction,
            role=message.role,
            message=message.id,
            message_id=message.message_id,
            to=message.to,
            cc=message.cc,
            reply_to=message.reply_to,
            subject=message.subject,
            new_text=message.new_text,
            quoted=message.quoted,
            signature=message.signature,
            attachments=message.attachments,
            warnings=message.warnings,
            interleaved=message.interleaved,
            number=number,
        )


def _acts(store: Store, ticket: Ticket) -> Iterable[Entry]:
    here = machine_of(store)
    for event in effective(event_table.events_of_ticket(store, ticket.key)):
        words = words_of(event)
        if words:
            kind = EntryKind.NOTE if event.kind is EventKind.NOTE else EntryKind.EVENT
            yield Entry(
                kind=kind,
                at=event.at,
                sender=Address(event.actor, ""),
                text=words,
                new_text=words,
                machine=event.machine,
                elsewhere="" if event.machine == here else machine_name(store, event.machine),
            )


def _origin(store: Store, ticket: Ticket) -> Iterable[Entry]:
    """Where a ticket came from that was split off another one."""
    splits = event_table.events_of_kinds(store, EventKind.SPLIT)
    names = [str(name) for event in splits for name in (event.ticket, event.data.get("into"))]
    homes = {name: thread.ticket for name, thread in threads_named(store, names).items()}
    here = [e for e in splits if homes.get(str(e.data.get("into"))) == ticket.key]
    undone = event_table.events_of_kinds(store, EventKind.UNDONE) if here else []
    for event in effective([*here, *undone]):
        left = tickets.ticket_with_key(store, homes.get(str(event.ticket), ticket.key))
        if event.kind is EventKind.SPLIT and left and left.key != ticket.key:
            words = f"split off from #{left.id}"
            sender = Address(event.actor, "")
            yield Entry(
                kind=EntryKind.EVENT, at=event.at, sender=sender, text=words, new_text=words
            )


def _unsent(store: Store, ticket: Ticket) -> Iterable[Entry]:
    """What waits here, and in the outbox of another machine, which alone sends it."""
    mails: list[outbox_table.OutboxItem | WaitingMail] = []
    mails += outbox_table.outgoing_of_ticket(store, ticket.key)
    mails += waiting_of_ticket(store, ticket.key, machine_of(store))
    for mail in sorted(mails, key=lambda mail: (mail.created_at, mail.message_id)):
        yield Entry(
            kind=EntryKind.MESSAGE,
            at=mail.created_at,
            sender=Address("", mail.sender),
            text=mail.body,
            new_text=mail.body,
            direction=Direction.OUT,
            role=role_of_own(mail.then),
            message_id=mail.message_id,
            to=tuple(Address("", address) for address in mail.recipients),
            subject=mail.subject,
            state=mail.state,
            warnings=(mail.answer,) if mail.answer else (),
            elsewhere=machine_name(store, mail.machine) if isinstance(mail, WaitingMail) else "",
        )


__all__ = [
    "Choice",
    "TicketView",
    "count_queue",
    "find_ticket",
    "list_keys",
    "list_tickets",
    "load_tickets",
    "search_keys",
    "snippet_of",
    "ticket_with_key",
    "view_ticket",
    "wanted_in",
]
