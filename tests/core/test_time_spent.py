"""Founder minutes: whose they are, and what is nobody's."""

from datetime import UTC, datetime, timedelta

from founder_inbox.core.metrics.time_spent import NOTHING_SPENT, Act, time_spent
from founder_inbox.core.model import Lane

NINE = datetime(2026, 11, 23, 9, tzinfo=UTC)
DAY = (NINE - timedelta(hours=9), NINE + timedelta(hours=15))


def act(minute: float, ticket: str | None, lane: Lane = Lane.HOWTO, who: str = "rosa") -> Act:
    return Act(NINE + timedelta(minutes=minute), ticket, lane, who)


def test_the_time_before_an_act_is_its_tickets() -> None:
    acts = [
        act(0, None),  # the session begins
        act(4, "a", Lane.URGENT),  # 4 minutes
        act(10, "b", who="tom"),  # 6
        act(25, "a", Lane.URGENT),  # 10 of 15: somebody made tea
    ]
    found = time_spent(acts, *DAY)

    assert found.seconds == 20 * 60
    assert list(found.by_lane.items()) == [(Lane.URGENT, 840), (Lane.HOWTO, 360)]
    assert list(found.by_customer.items()) == [("rosa", 840), ("tom", 360)]
    assert found.by_ticket == {"a": 840, "b": 360}


def test_after_an_hour_without_any_act_nobody_knows() -> None:
    assert time_spent([act(0, "a"), act(60, "b")], *DAY).seconds == 0
    assert time_spent([act(0, "a"), act(59, "b")], *DAY).seconds == 600


def test_acts_of_one_moment_share_the_time() -> None:
    found = time_spent([act(0, None), act(6, "a"), act(6, "b")], *DAY)

    assert found.by_ticket == {"a": 180, "b": 180}


def test_what_was_before_the_period_only_starts_the_clock() -> None:
    found = time_spent([act(-4, "a"), act(3, "b")], NINE, DAY[1])

    assert found.by_ticket == {"b": 420}


def test_without_acts_nothing_was_spent_and_order_does_not_matter() -> None:
    acts = [act(0, None), act(4, "a"), act(10, "b")]

    assert time_spent([], *DAY) == NOTHING_SPENT
    assert time_spent(acts[::-1], *DAY) == time_spent(acts, *DAY)
