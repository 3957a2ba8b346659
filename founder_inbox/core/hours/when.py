"""Snooze in words: "tomorrow", "fri 14:30", "in 3 days", "next window", "1 dec 10:00", "montag".

A small grammar instead of a guessing parser: what it doesn't know it refuses, and it always says
what it understood. A day without an hour means the start of that day's first window, else 09:00.
"""

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from dateutil.relativedelta import relativedelta

from founder_inbox.core.hours import when_words as words_of
from founder_inbox.core.hours.schedule import SupportHours, next_window, windows_between
from founder_inbox.core.hours.time_words import describe_date
from founder_inbox.core.hours.walltime import opening_instant
from founder_inbox.errors import BadInput

_LONGEST = 120
_YEARS_AHEAD = 5
_DEFAULT_HOUR = time(9)
_EVENING = time(17)
_TONIGHT = time(20)
_DAY = timedelta(days=1)
_EXAMPLES = 'Try "tomorrow", "fri 14:30" or "in 3 days".'


@dataclass(frozen=True, slots=True)
class When:
    """What was understood: the moment (UTC), and it in words, "Friday 27 Nov 09:00".

    `if_no_answer` is true for "if no answer by monday": wake only if the customer is silent.
    `asked` is what was typed: at other support hours it may mean another moment.
    """

    at: datetime
    words: str
    if_no_answer: bool = False
    asked: str = ""


@dataclass(frozen=True, slots=True)
class _Asked:
    """The question: the text in lower case and what it is relative to."""

    text: str
    now: datetime
    zone: tzinfo
    hours: SupportHours

    @property
    def today(self) -> date:
        return self.now.astimezone(self.zone).date()


def parse_when(text: str, now: datetime, zone: tzinfo, hours: SupportHours) -> When:
    """Read a moment in words, seen from `now` (UTC) in `zone`.

    Raises BadInput, with three examples, for the past, for what lies over five years ahead and
    for what is not understood.
    """
    tidy = " ".join(text[:_LONGEST].casefold().split())
    condition = words_of.IF_NO_ANSWER.match(tidy)
    asked = _Asked(tidy[condition.end() :] if condition else tidy, now, zone, hours)
    at = _read(asked) if len(text) <= _LONGEST else None
    if at is None:
        shown = "".join(filter(str.isprintable, text[:40]))
        raise BadInput(f'I don\'t know when "{shown}" is. {_EXAMPLES}')
    understood = describe_date(at, now, zone)
    if at <= now:
        raise BadInput(f"{understood} is in the past. {_EXAMPLES}")
    return When(at, understood, condition is not None, tidy)


def _read(asked: _Asked) -> datetime | None:
    for form in _FORMS:
        try:
            at = form(asked)
        except (ValueError, OverflowError):  # a 31 November, an hour 25, a year 0001
            return None
        if at is not None:
            years = at.year - asked.now.year
            return at if -1 <= years <= _YEARS_AHEAD else None
    return None


def _named(asked: _Asked) -> datetime | None:
    """Read "next window", "tonight", "next week", "next month"."""
    text, today = asked.text, asked.today
    if text in words_of.NEXT_WINDOW:
        window = next_window(asked.hours, asked.now)
        if window is None:
            raise BadInput(f"No window is ahead: [hours] has none. {_EXAMPLES}")
        return window.start
    if text in words_of.TONIGHT:
        return _first_window(asked, today, _EVENING) or _at(asked, today, _TONIGHT)
    if text in words_of.NEXT_WEEK:
        return _at(asked, today + timedelta(days=7 - today.weekday()), None)
    if text in words_of.NEXT_MONTH:
        return _at(asked, today.replace(day=1) + relativedelta(months=1), None)
    return None


def _exact(asked: _Asked) -> datetime | None:
    """Read RFC 3339; without an offset it is the founder's wall time."""
    if not re.match(r"\d{4}-\d\d-\d\d[t ]\d\d:\d\d", asked.text):
        return None
    moment = datetime.fromisoformat(asked.text.replace(" ", "t", 1).upper())
    if moment.tzinfo is None:
        return opening_instant(moment, asked.zone)
    return moment.astimezone(UTC)


def _span(asked: _Asked) -> datetime | None:
    """Read "in 3 days", "2h", "90 min"; from days on the hour of day is free to choose."""
    match = words_of.SPAN.match(asked.text)
    if match is None:
        return None
    count = int(match["digits"]) if match["digits"] else words_of.NUMBERS[match["word"]]
    unit = words_of.UNIT_OF[match["unit"]]
    rest = asked.text[match.end() :]
    if unit in ("minutes", "hours"):
        return None if rest else asked.now + timedelta(**{unit: count})
    step = {"days": relativedelta(days=count), "weeks": relativedelta(weeks=count)}
    return _on(asked, asked.today + step.get(unit, relativedelta(months=count)), rest)


