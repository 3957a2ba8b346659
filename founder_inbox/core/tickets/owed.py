"""Nobody in the dark: when a customer is owed a word from us, even without news.

Limits: urgent one day, handed off two, everything else three; a promise sets its own date.
"""

from datetime import datetime, timedelta

from founder_inbox.core.model import Lane, Status

_URGENT = timedelta(days=1)
_HANDED_OFF = timedelta(days=2)
_OTHER = timedelta(days=3)
# Nobody waits behind a thank-you or a machine.
_NEVER = frozenset({Lane.THANKS, Lane.AUTOMATIC})


def update_due(
    status: Status, lane: Lane, last_heard: datetime, promise: datetime | None = None
) -> datetime | None:
    """Return when the customer is owed an update (UTC), None if never.

    `last_heard` is our last mail to the customer, or their first one if we never wrote.
    `promise` is the date we gave; it counts until we write after it, also while it is the
    customer's turn. A closed ticket owes nothing.
    """
    if status is Status.CLOSED:
        return None
    if promise is not None and promise > last_heard:
        return promise
    if status is Status.WAITING or lane in _NEVER:
        return None
    return last_heard + _limit(status, lane)


def is_owed(due: datetime | None, now: datetime) -> bool:
    """Say whether the update is due: it then stands in "owed an update"."""
    return due is not None and due <= now


def _limit(status: Status, lane: Lane) -> timedelta:
    if lane is Lane.URGENT:
        return _URGENT
    return _HANDED_OFF if status is Status.HANDED_OFF else _OTHER
