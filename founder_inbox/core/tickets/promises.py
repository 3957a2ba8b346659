"""Promises in the journal: which dates we gave a customer are still to be kept.

A promise stands from its mail on. It is kept by our next mail to the customer, by saying so, or
with the ticket: what is done after it owes nothing. "Send and close" does not settle the promise
of that very mail.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from founder_inbox.core.tickets.facts import MessageFact, Promise, Role, Then
from founder_inbox.core.tickets.journal import Event, EventKind
from founder_inbox.core.times import from_text


@dataclass(frozen=True, slots=True)
class PromiseHint:
    """A date in a mail of ours that another program sent: nobody has been asked about it yet."""

    words: str
    due: datetime
    message_id: str


_ENDS = frozenset({EventKind.CLOSED, EventKind.TRASHED, EventKind.SPAM})
_SILENT = frozenset({Then.INTERNAL, Then.AUTOMATIC})


def open_promises(messages: Sequence[MessageFact], events: Sequence[Event]) -> tuple[Promise, ...]:
    """The promises of a ticket that are not kept yet, the earliest due first.

    `events` are the effective ones; in whatever order they come the answer is the same.
    """
    given = [event for event in events if event.kind is EventKind.PROMISED]
    if not given:
        return ()
    told = {str(e.data.get("promise")) for e in events if e.kind is EventKind.KEPT}
    ends = [event.id for event in events if event.kind in _ENDS]
    left = _left(messages, events)
    found = (
        promise
        for event in given
        if event.id not in told and not any(end > event.id for end in ends)
        if (promise := _promise(event, left))
    )
    return tuple(sorted(found, key=lambda promise: (promise.due, promise.id)))


def _promise(event: Event, left: dict[str, datetime]) -> Promise | None:
    """The promise of an event; None when a later mail has kept it or it can't be read."""
    carrier = event.data.get("message_id")
    since = left.get(str(carrier)) if carrier else event.at
    if since is not None and any(at > since and id_ != carrier for id_, at in left.items()):
        return None
    try:
        due = from_text(str(event.data["due"]))
    except (KeyError, ValueError):  # written by another version: it says nothing here
        return None
    return Promise(event.id, due, str(event.data.get("words", "")), since or event.at)


def _left(messages: Sequence[MessageFact], events: Sequence[Event]) -> dict[str, datetime]:
    """When each of our mails to the customer left, by Message-ID."""
    left = {fact.message_id: fact.at for fact in messages if fact.role is Role.US}
    for event in events:
        if event.kind is EventKind.SENT and event.data.get("then") not in _SILENT:
            id_ = str(event.data.get("message_id"))
            left[id_] = min(left.get(id_, event.at), event.at)
    return left
