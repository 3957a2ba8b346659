"""Times as a person says them: "today 17:00, in 3 h 12 min", "38 min left", "19 h".

English and fixed: no locale, so that the same moment reads the same on every machine.
"""

from datetime import datetime, timedelta, tzinfo
from math import ceil

from founder_inbox.core.hours.schedule import Window

DAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTH_NAMES = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def describe_opening(window: Window | None, now: datetime, zone: tzinfo) -> str:
    """Return when `window` opens, as in "tomorrow 09:00, in 14 h"; "now" for an open one."""
    if window is None:
        return "not planned: [hours] has no window ahead"
    if window.start <= now:
        return "now"
    days = days_apart(now, window.start, zone)
    wait = f"{days} days" if days > 1 else describe_wait(window.start - now)
    return f"{describe_moment(window.start, now, zone)}, in {wait}"


def describe_moment(moment: datetime, now: datetime, zone: tzinfo) -> str:
    """Return "today 17:00", "tomorrow 09:00", "Monday 09:00" or, from a week on, with the date."""
    local = moment.astimezone(zone)
    days = days_apart(now, moment, zone)
    names = {-1: "yesterday", 0: "today", 1: "tomorrow"}
    if days in names:
        return f"{names[days]} {local:%H:%M}"
    if 1 < days < 7:
        return f"{DAY_NAMES[local.weekday()]} {local:%H:%M}"
    return describe_date(moment, now, zone)


def describe_date(moment: datetime, now: datetime, zone: tzinfo) -> str:
    """Return "Friday 27 Nov 09:00", with the year if it is another than now's."""
    local = moment.astimezone(zone)
    year = "" if local.year == now.astimezone(zone).year else f" {local.year}"
    month = MONTH_NAMES[local.month - 1]
    return f"{DAY_NAMES[local.weekday()]} {local.day} {month}{year} {local:%H:%M}"


def describe_wait(wait: timedelta) -> str:
    """Return "12 min", "3 h 12 min", and from ten hours on "14 h"; rounded up to the minute."""
    minutes = max(ceil(wait.total_seconds() / 60), 1)
    if minutes < 60:
        return f"{minutes} min"
    if minutes >= 600:
        return f"{round(minutes / 60)} h"
    hours, rest = divmod(minutes, 60)
    return f"{hours} h {rest} min" if rest else f"{hours} h"


def time_left(window: Window, now: datetime) -> str:
    """Return "38 min left", "last minute", or "over by 4 min" after the end."""
    if now >= window.end:
        minutes = int((now - window.end).total_seconds() // 60)
        return f"over by {minutes} min" if minutes else "over"
    if window.end - now <= timedelta(minutes=1):
        return "last minute"
    return f"{describe_wait(window.end - now)} left"


def describe_age(since: datetime, now: datetime) -> str:
    """Return the short form for a list: "now", "5 min", "19 h", "3 d"; rounded down."""
    minutes = int((now - since).total_seconds() // 60)
    if minutes < 1:
        return "now"
    if minutes < 60:
        return f"{minutes} min"
    return f"{minutes // 60} h" if minutes < 24 * 60 else f"{minutes // (24 * 60)} d"


def days_apart(now: datetime, moment: datetime, zone: tzinfo) -> int:
    """Return how many local midnights lie between `now` and `moment`; negative for the past."""
    return (moment.astimezone(zone).date() - now.astimezone(zone).date()).days


def times(count: int) -> str:
    """Return "once", "twice", "3 times"."""
    return {1: "once", 2: "twice"}.get(count, f"{count} times")


def counted(count: int, one: str, many: str | None = None) -> str:
    """Return "1 ticket", "3 tickets"."""
    return f"{count} {one if count == 1 else many or one + 's'}"
