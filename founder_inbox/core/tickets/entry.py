"""A ticket as lists and screens see it, and the pieces of its history."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from founder_inbox.core.model import Address, Attachment, Direction, Lane, Status
from founder_inbox.core.tickets.facts import FixClock, Role, TicketState


@dataclass(frozen=True, slots=True)
class Ticket:
    """A ticket: `key` is this database's row, `id` is what people and other machines say."""

    key: int
    id: str
    state: TicketState


class EntryKind(StrEnum):
    """What a line of a ticket's history is."""

    MESSAGE = "message"
    NOTE = "note"
    EVENT = "event"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One thing in a ticket's history. `message` is the row of a mail, None for notes and events.

    `state` is the outbox state of a mail that has not left yet, else empty. `interleaved`: the
    answers stand between the quotes, so the whole `text` is to be shown. `number` counts the
    ticket's mails from 1, the oldest; `split` takes it. `new_sender`: somebody who was not in the
    ticket before wrote it. `machine`: where a note or an event was recorded, as in its id;
    `elsewhere` what that machine is called, or the one a mail waits on, and empty for this one.
    """

    kind: EntryKind
    at: datetime
    sender: Address
    text: str
    direction: Direction | None = None
    role: Role | None = None
    message: int | None = None
    message_id: str | None = None
    to: tuple[Address, ...] = ()
    cc: tuple[Address, ...] = ()
    reply_to: tuple[Address, ...] = ()
    subject: str = ""
    new_text: str = ""
    quoted: str = ""
    signature: str = ""
    attachments: tuple[Attachment, ...] = ()
    warnings: tuple[str, ...] = ()
    state: str = ""
    interleaved: bool = False
    number: int | None = None
    new_sender: bool = False
    machine: str = ""
    elsewhere: str = ""


@dataclass(frozen=True, slots=True)
class RunningFix:
    """The quick fix whose clock runs, and how long it may take."""

    key: int
    subject: str
    clock: FixClock
    limit: timedelta

    def is_over(self, now: datetime) -> bool:
        """Whether its time is used up."""
        return self.clock.read(now) >= self.limit


@dataclass(frozen=True, slots=True)
class QueueCounts:
    """How many open tickets stand in each lane, and how many wait elsewhere.

    `parked_until`: when the first of the `parked` comes back. `fix`: the quick fix that is worked
    on.
    """

    lanes: dict[Lane, int]
    statuses: dict[Status, int]
    billing: int = 0
    owed: int = 0
    failed: int = 0
    parked: int = 0
    parked_until: datetime | None = None
    fix: RunningFix | None = None

    @property
    def to_go(self) -> int:
        """Open tickets of customers; machine mail is nobody's turn."""
        return sum(count for lane, count in self.lanes.items() if lane is not Lane.AUTOMATIC)
