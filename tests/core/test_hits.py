"""Where a search's words stand in a text: as the index finds them, so they are marked."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from founder_inbox.core.tickets.hits import (
    NOTHING,
    by_line,
    find_hits,
    snippet,
    wanted_by,
    wanted_words,
)
from founder_inbox.core.tickets.query import parse_query

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def marked(query: str, text: str) -> list[str]:
    wanted = wanted_by(parse_query(query, NOW))
    return [text[start:end] for start, end in find_hits(wanted.text, text)]


@pytest.mark.parametrize(
    ("query", "text", "hits"),
    [
        ("export", "The Export, re-export and unexported", ["Export", "export"]),
        ("exp", "export", ["exp"]),
        ("naive", "a naïve idea", ["naïve"]),
        ("naïve", "a naive idea", ["naive"]),
        ("jose", "Jose\u0301 wrote", ["Jose\u0301"]),
        ('"charged twice"', "was charged\ntwice in May; twice charged", ["charged\ntwice"]),
        ("export_csv", "see export-csv now", ["export-csv"]),
        ("c++", "in C++ code", ["C", "c"]),
        ("-refund export", "refund the export", ["export"]),
        ("from:ana", "ana", []),
        ("is:open", "open", []),
        ("!!!", "what!!!", []),
        ("привет", "Привет, мир", ["Привет"]),
        ("東京", "東京です", ["東京"]),
        ("", "anything", []),
    ],
)
def test_a_query_s_words_are_found_as_the_index_finds_them(
    query: str, text: str, hits: list[str]
) -> None:
    assert marked(query, text) == hits


def test_a_place_s_words_are_marked_in_that_place_alone() -> None:
    wanted = wanted_by(parse_query("from:ana subject:invoice twice", NOW))

    assert find_hits(wanted.sender, "Ana twice invoice") == [(0, 3), (4, 9)]
    assert find_hits(wanted.subject, "Ana twice invoice") == [(4, 9), (10, 17)]
    assert find_hits(wanted.text, "Ana twice invoice") == [(4, 9)]


def test_nothing_wanted_marks_nothing() -> None:
    assert find_hits(NOTHING.text, "words") == []
    assert snippet(NOTHING.text, "words") is None
    assert not wanted_words(" ?! ").marks_text


def test_a_snippet_begins_a_few_words_before_the_hit() -> None:
    text = "Hello,\n\nI have been a customer for two years and was charged twice in November."
    pattern = wanted_words("charged").text

    assert snippet(pattern, text) == "…for two years and was charged twice in November."
    assert snippet(pattern, "charged\n\n twice") == "charged twice"
    assert snippet(pattern, "nothing") is None


def test_a_hit_over_the_end_of_a_line_is_in_both() -> None:
    lines = ["was charged", "twice", "", "charged twice"]
    spans = find_hits(wanted_words("charged twice").text, "\n".join(lines))

    assert by_line(lines, spans) == {0: [(4, 11)], 1: [(0, 5)], 3: [(0, 13)]}


@given(st.text(max_size=300), st.text(min_size=1, max_size=20))
def test_any_text_and_any_words_give_places_in_the_text(text: str, words: str) -> None:
    spans = find_hits(wanted_words(words).text, text)

    assert all(0 <= start < end <= len(text) for start, end in spans)
    lines = text.split("\n")
    for number, pieces in by_line(lines, spans).items():
        assert all(0 <= a < b <= len(lines[number]) for a, b in pieces)


def test_a_long_text_full_of_hits_ends_soon() -> None:
    assert len(find_hits(wanted_words("a").text, "a " * 1_000_000)) == 2_000
    assert find_hits(wanted_words("a b").text, "a" + " " * 400_000 + "b") == []
