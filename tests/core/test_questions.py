"""Whether two mails ask the same: precise, and never the opposite."""

from itertools import permutations

import pytest

from founder_inbox.core.knowledge.questions import (
    asking_sentences,
    asks_the_same,
    index_words,
    most_alike,
    read_question,
)
from founder_inbox.core.knowledge.terms import terms
from tests.core.asked_cases import GROUPS, LATER


def _best(cases: dict[str, tuple[tuple[str, str], ...]]) -> tuple[int, int, int]:
    """Offer each mail the likeliest other one: how often right, wrong, nothing."""
    asked = [(name, read_question(*mail).terms) for name, mails in cases.items() for mail in mails]
    right = wrong = nothing = 0
    for at, (name, mine) in enumerate(asked):
        others = [(asks_the_same(mine, o), n) for i, (n, o) in enumerate(asked) if i != at]
        score, found = max(others)
        nothing += score == 0
        right += score > 0 and found == name
        wrong += score > 0 and found != name
    return right, wrong, nothing


@pytest.mark.parametrize(("cases", "least"), [(GROUPS, 0.9), (LATER, 0.5)])
def test_what_is_offered_is_never_wrong_and_often_there(
    cases: dict[str, tuple[tuple[str, str], ...]], least: float
) -> None:
    right, wrong, nothing = _best(cases)
    assert wrong == 0
    assert right / (right + nothing) >= least


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("How do I turn on dark mode?", "How do I turn dark mode off?"),
        ("How do I export my list as CSV?", "How do I export my list as PDF?"),
        ("How can I cancel my subscription?", "How can I upgrade my subscription?"),
        ("How do I add a user to my account?", "How do I delete a user of my account?"),
        ("How do I change my email address?", "How do I change my email password?"),
        ("Where is my invoice?", "Where is my refund?"),
    ],
)
def test_the_same_words_for_something_else_are_no_hit(one: str, other: str) -> None:
    mine, theirs = read_question("", one).terms, read_question("", other).terms
    assert asks_the_same(mine, theirs) == asks_the_same(theirs, mine) == 0


def test_likeness_does_not_depend_on_who_asked_first() -> None:
    mails = [read_question(*mail).terms for group in GROUPS.values() for mail in group][:30]
    assert all(asks_the_same(a, b) == asks_the_same(b, a) for a, b in permutations(mails, 2))


def test_only_what_is_asked_counts_and_what_it_is_about() -> None:
    text = (
        "Hi Ana,\n\nlovely weather here. We sell honey in Porto.\n"
        "I need my subscribers as CSV. How do I export it?\nCan you help?\nRosa"
    )
    assert asking_sentences(text) == [
        "I need my subscribers as CSV.",
        "How do I export it?",
    ]


def test_a_sentence_that_a_mail_program_broke_is_one_sentence() -> None:
    text = (
        "Hola Ana,\n\nescribo de noche y la página blanca me deja ciega: ¿podéis poner un modo\n"
        "oscuro al editor?"
    )
    [asked] = asking_sentences(text)
    assert asked.endswith("poner un modo oscuro al editor?")


def test_one_shared_word_is_never_enough() -> None:
    assert asks_the_same(frozenset({"sso"}), frozenset({"sso"})) == 0


def test_german_and_english_share_terms_where_a_product_is_spoken_of() -> None:
    assert set(terms("Wie kündige ich mein Abo?")) == set(terms("How do I cancel my plan?"))


@pytest.mark.parametrize(
    "text", ["", "?", "\0\0", "a" * 10_000, "?" * 5_000, "so " * 5_000, "田中" * 99]
)
def test_nothing_raises_on_any_text(text: str) -> None:
    question = read_question(text, text)
    assert len(question.words) < 5_000
    assert all(word.isalnum() for words in index_words(text, question).values() for word in words)


def test_suggestions_are_the_most_alike_first_and_few() -> None:
    known = [(frozenset(terms(words)), words) for words in ("dark mode", "dark green", "an api")]
    assert most_alike(frozenset(terms("a dark mode please")), known) == ["dark mode", "dark green"]
