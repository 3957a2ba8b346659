"""Support hours: the words of the config, and windows against a clock walked minute by minute."""

import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from founder_inbox.core.hours.schedule import (
    SupportHours,
    Window,
    last_window,
    next_window,
    parse_hours,
    window_at,
    windows_between,
    windows_missed,
)
from founder_inbox.core.hours.walltime import closing_instant, opening_instant
from founder_inbox.errors import ConfigError

TWO_HOURS = ["mon-fri 09:00-10:00", "mon-fri 17:00-18:00"]


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def spans(hours: SupportHours, start: str, end: str) -> list[tuple[str, str]]:
    """The windows in a range, as local wall times."""
    return [
        tuple(f"{at.astimezone(hours.zone):%a %H:%M}" for at in (window.start, window.end))  # type: ignore[misc] # a pair, which the generator hides
        for window in windows_between(hours, utc(start), utc(end))
    ]


@pytest.mark.parametrize(
    ("windows", "expected"),
    [
        (["mon-tue 09:00-10:00"], [("Mon 09:00", "Mon 10:00"), ("Tue 09:00", "Tue 10:00")]),
        (["Sat,Sun 10:00-11:00"], [("Sat 10:00", "Sat 11:00"), ("Sun 10:00", "Sun 11:00")]),
        (["fri 23:00-01:00"], [("Fri 23:00", "Sat 01:00")]),
        (["fri 23:00-24:00"], [("Fri 23:00", "Sat 00:00")]),
        (["friday 23:00–00:00"], [("Fri 23:00", "Sat 00:00")]),
        (
            ["sat-mon 9:00-9:30"],
            [("Mon 09:00", "Mon 09:30"), ("Sat 09:00", "Sat 09:30"), ("Sun 09:00", "Sun 09:30")],
        ),
        (["wed 09:00-10:00", "wed 09:30-11:00"], [("Wed 09:00", "Wed 11:00")]),
        (["wed 09:00-10:00", "wed 10:00-11:00"], [("Wed 09:00", "Wed 11:00")]),
        (["tue 22:00-02:00", "wed 01:00-03:00"], [("Tue 22:00", "Wed 03:00")]),
        (["tue,wed 00:00-24:00"], [("Tue 00:00", "Wed 00:00"), ("Wed 00:00", "Thu 00:00")]),
        ([], []),
    ],
)
def test_a_week_opens_as_the_config_says(
    windows: list[str], expected: list[tuple[str, str]]
) -> None:
    hours = parse_hours("Europe/Berlin", windows, [])
    assert spans(hours, "2026-11-22T23:00", "2026-11-29T23:00") == expected


def test_daily_opens_on_all_seven_days() -> None:
    hours = parse_hours("Asia/Kolkata", ["daily 09:00-10:00"], [])
    assert len(spans(hours, "2026-11-23T00:00", "2026-11-30T00:00")) == 7


@pytest.mark.parametrize(
    ("windows", "days_off", "named"),
    [
        (["mon-fry 09:00-10:00"], [], 'Did you mean "fri"'),
        (["mondey 09:00-10:00"], [], 'Did you mean "monday"'),
        (["mon-fri 9-10"], [], "mon-fri 9-10"),
        (["mon 25:00-26:00"], [], "25:00"),
        (["mon 09:60-10:00"], [], "9:60"),
        (["mon 24:30-01:00"], [], "24:30"),
        (["mon 09:00-09:00"], [], "no length"),
        (["mon 24:00-01:00"], [], "no length"),
        ([""], [], "mon-fri 09:00-10:00"),
        (["daily 06:00-18:00", "daily 18:00-06:00"], [], "daily 00:00-24:00"),
        (["daily 00:00-24:00", "daily 23:00-01:00"], [], "daily 00:00-24:00"),
        ([], ["24.12.2026"], "2026-12-24..2027-01-02"),
        ([], ["2026-02-30"], "2026-02-30"),
        ([], ["2027-01-02..2026-12-24"], "ends before it begins"),
        ([], ["2026-12-24.."], "2026-12-24.."),
        ([], ["20261224"], "20261224"),
    ],
)
def test_a_wrong_text_is_named_with_an_example(
    windows: list[str], days_off: list[str], named: str
) -> None:
    with pytest.raises(ConfigError) as caught:
        parse_hours("Europe/Berlin", windows, days_off)
    assert named in str(caught.value)
    assert '"' in str(caught.value)


@pytest.mark.parametrize(
    ("zone", "named"),
    [
        ("Europe/Berln", '"Europe/Berlin"'),
        ("berlin", '"Europe/Berlin"'),
        ("new york", '"America/New_York"'),
        ("../../etc/passwd", "not a time zone"),
        ("America", "not a time zone"),
        ("", "not a time zone"),
        ("x" * 500, "not a time zone"),
    ],
)
def test_an_unknown_zone_gets_the_nearest_spelling(zone: str, named: str) -> None:
    with pytest.raises(ConfigError) as caught:
        parse_hours(zone, TWO_HOURS, [])
    assert named in str(caught.value)


