"""When the door last stood open: the moment up to which mail is shown while it is shut."""

from datetime import UTC, datetime

import pytest

from founder_inbox.core.hours.door import Override
from founder_inbox.core.hours.schedule import parse_hours
from founder_inbox.core.hours.veil import Shut, Sitting, last_seen

HOURS = parse_hours("UTC", ["mon-fri 09:00-10:00", "mon-fri 17:00-18:00"], [])


def at(clock: str, day: int = 23) -> datetime:
    hour, minute = map(int, clock.split(":"))
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC)


OVERRIDE = Override(at("12:00"), at("12:20"), 20, "the site is down")


@pytest.mark.parametrize(
    ("now", "overrides", "shuts", "sittings", "expected"),
    [
        pytest.param(at("12:00"), (), (), (), at("10:00"), id="the end of the last window"),
        pytest.param(at("08:00"), (), (), (), at("18:00", 20), id="over the weekend"),
        pytest.param(at("13:00"), (OVERRIDE,), (), (), at("12:20"), id="an override's end"),
        pytest.param(at("19:00"), (OVERRIDE,), (), (), at("18:00"), id="an older override"),
        pytest.param(
            at("12:00"), (), (Shut(at("09:30"), at("10:00")),), (), at("09:30"),
            id="closed early, after the window too",
        ),
        pytest.param(
            at("09:45"), (), (Shut(at("09:30"), at("10:00")),), (), at("09:30"),
            id="closed early, in the window",
        ),
        pytest.param(
            at("09:55"), (), (Shut(at("09:10"), at("09:40")), Shut(at("09:50"), at("10:00"))), (),
            at("09:50"), id="shut twice",
        ),
        pytest.param(
            at("12:00"), (), (Shut(at("08:00"), at("23:00")),), (), at("18:00", 20),
            id="not today: this morning never opened",
        ),
        pytest.param(
            at("12:00"), (), (), (Sitting(at("10:10"), at("10:40")),), at("10:40"),
            id="a session in a window that the hours no longer have",
        ),
        pytest.param(
            at("12:00"), (), (), (Sitting(at("12:30"), at("12:40")),), at("10:00"),
            id="a session the clock has not reached",
        ),
    ],
)  # fmt: skip
def test_the_last_moment_of_an_open_door(
    now: datetime,
    overrides: tuple[Override, ...],
    shuts: tuple[Shut, ...],
    sittings: tuple[Sitting, ...],
    expected: datetime,
) -> None:
    assert last_seen(HOURS, overrides, shuts, sittings, now) == expected


def test_a_door_that_never_opened_has_no_such_moment() -> None:
    assert last_seen(parse_hours("UTC", [], []), (), (), (), at("12:00")) is None
