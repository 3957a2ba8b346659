"""Invitations are shown in the reader's own time beside the one they name."""

from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from founder_inbox.core.mime.event_times import in_your_time
from founder_inbox.core.mime.windows_zones import WINDOWS_ZONES

_BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    ("when", "own"),
    [
        ("2026-11-03 14:00–14:30 UTC", "15:00–15:30"),
        ("2026-07-03 14:00 UTC", "16:00"),
        ("2026-11-03 14:00 Europe/Lisbon", "15:00"),
        ("2026-11-03 14:00 Pacific Standard Time", "23:00"),
        ("2026-11-03 18:00–19:00 America/Los_Angeles", "2026-11-04 03:00–04:00"),
        ("2026-11-03 21:30–23:30 UTC", "22:30–00:30"),
        (
            "2026-11-03 22:00 to 2026-11-05 01:00 UTC",
            "23:00 to 2026-11-05 02:00",
        ),
    ],
)
def test_the_own_time_stands_behind_the_one_that_was_named(when: str, own: str) -> None:
    for tail in ("", " · Room 1 · from Ana"):
        line = f"[Invitation: Call · {when}{tail}]"
        said = f"[Invitation: Call · {when} ({own} your time){tail}]"
        assert in_your_time(f"Hi\n\n{line}\n", _BERLIN) == f"Hi\n\n{said}\n"


@pytest.mark.parametrize(
    "line",
    [
        "[Invitation: Call · 2026-11-03 14:00 Europe/Berlin]",
        "[Invitation: Call · 2026-11-03 14:00 W. Europe Standard Time]",
        "[Invitation: Call · 2026-11-03 14:00 Mars/Olympus]",
        "[Invitation: Call · 2026-11-03 14:00 ../../etc/passwd]",
        "[Invitation: Call · 2026-11-03 14:00]",
        "[Invitation: Call · 2026-11-03, all day]",
        "[Invitation: Call · 2026-13-43 14:00 UTC]",
        "[Invitation: Call · 9999-12-31 23:59 UTC]",
        "[Invitation]",
        "See you on · 2026-11-03 14:00 UTC",
    ],
)
def test_where_the_clocks_agree_or_nobody_knows_nothing_is_added(line: str) -> None:
    assert in_your_time(line, _BERLIN) == line


def test_every_zone_of_windows_is_one_we_know() -> None:
    assert all(ZoneInfo(name) for name in WINDOWS_ZONES.values())


@given(st.text(alphabet="[]Invitation: ·2026-103T4–UC/\n", max_size=200))
def test_no_text_makes_it_raise(text: str) -> None:
    for source in (text, f"[Event: {text}]", f"[Event: a · 2026-11-03 14:00 {text}]"):
        assert in_your_time(source, _BERLIN)[:1] == source[:1]
