"""How long to wait before the next attempt."""

from hypothesis import given
from hypothesis import strategies as st

from founder_inbox.core.sync.backoff import JITTER, SECONDS, pause_after

CHANCES = st.floats(0, 1)


@given(st.integers(-3, 10_000), CHANCES)
def test_a_pause_is_between_six_seconds_and_an_hour_and_a_fifth(
    failures: int, chance: float
) -> None:
    assert 6 <= pause_after(failures, chance) <= 3_600 * (1 + JITTER)


@given(st.integers(1, 20))
def test_pauses_do_not_get_shorter(failures: int) -> None:
    assert pause_after(failures, 0.5) <= pause_after(failures + 1, 0.5)


def test_the_middle_of_chance_is_the_plain_figure() -> None:
    assert [pause_after(n, 0.5) for n in range(1, 10)] == list(SECONDS)


@given(st.integers(1, 20), CHANCES, st.floats(0, 300))
def test_a_pause_is_never_shorter_than_the_server_asked_for(
    failures: int, chance: float, asked: float
) -> None:
    assert pause_after(failures, chance, asked) == max(pause_after(failures, chance), asked)
