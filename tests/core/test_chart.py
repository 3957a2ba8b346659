"""Charts in letters, and figures as a person says them."""

import pytest

from founder_inbox.core.metrics.chart import bars, columns, duration, number, share
from founder_inbox.core.metrics.figures import Share


def test_bars_are_as_high_as_their_share_of_the_highest() -> None:
    assert bars([0, 1, 4, 8, None]) == " ▁▄█·"
    assert bars([1, 2], top=8) == "▁▂"
    assert bars([1, 100_000]) == "▁█"  # what is there is seen
    assert (bars([]), bars([0, 0])) == ("", "▁▁")


def test_columns_grow_from_the_ground() -> None:
    assert columns([8, 4, 0, None], 2, 3) == [
        "███            ",
        "███ ███ ▁▁▁  · ",
    ]
    assert columns([], 2, 3) == ["", ""]


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (None, "–"),
        (0, "0 min"),
        (1500, "25 min"),
        (3600, "1 h 00 min"),
        (9300, "2 h 35 min"),
        (36_000, "10 h"),
        (86_400, "24 h"),
        (302_400, "3.5 d"),
    ],
)
def test_durations_are_short(seconds: float | None, words: str) -> None:
    assert duration(seconds) == words


def test_shares_under_five_are_a_dash() -> None:
    assert [share(value) for value in (None, Share(4, 4), Share(31, 33))] == ["–", "–", "94 %"]
    assert [number(value) for value in (None, 1.0, 1.5)] == ["–", "1", "1.5"]
