"""The thank-you sweep: what it shows of a ticket, and how long it takes."""

import pytest

from founder_inbox.core.model import Direction
from founder_inbox.core.tickets.sweep import LONGEST, sweep_line, words_since_answer

IN, OUT = Direction.IN, Direction.OUT


def test_all_that_came_since_our_answer_is_shown() -> None:
    mails = [(IN, "It fails."), (OUT, "Try now."), (IN, "It works!\n"), (IN, ""), (IN, "Thanks!")]

    assert words_since_answer(mails) == "It works!\n\nThanks!"


def test_without_an_answer_it_is_all_and_never_endless() -> None:
    assert words_since_answer([(IN, "One"), (IN, "Two")]) == "One\n\nTwo"
    assert len(words_since_answer([(IN, "x" * 9_999)])) == LONGEST


@pytest.mark.parametrize(
    ("left", "total", "words"),
    [
        (6, 6, "▕░░░░░░░░░░▏ 6 left, about 3 min"),
        (5, 6, "▕██░░░░░░░░▏ 5 left, about 3 min"),
        (1, 6, "▕████████░░▏ 1 left, about 1 min"),
    ],
)
def test_half_a_minute_is_reckoned_for_each(left: int, total: int, words: str) -> None:
    assert sweep_line(left, total) == words
