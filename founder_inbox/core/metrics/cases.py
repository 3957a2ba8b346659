"""Cases: what a customer asked and what became of it, folded from a ticket's mails and acts.

A case begins with the first mail that asks for something and ends with the close that held. What
the customer writes up to seven days after a close resumes it; later it is a case of its own.
Thank-yous, machines' mails, spam, what was deleted unanswered and tickets that we began are none.
The definitions in words are in `core.metrics.definitions`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from founder_inbox.core.model import Lane, Status
from founder_inbox.core.tickets.elsewhere import Did, did_of
from founder_inbox.core.tickets.event_steps import outcome_of
from founder_inbox.core.tickets.facts import Outcome, Role, Then
from founder_inbox.core.tickets.journal import Event, EventKind, effective

RESUMES = timedelta(days=7)
_NO_QUESTION = frozenset({Lane.THANKS, Lane.AUTOMATIC})
_NO_ANSWER = frozenset({Then.UPDATE, Then.INTRODUCTION, Then.AUTOMATIC, Then.INTERNAL})
_ANSWERED = Outcome(Then.WAIT, None)
_Entry = tuple[datetime, tuple[int, str], Callable[[], None]]


@dataclass(frozen=True, slots=True)
class MailFact:
    """One mail of a ticket. `lane` is the sorter's word on it, `bulk` an outage's note to many.

    `undelivered` is the Message-ID of our mail that this one says did not arrive.
    """

    message_id: str
    at: datetime
    role: Role
    lane: Lane
    bulk: bool = False
    undelivered: str | None = None


@dataclass(frozen=True, slots=True)
class TicketFacts:
    """What the figures need of a ticket; mails and events in any order, undone ones too."""

    id: str
    customer: str
    lane: Lane
    status: Status
    mails: Sequence[MailFact]
    events: Sequence[Event]


@dataclass(frozen=True, slots=True)
class Case:
    """One question. `began` is its first mail's arrival, `answered` our first answer's acceptance.

    `closed` is the close that held, `resolved` the last answer before it; None: not yet, or never.
    `waited` adds up the stretches in which an unanswered mail lay here until its answer or the
    close; `open_since` is where a stretch that goes on began.
    """

    ticket: str
    customer: str
    lane: Lane
    began: datetime
    answered: datetime | None = None
    closed: datetime | None = None
    resolved: datetime | None = None
    replies: int = 0
    waited: timedelta = timedelta()
    open_since: datetime | None = None
    handed_off: bool = False


@dataclass(slots=True)
class _Running:
    """A case while it is walked through; changed in place, because a year has many."""

    began: datetime
    answered: datetime | None = None
    closed: datetime | None = None
    resolved: datetime | None = None
    replies: int = 0
    waited: timedelta = timedelta()
    open_since: datetime | None = None
    handed_off: bool = False

    def heard(self, at: datetime) -> None:
        """The open stretch of waiting ends, if there is one."""
        if self.open_since is not None:
            self.waited += max(at - self.open_since, timedelta())
            self.open_since = None


def cases_of(ticket: TicketFacts) -> tuple[Case, ...]:
    """The cases of a ticket, the oldest first; none where nobody asked for anything."""
    fold = _Fold(ticket)
    for _at, _order, step in sorted(fold.timeline(), key=lambda entry: entry[:2]):
        step()
    return fold.end()


class _Fold:
    """The walk through one ticket in the order of time."""

    def __init__(self, ticket: TicketFacts) -> None:
        self._ticket = ticket
        self._events = effective({event.id: event for event in ticket.events}.values())
        self._lost = {mail.undelivered for mail in ticket.mails if mail.undelivered}
        self._sent: Mapping[str, Outcome] = {
            str(event.data.get("message_id")): outcome_of(event)
            for event in self._events
            if event.kind is EventKind.SENT
        }
        self._lanes = self._moved_lanes()
        self._done: list[Case] = []
        self._case: _Running | None = None
        self._from_customer = 0
        self._mails = 0
        self._ours = self._gone = False
        self._last_close: datetime | None = None

    def timeline(self) -> list[_Entry]:
        """Every fact's step; of one second mails come first, as in the ticket's state."""
        mails: list[_Entry] = [
            (mail.at, (0, mail.message_id), partial(self._read, mail))
            for mail in self._ticket.mails
        ]
        acts: list[_Entry] = [
            (event.at, (1, event.id), partial(act, self, event))
            for event in self._events
            if (act := _ACTS.get(event.kind)) is not None
        ]
        return mails + acts

    def end(self) -> tuple[Case, ...]:
        """All cases; a merge may have hidden a close that held after all."""
        case = self._case
        if case is not None and case.closed is None and self._ticket.status is Status.CLOSED:
            case.closed, case.open_since = self._last_close, None
        self._finish()
        return tuple(self._done)

    def _moved_lanes(self) -> dict[str, Lane]:
        """The founder's word on a ticket is the word on the customer's last mail before it."""
        theirs = sorted(
            (m for m in self._ticket.mails if m.role in {Role.CUSTOMER, Role.MACHINE}),
            key=lambda mail: (mail.at, mail.message_id),
        )
        moved: dict[str, Lane] = {}
        for event in self._events:
            word = event.data.get("lane")
            if event.kind is EventKind.LANE and word in list(Lane):
                before = [mail for mail in theirs if mail.at <= event.at]
                if before:
                    moved[before[-1].message_id] = Lane(str(word))
        return moved

    def _read(self, mail: MailFact) -> None:
        self._mails += 1
        self._ours = self._ours or (self._mails == 1 and mail.role is Role.US)
        if mail.role is Role.CUSTOMER:
            self._from_customer += 1
        if self._asks(mail):
            self._question(mail.at)
        elif mail.role is Role.US and not mail.bulk and mail.message_id not in self._lost:
            self._answer(mail)

    def _asks(self, mail: MailFact) -> bool:
        """A person's mail, or a form's that begins a ticket, unless it only thanks."""
        speaks = mail.role is Role.CUSTOMER or (mail.role is Role.MACHINE and self._mails == 1)
        lane = self._lanes.get(mail.message_id, mail.lane)
        return speaks and lane not in _NO_QUESTION

    def _question(self, at: datetime) -> None:
        case = self._case
        if case is not None and case.closed is not None and at - case.closed > RESUMES:
            self._finish()
            case = None
        if case is None:
            case = self._case = _Running(at)
        self._gone = False
        case.closed = case.resolved = None
        case.open_since = case.open_since or at

    def _answer(self, mail: MailFact) -> None:
        outcome = self._sent.get(mail.message_id, _ANSWERED)
        case = self._case
        if case is None or outcome.then in _NO_ANSWER:
            return
        case.replies += 1
        case.answered = case.answered or mail.at
        if outcome.seen is not None and self._from_customer > outcome.seen:
            return  # they wrote again before it left: that mail is still owed one
        case.heard(mail.at)
        case.closed, case.resolved = None, mail.at
        if outcome.then is Then.CLOSE:
            self._close(mail.at)

    def _close(self, at: datetime) -> None:
        if self._case is not None and self._case.closed is None:
            self._last_close = self._case.closed = at
            self._case.heard(at)

    def closed(self, event: Event) -> None:
        """Done, unless the customer had written something that was not seen."""
        seen = event.data.get("seen")
        if isinstance(seen, int) and self._from_customer > seen:
            return
        self._close(event.at)
        if self._case is not None:
            unanswered = self._case.replies == 0 and event.kind is EventKind.TRASHED
            self._gone = self._gone or event.kind is EventKind.SPAM or unanswered

    def reopened(self, event: Event) -> None:
        """Back in the queue: the customer waits again from here on."""
        self._gone = False
        if self._case is not None and self._case.closed is not None:
            self._case.closed, self._case.open_since = None, event.at

    def elsewhere(self, event: Event) -> None:
        """Put away unanswered by another mail program: no work of ours, and nothing owed."""
        did = did_of(event)
        if did is Did.BROUGHT_BACK:
            self.reopened(event)
        elif did in {Did.ARCHIVED, Did.TRASHED, Did.JUNKED} and self._case is not None:
            self._gone = self._gone or self._case.replies == 0

    def handed_off(self, _event: Event) -> None:
        """At level two at least once."""
        if self._case is not None:
            self._case.handed_off = True

    def merged(self, _event: Event) -> None:
        """A close before was one part's; whether both are closed the ticket says at the end."""
        if self._case is not None:
            self._case.closed = None

    def _finish(self) -> None:
        case = self._case
        if case is not None and not self._gone and not (self._ours and not self._done):
            self._done.append(self._whole(case))
        self._ours = self._ours and case is None
        self._case, self._gone = None, False

    def _whole(self, case: _Running) -> Case:
        return Case(
            self._ticket.id,
            self._ticket.customer,
            self._ticket.lane,
            case.began,
            case.answered,
            case.closed,
            case.resolved if case.closed is not None else None,
            case.replies,
            case.waited,
            case.open_since,
            case.handed_off,
        )


_ACTS: Mapping[EventKind, Callable[[_Fold, Event], None]] = {
    EventKind.CLOSED: _Fold.closed,
    EventKind.TRASHED: _Fold.closed,
    EventKind.SPAM: _Fold.closed,
    EventKind.REOPENED: _Fold.reopened,
    EventKind.ELSEWHERE: _Fold.elsewhere,
    EventKind.HANDED_OFF: _Fold.handed_off,
    EventKind.MERGED: _Fold.merged,
}
