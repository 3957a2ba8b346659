"""A time zone as iCalendar writes it (RFC 5545, 3.6.5), read off the clocks themselves."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

_WALL = "%Y%m%dT%H%M%S"
_STEP = timedelta(days=7)  # no zone changes its clocks twice in a week and back


@dataclass(frozen=True, slots=True)
class _Change:
    """Clocks go from one offset to another; `at` is what they showed before (RFC 5545)."""

    at: datetime
    before: timedelta
    after: timedelta
    name: str
    is_summer: bool


def zone_lines(zone: ZoneInfo, start: datetime, end: datetime) -> list[str]:
    """The lines of a VTIMEZONE that is right from `start` to `end` (aware), unfolded."""
    first = start.astimezone(zone)
    offset = first.utcoffset() or timedelta()
    beginning = _Change(
        datetime.fromisoformat("1970-01-01T00:00:00"),
        offset,
        offset,
        first.tzname() or zone.key,
        is_summer=bool(first.dst()),
    )
    lines = ["BEGIN:VTIMEZONE", f"TZID:{zone.key}"]
    for change in (beginning, *_changes(zone, start, end)):
        kind = "DAYLIGHT" if change.is_summer else "STANDARD"
        lines += [
            f"BEGIN:{kind}",
            f"DTSTART:{change.at:{_WALL}}",
            f"TZOFFSETFROM:{_offset(change.before)}",
            f"TZOFFSETTO:{_offset(change.after)}",
            f"TZNAME:{change.name}",
            f"END:{kind}",
        ]
    return [*lines, "END:VTIMEZONE"]


def _changes(zone: ZoneInfo, start: datetime, end: datetime) -> Iterator[_Change]:
    moment = start.astimezone(UTC).replace(microsecond=0)
    while moment < end:
        following = moment + _STEP
        before, after = (t.astimezone(zone).utcoffset() or timedelta() for t in (moment, following))
        if before != after:
            here = _jump(zone, moment, following).astimezone(zone)
            wall = (here.astimezone(UTC) + before).replace(tzinfo=None)
            yield _Change(wall, before, after, here.tzname() or zone.key, bool(here.dst()))
        moment = following


def _jump(zone: ZoneInfo, before: datetime, after: datetime) -> datetime:
    """The instant between the two at which the offset changes, by halving, to the second."""
    old = before.astimezone(zone).utcoffset()
    while after - before > timedelta(seconds=1):
        middle = before + timedelta(seconds=(after - before) // timedelta(seconds=2))
        if middle.astimezone(zone).utcoffset() == old:
            before = middle
        else:
            after = middle
    return after


def _offset(offset: timedelta) -> str:
    seconds = int(offset.total_seconds())
    minutes, rest = divmod(abs(seconds), 60)
    return f"{'-' if seconds < 0 else '+'}{minutes // 60:02}{minutes % 60:02}" + (
        f"{rest:02}" if rest else ""
    )
