"""What becomes of two tickets' states when they are merged.

Until the merge each went its own way: who closed one had not seen the other. So each part is
worked out by itself, and from the merge on there is one state.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from founder_inbox.core.lanes import ranks as lanes
from founder_inbox.core.model import Status, Verdict
from founder_inbox.core.tickets.facts import MessageFact, TicketState
from founder_inbox.core.tickets.journal import Event, EventKind

# Whose turn it is when two parts say different things: nobody who waits for us is forgotten.
_FIRST = (Status.OPEN, Status.HANDED_OFF, Status.SNOOZED, Status.WAITING, Status.CLOSED)


@dataclass(frozen=True, slots=True)
class Part:
    """The mails and events of one part of a ticket."""

    messages: tuple[MessageFact, ...]
    events: tuple[Event, ...]


def last_merge(events: Sequence[Event]) -> Event | None:
    """The merge that came last, or None; `events` are in order."""
    return next((e for e in reversed(events) if e.kind is EventKind.MERGED), None)


def parts_before(
    merge: Event, messages: Sequence[MessageFact], events: Sequence[Event]
) -> tuple[Part, Part, Part]:
    """The kept ticket and the other one as they were, and what has happened since the merge."""
    earlier = [event for event in events if event.id < merge.id]
    names = _names_with(str(merge.data.get("other")), earlier)
    old = [message for message in messages if message.at <= merge.moment]
    return (
        Part(
            tuple(m for m in old if m.origin not in names),
            tuple(e for e in earlier if e.ticket not in names),
        ),
        Part(
            tuple(m for m in old if m.origin in names),
            tuple(e for e in earlier if e.ticket in names),
        ),
        Part(
            tuple(m for m in messages if m.at > merge.moment),
            tuple(e for e in events if e.id > merge.id),
        ),
    )


def combine(one: TicketState, other: TicketState) -> TicketState:
    """One state of two. What is open stays open; subject and customer are those that came first."""
    if not one.messages or not other.messages:
        return one if one.messages else other
    first, second = sorted((one, other), key=_began)
    leads = min((first, second), key=lambda state: _FIRST.index(state.status))
    both = (first, second)
    return replace(
        leads,
        subject=first.subject,
        customer=first.customer if first.customer.address else second.customer,
        verdict=_verdict(first, second, leads),
        quick_fix=any(s.quick_fix and s.status is not Status.CLOSED for s in both),
        assignee=first.assignee or second.assignee,
        back_from=first.back_from or second.back_from,
        tags=first.tags | second.tags,
        delivery_failed=first.delivery_failed or second.delivery_failed,
        unread=first.unread or second.unread,
        messages=first.messages + second.messages,
        customer_messages=first.customer_messages + second.customer_messages,
        opened_at=first.opened_at,
        waiting_since=min((s.waiting_since for s in both if s.waiting_since), default=None),
        last_customer_at=_latest(s.last_customer_at for s in both),
        last_reply_at=_latest(s.last_reply_at for s in both),
        moved_at=_latest(s.moved_at for s in both),
    )


def _names_with(name: str, events: Sequence[Event]) -> set[str]:
    """All names that merges had brought together with this one."""
    groups = [
        {str(e.ticket), str(e.data.get("other"))} for e in events if e.kind is EventKind.MERGED
    ]
    found = {name}
    while more := {n for group in groups if group & found for n in group} - found:
        found |= more
    return found


def _began(state: TicketState) -> tuple[bool, object]:
    return state.opened_at is None, state.opened_at


def _verdict(first: TicketState, second: TicketState, leads: TicketState) -> Verdict:
    if first.status is second.status is Status.OPEN:
        return lanes.combine(first.verdict, True, second.verdict)
    return leads.verdict


def _latest(moments: Iterable[datetime | None]) -> datetime | None:
    return max((moment for moment in moments if moment), default=None)
