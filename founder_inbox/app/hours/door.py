"""The door: is support open, opening early, closing."""

from datetime import datetime, timedelta

from founder_inbox.app.hours.opening import describe, door_now, opening_words, require_open
from founder_inbox.app.workspace import Workspace
from founder_inbox.core.hours.door import Door, DoorState, Override, check_override
from founder_inbox.core.tickets.journal import EventKind
from founder_inbox.core.times import to_text
from founder_inbox.errors import Closed
from founder_inbox.store import events, outbox

_TICK = timedelta(seconds=1)


def open_early(ws: Workspace, minutes: int, reason: str, now: datetime) -> Override:
    """Open outside the hours, written down with its reason. Raises Closed and BadInput."""
    door = door_now(ws, now)
    opening = opening_words(ws, door, now)
    check_override(minutes, reason, ws.config.hours.enforcement, opening)
    if door.is_open and door.override is None:
        raise Closed(f"Support is open already, {describe(ws, door, now)}. Nothing to open early.")
    until = now + timedelta(minutes=minutes)
    events.append_event(
        ws.store,
        now,
        ws.actor,
        None,
        EventKind.OVERRIDE_OPENED,
        {"minutes": minutes, "reason": " ".join(reason.split())[:500], "until": to_text(until)},
    )
    # What waits leaves in this opening, also where the next window begins within it.
    waits = min(until, door.next_window.start - _TICK) if door.next_window else until
    outbox.release_held(ws.store, now + timedelta(seconds=ws.config.sending.undo_seconds), waits)
    return Override(now, until, minutes, reason)


def close_door(ws: Workspace, now: datetime) -> Door:
    """End this window or override now; what is not sent waits. Raises Closed when it is shut."""
    door = require_open(ws, now)
    until = door.window.end if door.window else now
    events.append_event(
        ws.store, now, ws.actor, None, EventKind.DOOR_CLOSED, {"until": to_text(until)}
    )
    shut = door_now(ws, now)
    if shut.next_window:
        outbox.hold_until(ws.store, shut.next_window.start, shut.next_window.start)
    return shut


__all__ = [
    "Door",
    "DoorState",
    "close_door",
    "describe",
    "door_now",
    "open_early",
    "opening_words",
    "require_open",
]
