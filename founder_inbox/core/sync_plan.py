"""What a look at a mailbox means: which mails to fetch, which are gone, when to stop and ask."""

from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

# One pass may take away this many, or this share, before we ask: other clients learned why.
FEW = 20
SHARE = 0.2
BATCH_BYTES = 2 * 1024 * 1024
BATCH_MAILS = 50


@dataclass(frozen=True, slots=True)
class Plan:
    """Steps for one mailbox: UIDs to fetch, newest first, and UIDs the server has no longer.

    `question` is set instead of `gone` when too much would vanish at once.
    """

    fetch: tuple[int, ...]
    gone: tuple[int, ...]
    question: str | None = None


def plan_mailbox(
    server: AbstractSet[int], known: AbstractSet[int], *, confirmed: bool = False
) -> Plan:
    """Compare the server's UIDs with ours. `confirmed`: the founder has said that it is right."""
    fetch = tuple(sorted(server - known, reverse=True))
    gone = tuple(sorted(known - server))
    if len(gone) > max(FEW, SHARE * len(known)) and not confirmed:
        return Plan(fetch, (), _question(len(gone), len(known)))
    return Plan(fetch, gone)


def is_unchanged(ours: tuple[int, int, int], server: tuple[int, int, int], known: int) -> bool:
    """Whether uidnext, highestmodseq and count are as we left them; 0 as modseq proves nothing.

    Both are (uidnext, highestmodseq, messages); `known` is how many mails we have in the mailbox.
    """
    return ours == server and known == server[2]


def batches(sizes: Iterable[tuple[int, int]]) -> Iterator[list[tuple[int, int]]]:
    """Split (uid, size) into batches that fit in memory: 50 mails or 2 MiB, one mail at least."""
    batch: list[tuple[int, int]] = []
    total = 0
    for uid, size in sizes:
        if batch and (len(batch) >= BATCH_MAILS or total + size > BATCH_BYTES):
            yield batch
            batch, total = [], 0
        batch.append((uid, size))
        total += size
    if batch:
        yield batch


def changed_flags(server: dict[int, object], known: dict[int, object]) -> Sequence[int]:
    """UIDs we know whose flags differ on the server."""
    return [uid for uid, flags in server.items() if uid in known and known[uid] != flags]


def _question(gone: int, known: int) -> str:
    return (
        f"{gone} of {known} mails have vanished on the server at once. They are kept here. "
        "If you moved or deleted them yourself, say so with: founder-inbox sync --full"
    )
