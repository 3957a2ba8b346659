"""The outbox as a table: which state follows which, and never the same mail twice by itself.

A mail is `held` (it can be taken back, or waits for the door), `queued`, `sending`, then `sent`,
`failed` (the server said no), or `uncertain` (the line broke after the last byte, and only the
Sent folder or the founder knows). While `sending`, the step is recorded before it is taken:
`connecting` up to the server's 354, `data` before the final dot goes out. A broken line before
the dot is harmless; after it, a resend by itself could reach the customer twice (RFC 1047).
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from founder_inbox.errors import FounderInboxError

# Why a reply waits for the founder and not for a time.
CROSSED = "They wrote again before this left. Read it, then send this (retry) or change it."


ANSWERED = (
    "It was answered meanwhile, on another machine or by another mail program. "
    "Read that answer, then send this (retry) or take it back (cancel)."
)


class OutboxState(StrEnum):
    """Where a mail stands on its way out (contract, section 1)."""

    HELD = "held"
    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    UNCERTAIN = "uncertain"


class Step(StrEnum):
    """What is being done while `sending`."""

    CONNECTING = "connecting"
    DATA = "data"


class OutboxEvent(StrEnum):
    """What can happen to a mail in the outbox."""

    RELEASED = "released"  # the undo time is over and the door is open
    STOPPED = "stopped"  # the customer wrote meanwhile, or the door closed
    STARTED = "started"  # an attempt begins
    POSTPONED = "postponed"  # refused for now, or not reached
    ACCEPTED = "accepted"  # 2xx after the final dot
    REFUSED = "refused"  # 5xx
    LOST = "lost"  # the line broke after the final dot
    FOUND = "found"  # its Message-ID is in the Sent folder, or the founder says it arrived
    RETRIED = "retried"  # the founder wants another attempt, with the same Message-ID


_HELD, _QUEUED, _SENDING = OutboxState.HELD, OutboxState.QUEUED, OutboxState.SENDING
_SENT, _FAILED, _UNCERTAIN = OutboxState.SENT, OutboxState.FAILED, OutboxState.UNCERTAIN

MOVES: dict[tuple[OutboxState, OutboxEvent], OutboxState] = {
    (_HELD, OutboxEvent.RELEASED): _QUEUED,
    (_HELD, OutboxEvent.STOPPED): _HELD,
    (_QUEUED, OutboxEvent.STOPPED): _HELD,
    (_QUEUED, OutboxEvent.STARTED): _SENDING,
    (_SENDING, OutboxEvent.POSTPONED): _QUEUED,
    (_SENDING, OutboxEvent.ACCEPTED): _SENT,
    (_SENDING, OutboxEvent.REFUSED): _FAILED,
    (_SENDING, OutboxEvent.LOST): _UNCERTAIN,
    (_UNCERTAIN, OutboxEvent.FOUND): _SENT,
    (_UNCERTAIN, OutboxEvent.RETRIED): _QUEUED,
    (_FAILED, OutboxEvent.RETRIED): _QUEUED,
}

# Back to the editor. An uncertain one may have arrived: the founder was asked before.
CANCELLABLE = frozenset({_HELD, _QUEUED, _FAILED, _UNCERTAIN})

_RETRY_MINUTES = (1, 2, 5, 15, 30, 60)
_THROTTLE = timedelta(minutes=10)


class ForbiddenMove(FounderInboxError):
    """The outbox was asked for a move its table does not have."""


@dataclass(frozen=True, slots=True)
class Accepted:
    """The server took the mail: 2xx after the final dot."""

    text: str = ""


@dataclass(frozen=True, slots=True)
class Temporary:
    """The server refused for now (4xx), at any step: it has not taken the mail."""

    code: int
    text: str


@dataclass(frozen=True, slots=True)
class Permanent:
    """The server refused for good (5xx), or one recipient was refused before DATA."""

    code: int
    text: str


@dataclass(frozen=True, slots=True)
class LineLost:
    """No readable answer: cut, timed out, or garbage."""

    reason: str = ""


@dataclass(frozen=True, slots=True)
class NotReached:
    """Nothing was said about this mail: no network, TLS or login refused, before MAIL."""

    reason: str = ""


Outcome = Accepted | Temporary | Permanent | LineLost | NotReached


@dataclass(frozen=True, slots=True)
class After:
    """What follows an attempt: the next state, and whether we try again by ourselves."""

    state: OutboxState
    retry: bool


def move(state: OutboxState, event: OutboxEvent) -> OutboxState:
    """Look the next state up. Raises ForbiddenMove in words for the founder."""
    try:
        return MOVES[state, event]
    except KeyError:
        raise ForbiddenMove(_sentence(state, event)) from None


def check_cancel(state: OutboxState) -> None:
    """Raise ForbiddenMove when a mail can't go back to the editor any more."""
    if state not in CANCELLABLE:
        raise ForbiddenMove(
            "This mail is on its way at this moment; wait for the server's answer."
            if state is _SENDING
            else "This mail is already sent; it can't be taken back. Write a second one instead."
        )


