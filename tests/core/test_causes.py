"""Causes are what the journal says, in whatever order; a check-in waits and gives way."""

from datetime import UTC, datetime, timedelta
from itertools import permutations

from founder_inbox.core.hours.work import Worked, time_per_ticket
from founder_inbox.core.knowledge.causes import (
    CauseKind,
    causes,
    check_in_due,
    minutes_by_kind,
)
from founder_inbox.core.model import Lane
from founder_inbox.core.tickets.journal import Event, EventKind, Json
from founder_inbox.core.times import to_text

START = datetime(2026, 11, 23, 9, tzinfo=UTC)


def event(number: int, kind_: EventKind, ticket: str | None = None, /, **data: Json) -> Event:
    at = START + timedelta(minutes=number)
    return Event(f"{number:012x}-0000-abcdef01", at, "Ana", ticket, kind_, data)


NAMED = event(1, EventKind.CAUSE_NAMED, "t1", kind="docs", what="wrong button", test=True)
HISTORY = [
    NAMED,
    event(2, EventKind.CAUSE_LINKED, "t2", cause=NAMED.id),
    event(3, EventKind.CAUSE_LINKED, "t3", cause=NAMED.id),
    event(4, EventKind.CAUSE_UNLINKED, "t2", cause=NAMED.id),
    event(5, EventKind.CAUSE_CHANGED, cause=NAMED.id, kind="interface"),
    event(6, EventKind.CAUSE_FIXED, cause=NAMED.id, tickets=["t1", "t3"], outbox=[7, 8]),
]


def test_the_same_lines_in_any_order_give_the_same_cause() -> None:
    [expected] = causes(HISTORY)
    assert (expected.kind, expected.what, expected.test) == (
        CauseKind.INTERFACE,
        "wrong button",
        True,
    )
    assert expected.tickets == ("t1", "t3")
    assert [told[:2] for told in expected.told] == [("t1", 7), ("t3", 8)]
    assert all(causes(mixed) == (expected,) for mixed in permutations(HISTORY))


def test_what_another_version_wrote_breaks_nothing() -> None:
    odd = [
        event(1, EventKind.CAUSE_NAMED, None, kind="gremlins"),
        event(7, EventKind.CAUSE_FIXED, cause=event(1, EventKind.CAUSE_NAMED).id, tickets="x"),
        event(8, EventKind.CAUSE_LINKED, "t2", cause="nobody's"),
    ]
    [found] = causes(odd)
    assert (found.kind, found.tickets, found.told) == (CauseKind.BUG, (), ())


def test_minutes_are_those_before_each_act_and_ten_at_most() -> None:
    def act(minute: int, ticket: str) -> Worked:
        return Worked(START + timedelta(minutes=minute), ticket, Lane.URGENT, finishes=False)

    spent = time_per_ticket([act(0, "t0"), act(4, "t1"), act(60, "t3"), act(61, "other")])
    assert spent["t1"] == timedelta(minutes=4)
    assert spent["t3"] == timedelta(minutes=10)
    assert minutes_by_kind(causes(HISTORY), spent) == {CauseKind.INTERFACE: timedelta(minutes=14)}
    assert time_per_ticket([]) == {}


def test_a_check_in_is_due_after_its_day_unless_they_wrote_or_were_asked() -> None:
    until = START + timedelta(days=3)
    put_off = event(10, EventKind.SNOOZED, "t1", until=to_text(until), check_in="c1")
    earlier, later = START, START + timedelta(days=1)
    after = until + timedelta(hours=1)

    assert check_in_due([put_off], earlier, later, after) == "c1"
    assert check_in_due([put_off], earlier, later, until - timedelta(minutes=1)) is None
    assert check_in_due([put_off], later, later, after) is None
    assert check_in_due([put_off], earlier, after, after) is None
    plain = event(11, EventKind.SNOOZED, "t1", until=to_text(until))
    assert check_in_due([put_off, plain], earlier, later, after) is None
    odd = event(12, EventKind.SNOOZED, "t1", until="soon", check_in="c1")
    assert check_in_due([odd], earlier, later, after) is None
