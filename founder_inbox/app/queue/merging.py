"""Merging tickets and splitting a mail off: events in the journal, and everyone's new home.

Nothing is copied and nothing is rewritten: mails keep their thread, notes and events the id they
were recorded under. So `undo` only has to say that the event no longer counts.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from founder_inbox.app.queue.tickets import find_ticket, load_tickets, search_keys
from founder_inbox.app.reading.project import project_tickets
from founder_inbox.app.reading.rehome import rehome
from founder_inbox.app.workspace import Workspace
from founder_inbox.core.letters.reply_draft import mailbox
from founder_inbox.core.model import Status
from founder_inbox.core.tickets.entry import Ticket
from founder_inbox.core.tickets.facts import Role
from founder_inbox.core.tickets.handed import telling_mails
from founder_inbox.core.tickets.homes import (
    MOVES,
    Filed,
    going_with,
    merge_data,
    split_data,
    touched_names,
)
from founder_inbox.core.tickets.identity import clean, ticket_id
from founder_inbox.core.tickets.journal import Event, EventKind, Json
from founder_inbox.errors import BadInput, NotFound
from founder_inbox.store import drafts, events, messages, outbox, threads
from founder_inbox.store.messages import Message
from founder_inbox.store.tickets import (
    keys_with_prefix,
    ticket_with_key,
    tickets_about,
    tickets_of_customer,
)


@dataclass(frozen=True, slots=True)
class MergePlan:
    """What a merge would do: the ticket that stays, those that go into it, sentences about it.

    `strangers` is the warning when different people would share a ticket, else empty.
    """

    kept: Ticket
    others: tuple[Ticket, ...]
    words: tuple[str, ...]
    strangers: str = ""


def plan_merge(ws: Workspace, tickets: Sequence[Ticket], into: Ticket) -> MergePlan:
    """See what merging would do: the ticket that began first stays. Raises BadInput."""
    every = {ticket.key: ticket for ticket in (*tickets, into)}
    if len(every) < 2:
        raise BadInput(
            f"#{into.id} can't be merged into itself: both names are the same ticket. "
            "Nothing was changed."
        )
    kept, *others = sorted(every.values(), key=_age)
    return MergePlan(
        kept, tuple(others), tuple(_outlook(ws, kept, others)), _strangers([kept, *others])
    )


def merge(
    ws: Workspace,
    tickets: Sequence[Ticket],
    into: Ticket,
    now: datetime,
    *,
    different_people: bool = False,
) -> Ticket:
    """Make one ticket of several, as one act; returns the one that stays, as it is then.

    Raises BadInput for a ticket merged into itself, and for different customers unless
    `different_people` says that this is meant.
    """
    plan = plan_merge(ws, tickets, into)
    if plan.strangers and not different_people:
        raise BadInput(f"Not merged: {plan.strangers}")
    act: dict[str, Json] = {}
    with ws.store.write():
        kept = plan.kept
        for other in plan.others:
            counts = (kept.state.customer_messages, other.state.customer_messages)
            outbox.shift_seen(ws.store, kept.key, counts[1])
            outbox.shift_seen(ws.store, other.key, counts[0])
            roots = (_root(ws, kept), _root(ws, other))
            data = merge_data(other.id, roots, counts) | act
            event = events.append_event(ws.store, now, ws.actor, kept.id, EventKind.MERGED, data)
            act = act or {"act": event.id}
            _settle(ws, [event], now)
            kept = _again(ws, kept.key)
    return kept


def split(ws: Workspace, ticket: Ticket, message: Message, now: datetime) -> Ticket:
    """Let a mail, and those that answer it, be a ticket of their own; returns that ticket.

    Raises BadInput where the mail began the ticket, or nothing would be left behind.
    """
    into = _split_name(ws, ticket, message)
    facts = messages.facts_of_ticket(ws.store, ticket.key)
    here = [Filed(fact.message_id, fact.origin, fact.references) for fact in facts]
    recorded = events.events_of_ticket(ws.store, ticket.key)
    stay = telling_mails(recorded) - {message.message_id}
    going = going_with(message.message_id, stay, here)
    if going == {mail.message_id for mail in here}:
        raise BadInput(_ONLY_MAIL)
    asked = sum(f.message_id in going and f.role is Role.CUSTOMER for f in facts)
    data = split_data(message.message_id, into, asked, stay)
    with ws.store.write():
        event = events.append_event(ws.store, now, ws.actor, ticket.id, EventKind.SPLIT, data)
        outbox.shift_seen(ws.store, ticket.key, -asked)
        _settle(ws, [event], now)
    return find_ticket(ws.store, into)


def message_named(ws: Workspace, ticket: Ticket, given: str) -> Message:
    """The mail of a ticket that a Message-ID or its number means, 1 the oldest. Raises NotFound."""
    history = messages.messages_of_ticket(ws.store, ticket.key)
    wanted = given.strip()
    if wanted.isdecimal() and len(wanted) < 7 and 1 <= int(wanted) <= len(history):
        return history[int(wanted) - 1]
    bare = wanted.strip("<>")
    found = [message for message in history if message.message_id.strip("<>") == bare]
    if not found:
        raise NotFound(
            f"#{ticket.id} has no mail {given!r}. Name it by its number in founder-inbox show "
            f"(1 to {len(history)}, the oldest first) or by its Message-ID."
        )
    return found[0]


def take_back_moves(ws: Workspace, act: Sequence[Event], now: datetime) -> None:
    """After merges and splits were undone: everyone back home. Inside the undo's transaction."""
    moves = sorted((e for e in act if e.kind in MOVES), key=lambda event: event.id)
    if moves:
        _settle(ws, moves, now)
        _shift_back(ws, moves)


