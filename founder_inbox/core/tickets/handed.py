"""A ticket with a teammate: whose it is by topic, what they still have to hear, when it returns.

Plain functions over the journal and the mails; nothing here sends or records.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from founder_inbox.core.tickets.facts import Role, Then, TicketState
from founder_inbox.core.tickets.journal import Event, EventKind, effective

TAG = "tag:"
MOST_REASONS = 5
_TELLS = frozenset({Then.INTRODUCTION, Then.INTERNAL})


class Why(StrEnum):
    """Why a ticket is no longer with the teammate (`taken_back`, field `why`)."""

    NO_ANSWER = "no_answer"
    ADVICE = "advice"
    NOT_TOLD = "not_told"  # what the customer wrote again could not be passed on
    NO_LONGER = "no_longer"  # the configuration knows that teammate no more


@dataclass(frozen=True, slots=True)
class Heard:
    """One mail of the ticket, as far as passing on asks: `people` are its To and Cc."""

    message_id: str
    at: datetime
    role: Role
    people: tuple[str, ...] = ()
    blocked: bool = False


def by_topic(state: TicketState, topics: Sequence[Collection[str]]) -> int | None:
    """Whose ticket it is: the index of the first teammate one of whose topics fits, else None.

    A topic is what an urgent mail is about ("billing"), a lane ("howto") or a tag ("tag:import").
    """
    words = {state.verdict.lane.value, *(f"{TAG}{tag}".casefold() for tag in state.tags)}
    if state.verdict.topic is not None:
        words.add(state.verdict.topic.value)
    return next(
        (place for place, wanted in enumerate(topics) if words & {t.casefold() for t in wanted}),
        None,
    )


def last_hand_off(events: Sequence[Event]) -> Event | None:
    """The hand-off that counts, or None; undone ones don't."""
    found = [event for event in effective(events) if event.kind is EventKind.HANDED_OFF]
    return found[-1] if found else None


def telling_mails(events: Sequence[Event]) -> set[str]:
    """The Message-IDs of the mails of ours that say that somebody takes over: no answers."""
    return {
        str(event.data.get("message_id"))
        for event in events
        if event.kind is EventKind.SENT and event.data.get("then") in _TELLS
    }


def untold(
    mails: Sequence[Heard], events: Sequence[Event], hand_off: Event, address: str
) -> list[str]:
    """The Message-IDs of what the customer wrote since the hand-off and the teammate has not got.

    `mails` are the ticket's, oldest first; `address` is the teammate's. A mail that was not in
    the hand-off's mail counts as later, whatever the clocks say.
    """
    told = {
        str(event.data.get("message_id"))
        for event in events
        if event.kind is EventKind.PASSED_ON and event.id > hand_off.id
    }
    before = _told(events, hand_off)
    theirs = [mail for mail in mails if mail.role is Role.CUSTOMER]
    mate = address.casefold()
    return [
        mail.message_id
        for number, mail in enumerate(theirs)
        if (number >= before if before is not None else mail.at > hand_off.at)
        and not mail.blocked
        and mail.message_id not in told
        and mate not in {person.casefold() for person in mail.people}
    ]


def is_given_up(windows: Sequence[tuple[datetime, datetime]], left: datetime, most: int) -> bool:
    """Whether `most` whole windows have gone by since the hand-off left; 0: never.

    `windows` are (start, end) of those that have ended, in any order.
    """
    return most > 0 and sum(start >= left for start, _end in windows) >= most


def reasons_given(events: Sequence[Event], machine: str) -> tuple[str, ...]:
    """The reasons that people gave for hand-offs, the last used first, each once.

    `machine` is the actor of rules, whose reasons are no person's words.
    """
    handed = [e for e in events if e.kind is EventKind.HANDED_OFF and e.actor != machine]
    handed.sort(key=lambda event: event.id, reverse=True)
    notes = [" ".join(str(event.data.get("note", "")).split()) for event in handed]
    return tuple(dict.fromkeys(note for note in notes if note))[:MOST_REASONS]


def _told(events: Sequence[Event], hand_off: Event) -> int | None:
    """How many customer mails the hand-off told of; None where counting them says nothing."""
    moved = any(
        event.kind in {EventKind.MERGED, EventKind.SPLIT, EventKind.UNDONE}
        for event in events
        if event.id > hand_off.id
    )
    told = hand_off.data.get("told")
    return told if isinstance(told, int) and not moved else None