def outcome_of(code: int, text: str) -> Outcome:
    """Read an SMTP reply code (RFC 5321, 4.2.1). smtplib's -1 and 3xx are no answer."""
    if 200 <= code < 300:
        return Accepted(text)
    if 400 <= code < 500:
        return Temporary(code, text)
    if 500 <= code < 600:
        return Permanent(code, text)
    return LineLost(f"{code} {text}".strip())


def event_of(step: Step, outcome: Outcome) -> OutboxEvent:
    """Translate an attempt's outcome. Only at `data` a lost line leaves us in doubt."""
    match outcome:
        case Accepted():
            return OutboxEvent.ACCEPTED
        case Permanent():
            return OutboxEvent.REFUSED
        case LineLost() | NotReached() if step is Step.DATA:
            return OutboxEvent.LOST
        case _:
            return OutboxEvent.POSTPONED


def after(step: Step, outcome: Outcome) -> After:
    """Say where a mail stands after an attempt, and whether it is tried again by itself."""
    state = move(_SENDING, event_of(step, outcome))
    return After(state, state is _QUEUED)


def on_start_up(state: OutboxState, step: Step | None) -> OutboxState:
    """Say where a mail stands when the program starts and finds it so.

    A `sending` one with no step recorded is taken for `data`: doubt is the safe side.
    """
    if state is not _SENDING:
        return state
    is_safe = step is Step.CONNECTING
    return move(state, OutboxEvent.POSTPONED if is_safe else OutboxEvent.LOST)


LONGEST_PAUSE = timedelta(minutes=_RETRY_MINUTES[-1])


def retry_at(attempts: int, now: datetime, outcome: Outcome | None = None) -> datetime:
    """Say when to try again after `attempts` (from 1): 1, 2, 5, 15, 30, then every 60 minutes.

    Ten minutes at least when the server throttles: 421, or 4.7.x in its words.
    """
    place = min(max(attempts, 1), len(_RETRY_MINUTES)) - 1
    pause = timedelta(minutes=_RETRY_MINUTES[place])
    if isinstance(outcome, Temporary) and (outcome.code == 421 or "4.7." in outcome.text[:40]):
        pause = max(pause, _THROTTLE)
    return now + pause


def release_at(
    now: datetime, *, door_open: bool, next_window_start: datetime | None, undo_seconds: int
) -> datetime | None:
    """Say until when a new mail is held: the undo time, and outside the hours the next window.

    None when the door is closed and no next window is known: it waits until one is.
    """
    undone = now + timedelta(seconds=undo_seconds)
    if door_open:
        return undone
    return max(undone, next_window_start) if next_window_start else None


_STANDS = {
    _HELD: "still waits in the outbox",
    _QUEUED: "is queued already",
    _SENDING: "is on its way at this moment",
    _SENT: "is already sent",
    _FAILED: "was refused by the server and waits for you",
    _UNCERTAIN: "may have arrived, so it waits for you to look",
}


def _sentence(state: OutboxState, event: OutboxEvent) -> str:
    return f"This mail {_STANDS[state]}; it can't be {event} now. Nothing was changed."
