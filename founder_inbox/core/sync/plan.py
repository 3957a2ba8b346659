"""What a look at a mailbox means: which mails to fetch, which are gone, when to stop and ask."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

# One pass may take away this many, or this share, before we ask: other clients learned why.
FEW = 20
SHARE = 0.2
# How many mails have to agree before a new UIDVALIDITY is taken for an empty gesture.
SURE, AGREEING = 20, 0.8
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
    server: AbstractSet[int],
    known: AbstractSet[int],
    *,
    moved: AbstractSet[int] = frozenset(),
    confirmed: bool = False,
) -> Plan:
    """Compare the server's UIDs with ours. `confirmed`: the founder has said that it is right.

    `moved` are mails that lie in another mailbox now: they are gone here, but no loss.
    """
    fetch = tuple(sorted(server - known, reverse=True))
    gone = known - server
    lost = gone - moved
    if len(lost) > max(FEW, SHARE * len(known)) and not confirmed:
        return Plan(fetch, tuple(sorted(gone & moved)), _question(len(lost), len(known)))
    return Plan(fetch, tuple(sorted(gone)))


def is_same_mailbox(ours: Mapping[int, str], server: Mapping[int, str]) -> bool:
    """Whether a new UIDVALIDITY means nothing: the UIDs still name the mails they named.

    Both map UIDs to Message-IDs, empty where there is none. One contradiction is enough for a no;
    a yes takes twenty agreeing mails, or four fifths of those we asked for (as mbsync does it).
    """
    both = [(ours[uid], server[uid]) for uid in ours.keys() & server.keys()]
    told = [(mine, theirs) for mine, theirs in both if mine and theirs]
    if any(mine != theirs for mine, theirs in told):
        return False
    return bool(told) and len(told) >= min(SURE, AGREEING * len(ours))


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


def differences(server: AbstractSet[int], known: AbstractSet[int]) -> str | None:
    """A sentence when our UIDs are not the server's after a whole comparison; None when equal."""
    missing, extra = sorted(server - known), sorted(known - server)
    parts = []
    if missing:
        parts.append(f"{_mails(missing)} on the server could not be fetched (UID {_few(missing)})")
    if extra:
        parts.append(f"{_mails(extra)} here are no longer on the server (UID {_few(extra)})")
    return " and ".join(parts) + ". Try again with: founder-inbox sync --full" if parts else None


def _mails(uids: Sequence[int]) -> str:
    return f"{len(uids):,} mail{'s' if len(uids) > 1 else ''}"


def _few(uids: Sequence[int]) -> str:
    return ", ".join(map(str, uids[:5])) + (", …" if len(uids) > 5 else "")


def _question(gone: int, known: int) -> str:
    return (
        f"{gone} of {known} mails have vanished on the server at once. They are kept here. "
        "If you moved or deleted them yourself, say so with: founder-inbox sync --full"
    )
