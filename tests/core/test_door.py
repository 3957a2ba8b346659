"""The door: six states, what each lets through, and openings outside the hours."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from founder_inbox.core.hours.door import (
    Act,
    Door,
    DoorState,
    Override,
    check_override,
    decide,
    describe_age,
    describe_opening,
    time_left,
)
from founder_inbox.core.hours.schedule import Window, parse_hours
from founder_inbox.core.hours.time_words import counted, describe_moment, times
from founder_inbox.errors import BadInput, Closed

BERLIN = ZoneInfo("Europe/Berlin")
HOURS = parse_hours(
    "Europe/Berlin", ["mon-fri 09:00-10:00", "mon-fri 17:00-18:00"], ["2026-12-24..2027-01-02"]
)


def at(text: str) -> datetime:
    """A Berlin wall time, in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN).astimezone(UTC)


MORNING = Window(at("2026-11-23T09:00"), at("2026-11-23T10:00"))
EVENING = Window(at("2026-11-23T17:00"), at("2026-11-23T18:00"))


def door(now: str, **given: object) -> Door:
    overrides = given.get("overrides", ())
    closed, session = given.get("closed"), given.get("session")
    assert isinstance(overrides, tuple)
    assert closed is None or isinstance(closed, datetime)
    assert session is None or isinstance(session, Window)
    return decide(HOURS, overrides, closed, at(now), session)


@pytest.mark.parametrize(
    ("now", "session", "state"),
    [
        ("2026-11-23T08:49:59", None, DoorState.CLOSED),
        ("2026-11-23T08:50:00", None, DoorState.OPENING_SOON),
        ("2026-11-23T09:00:00", None, DoorState.OPEN),
        ("2026-11-23T09:49:59", MORNING, DoorState.OPEN),
        ("2026-11-23T09:50:00", MORNING, DoorState.LAST_MINUTES),
        ("2026-11-23T09:59:59", MORNING, DoorState.LAST_MINUTES),
        ("2026-11-23T10:00:00", MORNING, DoorState.OVER),
        ("2026-11-23T10:00:00", None, DoorState.CLOSED),
        ("2026-11-23T17:05:00", MORNING, DoorState.OPEN),
        ("2026-11-22T09:30:00", None, DoorState.CLOSED),
        ("2026-12-24T09:30:00", None, DoorState.DAY_OFF),
        ("2027-01-02T23:59:00", None, DoorState.DAY_OFF),
        ("2027-01-03T00:00:00", None, DoorState.CLOSED),
    ],
)
def test_a_day_at_the_door(now: str, session: Window | None, state: DoorState) -> None:
    assert door(now, session=session).state is state


def test_the_door_names_the_window_that_is_open_and_the_one_after() -> None:
    found = door("2026-11-23T09:30")
    assert (found.window, found.next_window, found.override) == (MORNING, EVENING, None)
    shut = door("2026-11-23T12:00")
    assert (shut.window, shut.next_window) == (None, EVENING)
    over = door("2026-11-23T10:04", session=MORNING)
    assert (over.window, over.next_window) == (MORNING, EVENING)


def test_a_door_without_windows_is_closed_for_good() -> None:
    found = decide(parse_hours("UTC", [], []), (), None, at("2026-11-23T09:30"), None)
    assert (found.state, found.next_window) == (DoorState.CLOSED, None)


@pytest.mark.parametrize(
    ("state", "allowed"),
    [
        (DoorState.CLOSED, {"read", "draft", "take_next"}),
        (DoorState.DAY_OFF, {"read", "draft", "take_next"}),
        (DoorState.OPENING_SOON, {"read", "draft", "take_next"}),
        (DoorState.OPEN, set(Act)),
        (DoorState.LAST_MINUTES, set(Act) - {"offer_ideas"}),
        (DoorState.OVER, {"read", "draft", "triage", "send"}),
    ],
)
def test_each_state_lets_through_what_its_row_says(state: DoorState, allowed: set[str]) -> None:
    found = Door(state, None, None, None)
    assert {act for act in Act if found.may(act)} == allowed
    assert found.may_read
    assert found.may_send == ("send" in allowed)
    assert found.may_triage == ("triage" in allowed)
    assert found.may_see_new == ("see_new" in allowed)
    assert found.may_take_next == ("take_next" in allowed)
    assert found.offers_ideas == ("offer_ideas" in allowed)
    assert found.is_open == (state in ("open", "last_minutes"))


def override(start: str, minutes: int) -> Override:
    return Override(at(start), at(start) + timedelta(minutes=minutes), minutes, "a reason to open")


def test_an_override_opens_the_door_for_its_length() -> None:
    early = override("2026-11-23T12:00", 20)
    for now, state in (
        ("2026-11-23T11:59:59", DoorState.CLOSED),
        ("2026-11-23T12:00:00", DoorState.OPEN),
        ("2026-11-23T12:10:00", DoorState.LAST_MINUTES),
        ("2026-11-23T12:20:00", DoorState.CLOSED),
    ):
        assert door(now, overrides=(early,)).state is state
    found = door("2026-11-23T12:05", overrides=(early,))
    assert found.override == early
    assert found.window == Window(early.start, early.until)
    assert found.next_window == EVENING
    assert door("2026-11-23T12:21", overrides=(early,), session=found.window).state == "over"


def test_an_override_opens_on_a_day_off_too() -> None:
    early = override("2026-12-24T12:00", 30)
    assert door("2026-12-24T12:01", overrides=(early,)).state is DoorState.OPEN


def test_a_window_takes_over_from_an_override() -> None:
    found = door("2026-11-23T09:05", overrides=(override("2026-11-23T08:45", 30),))
    assert (found.state, found.window, found.override) == (DoorState.OPEN, MORNING, None)


