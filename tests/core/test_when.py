"""Snooze in words: what is understood, and what is refused."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from founder_inbox.core.hours.schedule import parse_hours
from founder_inbox.core.hours.when import parse_when
from founder_inbox.errors import BadInput

BERLIN = ZoneInfo("Europe/Berlin")
HOURS = parse_hours(
    "Europe/Berlin", ["mon-fri 09:30-10:00", "mon-fri 17:00-18:00"], ["2026-12-24..2027-01-02"]
)
NOW = datetime(2026, 11, 25, 11, tzinfo=UTC)  # Wednesday, 12:00 in Berlin


def understood(text: str) -> str:
    return parse_when(text, NOW, BERLIN, HOURS).words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("tomorrow", "Thursday 26 Nov 09:30"),
        ("Tomorrow 14:00", "Thursday 26 Nov 14:00"),
        ("tomorrow afternoon", "Thursday 26 Nov 14:00"),
        ("day after tomorrow", "Friday 27 Nov 09:30"),
        ("today", "Wednesday 25 Nov 17:00"),
        ("today 15", "Wednesday 25 Nov 15:00"),
        ("tonight", "Wednesday 25 Nov 17:00"),
        ("monday", "Monday 30 Nov 09:30"),
        ("monday morning", "Monday 30 Nov 09:30"),
        ("  FRIDAY   9 ", "Friday 27 Nov 09:00"),
        ("fri 9", "Friday 27 Nov 09:00"),
        ("fri 14:30", "Friday 27 Nov 14:30"),
        ("friday at 3pm", "Friday 27 Nov 15:00"),
        ("fri 12am", "Friday 27 Nov 00:00"),
        ("wed", "Wednesday 2 Dec 09:30"),
        ("wed 14", "Wednesday 25 Nov 14:00"),
        ("wed 9", "Wednesday 2 Dec 09:00"),
        ("next friday", "Friday 4 Dec 09:30"),
        ("saturday", "Saturday 28 Nov 09:00"),
        ("in 3 days", "Saturday 28 Nov 09:00"),
        ("in 2 days 16:00", "Friday 27 Nov 16:00"),
        ("3d", "Saturday 28 Nov 09:00"),
        ("2h", "Wednesday 25 Nov 14:00"),
        ("in an hour", "Wednesday 25 Nov 13:00"),
        ("90 min", "Wednesday 25 Nov 13:30"),
        ("in 2 weeks", "Wednesday 9 Dec 09:30"),
        ("in 1 month", "Friday 25 Dec 09:00"),
        ("next week", "Monday 30 Nov 09:30"),
        ("next month", "Tuesday 1 Dec 09:30"),
        ("next window", "Wednesday 25 Nov 17:00"),
        ("2026-12-01", "Tuesday 1 Dec 09:30"),
        ("2026-12-01 10:00", "Tuesday 1 Dec 10:00"),
        ("1 dec", "Tuesday 1 Dec 09:30"),
        ("dec 1 10:00", "Tuesday 1 Dec 10:00"),
        ("December 1st", "Tuesday 1 Dec 09:30"),
        ("24 dec", "Thursday 24 Dec 09:00"),
        ("1 jan", "Friday 1 Jan 2027 09:00"),
        ("nov 3", "Wednesday 3 Nov 2027 09:30"),
        ("29 feb", "Tuesday 29 Feb 2028 09:30"),
        ("2026-11-26T10:00:00Z", "Thursday 26 Nov 11:00"),
        ("2026-11-26T10:00:00+05:30", "Thursday 26 Nov 05:30"),
        ("2026-11-26T10:00", "Thursday 26 Nov 10:00"),
        ("17:00", "Wednesday 25 Nov 17:00"),
        ("5pm", "Wednesday 25 Nov 17:00"),
        ("8:15", "Thursday 26 Nov 08:15"),
        ("noon", "Thursday 26 Nov 12:00"),
        ("morgen", "Thursday 26 Nov 09:30"),
        ("morgen früh", "Thursday 26 Nov 09:30"),
        ("übermorgen um 9", "Friday 27 Nov 09:00"),
        ("montag 14 uhr", "Monday 30 Nov 14:00"),
        ("in 3 tagen", "Saturday 28 Nov 09:00"),
        ("nächste woche", "Monday 30 Nov 09:30"),
        ("nächstes fenster", "Wednesday 25 Nov 17:00"),
        ("heute abend", "Wednesday 25 Nov 17:00"),
        ("1. dezember", "Tuesday 1 Dec 09:30"),
        ("1.12.", "Tuesday 1 Dec 09:30"),
        ("1.12.2026 9:00", "Tuesday 1 Dec 09:00"),
    ],
)
def test_a_phrase_is_understood_and_said_back(text: str, words: str) -> None:
    assert understood(text) == words


@pytest.mark.parametrize(
    "text",
    [
        "",
        "whenever",
        "yesterday",
        "9",
        "a",
        "12/01",
        "31 nov",
        "fri 25",
        "fri 14:75",
        "fri 13pm",
        "monday maybe",
        "2h later",
        "2026-11-01",
        "today 9",
        "2026-11-25T10:59:59Z",
        "0 min",
        "in 0 days",
        "in 9999 months",
        "in 99999999 days",
        "0001-01-01T00:00:00Z",
        "0001-01-01T00:00:00+23:00",
        "9999-12-31T23:59:59-23:00",
        "9999-12-31",
        "2026-13-01",
        "feb 29 2027",
        "٩٩:٩٩",
        "²d",
        "monday" + " " * 500 + "x",
        "9" * 10_000,
    ],
)
def test_the_past_and_the_unknown_are_refused_with_three_examples(text: str) -> None:
    with pytest.raises(BadInput) as caught:
        parse_when(text, NOW, BERLIN, HOURS)
    assert '"tomorrow", "fri 14:30" or "in 3 days"' in str(caught.value)
    assert len(str(caught.value)) < 200


def test_a_refusal_shows_no_control_characters() -> None:
    with pytest.raises(BadInput) as caught:
        parse_when("mon\x1b[31mday\x00", NOW, BERLIN, HOURS)
    assert str(caught.value).isprintable()


@pytest.mark.parametrize(
    "text", ["if no answer by monday", "if no reply until monday", "wenn keine Antwort bis montag"]
)
def test_a_snooze_may_depend_on_the_customers_silence(text: str) -> None:
    when = parse_when(text, NOW, BERLIN, HOURS)
    assert (when.words, when.if_no_answer) == ("Monday 30 Nov 09:30", True)
    assert not parse_when("monday", NOW, BERLIN, HOURS).if_no_answer


def test_the_moment_is_utc_and_an_hour_in_a_jump_falls_on_the_jump() -> None:
    assert parse_when("tomorrow", NOW, BERLIN, HOURS).at == datetime(
        2026, 11, 26, 8, 30, tzinfo=UTC
    )
    jump = parse_when("2027-03-28 02:30", NOW, BERLIN, HOURS)
    assert jump.at == datetime(2027, 3, 28, 1, tzinfo=UTC)
    assert jump.words == "Sunday 28 Mar 2027 03:00"


def test_without_windows_a_day_begins_at_nine_and_the_evening_at_eight() -> None:
    never = parse_hours("Europe/Berlin", [], [])
    assert parse_when("tomorrow", NOW, BERLIN, never).words == "Thursday 26 Nov 09:00"
    assert parse_when("tonight", NOW, BERLIN, never).words == "Wednesday 25 Nov 20:00"
    with pytest.raises(BadInput, match="No window is ahead"):
        parse_when("next window", NOW, BERLIN, never)
    with pytest.raises(BadInput, match="I don't know"):
        parse_when("today", NOW, BERLIN, never)


WORDS = (
    "in",
    "next",
    "at",
    "if",
    "no",
    "answer",
    "by",
    "um",
    "0",
    "1",
    "9",
    "25",
    "99",
    "9999",
    "12:30",
    "24:00",
    "5pm",
    "pm",
    "mon",
    "fri",
    "monday",
    "montag",
    "tomorrow",
    "tonight",
    "today",
    "morgen",
    "dec",
    "31",
    "may",
    "feb",
    "29",
    "2026",
    "2027-02-29",
    "9999-12-31",
    "day",
    "days",
    "h",
    "min",
    "weeks",
    "month",
    "window",
    "week",
    "noon",
    "morning",
    ".",
    ",",
    ":",
    "-",
    "1.",
    "12.",
    "t",
    "z",
    "+05:30",
    "T10:00Z",
)


@settings(max_examples=300, deadline=None, derandomize=True, database=None)
@given(
    st.one_of(
        st.text(max_size=60),
        st.lists(st.sampled_from(WORDS), max_size=6).map(" ".join),
        st.lists(st.sampled_from(WORDS), max_size=6).map("".join),
    )
)
def test_any_text_is_a_moment_ahead_or_a_kind_refusal(text: str) -> None:
    try:
        when = parse_when(text, NOW, BERLIN, HOURS)
    except BadInput:
        return
    assert when.at > NOW
    assert when.at.tzinfo is UTC
    assert when.words
