"""Saved searches: kept as lines of the journal, so that they are there on every machine."""

import difflib
from datetime import datetime

from founder_inbox.app.workspace import Workspace
from founder_inbox.core.tickets.journal import EventKind
from founder_inbox.core.tickets.query import parse_query
from founder_inbox.core.tickets.saved_searches import SavedSearch, name_of, saved
from founder_inbox.errors import BadInput, NotFound
from founder_inbox.store import events

_KINDS = (EventKind.SEARCH_SAVED, EventKind.SEARCH_FORGOTTEN)


def saved_searches(ws: Workspace) -> tuple[SavedSearch, ...]:
    """All of them, by name."""
    found = events.events_of_kinds(ws.store, *_KINDS)
    undone = events.events_of_kinds(ws.store, EventKind.UNDONE) if found else []
    return saved([*found, *undone])


def save_search(ws: Workspace, name: str, query: str, now: datetime) -> SavedSearch:
    """Keep a query under a name; one of that name is replaced.

    Raises BadInput for an empty name or query, and for a query that can't be meant.
    """
    search = SavedSearch(name_of(name), query.strip())
    if not parse_query(search.query, now):
        raise BadInput("There is nothing to look for yet, so nothing was saved.")
    data = {"name": search.name, "query": search.query}
    events.append_event(ws.store, now, ws.actor, None, EventKind.SEARCH_SAVED, {**data})
    return search


def forget_search(ws: Workspace, name: str, now: datetime) -> SavedSearch:
    """Keep it no longer. Raises NotFound."""
    search = find_search(ws, name)
    data = {"name": search.name}
    events.append_event(ws.store, now, ws.actor, None, EventKind.SEARCH_FORGOTTEN, {**data})
    return search


def find_search(ws: Workspace, name: str) -> SavedSearch:
    """The search of that name, in any case. Raises NotFound naming those that are near."""
    known = {search.name.casefold(): search for search in saved_searches(ws)}
    wanted = name.strip().casefold()
    if wanted in known:
        return known[wanted]
    near = difflib.get_close_matches(wanted, known, 1, 0.5)
    hint = f" Did you mean {known[near[0]].name}?" if near else ""
    raise NotFound(
        f"There is no saved search {name.strip()!r}.{hint} "
        "founder-inbox search --saved lists them all."
    )
