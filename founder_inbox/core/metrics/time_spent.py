"""Founder minutes: where the time went, by lane and by customer, from the moments of acts.

The time before an act belongs to its ticket, ten minutes at most: beyond that somebody made tea.
After an hour without any act nobody knows when work began again, so that act has no time.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from typing import TypeVar

from founder_inbox.core.hours.work import IDLE
from founder_inbox.core.model import Lane

PAUSE = timedelta(hours=1)
K = TypeVar("K", bound=str)


@dataclass(frozen=True, slots=True)
class Act:
    """One act at a moment; without a ticket it is the session's begin, and only starts the clock.

    `lane` and `customer` are the ticket's, as they are now.
    """

    at: datetime
    ticket: str | None
    lane: Lane = Lane.HOWTO
    customer: str = ""


@dataclass(frozen=True, slots=True)
class Spent:
    """Seconds in all, and by lane, customer and ticket, the most first."""

    seconds: float
    by_lane: Mapping[Lane, float]
    by_customer: Mapping[str, float]
    by_ticket: Mapping[str, float]


NOTHING_SPENT = Spent(0.0, {}, {}, {})


def time_spent(acts: Sequence[Act], start: datetime, end: datetime) -> Spent:
    """What the acts in [`start`, `end`) took; those before only say when work had begun."""
    lanes: dict[Lane, float] = defaultdict(float)
    customers: dict[str, float] = defaultdict(float)
    tickets: dict[str, float] = defaultdict(float)
    total = 0.0
    before: datetime | None = None
    ordered = sorted(acts, key=lambda act: act.at)
    for at, group in groupby(ordered, key=lambda act: act.at):
        together = [act for act in group if act.ticket is not None]
        gap = at - before if before is not None else PAUSE
        before = at
        if not together or gap >= PAUSE or not start <= at < end:
            continue
        each = min(gap, IDLE).total_seconds() / len(together)
        for act in together:
            total += each
            lanes[act.lane] += each
            customers[act.customer] += each
            tickets[str(act.ticket)] += each
    return Spent(total, _most(lanes), _most(customers), _most(tickets))


def _most(found: Mapping[K, float]) -> dict[K, float]:
    return dict(sorted(found.items(), key=lambda item: -item[1]))
