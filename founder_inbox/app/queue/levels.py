"""How much level one closed by itself in the last 30 days, read from the journal."""

from collections.abc import Iterable
from datetime import datetime

from founder_inbox.app.queue.tickets import load_tickets
from founder_inbox.app.workspace import Workspace
from founder_inbox.core.model import Lane, Status
from founder_inbox.core.tickets.entry import Ticket
from founder_inbox.core.tickets.facts import Then
from founder_inbox.core.tickets.journal import Event, EventKind, effective
from founder_inbox.core.tickets.levels import SPAN, Handled, LevelOne, read_level_one
from founder_inbox.store import events
from founder_inbox.store.tickets import key_of_id


def level_one(ws: Workspace, now: datetime) -> LevelOne:
    """The share of what was closed that never went up, and what went up most.

    Of each topic the newest ticket comes first.
    Only what a person closed counts: what arrived closed or was deleted as spam says nothing.
    """
    since = now - SPAN
    recorded = events.events_of_kinds(ws.store, EventKind.HANDED_OFF, EventKind.UNDONE)
    handed = [e for e in effective(recorded) if e.kind is EventKind.HANDED_OFF]
    ended = events.events_since(ws.store, since, EventKind.CLOSED, EventKind.SENT, EventKind.UNDONE)
    up, lately = _keys(ws, handed), _keys(ws, (e for e in handed if e.at >= since))
    done = _keys(ws, (e for e in effective(ended) if _ends(e)))
    found = load_tickets(ws.store, sorted(done | lately, reverse=True))
    return read_level_one(
        Handled(t.id, _topic(t), t.key in done and t.state.status is Status.CLOSED, t.key in up)
        for t in found
        if t.state.verdict.lane is not Lane.AUTOMATIC
    )


def _ends(event: Event) -> bool:
    return event.kind is EventKind.CLOSED or event.data.get("then") == Then.CLOSE


def _keys(ws: Workspace, found: Iterable[Event]) -> set[int]:
    names = {event.ticket for event in found if event.ticket}
    return {key for name in names if (key := key_of_id(ws.store, name)) is not None}


def _topic(ticket: Ticket) -> str:
    verdict = ticket.state.verdict
    return verdict.topic.value if verdict.topic else verdict.lane.value
