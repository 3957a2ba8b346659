"""The burnout reading: each signal from its facts, both levels, and no point without a sentence."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from founder_inbox.core.hours.burnout import (
    AMBER,
    HOW_COUNTED,
    RED,
    DayCount,
    Facts,
    Level,
    Mood,
    SessionSpan,
    headline,
    read,
    sentences_to_show,
)
from founder_inbox.core.hours.door import Override

BERLIN = ZoneInfo("Europe/Berlin")


def at(text: str) -> datetime:
    """A Berlin wall time, in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN).astimezone(UTC)


NOW = at("2026-11-22T12:00")
MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)


def opened(*texts: str) -> tuple[Override, ...]:
    return tuple(Override(at(t), at(t) + 10 * MINUTE, 10, "the server is down") for t in texts)


def ran_over(*minutes: float) -> tuple[SessionSpan, ...]:
    """Sessions of the last days whose last act came so many minutes after the window's end."""
    ends = [at("2026-11-21T10:00") - n * DAY for n in range(len(minutes))]
    return tuple(
        SessionSpan(end - 60 * MINUTE, end, end + over * MINUTE)
        for end, over in zip(ends, minutes, strict=True)
    )


def sent_on(*days: int) -> tuple[datetime, ...]:
    """A mail at 09:30 on each of these days of November."""
    return tuple(at(f"2026-11-{day:02}T09:30") for day in days)


def counted(*pairs: tuple[int, int], last: date = date(2026, 11, 21)) -> tuple[DayCount, ...]:
    return tuple(DayCount(last - n * DAY, *pair) for n, pair in enumerate(pairs))


CASES: list[tuple[Facts, str, int, str]] = [
    (
        Facts(overrides=opened("2026-11-22T11:00")),
        "opened_outside",
        2,
        "You opened outside your hours once this week.",
    ),
    (
        Facts(overrides=opened("2026-11-16T12:00", "2026-11-18T23:00", "2026-11-22T11:00")),
        "opened_outside",
        6,
        "You opened outside your hours 3 times this week.",
    ),
    (
        Facts(sessions=ran_over(5.5)),
        "ran_over",
        2,
        "You went on after the end of your hours once this week, 5 minutes in all.",
    ),
    (
        Facts(sessions=ran_over(20, 3, 11)),
        "ran_over",
        4,
        "You went on after the end of your hours twice this week, 31 minutes in all.",
    ),
    (
        Facts(sent=(at("2026-11-20T22:00"),)),
        "wrote_at_night",
        1,
        "You sent 1 reply between 22:00 and 06:00 this week.",
    ),
    (
        Facts(sent=tuple(map(at, ("2026-11-20T22:10", "2026-11-20T23:59", "2026-11-21T05:59")))),
        "wrote_at_night",
        2,
        "You sent 3 replies between 22:00 and 06:00 this week.",
    ),
    (
        Facts(sent=tuple(map(at, ("2026-11-19T22:10", "2026-11-20T23:00", "2026-11-21T23:30")))),
        "wrote_at_night",
        3,
        "You sent 3 replies between 22:00 and 06:00 this week.",
    ),
    (Facts(sent=sent_on(*range(16, 23))), "no_day_off", 2, "You did support 7 days in a row."),
    (Facts(sent=sent_on(*range(12, 22))), "no_day_off", 2, "You did support 10 days in a row."),
    (
        Facts(
            sent=sent_on(17, 19),
            sessions=ran_over(0, 0, 0, 0, 0),
            overrides=opened("2026-11-16T13:00", "2026-11-15T13:00"),
        ),
        "no_day_off",
        2,
        "You did support 7 days in a row.",
    ),
    (
        Facts(harsh=(NOW - DAY,)),
        "harsh_words",
        1,
        "You wrote 1 draft with harsh words this week.",
    ),
    (
        Facts(harsh=(NOW - DAY, NOW - 2 * DAY)),
        "harsh_words",
        2,
        "You wrote 2 drafts with harsh words this week.",
    ),
    (
        Facts(moods=(Mood(NOW - DAY, 2), Mood(NOW - 2 * DAY, 1), Mood(NOW - 3 * DAY, 3))),
        "low_mood",
        4,
        "A session felt like 2 or less out of 5, twice this week.",
    ),
    (
        Facts(days=counted((9, 4), (3, 3), (7, 5), (1, 8))),
        "fell_behind",
        2,
        "On 2 days this week more came in than you closed (16 in, 9 closed).",
    ),
]


