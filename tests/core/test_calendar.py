"""The exported calendar, expanded as a calendar does it, says what the door does."""

import re
from datetime import UTC, datetime, timedelta
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
from dateutil import tz
from dateutil.rrule import rrulestr

from founder_inbox.core.hours.calendar import EXACT_FOR, write_calendar
from founder_inbox.core.hours.schedule import Window, parse_hours, windows_between

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)  # a Wednesday
BEGIN = datetime(2026, 11, 24, tzinfo=UTC)
CASES = [
    ("Europe/Berlin", ["mon-fri 09:00-10:00", "mon-fri 17:00-18:00"], ["2026-12-24..2027-01-02"]),
    ("Europe/Berlin", ["sat,sun 02:30-03:30", "sun 01:30-02:30"], []),
    ("America/New_York", ["daily 22:00-02:30"], ["2027-03-14", "2027-07-05"]),
    ("Australia/Lord_Howe", ["daily 01:45-02:15"], []),
    ("Asia/Kolkata", ["mon 00:00-24:00", "tue 00:00-12:00"], []),
    ("Pacific/Auckland", ["mon-fri 09:00-11:00", "wed 10:00-12:00"], ["2027-01-13"]),
    ("UTC", ["sun 23:00-01:00"], []),
    ("Europe/Dublin", ["daily 00:30-01:30"], []),
]


def unfolded(text: str) -> list[str]:
    return text.replace("\r\n ", "").split("\r\n")


def events(text: str) -> list[list[str]]:
    return [
        block.split("\n")
        for block in re.findall(
            r"BEGIN:VEVENT\n(.*?)\nEND:VEVENT", "\n".join(unfolded(text)), re.DOTALL
        )
    ]


def expanded(text: str, until: datetime) -> set[Window]:
    """Every occurrence up to `until`, by dateutil's RRULE and the file's own VTIMEZONE."""
    zones = tz.tzical(StringIO("\n".join(unfolded(text))))
    found: set[Window] = set()
    for event in events(text):
        fields = dict(line.split(":", 1) for line in event if not line.startswith("EXDATE"))
        start, end = (
            next((k, v) for k, v in fields.items() if k.startswith(name))
            for name in ("DTSTART", "DTEND")
        )
        if start[1].endswith("Z"):
            found.add(Window(*(_utc(value) for _, value in (start, end))))
            continue
        zone = zones.get(start[0].partition("TZID=")[2])
        first, last = (datetime.fromisoformat(value) for _, value in (start, end))
        length = last.replace(tzinfo=zone).astimezone(UTC) - first.replace(tzinfo=zone).astimezone(
            UTC
        )
        left_out = {line.rpartition(":")[2] for line in event if line.startswith("EXDATE")}
        for wall in rrulestr(fields["RRULE"], dtstart=first):
            if wall > until.replace(tzinfo=None) + timedelta(days=1):
                break
            if f"{wall:%Y%m%dT%H%M%S}" not in left_out:
                at = tz.resolve_imaginary(wall.replace(tzinfo=zone)).astimezone(UTC)
                found.add(Window(at, at + length))
    return {window for window in found if BEGIN <= window.start < until}


def _utc(value: str) -> datetime:
    return datetime.strptime(value, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)


@pytest.mark.parametrize(("zone", "windows", "off"), CASES)
def test_two_years_expand_to_the_windows_of_the_door(
    zone: str, windows: list[str], off: list[str]
) -> None:
    hours = parse_hours(zone, windows, off)
    until = NOW + EXACT_FOR - timedelta(days=2)
    ours = {w for w in windows_between(hours, BEGIN, until) if BEGIN <= w.start < until}

    assert expanded(write_calendar(hours, NOW, "acme.test"), until) == ours
    assert len(ours) > 90


@pytest.mark.parametrize("zone", [zone for zone, _, _ in CASES])
def test_the_zone_in_the_file_agrees_with_the_clocks_for_ten_years(zone: str) -> None:
    text = write_calendar(parse_hours(zone, ["mon 09:00-10:00"], []), NOW, "acme.test")
    written = tz.tzical(StringIO("\n".join(unfolded(text)))).get(zone)
    for days in range(3_600):
        wall = datetime.fromisoformat("2026-11-25T12:00") + timedelta(days=days)
        assert wall.replace(tzinfo=written).utcoffset() == (
            wall.replace(tzinfo=ZoneInfo(zone)).utcoffset()
        ), wall


def test_the_file_has_the_form_that_calendars_ask_for() -> None:
    hours = parse_hours("America/Argentina/Buenos_Aires", ["mon-fri 09:00-10:00"], [])
    text = write_calendar(hours, NOW, "a-very-long-domain-name-indeed.xn--mnchen-3ya.example.test")

    assert "\n" not in text.replace("\r\n", "")
    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75
    assert "\r\n " in text
    assert "DTSTAMP:20261125T120000Z" in text
    assert "RRULE:FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR" in text


def test_the_same_hours_have_the_same_uids_at_the_next_export() -> None:
    hours = parse_hours("Europe/Berlin", ["mon-fri 09:00-10:00", "sat 10:00-12:00"], [])
    uids = [
        re.findall(r"UID:(\S+)", write_calendar(hours, at, "acme.test"))
        for at in (NOW, NOW + timedelta(days=40))
    ]
    assert uids[0] == uids[1]
    assert len(set(uids[0])) == 2


def test_hours_without_a_window_are_an_empty_calendar() -> None:
    assert events(write_calendar(parse_hours("UTC", [], []), NOW, "acme.test")) == []
