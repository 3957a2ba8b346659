"""Noticing that the clock was set back, writing it down once, and saying so."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from founder_inbox.app.workspace import Workspace
from founder_inbox.core.hours.door import Override
from founder_inbox.core.hours.set_back import (
    TOLERANCE,
    Look,
    describe_set_back,
    set_back_between,
    set_back_since,
)
from founder_inbox.core.tickets.journal import Event, EventKind
from founder_inbox.core.tickets.outbox import LONGEST_PAUSE
from founder_inbox.store import actions, events, outbox
from founder_inbox.store.messages import newest_arrivals
from founder_inbox.store.settings import machine_of

_SAID_FOR = timedelta(days=1)
# App and syncing process see the same jump; a clock that was set forth and back again is another.
_SAME_JUMP = timedelta(minutes=15)


def check_against_records(ws: Workspace, now: datetime) -> bool:
    """At the start of a run: whether what is known lies ahead of the clock; written down if so."""
    last = _last(ws, now)
    by = set_back_since(
        events.newest_of_machine(ws.store, machine_of(ws.store)),
        newest_arrivals(ws.store),
        _by(last) if last else timedelta(),
        now,
    )
    return by is not None and _record(ws, by, now)


def check_between(ws: Workspace, before: Look, now: Look) -> bool:
    """Within a run: whether the clock went back between two looks; written down if so."""
    by = set_back_between(before, now)
    return by is not None and _record(ws, by, now.at)


def set_back_words(ws: Workspace, now: datetime) -> str:
    """The sentence for the door, on the day it happened; else empty."""
    last = _last(ws, now)
    return describe_set_back(_by(last)) if last and now - last.at < _SAID_FOR else ""


def as_overrides(recorded: Sequence[Event]) -> list[Override]:
    """Set-backs among events, as what they amount to: openings outside the hours."""
    found = (event for event in recorded if event.kind is EventKind.CLOCK_SET_BACK)
    return [Override(event.at, event.at, 0, describe_set_back(_by(event))) for event in found]


def _record(ws: Workspace, by: timedelta, now: datetime) -> bool:
    last = _last(ws, now)
    if last and abs(now - last.at) < _SAME_JUMP and abs(by - _by(last)) < TOLERANCE:
        return False
    data = {"seconds": int(by.total_seconds())}
    with ws.store.write():
        events.append_event(ws.store, now, ws.actor, None, EventKind.CLOCK_SET_BACK, data)
        # Ten seconds to take a mail back, or a minute until the next try, are not hours now.
        outbox.wait_no_longer(ws.store, now, LONGEST_PAUSE)
        actions.wait_no_longer(ws.store, now + LONGEST_PAUSE)
    return True


def _last(ws: Workspace, now: datetime) -> Event | None:
    since, here = now - timedelta(days=30), machine_of(ws.store)
    found = events.events_since(ws.store, since, EventKind.CLOCK_SET_BACK)
    return next((event for event in reversed(found) if event.machine == here), None)


def _by(event: Event) -> timedelta:
    return timedelta(seconds=int(str(event.data["seconds"])))