def test_the_longest_of_two_overrides_counts() -> None:
    short, long = override("2026-11-23T12:05", 10), override("2026-11-23T12:00", 30)
    assert door("2026-11-23T12:06", overrides=(long, short)).override == long


def test_closing_early_shuts_the_window_until_the_time_said() -> None:
    closed = MORNING.end
    found = door("2026-11-23T09:20", closed=closed)
    assert (found.state, found.window, found.next_window) == (DoorState.CLOSED, None, EVENING)
    assert door("2026-11-23T09:20", closed=closed, session=MORNING).state is DoorState.OVER
    assert door("2026-11-23T17:00", closed=closed).state is DoorState.OPEN
    again = override("2026-11-23T09:20", 10)
    assert door("2026-11-23T09:21", closed=closed, overrides=(again,)).is_open


def test_closing_early_into_a_window_leaves_its_rest() -> None:
    closed = at("2026-11-23T17:30")
    rest = Window(closed, EVENING.end)
    assert door("2026-11-23T12:00", closed=closed).next_window == rest
    assert door("2026-11-23T17:25", closed=closed).state is DoorState.OPENING_SOON
    assert door("2026-11-23T17:40", closed=closed).window == rest
    tomorrow = door("2026-11-23T12:00", closed=at("2026-11-24T09:00")).next_window
    assert tomorrow == Window(at("2026-11-24T09:00"), at("2026-11-24T10:00"))


@pytest.mark.parametrize("minutes", [10, 20, 30])
def test_a_length_and_a_reason_open_the_door(minutes: int) -> None:
    check_override(minutes, "the server", "firm")


@pytest.mark.parametrize(
    ("minutes", "reason", "said"),
    [
        (15, "the server is down", "10, 20 or 30"),
        (0, "the server is down", "10, 20 or 30"),
        (10, "too short", "ten characters"),
        (10, "a         b", "ten characters"),
        (10, "", "ten characters"),
        (10, "aaaaaaaaaaaa", "ten characters"),
        (10, ". . . . . . . . . .", "ten characters"),
    ],
)
def test_another_length_or_no_reason_is_refused_in_words(
    minutes: int, reason: str, said: str
) -> None:
    with pytest.raises(BadInput, match=said):
        check_override(minutes, reason, "firm")


def test_strict_hours_name_the_next_opening() -> None:
    with pytest.raises(Closed, match=r"Next: today 17:00, in 3 h\."):
        check_override(10, "the server is down", "strict", "today 17:00, in 3 h")
    with pytest.raises(Closed, match="keep it so"):
        check_override(10, "the server is down", "strict")


@pytest.mark.parametrize(
    ("opening", "now", "words"),
    [
        ("2026-11-23T17:00", "2026-11-23T13:48", "today 17:00, in 3 h 12 min"),
        ("2026-11-23T17:00", "2026-11-23T14:00", "today 17:00, in 3 h"),
        ("2026-11-23T17:00", "2026-11-23T16:48:30", "today 17:00, in 12 min"),
        ("2026-11-23T17:00", "2026-11-23T16:59:59", "today 17:00, in 1 min"),
        ("2026-11-23T17:00", "2026-11-23T17:00", "now"),
        ("2026-11-24T09:00", "2026-11-23T19:00", "tomorrow 09:00, in 14 h"),
        ("2026-11-23T09:00", "2026-11-21T20:00", "Monday 09:00, in 2 days"),
        ("2026-11-30T09:00", "2026-11-23T20:00", "Monday 30 Nov 09:00, in 7 days"),
        ("2027-01-04T09:00", "2026-12-23T20:00", "Monday 4 Jan 2027 09:00, in 12 days"),
    ],
)
def test_the_next_opening_is_said_as_one_says_it(opening: str, now: str, words: str) -> None:
    window = Window(at(opening), at(opening) + timedelta(hours=1))
    assert describe_opening(window, at(now), BERLIN) == words


def test_an_opening_is_told_in_the_clock_of_the_zone_asked_for() -> None:
    words = describe_opening(EVENING, at("2026-11-23T13:48"), ZoneInfo("America/New_York"))
    assert words == "today 11:00, in 3 h 12 min"


def test_no_opening_at_all_says_why() -> None:
    assert "no window" in describe_opening(None, at("2026-11-23T13:48"), BERLIN)


@pytest.mark.parametrize(
    ("now", "words"),
    [
        ("2026-11-23T09:00", "1 h left"),
        ("2026-11-23T09:22", "38 min left"),
        ("2026-11-23T09:59:30", "last minute"),
        ("2026-11-23T10:00", "over"),
        ("2026-11-23T10:04", "over by 4 min"),
    ],
)
def test_the_time_left_is_counted_down_and_on(now: str, words: str) -> None:
    assert time_left(MORNING, at(now)) == words


@pytest.mark.parametrize(
    ("age", "words"),
    [
        (timedelta(seconds=-5), "now"),
        (timedelta(seconds=59), "now"),
        (timedelta(minutes=5, seconds=59), "5 min"),
        (timedelta(hours=2, minutes=59), "2 h"),
        (timedelta(hours=23, minutes=59), "23 h"),
        (timedelta(days=3, hours=23), "3 d"),
    ],
)
def test_an_age_in_a_list_is_short(age: timedelta, words: str) -> None:
    assert describe_age(MORNING.start, MORNING.start + age) == words


def test_small_words_count_as_people_do() -> None:
    assert [times(n) for n in (1, 2, 3)] == ["once", "twice", "3 times"]
    assert [counted(1, "reply", "replies"), counted(2, "day")] == ["1 reply", "2 days"]
    assert describe_moment(MORNING.start, EVENING.start + timedelta(days=1), BERLIN) == (
        "yesterday 09:00"
    )
