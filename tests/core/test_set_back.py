"""A clock that was set back is noticed; sleeping, summer time and travelling are not."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from founder_inbox.core.hours.set_back import (
    Look,
    describe_set_back,
    set_back_between,
    set_back_since,
)

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
NONE = timedelta()


def minutes(count: float) -> timedelta:
    return timedelta(minutes=count)


@pytest.mark.parametrize(
    ("passed", "shown", "by"),
    [
        pytest.param(1, 1 / 60, None, id="a second"),
        pytest.param(1, 8 * 60, None, id="a night's sleep"),
        pytest.param(60, -4, None, id="corrected by the network"),
        pytest.param(60, -6, minutes(7), id="set back a little"),
        pytest.param(0.2, -65, minutes(65), id="set back by an hour"),
    ],
)
def test_within_a_run_two_clocks_tell(passed: float, shown: float, by: timedelta | None) -> None:
    before, after = Look(NOON, 100), Look(NOON + minutes(shown), 100 + passed)
    found = set_back_between(before, after)
    assert (found is None) == (by is None)
    if found and by:
        assert abs(found - by) < minutes(1)


def test_the_end_of_summer_time_and_another_zone_are_no_set_back() -> None:
    berlin = datetime(2026, 10, 25, 2, 59, tzinfo=ZoneInfo("Europe/Berlin"))
    after = datetime(2026, 10, 25, 2, 0, fold=1, tzinfo=ZoneInfo("Europe/Berlin"))
    looks = Look(berlin.astimezone(UTC), 0), Look(after.astimezone(UTC), 60)
    assert set_back_between(*looks) is None
    tokyo = (NOON + minutes(1)).astimezone(ZoneInfo("Asia/Tokyo"))
    assert set_back_between(Look(NOON, 0), Look(tokyo, 60)) is None


@pytest.mark.parametrize(
    ("recorded", "arrived", "explained", "by"),
    [
        pytest.param(None, [], NONE, None, id="nothing is known"),
        pytest.param(NOON - minutes(60), [NOON - minutes(5)] * 2, NONE, None, id="all is past"),
        pytest.param(NOON + minutes(4), [], NONE, None, id="hardly"),
        pytest.param(NOON + minutes(90), [], NONE, minutes(90), id="an event lies ahead"),
        pytest.param(None, [NOON + minutes(90)], NONE, None, id="one odd mail"),
        pytest.param(
            None, [NOON + minutes(90), NOON + minutes(60)], NONE, minutes(60), id="two mails"
        ),
        pytest.param(
            NOON - minutes(1), [NOON + minutes(62)] * 2, minutes(60), None, id="noticed before"
        ),
        pytest.param(
            NOON - minutes(1), [NOON + minutes(90)] * 2, minutes(60), minutes(90), id="and again"
        ),
    ],
)
def test_from_one_run_to_the_next_what_is_known_tells(
    recorded: datetime | None,
    arrived: list[datetime],
    explained: timedelta,
    by: timedelta | None,
) -> None:
    assert set_back_since(recorded, arrived, explained, NOON) == by


def test_it_is_said_in_one_sentence() -> None:
    words = "The clock was set back by 1 h 5 min: that counts as opening early."
    assert describe_set_back(minutes(65)) == words
