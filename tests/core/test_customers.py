"""What is known of a customer: only what is said somewhere, and nothing guessed."""

from datetime import UTC, datetime, timedelta

import pytest

from founder_inbox.core.tickets.customers import (
    Note,
    Rough,
    company_of,
    last_notes,
    last_rough,
    their_time,
    zone_told,
)

NOW = datetime(2026, 11, 23, 9, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("address", "company"),
    [
        ("ana@ruiz-studio.pt", "ruiz-studio.pt"),
        ("ANA@Ruiz-Studio.PT", "ruiz-studio.pt"),
        ("ana@gmail.com", ""),
        ("ana@yahoo.co.uk", ""),
        ("ana@hotmail.fr", ""),
        ("ana@localhost", ""),
        ("", ""),
    ],
)
def test_a_company_is_a_domain_that_not_everybody_can_have(address: str, company: str) -> None:
    assert company_of(address) == company


def test_their_clock_is_told_by_the_zone_they_wrote_in() -> None:
    zone = zone_told(9 * 3600)

    assert zone is not None
    assert their_time(zone, NOW) == "18:10 where they wrote (UTC+09:00)"


@pytest.mark.parametrize("offset", [None, 0, 15 * 3600, -(10**9)])
def test_no_zone_is_made_up(offset: int | None) -> None:
    assert zone_told(offset) is None


def test_the_latest_rough_ticket_of_two_weeks_counts() -> None:
    days = [1, 5, 15, -1]
    found = [Rough(NOW - timedelta(days=d), f"{d}") for d in days]

    latest = last_rough(found, NOW)
    assert latest is not None
    assert latest.why == "1"
    assert last_rough(found[2:], NOW) is None


def test_three_notes_are_shown_the_newest_first() -> None:
    found = [Note(NOW + timedelta(days=d), f"{d}") for d in range(5)]

    assert [note.text for note in last_notes(found)] == ["4", "3", "2"]