def test_days_off_are_closed_from_midnight_to_midnight() -> None:
    hours = parse_hours(
        "Europe/Berlin", ["daily 23:00-01:00"], ["2026-12-24..2026-12-25", "2026-12-27"]
    )
    assert spans(hours, "2026-12-22T23:00", "2026-12-28T20:00") == [
        ("Tue 23:00", "Wed 01:00"),
        ("Wed 23:00", "Thu 00:00"),
        ("Sat 23:00", "Sun 00:00"),
    ]
    assert hours.is_day_off(date(2026, 12, 25))
    assert not hours.is_day_off(date(2026, 12, 26))


def test_a_window_is_open_from_its_start_up_to_its_end() -> None:
    hours = parse_hours("Europe/Berlin", TWO_HOURS, [])
    window = Window(utc("2026-11-23T08:00"), utc("2026-11-23T09:00"))
    tick = timedelta(microseconds=1)
    assert window_at(hours, window.start - tick) is None
    assert window_at(hours, window.start) == window
    assert window_at(hours, window.end - tick) == window
    assert window_at(hours, window.end) is None


def test_the_next_window_starts_after_now_even_over_a_long_break() -> None:
    hours = parse_hours("Europe/Berlin", TWO_HOURS, ["2026-11-24..2027-06-30"])
    opening = utc("2026-11-23T16:00")
    assert next_window(hours, utc("2026-11-23T08:00")) == Window(opening, utc("2026-11-23T17:00"))
    following = next_window(hours, opening)
    assert following is not None
    assert following.start == utc("2027-07-01T07:00")


def test_hours_without_windows_never_open() -> None:
    hours = parse_hours("Europe/Berlin", [], [])
    now = utc("2026-11-23T08:00")
    assert (window_at(hours, now), next_window(hours, now), last_window(hours, now)) == (None,) * 3
    forever = parse_hours("Europe/Berlin", TWO_HOURS, ["2020-01-01..9999-12-31"])
    assert next_window(forever, now) is None
    assert last_window(forever, now) is None


def test_windows_missed_are_those_that_ended_since() -> None:
    hours = parse_hours("Europe/Berlin", TWO_HOURS, [])
    arrived = utc("2026-11-20T08:30")
    assert windows_missed(hours, arrived, utc("2026-11-20T08:59")) == 0
    assert windows_missed(hours, arrived, utc("2026-11-20T09:00")) == 1
    assert windows_missed(hours, arrived, utc("2026-11-23T08:30")) == 2
    assert windows_missed(hours, arrived, arrived - timedelta(days=1)) == 0


def test_the_last_window_is_the_one_a_ticket_may_have_missed() -> None:
    hours = parse_hours("Europe/Berlin", TWO_HOURS, [])
    friday = Window(utc("2026-11-20T16:00"), utc("2026-11-20T17:00"))
    assert last_window(hours, utc("2026-11-22T12:00")) == friday
    assert last_window(hours, friday.end) == friday
    before = last_window(hours, friday.end - timedelta(seconds=1))
    assert before is not None
    assert before.end == utc("2026-11-20T09:00")


@pytest.mark.parametrize(
    ("zone", "window", "start", "end"),
    [
        # New York 2026-03-08: 02:00 to 03:00 does not exist.
        ("America/New_York", "sun 02:30-04:00", "2026-03-08T07:00", "2026-03-08T08:00"),
        ("America/New_York", "sun 01:30-02:30", "2026-03-08T06:30", "2026-03-08T07:00"),
        ("America/New_York", "sat 23:30-02:15", "2026-03-08T04:30", "2026-03-08T07:00"),
        # New York 2026-11-01: 01:00 to 02:00 comes twice.
        ("America/New_York", "sun 01:30-02:30", "2026-11-01T05:30", "2026-11-01T07:30"),
        ("America/New_York", "sun 00:30-01:30", "2026-11-01T04:30", "2026-11-01T06:30"),
        ("America/New_York", "sun 01:15-01:45", "2026-11-01T05:15", "2026-11-01T06:45"),
        ("America/New_York", "sun 00:00-01:00", "2026-11-01T04:00", "2026-11-01T05:00"),
        ("America/New_York", "sun 02:00-03:00", "2026-11-01T07:00", "2026-11-01T08:00"),
        # Lord Howe moves by half an hour: 2026-04-05 01:30 to 02:00 comes twice.
        ("Australia/Lord_Howe", "sun 01:30-01:45", "2026-04-04T14:30", "2026-04-04T15:15"),
        ("Australia/Lord_Howe", "sun 02:10-03:00", "2026-10-03T15:30", "2026-10-03T16:00"),
        # Santiago goes back from 24:00 to 23:00 on Saturday 2026-04-04.
        ("America/Santiago", "sat 22:00-24:00", "2026-04-05T01:00", "2026-04-05T04:00"),
    ],
)
def test_when_clocks_jump_the_first_chance_opens_and_the_last_closes(
    zone: str, window: str, start: str, end: str
) -> None:
    hours = parse_hours(zone, [window], [])
    middle = utc(start) + (utc(end) - utc(start)) / 2
    assert window_at(hours, middle) == Window(utc(start), utc(end))


