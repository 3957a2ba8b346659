"""The acts of sessions, read from the journal: where the time went, and at what pace."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from founder_inbox.app.workspace import Workspace
from founder_inbox.core.hours.work import Pace, Worked, pace, usual_pace
from founder_inbox.core.model import Lane
from founder_inbox.core.tickets.journal import Event, EventKind, effective
from founder_inbox.core.times import from_text
from founder_inbox.store import events
from founder_inbox.store.tickets import key_of_id, ticket_with_key

_FINISHING = frozenset(
    {EventKind.CLOSED, EventKind.QUEUED, EventKind.HANDED_OFF, EventKind.SNOOZED}
)
_ACTS = (
    *sorted(_FINISHING),
    EventKind.REOPENED,
    EventKind.LANE,
    EventKind.NOTE,
    EventKind.TAGGED,
    EventKind.QUICK_FIX,
    EventKind.QUICK_FIX_STARTED,
    EventKind.QUICK_FIX_STOPPED,
    EventKind.QUICK_FIX_FINISHED,
    EventKind.PARKED,
    EventKind.TAKEN_BACK,
)
_SESSIONS = 10
_LOOK_BACK = timedelta(days=30)


def acts_since(ws: Workspace, since: datetime) -> list[Event]:
    """The founder's own acts on tickets that count, in their order."""
    found = effective(events.events_since(ws.store, since, *_ACTS, EventKind.UNDONE))
    return [event for event in found if event.actor == ws.actor and event.ticket]


def worked_on(ws: Workspace, acts: Iterable[Event]) -> list[Worked]:
    """The same with the lane that each ticket stands in now."""
    lanes: dict[str, Lane] = {}
    for event in acts:
        ticket = str(event.ticket)
        if ticket not in lanes:
            lanes[ticket] = _lane(ws, ticket)
    return [_worked(event, lanes[str(event.ticket)]) for event in acts]


def pace_since(ws: Workspace, start: datetime) -> float | None:
    """Minutes a ticket in the session that began at `start`, None while too few are done."""
    return pace(start, [_worked(event, Lane.HOWTO) for event in acts_since(ws, start)])


def usual_pace_of(ws: Workspace, now: datetime) -> Pace | None:
    """The median of the last ten sessions of thirty days."""
    since = now - _LOOK_BACK
    own = events.events_since(ws.store, since, EventKind.SESSION_ENDED, actor=ws.actor)
    ended = own[-_SESSIONS:]
    acts = acts_since(ws, since) if ended else []
    paces = []
    for session in ended:
        start = from_text(str(session.data["started"]))
        within = [_worked(e, Lane.HOWTO) for e in acts if start <= e.at <= session.at]
        if (found := pace(start, within)) is not None:
            paces.append(found)
    minutes = usual_pace(paces)
    return None if minutes is None else Pace(minutes, usual=True)


def _worked(event: Event, lane: Lane) -> Worked:
    return Worked(event.at, str(event.ticket), lane, event.kind in _FINISHING)


def _lane(ws: Workspace, ticket: str) -> Lane:
    key = key_of_id(ws.store, ticket)
    found = ticket_with_key(ws.store, key) if key is not None else None
    return found.state.verdict.lane if found else Lane.HOWTO
