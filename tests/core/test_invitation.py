"""A calendar invitation is told in one line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from founder_inbox.core.mime.invitation import invitation_line


def calendar(*event: str, method: str = "REQUEST") -> str:
    lines = [
        "BEGIN:VCALENDAR", f"METHOD:{method}", "BEGIN:VTIMEZONE", "BEGIN:STANDARD",
        "DTSTART:19701025T030000", "END:STANDARD", "END:VTIMEZONE", "BEGIN:VEVENT", *event,
        "BEGIN:VALARM", "DESCRIPTION:Alarm", "SUMMARY:Alarm", "END:VALARM", "END:VEVENT",
        "END:VCALENDAR",
    ]  # fmt: skip
    return "\r\n".join(lines)


CALL = "SUMMARY:Call about the export"


@pytest.mark.parametrize(
    ("event", "line"),
    [
        ((CALL, "DTSTART:20261103T140000Z", "DTEND:20261103T143000Z", "LOCATION:Room 1\\, Lisbon"),
         "[Invitation: Call about the export · 2026-11-03 14:00–14:30 UTC · Room 1, Lisbon]"),
        ((CALL, "DTSTART;TZID=Europe/Lisbon:20261103T140000"),
         "[Invitation: Call about the export · 2026-11-03 14:00 Europe/Lisbon]"),
        ((CALL, 'DTSTART;TZID="W. Europe: Berlin":20261103T140000'),
         "[Invitation: Call about the export · 2026-11-03 14:00 W. Europe: Berlin]"),
        ((CALL, "DTSTART;VALUE=DATE:20261103", "DTEND;VALUE=DATE:20261104"),
         "[Invitation: Call about the export · 2026-11-03, all day]"),
        ((CALL, "DTSTART;VALUE=DATE:20261103", "DTEND;VALUE=DATE:20261106"),
         "[Invitation: Call about the export · 2026-11-03 to 2026-11-05, all day]"),
        ((CALL, "DTSTART:20261103T220000Z", "DTEND:20261104T010000Z"),
         "[Invitation: Call about the export · 2026-11-03 22:00 to 2026-11-04 01:00 UTC]"),
        ((CALL, "DTSTART:20261103T140000Z", "RRULE:FREQ=WEEKLY;BYDAY=TU"),
         "[Invitation: Call about the export · 2026-11-03 14:00 UTC · every week]"),
        ((CALL, 'ORGANIZER;CN="Ruiz, Ana":mailto:ana@ruiz.test'),
         "[Invitation: Call about the export · from Ruiz, Ana]"),
        ((CALL, "ORGANIZER:MAILTO:ana@ruiz.test"),
         "[Invitation: Call about the export · from ana@ruiz.test]"),
        (("SUMMARY:Call about\r\n  the export",), "[Invitation: Call about the export]"),
        ((CALL, "STATUS:CANCELLED"), "[Cancelled event: Call about the export]"),
        ((CALL, "SEQUENCE:2"), "[Updated invitation: Call about the export]"),
        ((CALL, "SEQUENCE:0"), "[Invitation: Call about the export]"),
        ((CALL, "SEQUENCE:2", "STATUS:CANCELLED"), "[Cancelled event: Call about the export]"),
        ((CALL, "DTSTART:soon"), "[Invitation: Call about the export · soon]"),
        ((), "[Invitation]"),
    ],
)  # fmt: skip
def test_what_when_where_and_from_whom(event: tuple[str, ...], line: str) -> None:
    assert invitation_line(calendar(*event)) == line


@pytest.mark.parametrize(
    ("method", "said", "line"),
    [
        ("CANCEL", "", "[Cancelled event: Call about the export]"),
        ("REPLY", "ACCEPTED", "[Answer to an invitation: Tom accepts · Call about the export]"),
        ("REPLY", "DECLINED", "[Answer to an invitation: Tom declines · Call about the export]"),
        ("REPLY", "TENTATIVE", "[Answer to an invitation: Tom may come · Call about the export]"),
        ("COUNTER", "", "[Another time proposed: Call about the export]"),
        ("PUBLISH", "", "[Event: Call about the export]"),
    ],
)
def test_the_method_says_what_it_is(method: str, said: str, line: str) -> None:
    tom = f"ATTENDEE;CN=Tom;PARTSTAT={said}:mailto:tom@x.test"
    assert invitation_line(calendar(CALL, tom, method=method)) == line
    assert invitation_line(calendar(CALL, tom).replace("METHOD:REQUEST", ""), method) == line


@pytest.mark.parametrize("text", ["", "no calendar", "BEGIN:VEVENT", "BEGIN:VEVENT\nSUMMARY"])
def test_a_calendar_that_says_nothing_is_still_an_invitation(text: str) -> None:
    assert invitation_line(text) == "[Invitation]"


@given(st.text(alphabet='BEGIN:VTENDS;="\n\r 0123TZ\\,', max_size=300))
def test_no_calendar_makes_it_raise(text: str) -> None:
    for source in (text, calendar(text), calendar(f"DTSTART{text}", f"DTEND:{text}")):
        assert invitation_line(source).startswith("[")