@pytest.mark.parametrize(
    ("zone", "window", "day"),
    [
        ("America/New_York", "sun 02:10-02:50", "2026-03-08T00:00"),
        ("America/New_York", "sun 02:00-03:00", "2026-03-08T00:00"),
        ("Pacific/Apia", "fri 09:00-17:00", "2011-12-30T00:00"),
    ],
)
def test_a_window_wholly_inside_a_jump_does_not_happen(zone: str, window: str, day: str) -> None:
    hours = parse_hours(zone, [window], [])
    near = list(windows_between(hours, utc(day) - timedelta(days=2), utc(day) + timedelta(days=2)))
    assert near == []
    assert next_window(hours, utc(day)) is not None


def test_wall_times_in_a_jump_fall_on_the_jump_itself() -> None:
    new_york = ZoneInfo("America/New_York")
    inside = datetime.fromisoformat("2026-03-08T02:17:31.5")
    assert opening_instant(inside, new_york) == utc("2026-03-08T07:00")
    assert closing_instant(inside, new_york) == utc("2026-03-08T07:00")


ZONES = (
    "Europe/Berlin",
    "America/New_York",
    "Asia/Kolkata",
    "Australia/Lord_Howe",
    "Africa/Casablanca",
    "Pacific/Apia",
)
# Days (0 is Monday), start and end in minutes: the same hours in numbers, for the walked clock.
WALKED = (
    ("sun,wed 01:30-02:30", {6, 2}, 90, 150),
    ("daily 02:05-02:25", set(range(7)), 125, 145),
    ("sat 23:00-01:45", {5}, 1380, 1545),
    ("mon-fri 09:00-10:00", {0, 1, 2, 3, 4}, 540, 600),
    ("mon,fri 09:30-11:15", {0, 4}, 570, 675),
    ("thu 20:00-24:00", {3}, 1200, 1440),
)
FIRST, YEARS = date(2021, 1, 1), 3652
# Samoa left out 30 December 2011, and gave up summer time ten years later.
FIRSTS = {"Pacific/Apia": date(2011, 6, 1)}


def weeks_to_walk(zone: ZoneInfo) -> Iterator[date]:
    """The day before each jump of the clocks in ten years, and some other weeks."""
    first = FIRSTS.get(zone.key, FIRST)
    days = [first + timedelta(days=step) for step in range(YEARS)]

    def offset(day: date) -> timedelta | None:
        return datetime(day.year, day.month, day.day, 12, tzinfo=zone).utcoffset()

    for day in days:
        if offset(day) != offset(day + timedelta(days=1)):
            yield day - timedelta(days=1)
    yield from random.Random(zone.key).sample(days, 8)


def walked_windows(
    zone: ZoneInfo, off: set[date], start: datetime, minutes: int
) -> list[tuple[datetime, datetime]]:
    """Walk a clock minute by minute: for each window of a day its first and last open minute."""
    seen: dict[tuple[int, date], tuple[datetime, datetime]] = {}
    for step in range(minutes):
        instant = start + timedelta(minutes=step)
        local = instant.astimezone(zone)
        today, minute = local.date(), local.hour * 60 + local.minute
        if today in off:
            continue
        for index, (_, days, opens, closes) in enumerate(WALKED):
            for day, at in ((today, minute), (today - timedelta(days=1), minute + 1440)):
                if opens <= at < closes and day.weekday() in days and day not in off:
                    first = seen.get((index, day), (instant, instant))[0]
                    seen[index, day] = (first, instant + timedelta(minutes=1))
    merged: list[tuple[datetime, datetime]] = []
    for opens_at, closes_at in sorted(seen.values()):
        if merged and opens_at <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], closes_at))
        else:
            merged.append((opens_at, closes_at))
    return merged


@pytest.mark.parametrize("name", ZONES)
def test_ten_years_of_windows_are_those_of_a_clock_walked_by_the_minute(name: str) -> None:
    zone = ZoneInfo(name)
    walked = 0
    for day in weeks_to_walk(zone):
        # A day around the jump is off, by turns: a window runs into it over midnight, or out of it.
        off = {day + timedelta(days=1 + day.toordinal() % 3)}
        hours = parse_hours(name, [text for text, *_ in WALKED], [str(*off)])
        start = datetime(day.year, day.month, day.day, tzinfo=UTC) - timedelta(days=1)
        end = start + timedelta(days=5)
        around = walked_windows(zone, off, start - timedelta(days=1), 7 * 1440)
        expected = [span for span in around if span[1] > start and span[0] < end]
        found = [(window.start, window.end) for window in windows_between(hours, start, end)]
        assert found == expected, day
        walked += len(found)
    assert walked > 8 * 6
