"""A break in words is a last day, and a first one where it is named."""

from datetime import UTC, date, datetime

import pytest

from founder_inbox.core.hours.days_off_words import parse_break
from founder_inbox.core.hours.schedule import parse_hours
from founder_inbox.errors import BadInput

NOW = datetime(2026, 11, 24, 10, tzinfo=UTC)  # a Tuesday
HOURS = parse_hours("Europe/Berlin", ["mon-fri 09:00-10:00"], [])


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("until friday", None, date(2026, 11, 27)),
        ("friday", None, date(2026, 11, 27)),
        ("UNTIL  in 2 weeks", None, date(2026, 12, 8)),
        ("until 2026-12-01", None, date(2026, 12, 1)),
        ("until today", None, date(2026, 11, 24)),
        ("bis", None, None),
        ("until 1 dec", None, date(2026, 12, 1)),
        ("from 24 dec until 2 jan", date(2026, 12, 24), date(2027, 1, 2)),
        ("from tomorrow to in 2 weeks", date(2026, 11, 25), date(2026, 12, 8)),
        ("until 2026-11-01", None, date(2026, 11, 1)),
        ("from friday", None, None),
        ("until if no answer by monday", None, None),
        ("until whenever", None, None),
        ("", None, None),
        ("x" * 5000, None, None),
    ],
)
def test_the_words_of_a_break(text: str, first: date | None, last: date | None) -> None:
    if last is None:
        with pytest.raises(BadInput):
            parse_break(text, NOW, HOURS)
    else:
        asked = parse_break(text, NOW, HOURS)
        assert (asked.first, asked.last) == (first, last)


@pytest.mark.parametrize(
    ("text", "auto_reply"),
    [
        ("friday", None),
        ("friday with reply", True),
        ("until friday, with one automatic reply", True),
        ("friday and auto-reply", True),
        ("from today until friday without replies", False),
        ("FRIDAY NO REPLY", False),
    ],
)
def test_a_break_can_say_whether_senders_get_a_reply(text: str, auto_reply: bool | None) -> None:
    asked = parse_break(text, NOW, HOURS)
    assert (asked.last, asked.auto_reply) == (date(2026, 11, 27), auto_reply)
