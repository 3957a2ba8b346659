"""The journal: an append-only list of what people did, from which every ticket's state follows.

An event's id is a hybrid logical clock (Kulkarni et al. 2014): milliseconds, counter, machine,
as text that sorts in the order of what happened, also between machines whose clocks differ.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import TypeAlias

Json: TypeAlias = "str | int | float | bool | list[Json] | dict[str, Json] | None"


class EventKind(StrEnum):
    """What can be recorded. Data fields are listed in `docs/journal.md`."""

    IMPORTED = "imported"
    CLOSED = "closed"
    TRASHED = "trashed"
    SPAM = "spam"
    UNBLOCKED = "unblocked"
    RESCUED = "rescued"
    REOPENED = "reopened"
    SNOOZED = "snoozed"
    PARKED = "parked"
    LANE = "lane"
    QUICK_FIX = "quick_fix"
    QUICK_FIX_STARTED = "quick_fix_started"
    QUICK_FIX_STOPPED = "quick_fix_stopped"
    QUICK_FIX_FINISHED = "quick_fix_finished"
    PROMISED = "promised"
    KEPT = "kept"
    NOTE = "note"
    CUSTOMER_NOTE = "customer_note"
    GOODWILL = "goodwill"
    TAGGED = "tagged"
    HANDED_OFF = "handed_off"
    TAKEN_BACK = "taken_back"
    PASSED_ON = "passed_on"
    MERGED = "merged"
    SPLIT = "split"
    QUEUED = "queued"
    FORWARDED = "forwarded"
    SENT = "sent"
    ELSEWHERE = "elsewhere"
    SEARCH_SAVED = "search_saved"
    SEARCH_FORGOTTEN = "search_forgotten"
    UNDONE = "undone"
    OVERRIDE_OPENED = "override_opened"
    DOOR_CLOSED = "door_closed"
    SESSION_STARTED = "session_started"
    SESSION_ENDED = "session_ended"
    MOOD = "mood"
    BREAK = "break"
    BACKLOG = "backlog"
    AUTO_REPLIED = "auto_replied"
    REST = "rest"
    HARSH_DRAFT = "harsh_draft"
    CLOCK_SET_BACK = "clock_set_back"
    CLAIMED = "claimed"
    SORTED = "sorted"
    OUTAGE_OPENED = "outage_opened"
    OUTAGE_LINKED = "outage_linked"
    OUTAGE_UNLINKED = "outage_unlinked"
    OUTAGE_UPDATE = "outage_update"
    OUTAGE_OVER = "outage_over"
    FAQ_WRITTEN = "faq_written"
    ANSWERED_AGAIN = "answered_again"
    IDEA_LOGGED = "idea_logged"
    IDEA_VOTED = "idea_voted"
    IDEA_LEFT = "idea_left"
    IDEA_CHANGED = "idea_changed"
    IDEA_JOINED = "idea_joined"
    IDEA_TOLD = "idea_told"
    CAUSE_NAMED = "cause_named"
    CAUSE_LINKED = "cause_linked"
    CAUSE_UNLINKED = "cause_unlinked"
    CAUSE_CHANGED = "cause_changed"
    CAUSE_FIXED = "cause_fixed"
    FORGOTTEN = "forgotten"


# How the founder is doing: it goes to their other machines, unless they want it kept on this one.
WELLBEING = frozenset(
    {EventKind.MOOD, EventKind.REST, EventKind.HARSH_DRAFT, EventKind.CLOCK_SET_BACK}
)


# What is learned from a ticket: it leaves the ticket itself as it is, one from years ago closed.
LEARNED = frozenset(
    {
        EventKind.FAQ_WRITTEN,
        EventKind.ANSWERED_AGAIN,
        EventKind.IDEA_LOGGED,
        EventKind.IDEA_VOTED,
        EventKind.IDEA_LEFT,
        EventKind.CAUSE_NAMED,
        EventKind.CAUSE_LINKED,
        EventKind.CAUSE_UNLINKED,
    }
)


# Who acts where a rule does and no person: the name stands in `actor`.
MACHINE = "founder-inbox"

UNDOABLE = frozenset(
    {
        EventKind.CLOSED,
        EventKind.TRASHED,
        EventKind.SPAM,
        EventKind.REOPENED,
        EventKind.SNOOZED,
        EventKind.PARKED,
        EventKind.LANE,
        EventKind.QUICK_FIX,
        EventKind.QUICK_FIX_STARTED,
        EventKind.QUICK_FIX_STOPPED,
        EventKind.QUICK_FIX_FINISHED,
        EventKind.PROMISED,
        EventKind.KEPT,
        EventKind.NOTE,
        EventKind.CUSTOMER_NOTE,
        EventKind.GOODWILL,
        EventKind.TAGGED,
        EventKind.HANDED_OFF,
        EventKind.TAKEN_BACK,
        EventKind.MERGED,
        EventKind.SPLIT,
        EventKind.QUEUED,
        EventKind.SEARCH_SAVED,
        EventKind.SEARCH_FORGOTTEN,
        EventKind.FORWARDED,
        EventKind.OUTAGE_OPENED,
        EventKind.OUTAGE_LINKED,
        EventKind.OUTAGE_UNLINKED,
        EventKind.OUTAGE_UPDATE,
        EventKind.OUTAGE_OVER,
        EventKind.FAQ_WRITTEN,
        EventKind.IDEA_LOGGED,
        EventKind.IDEA_VOTED,
        EventKind.IDEA_LEFT,
        EventKind.IDEA_CHANGED,
        EventKind.IDEA_JOINED,
        EventKind.IDEA_TOLD,
        EventKind.CAUSE_NAMED,
        EventKind.CAUSE_LINKED,
        EventKind.CAUSE_UNLINKED,
        EventKind.CAUSE_CHANGED,
        EventKind.CAUSE_FIXED,
    }
)


@dataclass(frozen=True, slots=True)
class Event:
    """One thing somebody did. `ticket` is a ticket's id, or None for the day itself."""

    id: str
    at: datetime
    actor: str
    ticket: str | None
    kind: EventKind
    data: Mapping[str, Json]

    @property
    def moment(self) -> datetime:
        """Where it stands among mails and other events: the second of its id's clock.

        `at` is what the clock on that machine showed, which may be wrong by minutes.
        """
        return moment_of(self.id) or self.at

    @property
    def machine(self) -> str:
        """The machine that it was recorded on, as in its id."""
        return self.id.rpartition("-")[2]


