"""A calendar file of holidays, read into days off."""

from datetime import date

import pytest

from founder_inbox.core.hours.holidays import read_holidays
from founder_inbox.core.hours.hours_text import DaysOff
from founder_inbox.errors import BadInput

TODAY = date(2026, 11, 23)


def calendar(*events: str) -> str:
    body = "".join(f"BEGIN:VEVENT\r\n{event}\r\nEND:VEVENT\r\n" for event in events)
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{body}END:VCALENDAR\r\n"


@pytest.mark.parametrize(
    ("event", "days"),
    [
        ("DTSTART;VALUE=DATE:20261225", [("2026-12-25", "2026-12-25")]),
        (
            "DTSTART;VALUE=DATE:20261224\r\nDTEND;VALUE=DATE:20261227",
            [("2026-12-24", "2026-12-26")],
        ),
        ("DTSTART;VALUE=DATE:20261224\r\nDURATION:P2D", [("2026-12-24", "2026-12-25")]),
        ("DTSTART;VALUE=DATE:202612\r\n 24\r\nSUMMARY:Eve", [("2026-12-24", "2026-12-24")]),
        ("STATUS:CANCELLED\r\nDTSTART;VALUE=DATE:20261225", []),
        ("DTSTART:20261225T100000Z\r\nDTEND:20261225T110000Z", []),
        ("DTSTART;VALUE=DATE:19990101", []),
        (
            "DTSTART;VALUE=DATE:20201225\r\nRRULE:FREQ=YEARLY;UNTIL=20271231T000000Z",
            [("2024-12-25",) * 2, ("2025-12-25",) * 2, ("2026-12-25",) * 2, ("2027-12-25",) * 2],
        ),
    ],
)
def test_whole_days_are_read_and_the_rest_is_left_out(
    event: str, days: list[tuple[str, str]]
) -> None:
    wanted = [DaysOff(date.fromisoformat(a), date.fromisoformat(b)) for a, b in days]
    assert list(read_holidays(calendar(event), TODAY)) == wanted


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "line 1: this is no calendar"),
        ("hello", "line 1: this is no calendar"),
        (calendar("DTSTART;VALUE=DATE:2026-12-24"), "line 4: '2026-12-24' is not a day"),
        (calendar("no field"), "line 4: 'no field' is not understood"),
        (calendar("DTSTART;VALUE=DATE:20261224\r\nRRULE:FREQ=DAILY"), "line 5: only yearly"),
        (calendar("DTSTART;VALUE=DATE:20261224\r\nRRULE:FREQ=YEARLY;X=1"), "line 5: "),
        (calendar("DTSTART;VALUE=DATE:20261224\r\nDTEND;VALUE=DATE:20261220"), "line 5: "),
        ("BEGIN:VCALENDAR\nBEGIN:VEVENT\n", "the file ends inside VEVENT"),
        ("BEGIN:VCALENDAR\n" + "x" * 2_000_001, "larger than 2 MB"),
    ],
)
def test_a_broken_file_is_named_by_its_line(text: str, said: str) -> None:
    with pytest.raises(BadInput, match=said):
        read_holidays(text, TODAY)
