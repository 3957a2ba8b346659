"""The words of `[hours]` in the config, read into rules: "mon-fri 09:00-10:00".

Everything wrong raises `ConfigError` with the text that is wrong, what is allowed, and the
nearest spelling. The caller adds the file's name.
"""

import re
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from founder_inbox.errors import ConfigError

DAY_MINUTES = 24 * 60
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_LONG_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_WINDOW = re.compile(r"(?P<days>\S{1,80}) (\d{1,2}):(\d\d) ?- ?(\d{1,2}):(\d\d)")
_EXAMPLE = 'Write it like "mon-fri 09:00-10:00", "sat,sun 10:00-11:00" or "daily 09:00-10:00".'
_DAY_OFF_EXAMPLE = 'Write it like "2026-12-24" or "2026-12-24..2027-01-02".'


@dataclass(frozen=True, slots=True)
class Rule:
    """A weekly opening: weekdays (0 is Monday), start and end in minutes of the starting day.

    `end` is over 1440 for a window that runs over midnight.
    """

    weekdays: tuple[int, ...]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class DaysOff:
    """Local days without support, both ends included."""

    first: date
    last: date


def parse_zone(name: str) -> ZoneInfo:
    """Return the IANA zone of that name; raises ConfigError with the nearest spelling."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        hint = _nearest(name, sorted(available_timezones()))
        raise ConfigError(
            f'[hours] timezone: "{name[:60]}" is not a time zone I know.{hint} '
            'It is an IANA name like "Europe/Berlin", or "local".'
        ) from None


def parse_rule(text: str) -> Rule:
    """Read one window; raises ConfigError."""
    tidy = " ".join(text.casefold().replace("–", "-").split())
    match = _WINDOW.fullmatch(tidy)
    if match is None:
        raise ConfigError(f'[hours] windows: "{text[:80]}" is not understood. {_EXAMPLE}')
    start = _minutes(match[2], match[3], text)
    end = _minutes(match[4], match[5], text)
    if start in (end, DAY_MINUTES):
        raise ConfigError(
            f'[hours] windows: "{text}" has no length. A whole day is "00:00-24:00". {_EXAMPLE}'
        )
    days = _weekdays(match["days"], text)
    return Rule(days, start, end if end > start else end + DAY_MINUTES)


def parse_days_off(text: str) -> DaysOff:
    """Read one day "2026-12-24" or range "2026-12-24..2027-01-02"; raises ConfigError."""
    first, dots, last = text.strip().partition("..")
    try:
        days = DaysOff(_iso_day(first), _iso_day(last if dots else first))
    except ValueError:
        raise ConfigError(
            f'[hours] days_off: "{text[:60]}" is not a date. {_DAY_OFF_EXAMPLE}'
        ) from None
    if days.last < days.first:
        raise ConfigError(f'[hours] days_off: "{text}" ends before it begins. {_DAY_OFF_EXAMPLE}')
    return days


def _iso_day(text: str) -> date:
    text = text.strip()
    if len(text) != len("2026-12-24"):
        raise ValueError(text)
    return date.fromisoformat(text)


def _minutes(hour: str, minute: str, text: str) -> int:
    total = int(hour) * 60 + int(minute)
    if int(minute) > 59 or total > DAY_MINUTES:
        raise ConfigError(
            f'[hours] windows: "{text}": {hour}:{minute} is not a time of day '
            f"(00:00 to 24:00). {_EXAMPLE}"
        )
    return total


def _weekdays(text: str, whole: str) -> tuple[int, ...]:
    if text in ("daily", "mon-sun"):
        return tuple(range(7))
    days: set[int] = set()
    for part in text.split(","):
        first, dash, last = part.partition("-")
        start = _weekday(first, whole)
        length = (_weekday(last, whole) - start) % 7 if dash else 0
        days.update((start + step) % 7 for step in range(length + 1))
    return tuple(sorted(days))


def _weekday(name: str, whole: str) -> int:
    if name in _LONG_DAYS:
        return _LONG_DAYS.index(name)
    if name in _DAYS:
        return _DAYS.index(name)
    raise ConfigError(
        f'[hours] windows: "{whole[:80]}": "{name[:20]}" is not a day.'
        f"{_nearest(name, _DAYS if len(name) < 5 else (*_LONG_DAYS, 'daily'))} "
        f"Days are {', '.join(_DAYS)} and daily. {_EXAMPLE}"
    )


def _nearest(name: str, known: tuple[str, ...] | list[str]) -> str:
    """Return ' Did you mean "x"?' or nothing; a zone is also found by its city alone."""
    folded = {word.casefold(): word for word in known}
    folded |= {word.casefold().rpartition("/")[2]: word for word in known if "/" in word}
    wanted = name[:60].casefold().replace(" ", "_")
    close = get_close_matches(wanted, list(folded), n=1, cutoff=0.6)
    return f' Did you mean "{folded[close[0]]}"?' if close else ""
