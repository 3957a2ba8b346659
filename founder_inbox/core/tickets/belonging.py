"""A guess that a new ticket belongs to another one: said with its reason, never acted upon.

Threading joins only what is beyond doubt. What is merely likely is for the founder to decide: a
stranger must not land in somebody's ticket unseen.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from founder_inbox.core.model import Lane, Status
from founder_inbox.core.tickets.entry import Ticket
from founder_inbox.core.tickets.threading import bare_subject

WITHIN = timedelta(days=14)
_ALIVE = frozenset({Status.OPEN, Status.WAITING, Status.SNOOZED, Status.HANDED_OFF})
_WORD = re.compile(r"\w{3,40}")
_NAMED_WITH = 2


@dataclass(frozen=True, slots=True)
class Belonging:
    """The ticket that another one may belong to, and why, in words."""

    ticket: str
    reason: str


def belongs_to(ticket: Ticket, others: Iterable[Ticket]) -> Belonging | None:
    """The ticket that a fresh one, not yet answered, probably goes on with.

    The same person with a similar subject, else the same full name with the same subject from
    another address; the other began earlier, is not done, and moved within 14 days.
    """
    if not is_fresh(ticket):
        return None
    earlier = [other for other in others if _may_hold(other, ticket)]
    earlier.sort(key=lambda other: (other.state.moved_at, other.id), reverse=True)
    for other in earlier:
        if _address(other) == _address(ticket) and _similar(other, ticket):
            return Belonging(other.id, "the same person wrote about something alike")
    for other in earlier:
        if _address(other) != _address(ticket) and _same_name_and_subject(other, ticket):
            return Belonging(other.id, "the same name and subject, but another address")
    return None


def is_fresh(ticket: Ticket) -> bool:
    """Whether a ticket is open, a person's, and nobody has answered in it."""
    state = ticket.state
    return not state.last_reply_at and state.status is Status.OPEN and not _is_machine(ticket)


def _may_hold(other: Ticket, ticket: Ticket) -> bool:
    began, opened, moved = other.state.opened_at, ticket.state.opened_at, other.state.moved_at
    if other.key == ticket.key or not began or not opened or not moved or _is_machine(other):
        return False
    return other.state.status in _ALIVE and began < opened and opened - moved <= WITHIN


def _is_machine(ticket: Ticket) -> bool:
    return ticket.state.verdict.lane is Lane.AUTOMATIC or not ticket.state.customer.address


def _address(ticket: Ticket) -> str:
    return ticket.state.customer.address.casefold()


def _similar(one: Ticket, other: Ticket) -> bool:
    """Whether the subjects are the same, or share at least half of their words."""
    first, second = (bare_subject(ticket.state.subject)[0] for ticket in (one, other))
    if first and first == second:
        return True
    words, more = set(_WORD.findall(first)), set(_WORD.findall(second))
    return bool(words and more) and 2 * len(words & more) >= len(words | more)


def _same_name_and_subject(one: Ticket, other: Ticket) -> bool:
    name, again = (" ".join(t.state.customer.name.casefold().split()) for t in (one, other))
    subject = bare_subject(one.state.subject)[0]
    same_subject = bool(subject) and subject == bare_subject(other.state.subject)[0]
    return same_subject and name == again and len(name.split()) >= _NAMED_WITH