@pytest.mark.parametrize(("facts", "name", "points", "sentence"), CASES)
def test_a_signal_counts_its_facts(facts: Facts, name: str, points: int, sentence: str) -> None:
    found = {signal.name: signal for signal in read(facts, BERLIN, NOW).signals}
    assert (found[name].points, found[name].sentence) == (points, sentence)


@pytest.mark.parametrize(
    "facts",
    [
        Facts(),
        Facts(overrides=opened("2026-11-15T11:59")),
        Facts(overrides=opened("2026-11-22T12:01")),
        Facts(sessions=ran_over(5, 0, -30)),
        Facts(sessions=(SessionSpan(NOW - 9 * DAY, NOW - 8 * DAY, NOW - 8 * DAY + DAY / 2),)),
        Facts(sent=(at("2026-11-20T21:59"), at("2026-11-21T06:00"))),
        Facts(sent=(at("2026-11-15T02:00"),)),
        Facts(sent=sent_on(*range(16, 22))),
        Facts(sent=sent_on(*range(10, 21))),
        Facts(harsh=(NOW - 8 * DAY,)),
        Facts(moods=(Mood(NOW, 3), Mood(NOW, 5), Mood(NOW - 8 * DAY, 1))),
        Facts(days=counted((4, 4), (0, 2))),
        Facts(days=counted((9, 0), last=date(2026, 11, 22))),
        Facts(days=counted((9, 0), last=date(2026, 11, 14))),
    ],
)
def test_what_is_old_or_within_bounds_counts_for_nothing(facts: Facts) -> None:
    reading = read(facts, BERLIN, NOW)
    assert (reading.level, reading.points, reading.signals) == (Level.CALM, 0, ())
    assert reading.advice == ()


def test_nights_are_those_of_the_founders_zone() -> None:
    facts = Facts(sent=(at("2026-11-20T23:00"),))
    assert read(facts, BERLIN, NOW).points == 1
    assert read(facts, ZoneInfo("America/New_York"), NOW).points == 0


THREE = opened("2026-11-16T12:00", "2026-11-18T13:00", "2026-11-22T11:00")


def test_three_overrides_within_seven_days_are_amber() -> None:
    reading = read(Facts(overrides=THREE), BERLIN, NOW)
    assert (reading.level, reading.points) == (Level.AMBER, AMBER)
    assert len(reading.advice) == 1


@pytest.mark.parametrize(
    ("harsh", "level"),
    [
        (AMBER - 1, Level.CALM),
        (AMBER, Level.AMBER),
        (RED - 1, Level.AMBER),
        (RED, Level.RED),
        (RED + 9, Level.RED),
    ],
)
def test_the_levels_begin_at_six_and_twelve(harsh: int, level: Level) -> None:
    assert read(Facts(harsh=(NOW,) * harsh), BERLIN, NOW).level is level


EVERYTHING = Facts(
    overrides=THREE,
    sessions=ran_over(20, 20),
    sent=(*sent_on(*range(16, 23)), at("2026-11-20T23:00")),
    days=counted((9, 4)),
    moods=(Mood(NOW, 1),),
    harsh=(NOW,),
)


def test_red_has_every_reason_weightiest_first_and_three_acts() -> None:
    reading = read(EVERYTHING, BERLIN, NOW)
    assert reading.level is Level.RED
    assert reading.points == sum(signal.points for signal in reading.signals) == 17
    weights = [signal.points for signal in reading.signals]
    assert weights == sorted(weights, reverse=True)
    assert len(reading.signals) == 7
    assert len(reading.advice) == 3
    assert "how-to lane" in reading.advice[0]


def test_no_point_is_without_a_sentence_that_counts() -> None:
    for signal in read(EVERYTHING, BERLIN, NOW).signals:
        assert signal.points > 0
        assert re.search(r"\d|once|twice", signal.sentence), signal.sentence


