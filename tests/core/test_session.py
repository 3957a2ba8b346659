"""A session in words: opening, pace, wrap-up."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from founder_inbox.core.hours.burnout import Facts, SessionSpan, read
from founder_inbox.core.hours.door import Override
from founder_inbox.core.hours.schedule import Window
from founder_inbox.core.hours.session import (
    Done,
    Session,
    SinceLast,
    bell_is_due,
    opening_words,
    pace_line,
    wrap_up,
)
from founder_inbox.core.hours.work import Pace
from founder_inbox.core.model import Lane

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)
EVENING = Window(NOW + timedelta(hours=8), NOW + timedelta(hours=9))


@pytest.mark.parametrize(
    ("since", "words"),
    [
        (
            SinceLast(new=9, urgent=2, thanks=1, owed=1),
            (
                "Since yesterday 18:00, 9 tickets came in, 2 urgent and 1 thank-you among them.",
                "1 customer should hear from you.",
            ),
        ),
        (
            SinceLast(new=1, promises_due=2, returned=1, answered_for_us=3, woken=4),
            (
                "2 promises are due, 1 came back from your teammate, your teammate answered 3 "
                "and 4 woke up from snooze.",
                "Since yesterday 18:00, 1 ticket came in.",
            ),
        ),
        (
            SinceLast(answered_for_us=1),
            ("Since yesterday 18:00, nothing new came in.", "Your teammate answered 1."),
        ),
        (
            SinceLast(older=7),
            ("Since yesterday 18:00, nothing new came in.", "7 older tickets wait."),
        ),
        (
            SinceLast(older=1),
            ("Since yesterday 18:00, nothing new came in.", "1 older ticket waits."),
        ),
        (SinceLast(), ("Since yesterday 18:00, nothing new came in.", "Nothing else waits.")),
    ],
)
def test_a_session_opens_with_what_happened_since_the_last(
    since: SinceLast, words: tuple[str, str]
) -> None:
    last = NOW - timedelta(hours=16) + timedelta(hours=1)
    assert opening_words(since, last, NOW, BERLIN) == words


def test_the_very_first_session_has_no_last_one() -> None:
    words, _ = opening_words(SinceLast(new=2), None, NOW, BERLIN)
    assert words == "Since the start, 2 tickets came in."


@pytest.mark.parametrize(
    ("left", "pace", "words"),
    [
        (11, Pace(3.2), "11 to go, about 35 minutes at today's pace"),
        (2, Pace(3.4), "2 to go, about 7 minutes at today's pace"),
        (1, Pace(0.2), "1 to go, about 1 minute at today's pace"),
        (50, Pace(4.0), "50 to go, about 3.5 hours at today's pace"),
        (40, Pace(3.0), "40 to go, about 2 hours at today's pace"),
        (11, None, "11 to go"),
        (11, Pace(3.2, usual=True), "11 to go, about 35 minutes at your usual pace"),
        (0, Pace(3.2), "Nothing to go"),
    ],
)
def test_the_pace_says_how_long_the_rest_takes(left: int, pace: Pace | None, words: str) -> None:
    assert pace_line(left, pace) == words


def test_the_wrap_up_counts_what_was_done_and_what_is_owed() -> None:
    done = Done(answered=8, closed=11, handed_off=1, quick_fixes=2, owed=3)
    assert wrap_up(done, EVENING, NOW + timedelta(hours=1), BERLIN) == [
        "You answered 8, closed 11 and handed off 1.",
        "2 quick fixes finished.",
        "3 customers are still owed an update; you look at it at the next opening, "
        "today 17:00, in 7 h.",
    ]


def test_a_quiet_session_ends_kindly() -> None:
    assert wrap_up(Done(), EVENING, NOW, BERLIN) == [
        "A quiet one: nothing to answer.",
        "Nobody is left waiting for a word from you.",
    ]
    assert wrap_up(Done(closed=1, owed=1), None, NOW, BERLIN)[1] == (
        "1 customer is still owed an update; you look at it when support opens next."
    )


def test_the_wrap_up_says_when_it_ran_over_and_what_would_help() -> None:
    over = SessionSpan(NOW - timedelta(hours=1), NOW, NOW + timedelta(minutes=12))
    later = over.last_act
    calm = read(Facts(sessions=(over,)), BERLIN, later)
    assert wrap_up(Done(closed=1), None, later, BERLIN, calm)[-1] == (
        "You went on after the end of your hours once this week, 12 minutes in all."
    )
    outside = Override(NOW, NOW, 10, "the server is down")
    amber = read(Facts(sessions=(over,), overrides=(outside,) * 3), BERLIN, later)
    assert wrap_up(Done(closed=1), None, later, BERLIN, amber)[-1] == (
        "You opened outside your hours 3 times this week, and 1 more sign. "
        "Write it down now and let it leave in the next window."
    )


def test_the_wrap_up_has_the_time_of_each_lane_and_what_comes_last() -> None:
    times = {Lane.HOWTO: timedelta(minutes=20), Lane.URGENT: timedelta(minutes=12.4)}
    short = {Lane.FEATURE: timedelta(seconds=20)}
    assert wrap_up(Done(closed=3, times={**times, **short}), None, NOW, BERLIN)[1] == (
        "Your time: 20 min for how-to and 12 min for urgent."
    )
    assert len(wrap_up(Done(closed=3, times=short), None, NOW, BERLIN)) == 2
    assert wrap_up(Done(), None, NOW, BERLIN, None, ["“So quick.” Rosa"])[-1] == "“So quick.” Rosa"


@pytest.mark.parametrize(
    ("begun", "rung", "now", "rings"),
    [
        (-60, None, -5, True),
        (-60, None, -5.1, False),
        (-60, None, -0.1, True),
        (-60, None, 0, False),
        (-60, 0, -4, False),
        (-60, 30, -4, True),
        (-5, None, -4, False),
        (-4, None, -3, False),
        (-5.1, None, -5, True),
    ],
)
def test_the_bell_rings_once_five_minutes_before_the_end(
    begun: float, rung: float | None, now: float, rings: bool
) -> None:
    def at(minutes: float) -> datetime:
        return EVENING.end + timedelta(minutes=minutes)

    rung_for = None if rung is None else at(rung)
    assert bell_is_due(EVENING, at(begun), rung_for, at(now)) is rings


def test_a_session_knows_its_window() -> None:
    assert Session(EVENING, NOW).window == EVENING
    assert Session(EVENING, NOW).end is None
