"""When a promise is due at the support hours as they are: while it can still be kept."""

from datetime import UTC, date, datetime, time, timedelta

from founder_inbox.core.hours.schedule import SupportHours, next_window, windows_between
from founder_inbox.core.hours.walltime import opening_instant

_NINE = time(9)
_BEFORE_THE_END = timedelta(minutes=10)


def due_for(day: date, hour: time | None, now: datetime, hours: SupportHours) -> datetime:
    """Return when a promise for a day falls due, so that it is seen in a window before it breaks.

    The first window of that day that is still ahead and begins before `hour`; else the last one
    before that day; else the end of the one that is open, less ten minutes; else the day's hour.
    """
    zone = hours.zone
    last = opening_instant(datetime.combine(day, hour or time(23, 59)), zone)
    midnight = opening_instant(datetime.combine(day, time.min), zone)
    ahead = [w for w in windows_between(hours, now, last) if now < w.start < last]
    on_day = next((w.start for w in ahead if w.start >= midnight), None)
    if on_day or ahead:
        return on_day or ahead[-1].start
    running = next((w for w in windows_between(hours, now, last) if w.start <= now < w.end), None)
    if running and hour is None:
        return max(running.end - _BEFORE_THE_END, now)
    said = last if hour else opening_instant(datetime.combine(day, _NINE), zone)
    return said if said > now else max(last, now)


def next_day(now: datetime, hours: SupportHours) -> datetime:
    """When a promise without a day is due: the first window of a later day, else in two days."""
    tomorrow = now.astimezone(hours.zone).date() + timedelta(days=1)
    midnight = opening_instant(datetime.combine(tomorrow, time.min), hours.zone)
    window = next_window(hours, midnight - timedelta(seconds=1))
    return window.start if window else (now + timedelta(days=2)).astimezone(UTC)
