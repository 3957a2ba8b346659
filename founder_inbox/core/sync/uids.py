"""Sets of UIDs as IMAP writes them (RFC 9051, sequence-set), short enough for every server."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence

# Servers without extensions may cut a command line at 1,000 bytes (RFC 2683, 3.2.1.5).
LONGEST = 900
# A UID is 32 bits (RFC 9051, 2.3.1.1).
LAST = 2**32 - 1
Ranges = tuple[tuple[int, int], ...]


def compress(uids: Sequence[int], longest: int = LONGEST) -> Iterator[str]:
    """`1:3,7` and so on for any UIDs, in pieces of at most `longest` characters."""
    piece: list[str] = []
    length = 0
    for run in _runs(uids):
        if piece and length + len(run) + 1 > longest:
            yield ",".join(piece)
            piece, length = [], 0
        piece.append(run)
        length += len(run) + 1
    if piece:
        yield ",".join(piece)


def expand(text: str, most: int) -> list[int]:
    """The numbers of `1:3,7`, in the order written; none where there are more than `most`."""
    found: list[int] = []
    for run in text.split(","):
        first, _, last = run.partition(":")
        if not (first.isdigit() and (last or first).isdigit()):
            return []
        low, high = sorted((int(first), int(last or first)))
        if len(found) + high - low >= most:
            return []
        found += range(low, high + 1)
    return found


def read_ranges(text: str) -> Ranges | None:
    """`1:3,7,90:*` as first and last of each run, never as a list; None where it makes no sense."""
    found = []
    for run in text.split(","):
        first, colon, last = run.partition(":")
        ends = [_end(first), _end(last) if colon else _end(first)]
        if not all(0 < end <= LAST for end in ends):
            return None
        found.append((min(ends), max(ends)))
    return tuple(found)


def joined(ranges: Iterable[tuple[int, int]]) -> Ranges:
    """The same UIDs in ascending runs that don't touch each other."""
    found: list[tuple[int, int]] = []
    for low, high in sorted(ranges):
        if found and low <= found[-1][1] + 1:
            found[-1] = (found[-1][0], max(high, found[-1][1]))
        else:
            found.append((low, high))
    return tuple(found)


def within(ranges: Ranges, uids: Iterable[int]) -> set[int]:
    """Those of the UIDs that lie in one of the ranges; these must not overlap."""
    ordered = sorted(uids)
    found: set[int] = set()
    for low, high in ranges:
        found.update(ordered[bisect_left(ordered, low) : bisect_right(ordered, high)])
    return found


def _end(text: str) -> int:
    if text == "*":
        return LAST
    return int(text) if text.isdigit() and len(text) <= 10 else 0


def _runs(uids: Sequence[int]) -> Iterator[str]:
    ordered = sorted(set(uids))
    start = 0
    for place in range(1, len(ordered) + 1):
        if place == len(ordered) or ordered[place] != ordered[place - 1] + 1:
            first, last = ordered[start], ordered[place - 1]
            yield str(first) if first == last else f"{first}:{last}"
            start = place
