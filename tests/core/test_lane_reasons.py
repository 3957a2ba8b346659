"""Reasons are short, true, and say what they saw in the words of the mail."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from founder_inbox.core.lanes.patterns import tokenize
from founder_inbox.core.lanes.reasons import (
    MAX_QUOTE,
    is_guess,
    is_telling,
    like_moved,
    mentions,
    quote,
    reads_like,
)
from founder_inbox.core.lanes.rules import parse_rules
from founder_inbox.core.lanes.sorter import classify
from founder_inbox.system.resources import read_lane_rules, read_lane_weights

RULES = parse_rules(read_lane_rules(Path("none")), read_lane_weights())


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("You charged me twice.", "charged twice"),
        ("Man hat mir doppelt abgebucht.", "charged twice"),
        ("Really stuck here.", 'sounds like trouble: "stuck"'),
        ("I\u2019m really stuck", 'sounds like trouble: "stuck"'),
        ("How do I print?", "asks how to do something"),
        ("Please add a dark theme.", "asks for a feature"),
        ("Thanks a lot, it works now!", "says it works now"),
    ],
)
def test_the_reason_is_said_in_plain_words(text: str, reason: str) -> None:
    assert reason in classify("", text, RULES).reasons


def test_a_sure_reason_needs_no_hint_beside_it() -> None:
    reasons = classify("", "It crashes, I am stuck, there is an issue.", RULES).reasons
    assert "it crashes or hangs" in reasons
    assert not any("sounds like trouble" in reason for reason in reasons)


def test_words_are_quoted_as_they_were_written() -> None:
    assert quote("So. I Can\u2019t  get in\ntoday", ["cant", "get", "in"]) == "Can\u2019t get in"
    assert quote("Seit Gestern geht\u2019s Nicht", ["nicht"]) == "Nicht"
    assert quote("L\u2019app est bloquée", ["bloquee"]) == "bloquée"
    assert quote("nothing of the kind", ["stuck"]) == ""
    assert quote("anything", []) == ""


@given(st.text(), st.text())
def test_a_quotation_holds_nothing_that_a_terminal_obeys(text: str, more: str) -> None:
    words = quote(text, tokenize(more) or tokenize(text))
    assert len(words) <= MAX_QUOTE
    assert all(c.isalnum() or c in "_'\u2019 \u2026" for c in words)


@given(st.text(max_size=300))
def test_every_text_gets_a_reason(text: str) -> None:
    verdict = classify("", text, RULES)
    assert verdict.reasons
    assert all(reason.strip() for reason in verdict.reasons)


def test_a_guess_is_told_from_a_rule() -> None:
    guess = (reads_like("trouble"), *mentions(["blank"]), like_moved(3))
    assert is_guess(guess)
    assert is_guess(())
    assert not is_guess((*guess, "charged twice"))
    assert not is_guess(("mentions an error",))


def test_words_that_say_nothing_are_not_named() -> None:
    assert not any(map(is_telling, ("were", "most", "this", "habe", "pour", "todos")))
    assert all(map(is_telling, ("invoice", "rechnung", "blank")))
