"""Sentences of the screens: short, warm, concrete."""

from founder_inbox.app.workspace import Workspace
from founder_inbox.core.display import SafeLine, safe_line
from founder_inbox.tui.queue.desk import Place

_EMPTY = {
    Place.QUEUE: ("Nobody is waiting for you.", "Go and build something. g w: who will answer."),
    Place.WAITING: ("Nobody owes you an answer.", "g i goes back to the queue."),
    Place.SNOOZED: ("Nothing is put off.", "b on a ticket puts it off: tomorrow, fri 9 …"),
    Place.HANDED_OFF: ("Nothing is with a teammate.", "H on a ticket hands it over."),
    Place.QUICK_FIXES: ("No quick fix is flagged.", "Q on a ticket flags one."),
    Place.PROMISES: ("You owe nobody a date.", "What a reply promises collects here."),
    Place.CLOSED: ("Nothing is closed yet.", "e on a ticket says it is done."),
    Place.FIGURE: ("No ticket is behind it.", "g m goes back to the figures."),
    Place.ALL: ("No mail yet.", "It appears here when the first sync is done."),
}
_SEARCH = (
    "Type to search everything, ever.",
    'from:ana  subject:invoice  is:open  before:2026-11-01  "exact words"',
)


def empty_words(place: Place, query: str, trouble: str) -> tuple[SafeLine, ...]:
    """What an empty list says: a kind sentence, and what to do next."""
    if trouble:
        return (safe_line(trouble),)
    if place is Place.SEARCH:
        found = ("Nothing found.", "Fewer words find more; esc goes back.")
        return tuple(map(safe_line, found if query else _SEARCH))
    return tuple(map(safe_line, _EMPTY[place]))


def handing_words(ws: Workspace) -> str:
    """What the key for handing off does; empty while there is nobody to hand to."""
    if ws.config.level == 2:
        return "send back"
    return f"hand to {ws.usual_teammate}" if ws.usual_teammate else ""
