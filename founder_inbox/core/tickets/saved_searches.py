"""Searches kept under a name: what the journal's lines about them add up to."""

from collections.abc import Iterable
from dataclasses import dataclass

from founder_inbox.core.display import SafeLine, safe_line
from founder_inbox.core.tickets.journal import Event, EventKind, effective
from founder_inbox.errors import BadInput

LONGEST_NAME = 40


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """A query as it is typed, under the founder's name for it."""

    name: str
    query: str


def saved(events: Iterable[Event]) -> tuple[SavedSearch, ...]:
    """The searches that are kept, by name; of two of one name the later counts, in any case."""
    kept: dict[str, SavedSearch] = {}
    for event in effective(events):
        name = str(event.data.get("name", ""))
        if event.kind is EventKind.SEARCH_SAVED and name:
            kept[name.casefold()] = SavedSearch(name, str(event.data.get("query", "")))
        elif event.kind is EventKind.SEARCH_FORGOTTEN:
            kept.pop(name.casefold(), None)
    return tuple(kept[name] for name in sorted(kept))


def name_of(text: str) -> SafeLine:
    """A name that a search can have. Raises BadInput."""
    name = safe_line(text, LONGEST_NAME)
    if not name:
        raise BadInput("A saved search needs a name, so it was not saved.")
    return name
