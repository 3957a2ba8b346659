"""The facts a ticket's state is worked out from, and the state itself: plain records."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from founder_inbox.core.model import Address, Direction, Lane, MailKind, Status, Verdict


class Role(StrEnum):
    """Who speaks in a message, seen from the ticket."""

    CUSTOMER = "customer"
    US = "us"
    TEAMMATE = "teammate"
    INTERNAL = "internal"
    MACHINE = "machine"


class Then(StrEnum):
    """What becomes of a ticket once the server has accepted our reply."""

    WAIT = "wait"
    CLOSE = "close"
    UPDATE = "update"  # a word in between: we still owe the answer
    INTERNAL = "internal"
    INTRODUCTION = "introduction"  # who writes next: the ticket stays where it is
    AUTOMATIC = "automatic"  # no answer: the ticket stays as it is


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageFact:
    """What the state needs of one mail. `at` is the server's arrival time (INTERNALDATE).

    `blocked`: it came from an address that the founder had blocked by then.
    `origin` is the thread that it was filed under, which tells merged tickets apart. `person` is
    who it is about (whom ours went to), `sender` the address that it came from.
    """

    message_id: str
    at: datetime
    direction: Direction
    role: Role
    kind: MailKind
    verdict: Verdict
    person: Address
    subject: str
    seen: bool
    delivery_failed: bool = False
    references: tuple[str, ...] = ()
    blocked: bool = False
    origin: str = ""
    sender: str = ""


@dataclass(frozen=True, slots=True)
class OutgoingFact:
    """A mail of ours that has not been accepted yet; `seen` as in `Outcome`."""

    at: datetime
    failed: bool
    then: Then
    seen: int | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an accepted mail of ours means for its ticket.

    `seen`: how many customer mails its writer had before their eyes; None where nobody knows.
    `by_level_two`: the teammate wrote it, so a handed-off ticket is answered by it.
    """

    then: Then
    seen: int | None
    by_level_two: bool = False


@dataclass(frozen=True, slots=True)
class Promise:
    """A date we gave a customer: `id` is the event's, `words` are how it was said ("by Friday").

    `due` is UTC. `since`: when it was given, or written where the mail has not left yet.
    """

    id: str
    due: datetime
    words: str
    since: datetime


@dataclass(frozen=True, slots=True)
class FixClock:
    """A quick fix's clock: estimate in minutes, time worked before, and since when it runs."""

    minutes: int | None = None
    worked: timedelta = timedelta()
    started_at: datetime | None = None

    def read(self, now: datetime) -> timedelta:
        """The time worked so far."""
        running = now - self.started_at if self.started_at else timedelta()
        return self.worked + max(running, timedelta())


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketState:
    """Everything a list row and the queue's order need. Times are UTC; None is "not yet".

    `reminds`: the snooze stands although we answered, for the case that they don't.
    `promises` are the open ones, the earliest first.
    """

    subject: str = ""
    customer: Address = field(default_factory=lambda: Address("", ""))
    status: Status = Status.OPEN
    verdict: Verdict = field(default_factory=lambda: Verdict(Lane.HOWTO, None, (), sure=False))
    quick_fix: bool = False
    fix_clock: FixClock = FixClock()
    assignee: str | None = None
    back_from: str | None = None
    tags: frozenset[str] = frozenset()
    delivery_failed: bool = False
    unread: bool = False
    messages: int = 0
    customer_messages: int = 0
    opened_at: datetime | None = None
    waiting_since: datetime | None = None
    last_customer_at: datetime | None = None
    last_reply_at: datetime | None = None
    moved_at: datetime | None = None
    snoozed_until: datetime | None = None
    reminds: bool = False
    update_due_at: datetime | None = None
    promises: tuple[Promise, ...] = ()
