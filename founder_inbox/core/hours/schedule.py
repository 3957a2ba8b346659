"""When support is open: weekly windows in the founder's zone, as instants in UTC.

A window belongs to the local day it starts on and is half open: it ends the moment it says.
On a day off nothing opens, and a window that runs into one ends at its midnight. When clocks
jump forward over a start the window opens after the jump, and one that lies wholly inside the
jump does not happen; when an hour comes twice, the first one opens and the last one closes.
Windows that overlap or touch are one window, only midnight divides days that touch.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from heapq import merge
from zoneinfo import ZoneInfo

from dateutil.rrule import WEEKLY, rrule

from founder_inbox.core.hours.hours_text import (
    DAY_MINUTES,
    DaysOff,
    Rule,
    parse_days_off,
    parse_rule,
    parse_zone,
)
from founder_inbox.core.hours.walltime import closing_instant, opening_instant
from founder_inbox.errors import ConfigError

_TICK = timedelta(microseconds=1)
# A window may have begun two local days before the moment asked for; the third is for zones that
# once skipped a whole day.
_LOOK_BACK = timedelta(days=3)
_HORIZONS = (timedelta(days=8), timedelta(days=800))


@dataclass(frozen=True, slots=True)
class Window:
    """One opening of support, aware UTC; open from `start` up to, not including, `end`."""

    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class SupportHours:
    """The founder's support hours, as read from `[hours]`."""

    zone: ZoneInfo
    rules: tuple[Rule, ...]
    days_off: tuple[DaysOff, ...]

    @property
    def timezone(self) -> str:
        """The IANA name of the zone."""
        return self.zone.key

    def is_day_off(self, day: date) -> bool:
        """Say whether this local day is one without support."""
        return any(off.first <= day <= off.last for off in self.days_off)


def parse_hours(timezone: str, windows: Sequence[str], days_off: Sequence[str]) -> SupportHours:
    """Read the `[hours]` settings; "local" is resolved by the caller. Raises ConfigError."""
    rules = tuple(parse_rule(text) for text in windows)
    _refuse_endless(rules)
    off = tuple(parse_days_off(text) for text in days_off)
    return SupportHours(parse_zone(timezone), rules, off)


def window_at(hours: SupportHours, now: datetime) -> Window | None:
    """Return the window that is open at `now`, if any."""
    return next(windows_between(hours, now, now + _TICK), None)


def next_window(hours: SupportHours, now: datetime) -> Window | None:
    """Return the first window that starts after `now`; None if none does in the next two years."""
    for horizon in _HORIZONS:
        for window in windows_between(hours, now, now + horizon):
            if window.start > now:
                return window
    return None


def last_window(hours: SupportHours, now: datetime) -> Window | None:
    """Return the latest window that has ended by `now`, looking back two years.

    A ticket has missed a window if its last customer mail is older than this window's end.
    """
    for horizon in _HORIZONS:
        ended = [w for w in windows_between(hours, now - horizon, now) if w.end <= now]
        if ended:
            return ended[-1]
    return None


def missed_before(hours: SupportHours, now: datetime) -> datetime | None:
    """Who has waited since before this moment (aware UTC) has missed a window; None: nobody."""
    last = last_window(hours, now)
    return None if last is None else last.end


def windows_missed(hours: SupportHours, since: datetime, now: datetime) -> int:
    """Count the windows that ended after `since` and by `now`: the headline metric (ch. 11)."""
    return sum(since < window.end <= now for window in windows_between(hours, since, now))


def windows_between(hours: SupportHours, start: datetime, end: datetime) -> Iterator[Window]:
    """Yield, whole and in order, the windows of which some part lies in [`start`, `end`)."""
    first = (start.astimezone(hours.zone) - _LOOK_BACK).date()
    last = (end.astimezone(hours.zone) + _LOOK_BACK).date()
    for window in _merged(_pieces(hours, first, last)):
        if window.start >= end:
            return
        if window.end > start:
            yield window


@dataclass(frozen=True, slots=True, order=True)
class _Piece:
    """What one rule opens on one day; `joins` a window that ends as this starts."""

    start: datetime
    end: datetime
    joins: bool


def _pieces(hours: SupportHours, first: date, last: date) -> Iterator[_Piece]:
    return merge(*(_rule_pieces(hours, rule, first, last) for rule in hours.rules))


def _rule_pieces(hours: SupportHours, rule: Rule, first: date, last: date) -> Iterator[_Piece]:
    dawn, dusk = datetime.combine(first, time.min), datetime.combine(last, time.min)
    for day in rrule(WEEKLY, byweekday=rule.weekdays, dtstart=dawn, until=dusk):
        piece = _piece(hours, rule, day)
        if piece is not None:
            yield piece


def _piece(hours: SupportHours, rule: Rule, midnight: datetime) -> _Piece | None:
    """Return what `rule` opens on the local day of `midnight` (wall time), None if nothing."""
    if hours.is_day_off(midnight.date()):
        return None
    minutes = rule.end
    if minutes > DAY_MINUTES and hours.is_day_off(midnight.date() + timedelta(days=1)):
        minutes = DAY_MINUTES
    start = opening_instant(midnight + timedelta(minutes=rule.start), hours.zone)
    end = closing_instant(midnight + timedelta(minutes=minutes), hours.zone)
    return _Piece(start, end, rule.start != 0) if start < end else None


def _merged(pieces: Iterator[_Piece]) -> Iterator[Window]:
    current: Window | None = None
    for piece in pieces:
        if current is None:
            current = Window(piece.start, piece.end)
        elif piece.start < current.end or (piece.start == current.end and piece.joins):
            current = Window(current.start, max(current.end, piece.end))
        else:
            yield current
            current = Window(piece.start, piece.end)
    if current is not None:
        yield current


def _refuse_endless(rules: tuple[Rule, ...]) -> None:
    """Refuse windows that run into each other for more than a day: such a door never closes."""
    spans = sorted(
        (day * DAY_MINUTES + rule.start, day * DAY_MINUTES + rule.end)
        for rule in rules
        for day in range(14)
        if day % 7 in rule.weekdays
    )
    begun = reached = -1
    for start, end in spans:
        if start > reached or (start == reached and start % DAY_MINUTES == 0):
            begun = start
        reached = max(reached, end)
        if reached - begun > DAY_MINUTES:
            raise ConfigError(
                "[hours] windows: these run into each other for more than a day without a gap. "
                'For support that is always open write one window, "daily 00:00-24:00".'
            )
