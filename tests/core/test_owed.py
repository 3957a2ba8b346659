"""Nobody in the dark: when an update is owed."""

from datetime import UTC, datetime, timedelta

import pytest

from founder_inbox.core.model import Lane, Status
from founder_inbox.core.tickets.owed import is_owed, update_due

HEARD = datetime(2026, 11, 20, 9, tzinfo=UTC)
DAY = timedelta(days=1)


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


def test_a_promise_sets_its_own_date_until_we_write_again() -> None:
    promise = HEARD + 5 * DAY
    assert update_due(Status.OPEN, Lane.URGENT, HEARD, promise) == promise
    assert update_due(Status.WAITING, Lane.HOWTO, HEARD, promise) == promise
    assert update_due(Status.CLOSED, Lane.HOWTO, HEARD, promise) is None
    assert update_due(Status.OPEN, Lane.HOWTO, promise + DAY, promise) == promise + 4 * DAY
    assert update_due(Status.WAITING, Lane.HOWTO, promise, promise) is None


def test_an_update_is_owed_from_its_moment_on() -> None:
    assert is_owed(HEARD, HEARD)
    assert not is_owed(HEARD, HEARD - timedelta(seconds=1))
    assert not is_owed(None, HEARD)
