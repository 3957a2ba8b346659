"""What is seen while the door is shut: everything as it was when the door last closed.

A store behind the veil answers every query so, whoever asks it; another program that reads the
file sees all. The mails are here and understood, only their showing waits for the door.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from founder_inbox.app.hours.opening import overrides_in
from founder_inbox.app.hours.time_off import days_off, hours_with_days_off
from founder_inbox.app.reading.project import blocks_of, state_of
from founder_inbox.app.workspace import Workspace
from founder_inbox.core.hours.door import Door
from founder_inbox.core.hours.veil import Shut, Sitting, last_seen
from founder_inbox.core.tickets.journal import Event, EventKind
from founder_inbox.core.times import from_text
from founder_inbox.store import veil as table
from founder_inbox.store.database import Store
from founder_inbox.store.events import events_since
from founder_inbox.store.settings import machine_of

# Days off may last a year; what was seen before them stays visible.
_LOOK_BACK = timedelta(days=400)
_KINDS = (
    EventKind.OVERRIDE_OPENED,
    EventKind.DOOR_CLOSED,
    EventKind.SESSION_ENDED,
    EventKind.BREAK,
)


def veil_of(ws: Workspace, door: Door, now: datetime) -> datetime | None:
    """The moment up to which mail is shown; None while new mail may be seen.

    What came before the first import on this machine is never hidden: there was no door yet.
    """
    if door.may_see_new:
        return None
    recorded = events_since(ws.store, now - _LOOK_BACK, *_KINDS, actor=ws.actor)
    recorded += events_since(ws.store, now - _LOOK_BACK, EventKind.IMPORTED)
    overrides, sittings = overrides_in(recorded), list(_sittings(recorded))
    shuts = [_shut(event) for event in recorded if event.kind is EventKind.DOOR_CLOSED]
    seen = last_seen(hours_with_days_off(ws, now), overrides, shuts, sittings, now)
    if days_off(ws, now) is not None:
        # Days off take away the whole day they begin on, and what was open of it was open.
        taken = max(e.at for e in recorded if e.kind is EventKind.BREAK)
        before = last_seen(ws.hours, (), shuts, (), taken)
        seen = max([moment for moment in (seen, before) if moment is not None], default=None)
    here = machine_of(ws.store)
    begun = [
        e.at for e in recorded if e.kind is EventKind.IMPORTED and e.id.rpartition("-")[2] == here
    ]
    return max([moment for moment in (seen, *begun) if moment is not None], default=None)


def hang_veil(store: Store, moment: datetime | None, now: datetime) -> None:
    """Let this connection see nothing that came after `moment`, or with None everything again."""
    if moment is None:
        table.take_down(store)
        return
    touched = table.hang(store, moment)
    if touched:
        blocks = blocks_of(store)
        for key in touched:
            table.put_state(store, key, state_of(store, key, now, blocks))


@contextmanager
def behind_veil(store: Store, moment: datetime | None, now: datetime) -> Iterator[None]:
    """The same for a block, on a connection that otherwise sees everything and writes."""
    hang_veil(store, moment, now)
    try:
        yield
    finally:
        table.take_down(store)


def _shut(event: Event) -> Shut:
    return Shut(event.at, from_text(str(event.data["until"])))


def _sittings(recorded: list[Event]) -> Iterator[Sitting]:
    """The sessions, each up to its own end or its window's, whichever came first."""
    for event in recorded:
        window_end = event.data.get("window_end")
        if not isinstance(window_end, str):
            continue
        if event.kind is EventKind.SESSION_ENDED:
            started = from_text(str(event.data["started"]))
            yield Sitting(started, min(event.at, from_text(window_end)))
