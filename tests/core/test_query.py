"""Search in Gmail's words."""

import contextlib
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from founder_inbox.core.tickets.query import Term, parse_query
from founder_inbox.errors import BadInput

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)

CASES = {
    "export": [Term("", "export")],
    "export empty": [Term("", "export"), Term("", "empty")],
    '"charged twice"': [Term("", "charged twice")],
    '"charged twi': [Term("", "charged twi")],
    "-refund": [Term("", "refund", exclude=True)],
    '-"old news"': [Term("", "old news", exclude=True)],
    "from:ana": [Term("from", "ana")],
    "From:ana": [Term("from", "ana")],
    'from:"Ana Ruiz"': [Term("from", "Ana Ruiz")],
    "-from:ana": [Term("from", "ana", exclude=True)],
    "to:help@acme.test": [Term("to", "help@acme.test")],
    'subject:"charged twice"': [Term("subject", "charged twice")],
    "is:OPEN": [Term("is", "open")],
    "is:handed-off": [Term("is", "handed_off")],
    "is:handed_off": [Term("is", "handed_off")],
    "-is:unread": [Term("is", "unread", exclude=True)],
    "lane:urgent": [Term("lane", "urgent")],
    "has:attachment": [Term("has", "attachment")],
    "before:2026/11/01": [Term("before", "2026-11-01")],
    "after:2026-11-01": [Term("after", "2026-11-01")],
    "older_than:3d": [Term("before", "2026-11-19T12:00:00Z")],
    "newer_than:12h": [Term("after", "2026-11-22T00:00:00Z")],
    "older_than:9999y": [Term("before", "0001-01-01T00:00:00Z")],
    "https://x.test/a": [Term("", "https://x.test/a")],
    "ratio 3:1": [Term("", "ratio"), Term("", "3:1")],
    "": [],
    "   ": [],
    '""': [],
    "export is:": [Term("", "export")],
    "From:": [],
    "ratio: 3": [Term("", "ratio:"), Term("", "3")],
}  # fmt: skip


@pytest.mark.parametrize(("text", "terms"), CASES.items(), ids=list(CASES))
def test_words_become_terms(text: str, terms: list[Term]) -> None:
    assert list(parse_query(text, NOW)) == terms


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("is:opne", "open"),
        ("lane:bugs", "urgent"),
        ("has:picture", "attachment"),
        ("before:yesterday", "2026-11-22"),
        ("after:2026-02-31", "2026-11-22"),
        ("older_than:soon", "3d"),
    ],
)
def test_a_word_that_can_not_be_meant_is_refused_with_what_is_allowed(text: str, says: str) -> None:
    with pytest.raises(BadInput, match=says):
        parse_query(text, NOW)


@given(st.text(max_size=80) | st.from_regex(r"-?(from|is|before|older_than|has):\"?.{0,12}"))
def test_any_text_is_read_or_refused_in_words(text: str) -> None:
    with contextlib.suppress(BadInput):
        assert all(term.value for term in parse_query(text, NOW))


def test_a_very_long_text_is_cut() -> None:
    assert len(parse_query("word " * 100_000, NOW)) <= 200
