"""The quick fix's clock, its limits and its figures."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from founder_inbox.core.tickets.facts import FixClock
from founder_inbox.core.tickets.journal import Event, EventKind
from founder_inbox.core.tickets.quick_fix import (
    FinishedFix,
    clock_words,
    figures,
    minutes_left,
    parse_minutes,
    read_clock,
)
from founder_inbox.core.times import to_text
from founder_inbox.errors import BadInput
from tests.core.test_ticket_state import act, at, mail, state_of

FLAGGED = act(0, EventKind.QUICK_FIX, on=True, minutes=10)
STARTED = act(1, EventKind.QUICK_FIX_STARTED)


def minutes(count: float) -> timedelta:
    return timedelta(minutes=count)


def worked(*events: Event, now: float = 30) -> timedelta:
    return read_clock([FLAGGED, *events]).read(at(now))


def test_the_clock_runs_from_its_start_and_knows_the_estimate() -> None:
    clock = read_clock([FLAGGED, STARTED])

    assert (clock.minutes, clock.started_at, clock.read(at(15))) == (10, at(1), minutes(14))
    assert read_clock([FLAGGED]) == FixClock(10)


def test_starting_twice_changes_nothing() -> None:
    assert worked(STARTED, act(9, EventKind.QUICK_FIX_STARTED)) == minutes(29)


def test_it_stands_while_the_ticket_is_put_aside_and_goes_on_from_there() -> None:
    for kind in ("quick_fix_stopped", "parked", "snoozed", "handed_off"):
        stop = act(11, EventKind(kind))
        assert worked(STARTED, stop) == minutes(10)
        assert worked(STARTED, stop, act(20, EventKind.QUICK_FIX_STARTED)) == minutes(20)


def test_finishing_closing_and_taking_the_flag_off_end_it() -> None:
    for kind in ("quick_fix_finished", "closed", "trashed", "spam"):
        assert read_clock([FLAGGED, STARTED, act(9, EventKind(kind))]) == FixClock()
    assert read_clock([FLAGGED, STARTED, act(9, EventKind.QUICK_FIX, on=False)]) == FixClock()


def test_a_clock_that_went_back_takes_no_time_away() -> None:
    assert FixClock(10, minutes(3), at(9)).read(at(1)) == minutes(3)


def test_an_estimate_that_another_version_wrote_is_not_known() -> None:
    for wrong in ("ten", 0, -1, True, 100_000, None):
        assert read_clock([act(0, EventKind.QUICK_FIX, on=True, minutes=wrong)]).minutes is None


def test_a_ticket_shows_its_clock_only_while_it_is_flagged_and_not_closed() -> None:
    flagged = state_of(mail(0), act(1, EventKind.QUICK_FIX, on=True, minutes=5), STARTED)
    finished = act(9, EventKind.QUICK_FIX_FINISHED, worked=480, asked=540)
    live = state_of(mail(0), FLAGGED, STARTED, finished)

    assert flagged.fix_clock == FixClock(5, timedelta(), at(1))
    assert (live.quick_fix, live.fix_clock) == (False, FixClock())
    undone = act(10, EventKind.UNDONE, events=[finished.id])
    back = state_of(mail(0), FLAGGED, STARTED, finished, undone)
    assert (back.quick_fix, back.fix_clock.started_at) == (True, at(1))


@given(st.permutations(range(5)))
def test_the_same_events_in_any_order_give_the_same_clock(order: list[int]) -> None:
    events = [
        FLAGGED,
        STARTED,
        act(5, EventKind.QUICK_FIX_STOPPED),
        act(7, EventKind.QUICK_FIX_STARTED),
        act(8, EventKind.SNOOZED, until=to_text(at(60))),
    ]

    assert read_clock([events[n] for n in order]).read(at(90)) == minutes(5)


def test_what_open_fixes_take_is_rounded_up_to_five_minutes() -> None:
    assert minutes_left([FixClock(10), FixClock(None)], 14, at(0)) == 25
    assert minutes_left([FixClock(10, minutes(2), at(0))], 20, at(4)) == 5
    assert minutes_left([FixClock(10, minutes(60))], 20, at(0)) == 5
    assert minutes_left([], 20, at(0)) == 0


def test_the_figures_are_medians() -> None:
    fixes = [FinishedFix(at(n), minutes(n), minutes(n / 2)) for n in (10, 14, 400)]

    found = figures(fixes)
    assert (found.finished, found.asked_to_live, found.worked) == (3, minutes(14), minutes(7))
    assert figures([]).asked_to_live is None


def test_the_clock_is_read_in_minutes_and_seconds() -> None:
    assert clock_words(minutes(7.5)) == "07:30"
    assert clock_words(minutes(20)) == "20:00"
    assert clock_words(minutes(64)) == "1 h 04 min"
    assert clock_words(minutes(-1)) == "00:00"


@pytest.mark.parametrize(
    ("typed", "minutes"),
    [("15", 15), (" 25 min", 25), ("1 h", 60), ("1 h 30", 90), ("1h30m", 90), ("2 Std", 120)],
)
def test_an_estimate_is_understood_as_it_is_typed(typed: str, minutes: int) -> None:
    assert parse_minutes(typed) == minutes


@pytest.mark.parametrize("typed", ["", "soon", "0", "241", "5 h", "-5", "1:30", "9" * 500])
def test_what_is_no_estimate_is_refused_with_an_example(typed: str) -> None:
    with pytest.raises(BadInput, match="25 min"):
        parse_minutes(typed)
