"""Weeks that lie behind the founder, as the journal has them."""

from datetime import datetime, timedelta

from founder_inbox.app.workspace import Workspace
from founder_inbox.core.tickets.journal import EventKind, Json
from founder_inbox.core.times import to_text
from founder_inbox.store.events import append_event

DAY = timedelta(days=1)


def make_amber(ws: Workspace, now: datetime) -> None:
    """Three openings outside the hours: six points."""
    for days in (3, 4, 5):
        at = now - days * DAY
        data: dict[str, Json] = {
            "minutes": 10,
            "reason": "it was on fire",
            "until": to_text(at + DAY / 144),
        }
        append_event(ws.store, at, ws.actor, None, EventKind.OVERRIDE_OPENED, data)


def make_red(ws: Workspace, now: datetime) -> None:
    """The same, and three heavy sessions: twelve points."""
    make_amber(ws, now)
    for days in (1, 2, 3):
        append_event(ws.store, now - days * DAY, ws.actor, None, EventKind.MOOD, {"score": 1})
