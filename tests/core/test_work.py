"""Where a session's time went, its pace, and when it is time to hire."""

from datetime import UTC, date, datetime, timedelta

import pytest

from founder_inbox.core.hours.hiring import Week, read_hiring
from founder_inbox.core.hours.work import Worked, pace, time_per_lane, usual_pace
from founder_inbox.core.model import Lane

NINE = datetime(2026, 11, 23, 9, tzinfo=UTC)
MONDAY = date(2026, 11, 2)


def did(minute: float, ticket: str = "a", lane: Lane = Lane.HOWTO, *, done: bool = True) -> Worked:
    return Worked(NINE + timedelta(minutes=minute), ticket, lane, done)


@pytest.mark.parametrize(
    ("acts", "minutes"),
    [
        ([], {}),
        ([did(3)], {Lane.HOWTO: 3}),
        ([did(3), did(8, "b", Lane.URGENT)], {Lane.URGENT: 5, Lane.HOWTO: 3}),
        ([did(8, "b", Lane.URGENT), did(3)], {Lane.URGENT: 5, Lane.HOWTO: 3}),
        ([did(40)], {Lane.HOWTO: 10}),
        ([did(4), did(4, "b", Lane.THANKS)], {Lane.HOWTO: 2, Lane.THANKS: 2}),
        ([did(-5), did(2, "b", Lane.URGENT)], {Lane.URGENT: 2, Lane.HOWTO: 0}),
    ],
)
def test_the_time_before_an_act_belongs_to_its_ticket(
    acts: list[Worked], minutes: dict[Lane, float]
) -> None:
    found = {lane: time / timedelta(minutes=1) for lane, time in time_per_lane(NINE, acts).items()}
    assert found == minutes


@pytest.mark.parametrize(
    ("acts", "expected"),
    [
        ([], None),
        ([did(3), did(6, "b")], None),
        ([did(3), did(6, "b"), did(9, "c", done=False)], None),
        ([did(3), did(6), did(9)], None),
        ([did(3), did(6, "b"), did(9, "c")], 3),
        ([did(3), did(6, "b"), did(36, "c")], 16 / 3),
        ([did(0), did(0, "b"), did(0, "c")], None),
    ],
)
def test_a_pace_needs_three_finished_tickets(acts: list[Worked], expected: float | None) -> None:
    assert pace(NINE, acts) == (None if expected is None else pytest.approx(expected))


def test_the_usual_pace_is_the_median() -> None:
    assert usual_pace([]) is None
    assert usual_pace([2, 30, 4]) == 4


def weeks(*pairs: tuple[int, int], hours: float = 4) -> list[Week]:
    return [
        Week(MONDAY + timedelta(weeks=n), came, closed, hours)
        for n, (came, closed) in enumerate(pairs)
    ]


BEHIND = [(12, 10), (9, 8), (11, 7)]


@pytest.mark.parametrize(
    ("found", "budget", "words"),
    [
        (weeks(), 10, None),
        (weeks(*BEHIND[:2]), 10, None),
        (weeks((12, 10), (9, 9), (11, 7)), 10, None),
        (weeks((1, 1), (1, 1), (1, 1), hours=10), 10, None),
        (weeks((1, 1), (1, 1), (1, 1), hours=40), 0, None),
        (weeks(*BEHIND), 10, "more came in than you closed (12 in and 10 out, 9 in and 8 out"),
        (weeks((1, 9), *BEHIND), 10, "(12 in and 10 out, 9 in and 8 out, 11 in and 7 out)"),
        (weeks(*[(1, 1)] * 3, hours=10.5), 10, "took more than 10 hours a week (10.5, 10.5, 10.5)"),
        (weeks(*BEHIND, hours=8), 7.5, "out) and support took more than 7.5 hours a week (8.0"),
    ],
)
def test_three_weeks_say_that_it_is_time_to_hire(
    found: list[Week], budget: float, words: str | None
) -> None:
    hire = read_hiring(found, budget)
    assert (hire is None) == (words is None)
    if hire is not None and words is not None:
        assert words in hire.sentence
        assert hire.weeks == tuple(found[-3:])
