"""How far a search reaches: everything at level one, at level two only what was handed up.

Level two looks through everything when it is asked to, with `is:any` (handbook ch. 18).
"""

from datetime import datetime

from founder_inbox.app.queue.tickets import search_keys
from founder_inbox.app.workspace import Workspace
from founder_inbox.core.tickets.journal import EventKind, effective
from founder_inbox.core.tickets.query import asks_for_any, parse_query
from founder_inbox.store import events
from founder_inbox.store.tickets import key_of_id

REACHES = "Only what was handed up was looked through; is:any finds everything."


def search_in_reach(ws: Workspace, text: str, now: datetime, limit: int = 200) -> list[int]:
    """Keys of the tickets that a search finds, last moved first. Raises BadInput."""
    within = _handed_up(ws) if is_narrow(ws, text, now) else None
    return search_keys(ws.store, text, now, limit, within)


def is_narrow(ws: Workspace, text: str, now: datetime) -> bool:
    """Whether that search leaves out what level one kept. Raises BadInput."""
    return ws.config.level == 2 and not asks_for_any(parse_query(text, now))


def _handed_up(ws: Workspace) -> frozenset[int]:
    """The tickets that were handed up at any time, also those that are back."""
    found = events.events_of_kinds(ws.store, EventKind.HANDED_OFF, EventKind.UNDONE)
    names = {e.ticket for e in effective(found) if e.kind is EventKind.HANDED_OFF and e.ticket}
    return frozenset(key for name in names if (key := key_of_id(ws.store, name)) is not None)
