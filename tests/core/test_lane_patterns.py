"""A founder's phrases are read word by word and matched in linear time."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from founder_inbox.core.lanes.patterns import build_index, find, fold, parse_phrase, tokenize


def matches(phrase: str, text: str) -> bool:
    return bool(find(tokenize(text), build_index([parse_phrase(phrase, 0)])))


@pytest.mark.parametrize(
    ("phrase", "text", "found"),
    [
        ("charged twice", "I was CHARGED twice!", True),
        ("charged twice", "charged me twice", False),
        ("charged me? twice", "charged me twice", True),
        ("charged me? twice", "charged twice", True),
        ("charged ... twice", "charged my old card twice", True),
        ("charged ... twice", "charged one two three four five twice", False),
        ("charged ... twice", "I was charged. Try it twice", False),
        ("refund*", "refunded", True),
        ("refund*", "prefund", False),
        ("*fehler", "Ladefehler", True),
        ("can't|cannot open", "I can’t open it", True),
        ("can't open", "cant open", True),
        ("problème", "probleme", True),
        ("l'app plante", "l’app plante", True),
        ("strasse", "Straße", True),
        ("^add", "Please help. Add tags", True),
        ("^add", "I would add tags", False),
        ("👍", "super 👍", True),
    ],
)
def test_a_phrase_is_found_where_a_person_would_see_it(phrase: str, text: str, found: bool) -> None:
    assert matches(phrase, text) is found


@pytest.mark.parametrize(
    "phrase",
    [
        "",
        "...",
        "^",
        "a*",
        "ab*",
        "... twice",
        "charged ...",
        "me? twice",
        "a b c d e f g h i j k l m",
        "one ... two ... three ... four",
        "in*side",
        "sign-in|login",
        ",,",
    ],
)
def test_a_phrase_that_cannot_work_is_refused(phrase: str) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        parse_phrase(phrase, 0)


def test_many_gaps_and_repeated_words_stay_linear() -> None:
    index = build_index([parse_phrase("a ... a ... b", 0), parse_phrase("a a? a? a? b", 0)])
    tokens = ["a"] * 20_000
    began = time.perf_counter()
    assert find(tokens, index) == []
    assert time.perf_counter() - began < 2


@given(st.text(max_size=500))
def test_any_text_can_be_folded_and_split(text: str) -> None:
    assert fold(fold(text)) == fold(text) or text
    assert all(tokenize(text))
