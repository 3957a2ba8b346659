"""The support hours as an iCalendar file (RFC 5545), for the founder's own calendar.

Each weekly window is one event that repeats for ever. What a calendar would work out otherwise
than we do in the coming two years (days off, a window in the hour that clocks skip or repeat) is
left out of it (EXDATE) and stands as a single event, so that both always say the same.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from founder_inbox.core.hours.calendar_zone import zone_lines
from founder_inbox.core.hours.schedule import SupportHours, Window, windows_between

EXACT_FOR = timedelta(days=731)
_ZONE_FOR = timedelta(days=3_660)
_MOST_OCTETS = 75
_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_WALL = "%Y%m%dT%H%M%S"
# Any week without a change of clocks, from a Monday on.
_PLAIN_WEEK = datetime(2001, 1, 8, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class _Series:
    """A window that repeats: wall times of its first day, and its weekdays (0 is Monday)."""

    start: timedelta
    length: timedelta
    weekdays: tuple[int, ...]


def write_calendar(hours: SupportHours, now: datetime, domain: str) -> str:
    """The whole file, CRLF, folded. `domain` ends each UID; the same hours give the same UIDs.

    `hours` with the break taken off, `now` aware.
    """
    begin = _monday(now, hours.zone)
    wanted = set(windows_between(hours, begin, now + EXACT_FOR))
    events: list[str] = []
    for series in _weekly(hours):
        first, dates = _instances(series, begin, hours.zone, now + EXACT_FOR)
        if first is None:
            continue
        wrong = [wall for wall, window in dates if window not in wanted]
        wanted -= {window for _, window in dates}
        events += _repeating(series, first, wrong, hours.timezone, now, domain)
    for window in sorted(wanted, key=lambda w: w.start):
        events += _single(window, now, domain)
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//founder-inbox//support hours//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        "X-WR-CALNAME:Support hours",
        *zone_lines(hours.zone, begin - timedelta(days=1), now + _ZONE_FOR),
        *events,
        "END:VCALENDAR",
    ]
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def _monday(now: datetime, zone: ZoneInfo) -> datetime:
    today = now.astimezone(zone).date()
    monday = today - timedelta(days=today.weekday())
    return datetime.combine(monday, time.min, zone).astimezone(UTC)


def _weekly(hours: SupportHours) -> list[_Series]:
    """The windows of a week, where overlapping ones are one already, by what repeats alike."""
    plain = replace(hours, zone=ZoneInfo("UTC"), days_off=())
    days: dict[tuple[timedelta, timedelta], list[int]] = defaultdict(list)
    for window in windows_between(plain, _PLAIN_WEEK, _PLAIN_WEEK + timedelta(days=7)):
        if window.start >= _PLAIN_WEEK:
            into = window.start - _PLAIN_WEEK
            days[into % timedelta(days=1), window.end - window.start].append(into.days)
    return [_Series(start, length, tuple(at)) for (start, length), at in sorted(days.items())]


def _instances(
    series: _Series, begin: datetime, zone: ZoneInfo, until: datetime
) -> tuple[datetime | None, list[tuple[datetime, Window]]]:
    """The first wall time of a series, and each instance as a calendar works it out.

    A time that clocks skip is read with the offset before the jump (3.3.5), and all are exactly
    as long as the first (3.8.5.3), which therefore must have its plain length.
    """
    found: list[tuple[datetime, Window]] = []
    day = datetime.combine(begin.astimezone(zone).date(), time.min)
    first: datetime | None = None
    while (start := _instant(day + series.start, zone)) < until:
        wall = day + series.start
        if day.weekday() in series.weekdays:
            is_plain = _instant(wall + series.length, zone) - start == series.length
            if first is None and is_plain:
                first = wall
            if first is not None:
                found.append((wall, Window(start, start + series.length)))
        day += timedelta(days=1)
    return first, found


def _instant(wall: datetime, zone: ZoneInfo) -> datetime:
    return wall.replace(tzinfo=zone).astimezone(UTC)


def _repeating(
    series: _Series,
    first: datetime,
    wrong: list[datetime],
    zone: str,
    now: datetime,
    domain: str,
) -> Iterator[str]:
    days = ",".join(_DAYS[day] for day in series.weekdays)
    yield from _head(f"{zone} {days} {series.start} {series.length}", now, domain)
    yield f"DTSTART;TZID={zone}:{first:{_WALL}}"
    yield f"DTEND;TZID={zone}:{first + series.length:{_WALL}}"
    yield f"RRULE:FREQ=WEEKLY;BYDAY={days}"
    for wall in wrong:
        yield f"EXDATE;TZID={zone}:{wall:{_WALL}}"
    yield "END:VEVENT"


def _single(window: Window, now: datetime, domain: str) -> Iterator[str]:
    yield from _head(f"{window.start:{_WALL}}Z", now, domain)
    yield f"DTSTART:{window.start.astimezone(UTC):{_WALL}}Z"
    yield f"DTEND:{window.end.astimezone(UTC):{_WALL}}Z"
    yield "END:VEVENT"


def _head(what: str, now: datetime, domain: str) -> Iterator[str]:
    digest = hashlib.sha256(what.encode()).hexdigest()[:24]
    yield "BEGIN:VEVENT"
    yield f"UID:{digest}@{domain}"
    yield f"DTSTAMP:{now.astimezone(UTC):{_WALL}}Z"
    yield "SUMMARY:Support hours"


def _folded(line: str) -> str:
    """No line has more than 75 octets (3.1); a letter is never cut in two."""
    lines, room = [""], _MOST_OCTETS
    for letter in line:
        size = len(letter.encode())
        if size > room:
            lines.append(" ")
            room = _MOST_OCTETS - 1
        lines[-1] += letter
        room -= size
    return "\r\n".join(lines)
