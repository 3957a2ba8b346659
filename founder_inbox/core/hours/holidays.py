"""Days off from a calendar file of holidays (iCalendar, RFC 5545): whole days only.

Understood are VEVENTs with a DATE as DTSTART, DTEND (which does not belong to it) or DURATION in
days or weeks, and a yearly RRULE. Cancelled events and those with a time of day are left out.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta

from dateutil.rrule import rrulestr

from founder_inbox.core.hours.hours_text import DaysOff
from founder_inbox.errors import BadInput

LARGEST = 2_000_000
_MOST_DAYS = timedelta(days=366)
_BEFORE, _AHEAD = timedelta(days=800), timedelta(days=1_500)
_FIELD = re.compile(r"([A-Za-z-]{1,40})((?:;[^:]{0,200})?):(.{0,4000})", re.DOTALL)
_DURATION = re.compile(r"P(\d{1,3})([DW])")
Line = tuple[int, str]


def read_holidays(text: str, today: date) -> tuple[DaysOff, ...]:
    """Return the days off around `today`, two years back and four ahead, in order.

    Raises BadInput with the line that can't be read.
    """
    if len(text) > LARGEST:
        raise BadInput(f"the file is larger than {LARGEST // 1_000_000} MB")
    lines = list(_unfolded(text))
    if not lines or lines[0][1].strip().upper() != "BEGIN:VCALENDAR":
        raise BadInput("line 1: this is no calendar; it begins with BEGIN:VCALENDAR")
    days = {off for event in _events(lines) for off in _days_off(event, today)}
    return tuple(sorted(days, key=lambda off: (off.first, off.last)))


def _unfolded(text: str) -> Iterator[Line]:
    """Yield logical lines with the number of their first (RFC 5545, 3.1)."""
    number, parts = 1, [""]
    for at, line in enumerate(text.lstrip("\ufeff").splitlines(), 1):
        if line[:1] in (" ", "\t"):
            parts.append(line[1:])
            continue
        if "".join(parts):
            yield number, "".join(parts)
        number, parts = at, [line]
    if "".join(parts):
        yield number, "".join(parts)


def _events(lines: Sequence[Line]) -> Iterator[dict[str, tuple[int, str]]]:
    """Yield each VEVENT's fields, name to line number and value; parts inside it are left out."""
    event: dict[str, tuple[int, str]] = {}
    inside: list[str] = []
    for number, line in lines:
        match = _FIELD.fullmatch(line)
        if match is None:
            raise BadInput(f"line {number}: {line[:40]!r} is not understood")
        name, value = match[1].upper(), match[3].strip()
        if name == "BEGIN":
            inside.append(value.upper())
            event = {} if inside[-1] == "VEVENT" else event
        elif name == "END":
            if not inside or inside.pop() != value.upper():
                raise BadInput(f"line {number}: END:{value[:20]} ends nothing")
            if value.upper() == "VEVENT":
                yield event
        elif inside[-1:] == ["VEVENT"]:
            event.setdefault(name, (number, value))
    if inside:
        raise BadInput(f"line {lines[-1][0]}: the file ends inside {inside[-1][:20]}")


def _days_off(event: dict[str, tuple[int, str]], today: date) -> Iterator[DaysOff]:
    number, start = event.get("DTSTART", (0, ""))
    if event.get("STATUS", (0, ""))[1].upper() == "CANCELLED" or "T" in start or not start:
        return
    first = _day(number, start)
    length = _length(event, first)
    for begins in _occurrences(event, first, today):
        if today - _BEFORE <= begins <= today + _AHEAD:
            yield DaysOff(begins, begins + length)


def _length(event: dict[str, tuple[int, str]], first: date) -> timedelta:
    """Return how many days follow the first."""
    number, end = event.get("DTEND", (0, ""))
    lasts = _DURATION.fullmatch(event.get("DURATION", (0, ""))[1])
    length = timedelta(days=1)
    if end:
        length = _day(number, end[:8]) - first
    elif lasts:
        length = timedelta(days=int(lasts[1]) * (7 if lasts[2] == "W" else 1))
    if not timedelta() <= length <= _MOST_DAYS:
        raise BadInput(f"line {number}: an event ends before it begins, or after more than a year")
    return max(length - timedelta(days=1), timedelta())


def _occurrences(event: dict[str, tuple[int, str]], first: date, today: date) -> Iterator[date]:
    number, rule = event.get("RRULE", (0, ""))
    if not rule:
        yield first
        return
    if "FREQ=YEARLY" not in rule.upper().split(";"):
        raise BadInput(f"line {number}: only yearly events repeat here, not {rule[:40]!r}")
    begin = datetime.combine(first, datetime.min.time())
    try:
        found = rrulestr(re.sub(r"(?i)(UNTIL=\d{8})T\d{6}Z?", r"\1", rule), dtstart=begin)
        last = datetime.combine(today + _AHEAD, datetime.min.time())
        for moment in found:
            if moment > last:
                return
            yield moment.date()
    except (ValueError, TypeError, OverflowError):
        raise BadInput(f"line {number}: {rule[:40]!r} is no rule for a year") from None


def _day(number: int, text: str) -> date:
    try:
        return datetime.strptime(text, "%Y%m%d").date()  # noqa: DTZ007 - a day has no zone
    except ValueError:
        raise BadInput(f"line {number}: {text[:20]!r} is not a day like 20261224") from None
