"""How much level one does by itself (handbook ch. 18), and what it hands up most."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

TARGET = 0.8
SPAN = timedelta(days=30)
# From so many hand-offs of one topic on a canned reply is worth its writing.
WORTH_WRITING = 2
_MOST_TOPICS = 5


@dataclass(frozen=True, slots=True)
class Handled:
    """One closed or handed-off ticket: its topic (an urgent one's, else its lane).

    `handed_up` at any time.
    """

    id: str
    topic: str
    closed: bool
    handed_up: bool


@dataclass(frozen=True, slots=True)
class HandedMost:
    """A topic, how often it was handed up, and whether a canned reply is worth writing.

    `ids` are its tickets, in the order they were given in.
    """

    topic: str
    tickets: int
    write_reply: bool
    ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LevelOne:
    """Of `closed` tickets `alone` never went up; `share` is None while nothing is closed."""

    closed: int
    alone: int
    share: float | None
    target: float
    handed_most: tuple[HandedMost, ...]

    @property
    def is_reached(self) -> bool:
        """Whether the share is on the target line or above; nothing closed misses nothing."""
        return self.share is None or self.share >= self.target


def read_level_one(tickets: Iterable[Handled], target: float = TARGET) -> LevelOne:
    """The share closed at level one, and the topics handed up, the most frequent first."""
    found = list(tickets)
    closed = [ticket for ticket in found if ticket.closed]
    alone = sum(not ticket.handed_up for ticket in closed)
    topics: dict[str, list[str]] = {}
    for ticket in found:
        if ticket.handed_up:
            topics.setdefault(ticket.topic, []).append(ticket.id)
    most = sorted(topics.items(), key=lambda item: (-len(item[1]), item[0]))[:_MOST_TOPICS]
    return LevelOne(
        len(closed),
        alone,
        alone / len(closed) if closed else None,
        target,
        tuple(
            HandedMost(topic, len(ids), len(ids) >= WORTH_WRITING, tuple(ids))
            for topic, ids in most
        ),
    )


def level_words(found: LevelOne) -> tuple[str, ...]:
    """The same in short sentences, the share first; nothing while nothing says anything."""
    words: list[str] = []
    if found.share is not None:
        words.append(
            f"{found.share:.0%} of {_counted(found.closed, 'ticket')} closed at level one "
            f"in 30 days (target {found.target:.0%})."
        )
    for most in found.handed_most:
        advice = ": write a canned reply for this" if most.write_reply else ""
        words.append(f"{most.topic}: handed off {_counted(most.tickets, 'time')}{advice}.")
    return tuple(words)


def _counted(many: int, one: str) -> str:
    return f"{many} {one}" if many == 1 else f"{many} {one}s"