def _shift_back(ws: Workspace, moves: Sequence[Event]) -> None:
    """What our mails on their way count as seen is that of one part again."""
    parts: list[str] = []
    for event in moves:
        counts = [n for n in _list(event.data.get("counts")) if isinstance(n, int)]
        parts = parts or [str(event.ticket)]
        if event.kind is EventKind.SPLIT and len(counts) == 1:
            _shift(ws, parts[0], counts[0])
        elif event.kind is EventKind.MERGED and len(counts) == 2:
            for part in parts:
                _shift(ws, part, -counts[1])
            parts.append(str(event.data.get("other")))
            _shift(ws, parts[-1], -counts[0])


def _shift(ws: Workspace, name: str, by: int) -> None:
    thread = threads.threads_named(ws.store, [name]).get(name)
    if thread is not None:
        outbox.shift_seen(ws.store, thread.ticket, by)


def _settle(ws: Workspace, moves: Sequence[Event], now: datetime) -> None:
    names = [name for move in moves for name in touched_names(move)]
    known = threads.threads_named(ws.store, names)
    before = {thread.ticket for thread in known.values()}
    moved = rehome(ws.store, {thread.key for thread in known.values()}, now)
    project_tickets(ws.store, moved | before, now)


def _again(ws: Workspace, key: int) -> Ticket:
    ticket = ticket_with_key(ws.store, key)
    if ticket is None:
        raise LookupError(key)
    return ticket


def _age(ticket: Ticket) -> tuple[object, ...]:
    return (ticket.state.opened_at, ticket.id)


def _root(ws: Workspace, ticket: Ticket) -> str:
    return threads.thread_with_key(ws.store, ticket.key).root


def _split_name(ws: Workspace, ticket: Ticket, message: Message) -> str:
    """The id that the mail's own Message-ID gives, whether it had a ticket before or not."""
    history = messages.messages_of_ticket(ws.store, ticket.key)
    if len(history) == 1:
        raise BadInput(_ONLY_MAIL)
    if history[0].message_id == message.message_id:
        raise BadInput(
            f"#{ticket.id} began with that mail, so it stays. Split off the mail that does not "
            "belong here instead; what answers it goes with it."
        )
    wanted = ticket_id(message.message_id)
    taken = threads.threads_named(ws.store, [wanted]).get(wanted)
    if taken is None or taken.root == message.message_id:
        return wanted if taken is None else taken.id
    return threads.free_id(ws.store, message.message_id)


_ONLY_MAIL = (
    "Nothing would be left behind: every mail of this ticket is that mail or answers it. "
    "Nothing was changed."
)


def _outlook(ws: Workspace, kept: Ticket, others: Sequence[Ticket]) -> list[str]:
    """What will be, in sentences."""
    ids = ", ".join(f"#{ticket.id}" for ticket in others)
    words = [f"All of it becomes #{kept.id}, which began first; {ids} leads there too."]
    away = [t for t in (kept, *others) if t.state.status is Status.HANDED_OFF]
    words += [
        f"#{t.id} is with {t.state.assignee or 'the teammate'}, who knows only that part. "
        "What is open stays open here."
        for t in away
    ]
    if any(drafts.draft_of(ws.store, t.id) for t in others):
        words.append("Drafts are put together, one below the other.")
    if any(outbox.outgoing_of_ticket(ws.store, t.key) for t in (kept, *others)):
        words.append("A reply that waits in the outbox still goes to whom it was written.")
    return words


def _strangers(tickets: Sequence[Ticket]) -> str:
    people = {mailbox(t.state.customer.address): t for t in tickets if t.state.customer.address}
    if len(people) < 2:
        return ""
    named = [t.state.customer.name or t.state.customer.address for t in people.values()]
    first, second = named[:2]
    return (
        f"these are different people. With an answer to all, {second} would see what {first} "
        f"wrote, and {first} what {second} wrote. If that is right, say so: "
        "--different-people."
    )


def _list(value: Json) -> list[Json]:
    return value if isinstance(value, list) else []


def merge_candidates(
    ws: Workspace, tickets: Sequence[Ticket], typed: str, now: datetime
) -> list[Ticket]:
    """Tickets to merge these with: the same customer's first, then those about the same.

    With something typed: what an id that begins so or a search finds.
    """
    taken = {ticket.key for ticket in tickets}
    if typed.strip():
        found = _found(ws, typed, now)
    else:
        found = [
            *(t for one in tickets for t in _of_same_customer(ws, one)),
            *(t for one in tickets for t in tickets_about(ws.store, one.state.subject)),
        ]
    return [t for t in {t.key: t for t in found}.values() if t.key not in taken][:MOST_CANDIDATES]


MOST_CANDIDATES = 20


def _of_same_customer(ws: Workspace, ticket: Ticket) -> list[Ticket]:
    address = ticket.state.customer.address
    return tickets_of_customer(ws.store, address) if address else []


def _found(ws: Workspace, typed: str, now: datetime) -> list[Ticket]:
    prefix = clean(typed)
    by_id = keys_with_prefix(ws.store, prefix) if prefix else []
    try:
        by_words = search_keys(ws.store, typed, now, MOST_CANDIDATES)
    except BadInput:  # half a query, while it is typed
        by_words = []
    return load_tickets(ws.store, list(dict.fromkeys([*by_id, *by_words])))
