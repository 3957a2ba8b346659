"""Coming back: what waited is split over as few windows as hold it, evenly."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from founder_inbox.core.hours.backlog import (
    Left,
    Portion,
    Waiting,
    backlog_words,
    portion_now,
    split_backlog,
    was_away,
)
from founder_inbox.core.hours.schedule import Window

NINE = datetime(2026, 11, 23, 9, tzinfo=UTC)
DAY = timedelta(days=1)
HOURS = [Window(NINE + n * DAY, NINE + n * DAY + timedelta(hours=1)) for n in range(7)]


def waiting(count: int, **facts: bool) -> list[Waiting]:
    return [Waiting(NINE - timedelta(hours=1 + n), **facts) for n in range(count)]


def counts(backlog: list[Waiting], portions: list[Portion]) -> list[int]:
    """How many tickets each window gets, as the list divides them."""

    def belongs(ticket: Waiting) -> int:
        return next(
            number
            for number, portion in enumerate(portions)
            if ticket.comes_first or portion.through is None or ticket.since <= portion.through
        )

    places = [belongs(ticket) for ticket in backlog]
    return [places.count(number) for number in range(len(portions))]


@pytest.mark.parametrize(
    ("backlog", "minutes", "expected"),
    [
        ([], None, []),
        (waiting(15), None, []),
        (waiting(16), None, [8, 8]),
        (waiting(41), None, [14, 13, 14]),
        (waiting(41), 2, [21, 20]),
        (waiting(41), 60, [8, 8, 9, 8, 8]),
        (waiting(500), None, [100] * 5),
        (waiting(40, thanks=True), None, []),
        (waiting(40, thanks=True) + waiting(12), None, [36, 16]),
        (waiting(40, comes_first=True), None, []),
        (waiting(10, comes_first=True) + waiting(20), None, [15, 15]),
        (waiting(20, comes_first=True) + waiting(10), None, [20, 10]),
    ],
)
def test_as_few_windows_as_hold_it_share_it_evenly(
    backlog: list[Waiting], minutes: float | None, expected: list[int]
) -> None:
    portions = split_backlog(backlog, minutes, HOURS, NINE)
    found = counts(backlog, portions) if portions else []

    assert [portion.end for portion in portions] == [w.end for w in HOURS[: len(expected)]]
    assert found == expected


def test_a_window_counts_with_what_is_left_of_it() -> None:
    backlog = waiting(30)
    half_past = NINE + timedelta(minutes=30)

    assert counts(backlog, split_backlog(backlog, None, HOURS, half_past)) == [6, 12, 12]


def test_without_another_window_nothing_is_put_off() -> None:
    assert split_backlog(waiting(40), None, HOURS[:1], NINE) == []
    assert split_backlog(waiting(40), None, [], NINE) == []


TICKETS = st.builds(
    Waiting,
    st.integers(1, 500).map(lambda hours: NINE - timedelta(hours=hours)),
    st.booleans(),
    st.booleans(),
)


@given(st.lists(TICKETS, max_size=120), st.floats(0.1, 120), st.integers(0, 59))
def test_every_ticket_has_a_window_and_nobody_overtakes_who_waited_longer(
    backlog: list[Waiting], pace: float, minute: int
) -> None:
    portions = split_backlog(backlog, pace, HOURS, NINE + timedelta(minutes=minute))

    assert len(portions) != 1
    assert len(portions) <= 5
    if portions:
        cuts = [portion.through for portion in portions]
        assert cuts.pop() is None
        assert cuts == sorted(cut for cut in cuts if cut is not None)
        assert sum(counts(backlog, portions)) == len(backlog)
        assert sum(counts(backlog, portions)[1:]) > 0


def test_what_a_window_left_undone_is_in_the_next_one_s_portion() -> None:
    portions = split_backlog(waiting(41), None, HOURS, NINE)

    assert portion_now(portions, NINE) == portions[0]
    assert portion_now(portions, HOURS[0].end) == portions[1]
    assert portion_now(portions, HOURS[2].start) == portions[2]
    assert portion_now(portions, HOURS[2].end) is None


@pytest.mark.parametrize(
    ("left", "first", "words"),
    [
        (
            Left(14, 27, 2, same_day=False),
            True,
            "41 waited. Today 14, the rest over the next two windows.",
        ),
        (
            Left(14, 13, 1, same_day=True),
            False,
            "27 are left. This window 14, the rest in the next window.",
        ),
        (
            Left(13, 0, 0, same_day=False),
            False,
            "The last part of what waited: the whole queue is here again, 13 to go.",
        ),
    ],
)
def test_it_is_said_in_one_sentence(left: Left, first: bool, words: str) -> None:
    assert backlog_words(left, first=first) == words


@pytest.mark.parametrize(
    ("days_off", "days_ago", "missed", "expected"),
    [(2, 1, 0, True), (1, 2, 2, False), (0, 3, 1, True), (0, 7, 0, False), (0, 2, 4, False)],
)
def test_two_days_off_or_three_without_a_session_are_away(
    days_off: int,
    days_ago: int,
    missed: int,
    expected: bool,
) -> None:
    assert was_away(days_off, NINE - days_ago * DAY, missed, NINE) is expected