# Further than this no clock of another machine takes ours along, and none is believed.
MOST_AHEAD = timedelta(hours=2)
_LAST_COUNT = 0xFFFF


def moment_of(event_id: str) -> datetime | None:
    """The second that an id's clock shows, aware UTC; None for an id that is none of ours."""
    try:
        return datetime.fromtimestamp(int(event_id[:12], 16) // 1000, UTC)
    except (ValueError, OverflowError, OSError):
        return None


def id_limit(now: datetime) -> str:
    """No id of a machine whose clock is believed sorts after this."""
    return f"{int((now + MOST_AHEAD).timestamp() * 1000):012x}"


def next_id(last: str | None, now: datetime, machine: str) -> str:
    """The id that follows `last` (the newest known, from any machine): `<ms>-<count>-<machine>`.

    Never goes back when the clock does; `machine` is 8 hexadecimal digits.
    """
    millis = int(now.timestamp() * 1000)
    last_millis, last_count = _clock(last)
    if millis > last_millis:
        return f"{millis:012x}-0000-{machine}"
    if last_count >= _LAST_COUNT:
        return f"{last_millis + 1:012x}-0000-{machine}"
    return f"{last_millis:012x}-{last_count + 1:04x}-{machine}"


def effective(events: Iterable[Event]) -> list[Event]:
    """The events that count, in order: without the undone ones and without the undoing itself.

    What several machines saw another mail program do counts once, as the first of them tells it.
    """
    ordered = _once(sorted(events, key=lambda event: event.id))
    undone = {
        target
        for event in ordered
        if event.kind is EventKind.UNDONE
        for target in _texts(event.data.get("events"))
    }
    return [e for e in ordered if e.id not in undone and e.kind is not EventKind.UNDONE]


def _once(ordered: list[Event]) -> list[Event]:
    if not any(event.kind is EventKind.ELSEWHERE for event in ordered):
        return ordered
    seen: set[tuple[str, str]] = set()
    kept: list[Event] = []
    for event in ordered:
        if event.kind is EventKind.ELSEWHERE:
            what = (str(event.data.get("did")), str(event.data.get("place")))
            if what in seen:
                continue
            seen.add(what)
        kept.append(event)
    return kept


def _clock(event_id: str | None) -> tuple[int, int]:
    if event_id is None:
        return (0, 0)
    millis, count, _machine = event_id.split("-", 2)
    return (int(millis, 16), int(count, 16))


def _texts(value: Json) -> list[str]:
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []
