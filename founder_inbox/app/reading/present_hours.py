"""What was put off or promised, at the support hours as they are now.

A moment in the journal is what the words meant at the hours of that day: "tomorrow" is its first
window. After `[hours]` has changed the words mean another moment, until the old one has passed.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime, time

from founder_inbox.core.hours.schedule import SupportHours
from founder_inbox.core.tickets.journal import Event, EventKind
from founder_inbox.core.times import from_text, to_text
from founder_inbox.errors import BadInput
from founder_inbox.store.database import Store
from founder_inbox.store.settings import get_setting, set_setting

_MARK = "hours"


def at_present_hours(
    events: Sequence[Event], hours: SupportHours | None, now: datetime
) -> list[Event]:
    """The events with the moments that lie ahead worked out anew; nothing is written."""
    if hours is None:
        return list(events)
    return [_moved(event, hours, now) for event in events]


def hours_changed(store: Store) -> bool:
    """Whether the hours are others than when this was asked last; the first time they are not."""
    mark = store.hours_mark() if store.hours_mark else None
    known = get_setting(store, _MARK) if mark else None
    if mark is None or mark == known:
        return False
    set_setting(store, _MARK, mark)
    return known is not None


def _moved(event: Event, hours: SupportHours, now: datetime) -> Event:
    name = _FIELDS.get(event.kind)
    if name is None:
        return event
    try:
        if from_text(str(event.data[name])) <= now:
            return event
        moment = _BY_KIND[event.kind](event, hours)
    except (BadInput, KeyError, ValueError):  # of another version, or without windows: as it was
        return event
    return replace(event, data={**event.data, name: to_text(moment)}) if moment else event


def _asked(event: Event, hours: SupportHours) -> datetime | None:
    from founder_inbox.core.hours.when import parse_when

    asked = event.data.get("asked")
    return parse_when(str(asked), event.at, hours.zone, hours).at if asked else None


def _promised(event: Event, hours: SupportHours) -> datetime | None:
    from founder_inbox.core.promises.due import due_for, next_day

    since = event.data.get("from")
    if not since:
        return _asked(event, hours)
    day, hour = event.data.get("day"), event.data.get("hour")
    if not day:
        return next_day(from_text(str(since)), hours)
    at = time.fromisoformat(str(hour)) if hour else None
    return due_for(date.fromisoformat(str(day)), at, from_text(str(since)), hours)


_FIELDS = {EventKind.SNOOZED: "until", EventKind.PROMISED: "due"}
_BY_KIND: dict[EventKind, Callable[[Event, SupportHours], datetime | None]] = {
    EventKind.SNOOZED: _asked,
    EventKind.PROMISED: _promised,
}
