"""Nobody in the dark: when an update is owed."""

from datetime import UTC, datetime, timedelta

import pytest

from founder_inbox.core.model import Lane, Status
from founder_inbox.core.tickets.facts import Promise
from founder_inbox.core.tickets.owed import is_owed, update_due

HEARD = datetime(2026, 11, 20, 9, tzinfo=UTC)
DAY = timedelta(days=1)


def promise(days: float) -> Promise:
    return Promise(f"event-{days}", HEARD + days * DAY, "by then", HEARD)


@pytest.mark.parametrize(
    ("status", "lane", "days"),
    [
        (Status.OPEN, Lane.URGENT, 1),
        (Status.HANDED_OFF, Lane.URGENT, 1),
        (Status.HANDED_OFF, Lane.HOWTO, 2),
        (Status.OPEN, Lane.HOWTO, 3),
        (Status.OPEN, Lane.FEATURE, 3),
        (Status.SNOOZED, Lane.HOWTO, 3),
        (Status.WAITING, Lane.URGENT, None),
        (Status.CLOSED, Lane.URGENT, None),
        (Status.OPEN, Lane.THANKS, None),
        (Status.OPEN, Lane.AUTOMATIC, None),
    ],
)
def test_the_limit_follows_lane_and_status(status: Status, lane: Lane, days: int | None) -> None:
    assert update_due(status, lane, HEARD) == (None if days is None else HEARD + days * DAY)


def test_what_is_urgent_has_one_whole_window() -> None:
    def over(since: datetime) -> datetime:
        return since + timedelta(hours=9)

    def never(_since: datetime) -> None:
        return None

    due = HEARD + timedelta(hours=9)
    assert update_due(Status.OPEN, Lane.URGENT, HEARD, (), over) == due
    assert update_due(Status.HANDED_OFF, Lane.URGENT, HEARD, (), over) == due
    assert update_due(Status.OPEN, Lane.HOWTO, HEARD, (), over) == HEARD + 3 * DAY
    assert update_due(Status.OPEN, Lane.URGENT, HEARD, (), never) == HEARD + DAY


def test_a_bug_in_work_has_three_days() -> None:
    assert update_due(Status.OPEN, Lane.URGENT, HEARD, in_work=True) == HEARD + 3 * DAY


def test_what_is_put_off_behind_our_answer_keeps_nobody_in_the_dark() -> None:
    assert update_due(Status.SNOOZED, Lane.HOWTO, HEARD, asks=False) is None


@pytest.mark.parametrize("status", Status)
def test_the_earliest_promise_sets_the_date_whosever_turn_it_is(status: Status) -> None:
    promises = (promise(5), promise(2))
    assert update_due(status, Lane.URGENT, HEARD, promises) == HEARD + 2 * DAY
    assert update_due(status, Lane.THANKS, HEARD, promises) == HEARD + 2 * DAY


def test_an_update_is_owed_from_its_moment_on() -> None:
    assert is_owed(HEARD, HEARD)
    assert not is_owed(HEARD, HEARD - timedelta(seconds=1))
    assert not is_owed(None, HEARD)
