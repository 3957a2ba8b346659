"""Where a session's time went, and how long a ticket takes: from the moments of recorded acts.

The time before an act belongs to its ticket, ten minutes at most: beyond that somebody made tea.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from statistics import median

from founder_inbox.core.model import Lane

IDLE = timedelta(minutes=10)
_ENOUGH_FOR_A_PACE = 3


@dataclass(frozen=True, slots=True)
class Worked:
    """One act: when, on which ticket of which lane, and whether that ticket was done with it."""

    at: datetime
    ticket: str
    lane: Lane
    finishes: bool


@dataclass(frozen=True, slots=True)
class Pace:
    """Minutes for each finished ticket; `usual`: of earlier sessions, not of this one."""

    minutes: float
    usual: bool = False


def time_per_lane(start: datetime, acts: Sequence[Worked]) -> dict[Lane, timedelta]:
    """Add the time up, the lane with most of it first; acts of one moment share it."""
    found: dict[Lane, timedelta] = defaultdict(timedelta)
    for gap, together in _gaps(start, acts):
        for act in together:
            found[act.lane] += gap / len(together)
    return dict(sorted(found.items(), key=lambda item: -item[1]))


def time_per_ticket(acts: Sequence[Worked]) -> dict[str, timedelta]:
    """Add the time up for each ticket; what was before the first act is nobody's."""
    found: dict[str, timedelta] = defaultdict(timedelta)
    start = min((act.at for act in acts), default=None)
    for gap, together in _gaps(start, acts) if start else ():
        for act in together:
            found[act.ticket] += gap / len(together)
    return dict(found)


def pace(start: datetime, acts: Sequence[Worked]) -> float | None:
    """Return minutes for each finished ticket, None while fewer than three are finished."""
    finished = {act.ticket for act in acts if act.finishes}
    spent = sum((gap for gap, _ in _gaps(start, acts)), timedelta())
    if len(finished) < _ENOUGH_FOR_A_PACE or not spent:
        return None
    return spent / timedelta(minutes=1) / len(finished)


def usual_pace(paces: Sequence[float]) -> float | None:
    """Return the median of what earlier sessions needed, None without any."""
    return median(paces) if paces else None


def _gaps(start: datetime, acts: Sequence[Worked]) -> list[tuple[timedelta, list[Worked]]]:
    """The time before each moment with acts, and those acts."""
    found, before = [], start
    for at, together in groupby(sorted(acts, key=lambda act: act.at), key=lambda act: act.at):
        found.append((min(max(at - before, timedelta()), IDLE), list(together)))
        before = max(at, before)
    return found
