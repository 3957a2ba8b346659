"""Sets of UIDs as IMAP writes them."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from founder_inbox.core.sync.uids import LAST, LONGEST, compress, joined, read_ranges, within

UIDS = st.lists(st.integers(1, 2**32 - 1) | st.integers(1, 300), max_size=400)


def expand(pieces: list[str]) -> list[int]:
    uids: list[int] = []
    for run in (run for piece in pieces for run in piece.split(",")):
        first, _, last = run.partition(":")
        uids += range(int(first), int(last or first) + 1)
    return uids


@given(UIDS)
def test_what_was_compressed_expands_to_each_uid_once(uids: list[int]) -> None:
    assert expand(list(compress(uids))) == sorted(set(uids))


@given(UIDS, st.integers(25, LONGEST))
def test_no_piece_is_longer_than_a_server_takes(uids: list[int], longest: int) -> None:
    assert all(0 < len(piece) <= longest for piece in compress(uids, longest))


def test_runs_are_written_with_a_colon() -> None:
    assert list(compress([7, 1, 2, 3, 9])) == ["1:3,7,9"]
    assert list(compress([])) == []


@given(UIDS, UIDS)
def test_those_within_ranges_are_those_that_are_in_the_set(
    named: list[int], known: list[int]
) -> None:
    runs = [run for piece in compress(named) for run in read_ranges(piece) or ()]
    assert within(joined(runs), known) == set(named) & set(known)


@given(
    st.lists(
        st.tuples(st.integers(1, 60), st.integers(1, 60)).map(lambda ends: (min(ends), max(ends)))
    )
)
def test_joined_ranges_hold_the_same_and_do_not_touch(ranges: list[tuple[int, int]]) -> None:
    together = joined(ranges)
    assert within(together, range(1, 70)) == {
        n for low, high in ranges for n in range(low, high + 1)
    }
    assert all(one[1] + 1 < two[0] for one, two in pairwise(together))


def test_a_range_without_an_end_is_never_a_list() -> None:
    assert read_ranges("7:*,3,9:8") == ((7, LAST), (3, 3), (8, 9))
    assert within(joined([(7, LAST), (1, LAST)]), [3, 9]) == {3, 9}


@pytest.mark.parametrize(
    "text", ["", ",", "0", "1,", "a", "3:", ":3", "1:2:3", "4294967296", "1" * 5000]
)
def test_ranges_that_make_no_sense_are_told_apart(text: str) -> None:
    assert read_ranges(text) is None
