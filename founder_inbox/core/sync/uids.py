"""Sets of UIDs as IMAP writes them (RFC 9051, sequence-set), short enough for every server."""

from collections.abc import Iterator, Sequence

# Servers without extensions may cut a command line at 1,000 bytes (RFC 2683, 3.2.1.5).
LONGEST = 900


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


def _runs(uids: Sequence[int]) -> Iterator[str]:
    ordered = sorted(set(uids))
    start = 0
    for place in range(1, len(ordered) + 1):
        if place == len(ordered) or ordered[place] != ordered[place - 1] + 1:
            first, last = ordered[start], ordered[place - 1]
            yield str(first) if first == last else f"{first}:{last}"
            start = place