def test_amber_advises_on_the_two_weightiest_reasons() -> None:
    facts = Facts(overrides=THREE, sessions=ran_over(20), harsh=(NOW,))
    reading = read(facts, BERLIN, NOW)
    assert reading.level is Level.AMBER
    assert reading.advice == (
        "Write it down now and let it leave in the next window.",
        "Take no new ticket in the last ten minutes.",
    )


NEW_YORK = ZoneInfo("America/New_York")
KOLKATA = ZoneInfo("Asia/Kolkata")


@pytest.mark.parametrize(
    ("moment", "zone", "points"),
    [
        ("2026-11-20T20:59:59", BERLIN, 0),
        ("2026-11-20T21:00:00", BERLIN, 1),
        ("2026-11-21T04:59:59", BERLIN, 1),
        ("2026-11-21T05:00:00", BERLIN, 0),
        ("2026-11-20T21:00:00", NEW_YORK, 0),
        ("2026-11-21T03:00:00", NEW_YORK, 1),
        ("2026-11-20T16:30:00", KOLKATA, 1),
        ("2026-11-21T00:29:59", KOLKATA, 1),
        ("2026-11-21T00:30:00", KOLKATA, 0),
    ],
)
def test_the_night_is_ten_to_six_where_the_founder_is(
    moment: str, zone: ZoneInfo, points: int
) -> None:
    sent = datetime.fromisoformat(moment).replace(tzinfo=UTC)
    assert read(Facts(sent=(sent,)), zone, NOW).points == points


@pytest.mark.parametrize("zone", [BERLIN, NEW_YORK, KOLKATA])
def test_a_night_through_the_clock_change_stays_one_night(zone: ZoneInfo) -> None:
    now = datetime(2026, 10, 27, 12, tzinfo=zone)
    saturday = datetime(2026, 10, 24, 23, tzinfo=zone)
    sunday = [datetime(2026, 10, 25, 2, 30, tzinfo=zone, fold=fold) for fold in (0, 1)]
    assert read(Facts(sent=(saturday, *sunday)), zone, now).points == 2


@pytest.mark.parametrize(
    ("facts", "points"),
    [
        (Facts(overrides=opened("2026-11-15T12:00")), 2),
        (Facts(overrides=opened("2026-11-15T11:59:59")), 0),
        (Facts(harsh=(NOW - 7 * DAY,)), 1),
        (Facts(harsh=(NOW - 7 * DAY - timedelta(seconds=1),)), 0),
        (Facts(moods=(Mood(NOW - 7 * DAY, 2),)), 2),
        (Facts(moods=(Mood(NOW + MINUTE, 1),)), 0),
        (Facts(sessions=ran_over(5)), 0),
        (Facts(sessions=ran_over(5 + 1 / 60)), 2),
        (Facts(days=counted((1, 0), last=date(2026, 11, 15))), 1),
        (Facts(days=counted((1, 0), last=date(2026, 11, 14))), 0),
    ],
)
def test_the_week_and_the_grace_end_to_the_second(facts: Facts, points: int) -> None:
    assert read(facts, BERLIN, NOW).points == points


def test_every_signal_says_how_it_is_counted() -> None:
    assert {s.name for s in read(EVERYTHING, BERLIN, NOW).signals} == set(HOW_COUNTED)


def test_the_headline_is_one_line_with_the_weightiest_sign() -> None:
    assert headline(read(Facts(harsh=(NOW,)), BERLIN, NOW)) == ""
    assert headline(read(Facts(overrides=THREE), BERLIN, NOW)) == (
        "You opened outside your hours 3 times this week. "
        "Write it down now and let it leave in the next window."
    )
    assert headline(read(Facts(overrides=THREE), BERLIN, NOW), advise=False) == (
        "You opened outside your hours 3 times this week."
    )
    assert headline(read(EVERYTHING, BERLIN, NOW)) == (
        "You opened outside your hours 3 times this week, and 6 more signs."
    )


def test_running_over_is_said_even_when_all_is_calm() -> None:
    calm = Facts(sessions=ran_over(20), harsh=(NOW,))
    assert [s.split(" once")[0] for s in sentences_to_show(read(calm, BERLIN, NOW))] == [
        "You went on after the end of your hours"
    ]
    amber = read(replace(calm, overrides=THREE), BERLIN, NOW)
    assert len(sentences_to_show(amber)) == 3
