"""Slips of the finger are told from names, jargon and everything that is no prose."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from founder_inbox.core.tone.spelling import (
    find_misspelled,
    is_foreign,
    known_words,
    likely,
    one_slip,
    parse_suggestions,
    spelled_elsewhere,
    words_to_check,
)


def asked(text: str, *known: str) -> list[str]:
    return [word.text for word in words_to_check(text, known_words(known))]


@pytest.mark.parametrize(
    "text",
    [
        "> teh quoted line",
        "see https://x.test/teh/mesage and www.teh.test",
        "write to teh@mesage.test",
        "run `teh mesage` now",
        "{{ ask.teh: Mesage? }}",
        "API HTTP OAuth iPhone v2 3rd x86_64",
        "teh/mesage/path foo_bar foo.bar",
        "#k7f3q2d @teh",
        "ok no",
    ],
)
def test_what_is_no_prose_is_not_asked_about(text: str) -> None:
    assert not {"teh", "mesage", "Mesage", "OAuth", "iPhone"} & {*asked(text)}


def test_the_customer_s_words_and_names_are_right() -> None:
    assert asked("so wodget fpr jonas", "Lee Whitcombe", "my Wodget", "Jonas") == ["fpr"]


@pytest.mark.parametrize(
    ("text", "language", "words"),
    [
        ("Hi Priya,\nit wroks.\n\nPia Kolb", "en", ["wroks"]),
        ("Hello Priya, it wroks for Noor now. Thnaks for that", "en", ["wroks", "for", "now"]),
        ("Die Rechnugn an Pohl kommt", "de", ["Rechnugn", "kommt"]),
        ("Tomorow it is back", "en", ["Tomorow", "back"]),
    ],
)
def test_names_are_left_out_as_far_as_they_show(text: str, language: str, words: list[str]) -> None:
    found = [word.text for word in words_to_check(text, frozenset(), language)]
    assert [word for word in words if word in found] == words
    assert not {"Priya", "Pia", "Kolb", "Noor", "Pohl"} & {*found}


def test_a_text_in_another_language_is_left_alone() -> None:
    words = words_to_check("das ist leider nicht gut gegangen heute", frozenset())
    assert is_foreign(words, {word.text: () for word in words})
    assert not is_foreign(words, {"leider": ()})


@pytest.mark.parametrize(
    ("here", "there"),
    [
        ("apologise", "apologize"),
        ("organisations", "organizations"),
        ("color", "colour"),
        ("cancelled", "canceled"),
        ("centre", "center"),
        ("license", "licence"),
    ],
)
def test_english_is_written_on_both_sides_of_the_sea(here: str, there: str) -> None:
    assert there in set(spelled_elsewhere(here))
    assert here in set(spelled_elsewhere(there))


@pytest.mark.parametrize(
    ("answer", "found"),
    [
        ("*", None),
        ("+ ward", None),
        ("-", None),
        ("# xyzzy 0", ()),
        ("& teh 3 0: the, eh, tech", ("the", "eh", "tech")),
        ("& odd", ()),
    ],
)
def test_an_answer_of_the_program_is_read(answer: str, found: tuple[str, ...] | None) -> None:
    assert parse_suggestions(answer) == found


@pytest.mark.parametrize(
    ("word", "suggestions", "meant"),
    [
        ("recieve", ["receive"], "receive"),
        ("Recieve", ["receive"], "Receive"),
        ("teh", ["the"], "the"),
        ("tomorow", ["tomorrow"], "tomorrow"),
        ("messagge", ["message"], "message"),
        ("webhook", ["web hook", "webfoot"], ""),
        ("Gmbh", ["GmbH"], ""),
        ("kubernetes", ["cuber nets", "cybernetics"], ""),
        ("dont", ["font", "don't"], "don't"),
        ("zzz", [], ""),
    ],
)
def test_only_one_slip_is_a_misspelling(word: str, suggestions: list[str], meant: str) -> None:
    assert likely(word, suggestions) == meant


@given(st.text("abc", max_size=6), st.text("abc", max_size=6))
def test_a_slip_goes_both_ways(one: str, other: str) -> None:
    assert one_slip(one, other) == one_slip(other, one)
    assert not one_slip(one, one)


@given(st.text(max_size=300))
def test_a_finding_is_where_it_says(text: str) -> None:
    words = words_to_check(text, frozenset())
    judged = {word.text: (word.text + "x",) for word in words}
    for finding in find_misspelled(text, words, judged):
        assert text[finding.start : finding.end] == finding.text
