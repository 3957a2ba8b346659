"""Is support open right now? Apart from the rest of the door, so that `status` stays quick."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from founder_inbox.app.hours.time_off import hours_with_days_off
from founder_inbox.app.workspace import Workspace
from founder_inbox.core.hours.door import Door, Override, decide, describe_opening, time_left
from founder_inbox.core.hours.schedule import Window
from founder_inbox.core.tickets.journal import Event, EventKind
from founder_inbox.core.times import from_text, from_text_or_none
from founder_inbox.errors import Closed
from founder_inbox.store import events

# Longer than any window, so that an early closing or an override is still found.
LOOK_BACK = timedelta(days=2)
# How long after a window's end the ticket in hand may still be finished and sent.
FINISHING = timedelta(minutes=30)


def door_now(ws: Workspace, now: datetime, in_session: Window | None = None) -> Door:
    """How the door stands. `in_session`: the window whose session the app is still in."""
    kinds = (EventKind.OVERRIDE_OPENED, EventKind.DOOR_CLOSED)
    recent = events.events_since(ws.store, now - LOOK_BACK, *kinds, actor=ws.actor)
    return decide(
        hours_with_days_off(ws, now), overrides_in(recent), _closed_until(recent), now, in_session
    )


def door_for_sending(ws: Workspace, now: datetime) -> Door:
    """The door as the outbox sees it: the ticket in hand may be finished after the window's end."""
    return door_now(ws, now, _window_in_hand(ws, now))


def _window_in_hand(ws: Workspace, now: datetime) -> Window | None:
    """The window that has just ended under a session that still runs."""
    kinds = (EventKind.SESSION_STARTED, EventKind.SESSION_ENDED)
    sessions = events.events_since(ws.store, now - LOOK_BACK, *kinds, actor=ws.actor)
    last = sessions[-1] if sessions else None
    if last is None or last.kind is not EventKind.SESSION_STARTED:
        return None
    end = from_text(str(last.data["window_end"]))
    return Window(last.at, end) if last.at < end <= now <= end + FINISHING else None


def finished_sitting(ws: Workspace, now: datetime) -> Window | None:
    """The session that has just ended with or after its window: what was finished in it may leave.

    One that was ended earlier by hand closed the door, and the outbox with it.
    """
    since = now - LOOK_BACK
    ended = events.events_since(ws.store, since, EventKind.SESSION_ENDED, actor=ws.actor)
    last = ended[-1] if ended else None
    end = from_text_or_none(str(last.data.get("window_end"))) if last else None
    if last is None or end is None or not end <= last.at <= now <= end + FINISHING:
        return None
    return Window(from_text(str(last.data["started"])), last.at)


def describe(ws: Workspace, door: Door, now: datetime) -> str:
    """The door in a few words: "today 17:00, in 3 h 12 min", or "38 min left"."""
    if door.is_open and door.window:
        return time_left(door.window, now)
    return opening_words(ws, door, now)


def opening_words(ws: Workspace, door: Door, now: datetime) -> str:
    """When support opens next, in the founder's own time."""
    if door.next_window is None:
        return "no opening is planned; add support hours to the configuration"
    return describe_opening(door.next_window, now, ws.hours.zone)


def require_open(ws: Workspace, now: datetime) -> Door:
    """The open door. Raises Closed, with the next opening, outside the hours."""
    door = door_now(ws, now)
    if not door.is_open:
        raise Closed(
            f"Support is closed. It opens {opening_words(ws, door, now)}. Reading, searching and "
            f"drafting are free{_way_in(ws)}"
        )
    return door


def _way_in(ws: Workspace) -> str:
    """How to open early, for those who allow themselves to."""
    if ws.config.hours.enforcement == "strict":
        return "."
    return "; to open early: founder-inbox hours open --minutes 10 --reason …"


def overrides_in(recorded: Sequence[Event]) -> list[Override]:
    """The openings outside the hours among events; one closed early ends there."""
    closings = [e for e in recorded if e.kind is EventKind.DOOR_CLOSED]
    found = []
    for event in recorded:
        if event.kind is EventKind.OVERRIDE_OPENED:
            until = from_text(str(event.data["until"]))
            # By id: times are whole seconds, and a closing may share one with what it closed.
            until = min([until, *(c.at for c in closings if c.id > event.id and c.at < until)])
            minutes = int(str(event.data["minutes"]))
            found.append(Override(event.at, until, minutes, str(event.data["reason"])))
    return found


def _closed_until(recorded: Sequence[Event]) -> datetime | None:
    return max(
        (from_text(str(e.data["until"])) for e in recorded if e.kind is EventKind.DOOR_CLOSED),
        default=None,
    )
