"""Promises: found in a reply before it leaves, recorded with it, listed, and marked as kept."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from founder_inbox.app.queue.triage import record_act
from founder_inbox.app.workspace import Workspace
from founder_inbox.core.display import safe_line
from founder_inbox.core.hours.time_words import describe_date
from founder_inbox.core.tickets.entry import Ticket
from founder_inbox.core.tickets.facts import Promise
from founder_inbox.core.tickets.journal import EventKind, Json
from founder_inbox.core.tickets.promises import PromiseHint
from founder_inbox.core.times import to_text
from founder_inbox.errors import BadInput
from founder_inbox.store import owed
from founder_inbox.store.database import Store
from founder_inbox.store.tickets import tickets_with_keys

if TYPE_CHECKING:
    from founder_inbox.core.hours.when import When
    from founder_inbox.core.promises.finder import FoundPromise

_LONGEST = 120


@dataclass(frozen=True, slots=True)
class OpenPromise:
    """A promise that is to be kept, with its ticket as it stands."""

    promise: Promise
    ticket: Ticket


def promises_in(ws: Workspace, body: str, leaves_at: datetime) -> "tuple[FoundPromise, ...]":
    """The promises in the words of a reply that leaves at a moment: "tomorrow" counts from then."""
    from founder_inbox.core.promises.finder import find_promises

    return find_promises(body, leaves_at, ws.hours)


def record_promises(
    ws: Workspace,
    ticket: Ticket,
    found: "Sequence[FoundPromise]",
    message_id: str,
    act: str,
    now: datetime,
    leaves_at: datetime,
) -> None:
    """Record what a reply promises, as one act with it: taking the reply back takes them along."""
    for data in promised(found, message_id, act, leaves_at):
        record_act(ws, ticket, EventKind.PROMISED, data, now)


def promised(
    found: "Sequence[FoundPromise]", message_id: str, act: str | None, leaves_at: datetime
) -> Iterator[dict[str, Json]]:
    """What the journal keeps of promises in a mail that leaves at a moment."""
    for promise in found:
        data: dict[str, Json] = {
            "due": to_text(promise.due),
            "words": safe_line(promise.words, _LONGEST),
            "message_id": message_id,
            "from": to_text(leaves_at),
            "day": promise.day.isoformat() if promise.day else None,
            "hour": promise.hour.isoformat("minutes") if promise.hour else None,
        }
        yield data | ({"act": act} if act else {})


def add_promise(
    ws: Workspace, ticket: Ticket, when: "When", now: datetime, hint: PromiseHint | None = None
) -> Promise:
    """Note a promise that was made elsewhere, on the phone say, or in the mail of a `hint`."""
    words = hint.words if hint else f"by {when.words}"
    data: dict[str, Json] = {
        "due": to_text(when.at),
        "words": safe_line(words, _LONGEST),
        "message_id": hint.message_id if hint else None,
        "asked": when.asked,
    }
    event = record_act(ws, ticket, EventKind.PROMISED, data, now)
    return Promise(event.id, when.at, words, now)


def keep_promises(ws: Workspace, ticket: Ticket, now: datetime) -> tuple[Promise, ...]:
    """All open promises of a ticket are kept. Raises BadInput when there is none."""
    kept = ticket.state.promises
    if not kept:
        raise BadInput(f"#{ticket.id} has no promise to keep. founder-inbox promises lists them.")
    act: str | None = None
    with ws.store.write():
        for promise in kept:
            shared = {"act": act} if act else {}
            event = record_act(ws, ticket, EventKind.KEPT, {"promise": promise.id, **shared}, now)
            act = act or event.id
    return kept


def list_promises(store: Store) -> list[OpenPromise]:
    """Every open promise, the earliest due first."""
    found = [
        OpenPromise(promise, ticket)
        for ticket in tickets_with_keys(store, owed.keys_with_promises(store))
        for promise in ticket.state.promises
    ]
    return sorted(found, key=lambda open_: (open_.promise.due, open_.promise.id))


def owed_keys(store: Store, now: datetime) -> list[int]:
    """The tickets whose customers are owed a word by now: promises, then the longest overdue."""
    return owed.owed_keys(store, now)


def count_due(store: Store, now: datetime) -> int:
    """How many tickets have a promise that is due."""
    return sum(
        ticket.state.promises[0].due <= now
        for ticket in tickets_with_keys(store, owed.keys_with_promises(store))
    )


def promise_words(words: str, due: datetime, now: datetime, ws: Workspace) -> str:
    """A promise for people: "by Friday": Friday 27 Nov 09:00."""
    return f"“{words}”: {describe_date(due, now, ws.hours.zone)}"
