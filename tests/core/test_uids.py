"""Sets of UIDs as IMAP writes them."""

from hypothesis import given
from hypothesis import strategies as st

from founder_inbox.core.sync.uids import LONGEST, compress

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
