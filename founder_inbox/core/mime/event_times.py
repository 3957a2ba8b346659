"""The times of an invitation in the reader's own time, added where the line is shown.

What is stored keeps the zone the invitation named: the reader's zone changes when they travel.
"""

import re
from datetime import datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from founder_inbox.core.mime.windows_zones import WINDOWS_ZONES

_LINE = re.compile(
    r"^\[(?:Invitation|Updated invitation|Event|Cancelled event|Added to an event"
    r"|Another time (?:proposed|declined)|Answer to an invitation): [^\n]{1,1500}\]$",
    re.MULTILINE,
)
_DAY, _CLOCK = r"\d{4}-\d\d-\d\d", r"\d\d:\d\d"
_WHEN = re.compile(
    rf" · ({_DAY}) ({_CLOCK})(?:–({_CLOCK})| to ({_DAY}) ({_CLOCK}))? ([^·\]\n]{{1,60}})(?= · |\]$)"
)


def in_your_time(text: str, zone: tzinfo) -> str:
    """A mail's text with "(15:00–15:30 your time)" in each invitation whose zone is known.

    Nothing is added where the clocks in `zone` show the same.
    """
    if " · " not in text:
        return text
    return _LINE.sub(lambda line: _WHEN.sub(lambda when: _with_own(when, zone), line[0], 1), text)


def _with_own(when: re.Match[str], zone: tzinfo) -> str:
    theirs = _zone(when[6].strip())
    if theirs is None:
        return when[0]
    try:
        begins = datetime.fromisoformat(f"{when[1]} {when[2]}").replace(tzinfo=theirs)
        last = when[3] or when[5]
        ends = datetime.fromisoformat(f"{when[4] or when[1]} {last}") if last else None
        own = begins.astimezone(zone)
        own_end = ends.replace(tzinfo=theirs).astimezone(zone) if ends else None
    except (ValueError, OverflowError):
        return when[0]
    if own.replace(tzinfo=None) == begins.replace(tzinfo=None):
        return when[0]
    return f"{when[0]} ({_span(own, own_end, when[1])} your time)"


def _span(begins: datetime, ends: datetime | None, day: str) -> str:
    """The own times, with the day where it is another than the one that was named."""
    said = f"{begins:%H:%M}"
    if f"{begins:%Y-%m-%d}" != day:
        said = f"{begins:%Y-%m-%d} {said}"
    if ends is None:
        return said
    if ends.date() == begins.date():
        return f"{said}–{ends:%H:%M}"
    next_morning = ends.date() - begins.date() == timedelta(days=1) and ends.hour < 6
    return f"{said}–{ends:%H:%M}" if next_morning else f"{said} to {ends:%Y-%m-%d %H:%M}"


def _zone(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(WINDOWS_ZONES.get(name.lower(), name))
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None
