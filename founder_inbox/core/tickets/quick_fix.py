"""Quick fixes (handbook ch. 8): the clock of one, how many may be open, and what they take."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from statistics import median

from founder_inbox.core.tickets.facts import FixClock
from founder_inbox.core.tickets.journal import Event, EventKind
from founder_inbox.errors import BadInput

LONGEST_MINUTES = 240
_ESTIMATE = re.compile(
    r"(?:(\d{1,2}) ?(?:h|hours?|std|stunden?) ?)?(?:(\d{1,3}) ?(?:m|min|mins|minutes?|minuten?)?)?"
)
MOST_OPEN = 3
"""More than this is no quick fix any more, it is a list of work."""

_STOPS = frozenset(
    {
        EventKind.QUICK_FIX_STOPPED,
        EventKind.SNOOZED,
        EventKind.PARKED,
        EventKind.HANDED_OFF,
    }
)
_ENDS = frozenset(
    {EventKind.QUICK_FIX_FINISHED, EventKind.CLOSED, EventKind.TRASHED, EventKind.SPAM}
)


@dataclass(frozen=True, slots=True)
class FinishedFix:
    """A quick fix that is live: when, how long after the customer asked, how long it took."""

    at: datetime
    asked_to_live: timedelta
    worked: timedelta


@dataclass(frozen=True, slots=True)
class FixFigures:
    """How many quick fixes were finished, and the medians; None where there is nothing."""

    finished: int
    asked_to_live: timedelta | None
    worked: timedelta | None


def read_clock(events: Sequence[Event]) -> FixClock:
    """How the clock of a ticket stands after its effective events; they may come in any order."""
    clock = FixClock()
    for event in sorted(events, key=lambda event: event.id):
        if event.kind is EventKind.QUICK_FIX:
            on = bool(event.data.get("on", True))
            clock = replace(clock, minutes=_minutes(event)) if on else FixClock()
        elif event.kind is EventKind.QUICK_FIX_STARTED:
            clock = replace(clock, started_at=clock.started_at or event.at)
        elif event.kind in _STOPS:
            clock = replace(clock, worked=clock.read(event.at), started_at=None)
        elif event.kind in _ENDS:
            clock = FixClock()
    return clock


def finished_fix(event: Event) -> FinishedFix | None:
    """What an event says of a finished fix; None for one of another version or kind."""
    asked, worked = event.data.get("asked"), event.data.get("worked")
    if event.kind is not EventKind.QUICK_FIX_FINISHED:
        return None
    if not isinstance(asked, int) or not isinstance(worked, int):
        return None
    return FinishedFix(event.at, timedelta(seconds=asked), timedelta(seconds=worked))


def figures(fixes: Sequence[FinishedFix]) -> FixFigures:
    """The medians of finished quick fixes."""
    if not fixes:
        return FixFigures(0, None, None)
    return FixFigures(
        len(fixes),
        _median([fix.asked_to_live for fix in fixes]),
        _median([fix.worked for fix in fixes]),
    )


def minutes_left(clocks: Sequence[FixClock], usual: int, now: datetime) -> int:
    """What open quick fixes still take, in minutes rounded up to five; `usual` where unknown.

    One that has used up its estimate still takes a few minutes.
    """
    left = timedelta()
    for clock in clocks:
        estimate = timedelta(minutes=usual if clock.minutes is None else clock.minutes)
        left += max(estimate - clock.read(now), timedelta(minutes=5))
    return 5 * -(-left // timedelta(minutes=5))


def parse_minutes(text: str) -> int:
    """An estimate as it is typed: "15", "25 min", "1 h", "1 h 30". Raises BadInput."""
    found = _ESTIMATE.fullmatch(" ".join(text.split()).casefold())
    hours, minutes = (int(found[1] or 0), int(found[2] or 0)) if found else (0, 0)
    if not 0 < hours * 60 + minutes <= LONGEST_MINUTES:
        raise BadInput("Say how long it will take, such as 15, 25 min or 1 h 30; 4 h at most.")
    return hours * 60 + minutes


def clock_words(worked: timedelta) -> str:
    """The clock's face: "07:31", from an hour on "1 h 04 min"."""
    seconds = max(int(worked.total_seconds()), 0)
    if seconds < 3600:
        return f"{seconds // 60:02}:{seconds % 60:02}"
    return f"{seconds // 3600} h {seconds % 3600 // 60:02} min"


def _median(spans: Sequence[timedelta]) -> timedelta:
    return timedelta(seconds=median(span.total_seconds() for span in spans))


def _minutes(event: Event) -> int | None:
    minutes = event.data.get("minutes")
    known = (
        isinstance(minutes, int)
        and not isinstance(minutes, bool)
        and 0 < minutes <= LONGEST_MINUTES
    )
    return int(str(minutes)) if known else None
