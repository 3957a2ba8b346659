"""Saved searches from the journal's lines."""

import itertools

import pytest

from founder_inbox.core.tickets.journal import Event, EventKind, Json
from founder_inbox.core.tickets.saved_searches import SavedSearch, name_of, saved
from founder_inbox.errors import BadInput
from tests.tui.company import MONDAY


def line(number: int, kind: EventKind, **data: Json) -> Event:
    return Event(f"{number:04}", MONDAY, "Ana", None, kind, data)


SAVE, FORGET, UNDO = EventKind.SEARCH_SAVED, EventKind.SEARCH_FORGOTTEN, EventKind.UNDONE


def test_of_two_with_one_name_the_later_counts_whatever_the_order_they_arrive_in() -> None:
    lines = [
        line(1, SAVE, name="Refunds", query="refund"),
        line(2, SAVE, name="refunds", query="tag:refund"),
        line(3, SAVE, name="Angry", query="angry"),
        line(4, FORGET, name="angry"),
    ]

    for order in itertools.permutations(lines):
        assert saved(order) == (SavedSearch("refunds", "tag:refund"),)


def test_what_was_undone_does_not_count() -> None:
    lines = [line(1, SAVE, name="a", query="x"), line(2, FORGET, name="a")]

    assert saved([*lines, line(3, UNDO, events=["0002"])]) == (SavedSearch("a", "x"),)
    assert saved([lines[0], line(3, UNDO, events=["0001"])]) == ()


@pytest.mark.parametrize("text", ["", "  ", "\x1b[31m"])
def test_a_search_needs_a_name(text: str) -> None:
    with pytest.raises(BadInput, match="needs a name"):
        name_of(text)
