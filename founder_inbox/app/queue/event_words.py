"""An event in a few words, as a ticket's history shows it."""

from collections.abc import Callable, Mapping
from datetime import timedelta

from founder_inbox.core.letters.letter import elapsed
from founder_inbox.core.tickets import elsewhere, goodwill
from founder_inbox.core.tickets.handed import Why
from founder_inbox.core.tickets.journal import Event, EventKind, Json

_Data = Mapping[str, Json]


def words_of(event: Event) -> str:
    """What was done; nothing for what the history shows by other means."""
    words = _WORDS.get(event.kind)
    return words(event.data) if words else ""


def _handed(data: _Data) -> str:
    note = data.get("note")
    why = " by rule" if data.get("by_rule") else f": {note}" if note else ""
    return f"handed to {data.get('to')}{why}"


def _taken_back(data: _Data) -> str:
    who = data.get("from") or "the teammate"
    why: dict[str, str] = {
        Why.NO_ANSWER: f"back by itself: no answer from {who} in {data.get('windows', 2)} windows",
        Why.ADVICE: f"sent back by {who}, with advice",
        Why.NOT_TOLD: f"back by itself: what they wrote again could not go to {who}",
        Why.NO_LONGER: f"back by itself: {who} is no longer in the configuration",
    }
    return why.get(str(data.get("why")), "taken back")


def duration_words(seconds: Json) -> str:
    """Such as "14 minutes"; what another version wrote is "some time"."""
    known = isinstance(seconds, int | float) and seconds >= 0
    return elapsed(timedelta(seconds=float(str(seconds))), "en") if known else "some time"


_WORDS: dict[EventKind, Callable[[_Data], str]] = {
    EventKind.NOTE: lambda data: str(data.get("text", "")),
    EventKind.CLOSED: lambda _: "closed",
    EventKind.REOPENED: lambda _: "opened again",
    EventKind.SNOOZED: lambda data: f"put off until {data.get('words', data.get('until'))}",
    EventKind.PARKED: lambda _: "put aside for five minutes",
    EventKind.LANE: lambda data: f"moved to {data.get('lane')}",
    EventKind.QUICK_FIX: lambda data: (
        "flagged as quick fix" if data.get("on", True) else "quick fix flag taken off"
    ),
    EventKind.QUICK_FIX_STARTED: lambda _: "quick fix begun",
    EventKind.QUICK_FIX_STOPPED: lambda _: "quick fix put aside",
    EventKind.QUICK_FIX_FINISHED: lambda data: (
        f"quick fix finished, {duration_words(data.get('asked'))} after they asked"
    ),
    EventKind.PROMISED: lambda data: f"promised: {data.get('words')}",
    EventKind.KEPT: lambda _: "promise kept",
    EventKind.GOODWILL: goodwill.event_words,
    EventKind.HANDED_OFF: _handed,
    EventKind.AUTO_REPLIED: lambda data: f"automatic reply to {data.get('to')}",
    EventKind.FORWARDED: lambda data: f"forwarded to {data.get('to')}",
    EventKind.TAKEN_BACK: _taken_back,
    EventKind.PASSED_ON: lambda data: f"they wrote again; passed on to {data.get('to')}",
    EventKind.SENT: lambda data: "answered and closed" if data.get("then") == "close" else "",
    EventKind.MERGED: lambda data: f"merged with #{data.get('other')}",
    EventKind.SPLIT: lambda data: f"a mail became a ticket of its own: #{data.get('into')}",
    EventKind.OUTAGE_LINKED: lambda _: "part of the outage",
    EventKind.OUTAGE_UNLINKED: lambda _: "no part of the outage",
    EventKind.ELSEWHERE: lambda data: elsewhere.WORDS.get(str(data.get("did")), ""),
    EventKind.TAGGED: lambda data: (
        f"tagged {data.get('add') or 'less: ' + str(data.get('remove'))}"
    ),
}