def _ahead(asked: _Asked) -> datetime | None:
    """Read "today", "tomorrow", "day after tomorrow", each with an hour or without."""
    match = words_of.AHEAD.match(asked.text)
    if match is None:
        return None
    days = words_of.DAYS_AHEAD[match.group()]
    rest = asked.text[match.end() :]
    if days == 0 and not rest:
        return _first_window(asked, asked.today, asked.now.astimezone(asked.zone).time())
    return _on(asked, asked.today + timedelta(days=days), rest)


def _weekday(asked: _Asked) -> datetime | None:
    """Read "fri 9": the coming one, today only for an hour still ahead; "next": in next week."""
    match = words_of.WEEKDAY.match(asked.text)
    if match is None:
        return None
    wanted, today = words_of.WEEKDAY_OF[match["weekday"]], asked.today
    rest = asked.text[match.end() :]
    if match["next"]:
        return _on(asked, today + timedelta(days=7 - today.weekday() + wanted), rest)
    at = _on(asked, today + timedelta(days=(wanted - today.weekday()) % 7), rest)
    if at is not None and wanted == today.weekday() and (at <= asked.now or not rest):
        return _on(asked, today + timedelta(days=7), rest)
    return at


def _dated(asked: _Asked) -> datetime | None:
    """Read "2026-12-01", "1 dec", "dec 1 10:00", "1.12."; without a year the coming one."""
    match = next((m for pattern in words_of.DATES if (m := pattern.match(asked.text))), None)
    if match is None:
        return None
    found = match.groupdict()
    name = found.get("month")
    month = words_of.MONTH_OF[name] if name else int(found["number"])
    day, rest = int(found["day"]), asked.text[match.end() :]
    if found["year"]:
        return _on(asked, date(int(found["year"]), month, day), rest)
    for year in range(asked.today.year, asked.today.year + _YEARS_AHEAD + 1):
        if day <= monthrange(year, month)[1]:
            at = _on(asked, date(year, month, day), rest)
            if at is None or at > asked.now:
                return at
    return None


def _hour_alone(asked: _Asked) -> datetime | None:
    """Read "14:30", "5pm", "noon": the next time the clock says so. A bare number is no hour."""
    if asked.text.isdigit():
        return None
    hour = _time_of_day(asked.text)
    if hour is None:
        return None
    at = _at(asked, asked.today, hour)
    return at if at > asked.now else _at(asked, asked.today + _DAY, hour)


_FORMS: tuple[Callable[[_Asked], datetime | None], ...] = (
    _named,
    _exact,
    _dated,
    _span,
    _ahead,
    _weekday,
    _hour_alone,
)


def _on(asked: _Asked, day: date, rest: str) -> datetime | None:
    """Return the moment on `day` that `rest` names (an hour, or nothing); None if it is neither."""
    rest = rest.strip(" ,")
    if not rest or rest.removeprefix("in the ") in words_of.MORNING:
        return _at(asked, day, None)
    hour = _time_of_day(rest)
    return None if hour is None else _at(asked, day, hour)


def _at(asked: _Asked, day: date, hour: time | None) -> datetime:
    """Return `hour` on `day`; without one the day's first window, else 09:00."""
    if hour is None:
        window = _first_window(asked, day, time.min)
        if window is not None:
            return window
        hour = _DEFAULT_HOUR
    return opening_instant(datetime.combine(day, hour), asked.zone)


def _first_window(asked: _Asked, day: date, after: time) -> datetime | None:
    """Return the start of the first window that begins on `day` at or after that hour."""
    earliest = opening_instant(datetime.combine(day, after), asked.zone)
    midnight = opening_instant(datetime.combine(day + _DAY, time.min), asked.zone)
    windows = windows_between(asked.hours, earliest, midnight)
    return next((window.start for window in windows if window.start >= earliest), None)


def _time_of_day(text: str) -> time | None:
    """Read "9", "14:30", "5pm", "noon", "um 9 uhr"; raises ValueError for an hour 25."""
    part = words_of.PARTS_OF_DAY.get(text.removeprefix("in the ").removeprefix("at "))
    if part is not None:
        return time(part)
    match = words_of.HOUR.fullmatch(text)
    if match is None:
        return None
    hour = int(match["hour"])
    half = (match["half"] or "").replace(".", "")
    if half and not 1 <= hour <= 12:
        return None
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    return time(hour, int(match["minute"] or 0))
