"""The state of merged tickets."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from founder_inbox.core.model import Address, Lane, Status, Verdict
from founder_inbox.core.tickets.facts import TicketState
from founder_inbox.core.tickets.merged_state import combine

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def part(hours: int, status: Status, lane: Lane = Lane.HOWTO) -> TicketState:
    moment = NOON - timedelta(hours=hours)
    return TicketState(
        subject=f"{hours} hours ago",
        customer=Address(f"Tom {hours}", "tom@x.test"),
        status=status,
        verdict=Verdict(lane, None, (), sure=True),
        messages=2,
        customer_messages=1,
        opened_at=moment,
        moved_at=moment,
        waiting_since=moment if status is Status.OPEN else None,
    )


ORDER = [Status.OPEN, Status.HANDED_OFF, Status.SNOOZED, Status.WAITING, Status.CLOSED]


@pytest.mark.parametrize("first", ORDER)
@pytest.mark.parametrize("second", ORDER)
def test_whoever_waits_for_us_is_not_forgotten(first: Status, second: Status) -> None:
    merged = combine(part(9, first), part(3, second))

    assert merged.status is min(first, second, key=ORDER.index)
    assert (merged.subject, merged.customer.name) == ("9 hours ago", "Tom 9")
    assert (merged.messages, merged.customer_messages) == (4, 2)


def test_it_makes_no_difference_which_of_two_is_named_first() -> None:
    one, two = part(9, Status.OPEN), part(3, Status.OPEN, Lane.URGENT)

    assert combine(one, two) == combine(two, one)
    assert combine(one, two).verdict.lane is Lane.URGENT
    assert combine(one, two).waiting_since == NOON - timedelta(hours=9)


def test_a_part_without_a_mail_adds_nothing() -> None:
    one = part(9, Status.WAITING)

    assert combine(one, replace(TicketState(), status=Status.CLOSED)) == one
    assert combine(TicketState(), one) == one


def test_tags_and_troubles_of_both_are_kept() -> None:
    one = replace(part(9, Status.WAITING), tags=frozenset({"vip"}), quick_fix=True)
    two = replace(part(3, Status.CLOSED), tags=frozenset({"dns"}), delivery_failed=True)
    merged = combine(one, two)

    assert merged.tags == {"vip", "dns"}
    assert merged.quick_fix
    assert merged.delivery_failed
