"""What is known of a customer: only what is said somewhere, and nothing guessed."""

from datetime import UTC, datetime, timedelta

import pytest

from founder_inbox.core.tickets.customers import (
    Note,
    Rough,
    company_of,
    customer_notes,
    last_notes,
    last_rough,
    noted_with,
    their_time,
    zone_told,
)
from founder_inbox.core.tickets.journal import Event, EventKind, Json

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


def noted(number: int, address: str, text: str) -> Event:
    data: dict[str, Json] = {"address": address, "text": text}
    at = NOW + timedelta(minutes=number)
    return Event(f"{number:04}", at, "Ana", None, EventKind.CUSTOMER_NOTE, data)


def test_the_latest_note_about_a_customer_counts_in_whatever_order_lines_come() -> None:
    events = [
        noted(2, "ANA@ruiz.test", "has two shops"),
        noted(1, "ana@ruiz.test", "has a shop"),
        noted(3, "tom@bees.test", "likes short answers"),
        noted(4, "tom@bees.test", "  "),
    ]
    found = customer_notes(reversed(events))

    assert found == customer_notes(events)
    assert {address: note.text for address, note in found.items()} == {
        "ana@ruiz.test": "has two shops"
    }


def test_an_undone_note_brings_back_the_one_before() -> None:
    undone = Event("0009", NOW, "Ana", None, EventKind.UNDONE, {"events": ["0002"]})
    events = [noted(1, "a@b.test", "first"), noted(2, "a@b.test", "second"), undone]

    assert customer_notes(events)["a@b.test"].text == "first"


def test_a_note_of_another_version_says_nothing() -> None:
    odd = Event("0001", NOW, "Ana", None, EventKind.CUSTOMER_NOTE, {"address": 7, "text": None})

    assert customer_notes([odd]) == {}


def test_people_are_found_by_words_of_their_note_as_the_index_sees_words() -> None:
    notes = customer_notes([noted(1, "a@b.test", "Runs a Café; prefers the telephone")])

    assert noted_with(notes, "cafe prefers") == ["a@b.test"]
    assert noted_with(notes, "tele") == ["a@b.test"]
    assert noted_with(notes, "phone") == []
    assert noted_with(notes, "!!") == []
