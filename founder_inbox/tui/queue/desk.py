"""What lies on the desk: the list that is shown, its tickets as they are read, and the counts.

No screen in here. Reads SQLite on one connection, in pages; everything is a point read.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from founder_inbox.app.hours.veil import hang_veil
from founder_inbox.app.metrics.behind import tickets_behind
from founder_inbox.app.queue import tickets
from founder_inbox.app.queue.drafts import marked_drafts
from founder_inbox.app.queue.promises import owed_keys
from founder_inbox.app.queue.reach import REACHES, is_narrow, search_in_reach
from founder_inbox.app.queue.tickets import TicketView
from founder_inbox.app.session.coming_back import later_keys
from founder_inbox.app.workspace import Workspace
from founder_inbox.core.display import SafeLine
from founder_inbox.core.model import Lane, Status
from founder_inbox.core.tickets.entry import QueueCounts, Ticket
from founder_inbox.core.tickets.hits import NOTHING, Wanted
from founder_inbox.errors import BadInput
from founder_inbox.store.database import Store
from founder_inbox.store.tickets import Choice

PAGE = 64
KEPT_PAGES = 40


class Place(StrEnum):
    """A list one can go to; the value is its heading."""

    QUEUE = "Queue"
    WAITING = "Waiting for the customer"
    SNOOZED = "Put off"
    HANDED_OFF = "With the teammate"
    QUICK_FIXES = "Quick fixes"
    PROMISES = "Promises"
    CLOSED = "Done"
    ALL = "Every ticket"
    SEARCH = "Search"
    FIGURE = "Behind the figure"


CHOICES = {
    Place.QUEUE: Choice(Status.OPEN),
    Place.WAITING: Choice(Status.WAITING),
    Place.SNOOZED: Choice(Status.SNOOZED),
    Place.HANDED_OFF: Choice(Status.HANDED_OFF),
    Place.QUICK_FIXES: Choice(None, quick_fix=True),
    Place.PROMISES: Choice(None, promised=True),
    Place.CLOSED: Choice(Status.CLOSED),
    Place.ALL: Choice(None, everything=True),
}

LANES = tuple(Lane)
NO_COUNTS = QueueCounts(dict.fromkeys(Lane, 0), {})


class Section(StrEnum):
    """A part of the queue with a heading of its own."""

    FAILED = "Did not arrive"
    THANKS = "Thank-yous"
    OWED = "Owed an update"
    URGENT = "Urgent"
    HOWTO = "How do I"
    FEATURE = "Ideas"
    LATER = "For the next windows"
    AUTOMATIC = "Machine mail"


# These two are put into the order of the lanes.
_OF_THEIR_OWN = frozenset({Section.OWED, Section.LATER})
_SECTIONS = tuple(section for section in Section if section not in _OF_THEIR_OWN)


def section_of(ticket: Ticket) -> int:
    """The number of a ticket's section in queue order."""
    if ticket.state.delivery_failed:
        return 0
    return 1 + LANES.index(ticket.state.verdict.lane)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A list as it stood at one moment. Taken on any thread."""

    keys: list[int]
    sections: list[tuple[int, Section]]
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class Wish:
    """Which list is wanted; `change` tells whether the desk has changed since."""

    place: Place
    query: str
    change: int
    ideas: bool = True


def take_snapshot(ws: Workspace, wish: Wish, now: datetime) -> Snapshot:
    """Read a list: its keys in order and where its sections begin."""
    if wish.place is Place.SEARCH:
        try:
            keys = search_in_reach(ws, wish.query, now) if wish.query else []
            narrow = bool(wish.query) and is_narrow(ws, wish.query, now)
        except BadInput as error:
            return Snapshot([], [], str(error))
        return Snapshot(keys, [], REACHES if narrow and not keys else "")
    if wish.place is Place.FIGURE:
        return Snapshot(tickets_behind(ws, wish.query.split()), [])
    choice = Choice(ws.turn) if wish.place is Place.QUEUE else CHOICES[wish.place]
    keys = tickets.list_keys(ws.store, choice, now)
    if wish.place is not Place.QUEUE:
        return Snapshot(keys, [])
    found = Snapshot(keys, list(_find_sections(ws.store, keys)))
    if ws.turn is not Status.OPEN:
        return found
    offered = found if wish.ideas else without_ideas(found)
    return with_owed(with_later(offered, later_keys(ws, now)), owed_keys(ws.store, now))


def without_ideas(snapshot: Snapshot) -> Snapshot:
    """The queue as it is offered when a window is nearly over: no ideas (handbook ch. 17)."""
    starts = [*(start for start, _ in snapshot.sections), len(snapshot.keys)]
    keys: list[int] = []
    sections: list[tuple[int, Section]] = []
    for (start, name), end in zip(snapshot.sections, starts[1:], strict=True):
        if name is not Section.FEATURE:
            sections.append((len(keys), name))
            keys += snapshot.keys[start:end]
    return Snapshot(keys, sections, snapshot.trouble)


def with_later(snapshot: Snapshot, later: set[int]) -> Snapshot:
    """The queue with what is for later windows in a section of its own, before machine mail."""
    starts = [*(start for start, _ in snapshot.sections), len(snapshot.keys)]
    parts = [
        (name, snapshot.keys[start:end])
        for (start, name), end in zip(snapshot.sections, starts[1:], strict=True)
    ]
    put_off = [key for key in snapshot.keys if key in later]
    parts = [(name, [key for key in keys if key not in later]) for name, keys in parts]
    before = sum(name is not Section.AUTOMATIC for name, _ in parts)
    parts.insert(before, (Section.LATER, put_off))
    return _joined(parts)


def with_owed(snapshot: Snapshot, owed: list[int]) -> Snapshot:
    """The queue with who is owed an update on top of urgent, whosever turn it is.

    What did not arrive stays on top of all. A ticket stands in one place only.
    """
    if not owed:
        return snapshot
    starts = [*(start for start, _ in snapshot.sections), len(snapshot.keys)]
    parts = [
        (name, snapshot.keys[start:end])
        for (start, name), end in zip(snapshot.sections, starts[1:], strict=True)
    ]
    failed = {key for name, keys in parts if name is Section.FAILED for key in keys}
    strip = [key for key in owed if key not in failed]
    moved = set(strip)
    parts = [(name, [key for key in keys if key not in moved]) for name, keys in parts]
    before = sum(name in {Section.FAILED, Section.THANKS} for name, _ in parts)
    parts.insert(before, (Section.OWED, strip))
    return _joined(parts)


def _joined(parts: list[tuple[Section, list[int]]]) -> Snapshot:
    """A list of its parts; an empty one has no heading."""
    found, sections = list[int](), list[tuple[int, Section]]()
    for name, keys in parts:
        if keys:
            sections.append((len(found), name))
            found += keys
    return Snapshot(found, sections)


def with_guest(snapshot: Snapshot, key: int, at: int) -> Snapshot:
    """The list with a ticket put in at a place, in the section that stands there."""
    at = min(at, len(snapshot.keys))
    keys = [*snapshot.keys[:at], key, *snapshot.keys[at:]]
    starts = [(start + (start > 0 and start >= at), name) for start, name in snapshot.sections]
    return Snapshot(keys, starts, snapshot.trouble)


def _find_sections(store: Store, keys: list[int]) -> Iterator[tuple[int, Section]]:
    """Where the sections begin, by bisection: the list is in their order already."""

    def section_at(index: int) -> int:
        ticket = tickets.ticket_with_key(store, keys[index])
        return section_of(ticket) if ticket else len(_SECTIONS) - 1

    at = 0
    while at < len(keys):
        number = section_at(at)
        yield at, _SECTIONS[number]
        at = bisect_right(range(len(keys)), number, lo=at + 1, key=section_at)


@dataclass
class Desk:
    """The state behind the main screen. `now` gives the moment; nothing else is asked for it."""

    ws: Workspace
    now: Callable[[], datetime]
    place: Place = Place.QUEUE
    query: str = ""
    keys: list[int] = field(default_factory=list)
    counts: QueueCounts = NO_COUNTS
    sections: list[tuple[int, Section]] = field(default_factory=list)
    trouble: str = ""
    version: int = 0
    guest: int | None = None
    drafts: frozenset[str] = frozenset()
    """A ticket that has left the list and stays in it because it is being read."""
    veil: datetime | None = None
    """Up to when mail is shown; `hang` sets it."""
    ideas: bool = True
    """Whether ideas are offered."""
    later: int = 0
    """How many tickets of the queue are for later windows."""
    wanted: Wanted = NOTHING
    """What the search in hand marks in rows and tickets."""
    _changes: int = 0
    _snippets: dict[int, SafeLine] = field(default_factory=dict)
    _pages: dict[int, list[Ticket | None]] = field(default_factory=dict)
    _seen: int = -1

    def changed(self) -> bool:
        """Whether another connection has written since the last look."""
        version = self.ws.store.data_version()
        changed, self._seen = version != self._seen, version
        return changed

    @property
    def to_go(self) -> int:
        """How many tickets are still to do: ideas while they are offered, nothing for later."""
        ideas = 0 if self.ideas else self.counts.lanes[Lane.FEATURE]
        return max(self.counts.to_go - ideas - self.later, 0)

    def awaits(self, now: datetime) -> bool:
        """Whether a ticket that was put aside for five minutes is to be back by now."""
        back = self.counts.parked_until
        return back is not None and back <= now

    def hang(self, veil: datetime | None) -> None:
        """From now on show nothing that came after `veil`; with None show everything."""
        self.veil = veil
        self._look_through()

    def _look_through(self) -> None:
        """What other connections have written since must not be seen past the veil either."""
        hang_veil(self.ws.store, self.veil, self.now())

    @property
    def wish(self) -> Wish:
        """What is to be read now."""
        return Wish(self.place, self.query, self._changes, self.ideas)

    def put(
        self, wish: Wish, snapshot: Snapshot, counts: QueueCounts, reading: int | None = None
    ) -> bool:
        """Take over what was read; False when something else is wanted by now.

        The ticket being read stays where it is: no key meant for it may meet another one.
        """
        if wish != self.wish:
            return False
        self.counts = counts
        at = self.index_of(reading)
        gone = reading is not None and at is not None and reading not in snapshot.keys
        self.guest = reading if gone else None
        if reading is not None and at is not None and gone:
            snapshot = with_guest(snapshot, reading, at)
        self._hold(snapshot)
        return True

    def go(self, place: Place, query: str = "") -> None:
        """Show another list, at once."""
        self.place, self.query, self.guest = place, query, None
        self._changes += 1
        self._look_through()
        self._hold(take_snapshot(self.ws, self.wish, self.now()))
        if not self.trouble:
            looking = place is Place.SEARCH
            self.wanted = tickets.wanted_in(query, self.now()) if looking else NOTHING

    def drop(self, keys: set[int]) -> None:
        """Take tickets out of the list before the database says so."""
        gone = self._places_of(keys)
        self._changes += 1
        left = self.keys.copy()
        for index in reversed(gone):
            del left[index]
        starts = [(at - bisect_left(gone, at), name) for at, name in self.sections]
        ends = [at for at, _ in starts[1:]] + [len(left)]
        kept = [start for start, end in zip(starts, ends, strict=False) if start[0] < end]
        self._hold(Snapshot(left, kept, self.trouble))

    def ticket(self, index: int) -> Ticket | None:
        """The ticket at a place of the list; None where it is gone meanwhile."""
        page, offset = divmod(index, PAGE)
        if page not in self._pages:
            self._look_through()
            if len(self._pages) >= KEPT_PAGES:
                self._pages.pop(next(iter(self._pages)))
            self._pages[page] = self._load(page)
        return self._pages[page][offset]

    def view(self, ticket: Ticket) -> TicketView | None:
        """A ticket with its history as it is now, or None when it is gone."""
        self._look_through()
        fresh = tickets.ticket_with_key(self.ws.store, ticket.key)
        return tickets.view_ticket(self.ws.store, fresh) if fresh else None

    def snippet(self, ticket: Ticket) -> SafeLine:
        """The words of a ticket around the first hit, read when its row is drawn."""
        if ticket.key not in self._snippets:
            self._look_through()
            words = tickets.snippet_of(self.ws.store, ticket, self.wanted)
            self._snippets[ticket.key] = words
        return self._snippets[ticket.key]

    def index_of(self, key: int | None) -> int | None:
        """Where a ticket stands in the list."""
        try:
            return self.keys.index(key) if key is not None else None
        except ValueError:
            return None

    def start_of(self, section: Section) -> int | None:
        """The first ticket of a section of the queue.

        Urgent begins in the strip on top of it; what is of another lane is looked for there last.
        """
        found = next((index for index, name in self.sections if name is section), None)
        if section in _OF_THEIR_OWN or (found is not None and section is not Section.URGENT):
            return found
        strip = self._owed_strip()
        return next((i for i in strip if self._is_of(i, section)), found)

    def _owed_strip(self) -> range:
        """The places of who is owed an update."""
        start = next((index for index, name in self.sections if name is Section.OWED), None)
        if start is None:
            return range(0)
        return range(start, start + _length_of(self.sections, Section.OWED, len(self.keys)))

    def _is_of(self, index: int, section: Section) -> bool:
        ticket = self.ticket(index)
        return ticket is not None and _SECTIONS[section_of(ticket)] is section

    def _places_of(self, keys: set[int]) -> list[int]:
        """Where these tickets stand, in order; few of a long list at the pace of C."""
        if len(keys) > 20:
            return [index for index, key in enumerate(self.keys) if key in keys]
        found = (self.index_of(key) for key in keys)
        return sorted(index for index in found if index is not None)

    def _hold(self, snapshot: Snapshot) -> None:
        """Show a snapshot; a search that can't be read leaves the list as it is."""
        self.trouble = snapshot.trouble
        if not snapshot.trouble:
            self.keys, self.sections = snapshot.keys, snapshot.sections
        self.drafts = marked_drafts(self.ws)
        if self.place is Place.QUEUE:
            self.later = _length_of(self.sections, Section.LATER, len(self.keys))
        self.version += 1
        self._snippets.clear()
        self._pages.clear()

    def _load(self, page: int) -> list[Ticket | None]:
        wanted = self.keys[page * PAGE : (page + 1) * PAGE]
        found = {t.key: t for t in tickets.load_tickets(self.ws.store, wanted)}
        return [found.get(key) for key in wanted]


def _length_of(sections: list[tuple[int, Section]], section: Section, length: int) -> int:
    """How many tickets a section has, in a list of so many."""
    ends = [*(start for start, _ in sections[1:]), length]
    spans = zip(sections, ends, strict=False)
    return next((end - start for (start, name), end in spans if name is section), 0)
