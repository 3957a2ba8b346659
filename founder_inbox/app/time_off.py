"""Days off that were taken by hand: the door stays closed until they are over."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from founder_inbox.app.workspace import Workspace
from founder_inbox.core.hours.hours_text import DaysOff
from founder_inbox.core.hours.schedule import SupportHours
from founder_inbox.core.tickets.journal import Event, EventKind
from founder_inbox.errors import BadInput
from founder_inbox.store import events

LONGEST = timedelta(days=366)


def take_days_off(ws: Workspace, last: date, now: datetime) -> DaysOff:
    """Close the door from today through `last`, a day in the founder's zone. Raises BadInput."""
    today = now.astimezone(ws.hours.zone).date()
    if last < today:
        raise BadInput(f"{last} is over. Name today or a later day: break until {today}.")
    if last - today > LONGEST:
        raise BadInput(f"{last} is more than a year away. Name an earlier day.")
    _record(ws, last.isoformat(), now)
    return DaysOff(today, last)


def end_days_off(ws: Workspace, now: datetime) -> None:
    """Open at the next window again. Raises BadInput when no break was running."""
    if days_off(ws, now) is None:
        raise BadInput("There is no break to end; the support hours are as configured.")
    _record(ws, None, now)


def days_off(ws: Workspace, now: datetime) -> DaysOff | None:
    """The break that runs now, or None."""
    recorded = events.events_since(ws.store, now - LONGEST, EventKind.BREAK)
    last = recorded[-1] if recorded else None
    until = last.data.get("until") if last else None
    if last is None or not isinstance(until, str):
        return None
    taken = DaysOff(_day(ws, last), date.fromisoformat(until))
    return taken if now.astimezone(ws.hours.zone).date() <= taken.last else None


def hours_with_days_off(ws: Workspace, now: datetime) -> SupportHours:
    """The configured hours less the break that runs now."""
    taken = days_off(ws, now)
    if taken is None:
        return ws.hours
    return replace(ws.hours, days_off=(*ws.hours.days_off, taken))


def _day(ws: Workspace, event: Event) -> date:
    return event.at.astimezone(ws.hours.zone).date()


def _record(ws: Workspace, until: str | None, now: datetime) -> None:
    events.append_event(ws.store, now, ws.actor, None, EventKind.BREAK, {"until": until})
