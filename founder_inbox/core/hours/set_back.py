"""When the clock is set back: a door that believes the clock must at least notice.

A jump forward is a sleep or a late correction and says nothing. Summer time and another zone
change what the clock on the wall shows, not the moment, and are none.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from founder_inbox.core.hours.time_words import describe_wait

TOLERANCE = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Look:
    """Two clocks read together: the moment, and seconds that only go forward."""

    at: datetime
    seconds: float


def set_back_between(before: Look, now: Look) -> timedelta | None:
    """Return by how much the clock was set back between two looks of one run, None if it wasn't."""
    due = before.at + timedelta(seconds=now.seconds - before.seconds)
    return _beyond(due - now.at)


def set_back_since(
    recorded: datetime | None,
    arrived: Sequence[datetime],
    explained: timedelta,
    now: datetime,
) -> timedelta | None:
    """Return by how much what is known lies ahead of `now`, None if the clock may be right.

    `recorded` is the time of this machine's newest event. `arrived` are the newest arrivals at
    the mail server; one alone may be an odd mail, so the second counts. `explained` is a
    set-back that was noticed already: the server stays ahead by it.
    """
    ahead = [recorded - now] if recorded else []
    if len(arrived) > 1 and (by_server := sorted(arrived)[-2] - now) > explained + TOLERANCE:
        ahead.append(by_server)
    return _beyond(max(ahead, default=timedelta()))


def describe_set_back(by: timedelta) -> str:
    """Return the sentence for the door."""
    return f"The clock was set back by {describe_wait(by)}: that counts as opening early."


def _beyond(by: timedelta) -> timedelta | None:
    return by if by > TOLERANCE else None
