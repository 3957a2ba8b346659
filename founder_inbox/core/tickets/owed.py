"""Nobody in the dark: when a customer is owed a word from us, even without news.

Limits: urgent one window, but a bug in work three days; handed off two days, everything else
three; a promise sets its own date.
"""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from founder_inbox.core.model import Lane, Status
from founder_inbox.core.tickets.facts import Promise

WindowOver = Callable[[datetime], datetime | None]
"""Says when a whole window has passed since a moment; None where none is ahead."""

# Where no window is known.
_URGENT = timedelta(days=1)
_HANDED_OFF = timedelta(days=2)
_OTHER = timedelta(days=3)
# Nobody waits behind a thank-you or a machine.
_NEVER = frozenset({Lane.THANKS, Lane.AUTOMATIC})
# Nobody waits for news in these; a promise counts all the same.
_NOT_OURS = frozenset({Status.WAITING, Status.CLOSED})


def update_due(
    status: Status,
    lane: Lane,
    last_heard: datetime,
    promises: Sequence[Promise] = (),
    window_over: WindowOver | None = None,
    *,
    asks: bool = True,
    in_work: bool = False,
) -> datetime | None:
    """Return when the customer is owed an update (UTC), None if never.

    `last_heard` is our last mail to the customer, or their first one if we never wrote.
    `promises` are the open ones: the earliest counts, whosever turn it is. `asks`: a mail of
    theirs has no answer yet; what is put off behind our own answer keeps nobody in the dark.
    `in_work`: a bug whose reporter knows that we are on it.
    """
    promised = min((promise.due for promise in promises), default=None)
    if promised is not None:
        return promised
    if status in _NOT_OURS or lane in _NEVER or (status is Status.SNOOZED and not asks):
        return None
    if lane is Lane.URGENT and not in_work:
        over = window_over(last_heard) if window_over else None
        return over or last_heard + _URGENT
    return last_heard + (_HANDED_OFF if status is Status.HANDED_OFF else _OTHER)


def is_owed(due: datetime | None, now: datetime) -> bool:
    """Say whether the update is due: it then stands in "owed an update"."""
    return due is not None and due <= now
