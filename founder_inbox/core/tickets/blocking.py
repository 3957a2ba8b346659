"""Which addresses the founder has blocked, and when: worked out from the journal."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from founder_inbox.core.tickets.journal import Event, EventKind, effective

Blocks = Mapping[str, tuple[tuple[datetime, bool], ...]]
"""By folded address: the moments at which it was blocked (True) or let in again (False)."""


def blocks_in(events: Iterable[Event]) -> Blocks:
    """What the events that count say; `spam` with the field `block`, and `unblocked`."""
    found: dict[str, list[tuple[datetime, bool]]] = {}
    for event in effective(events):
        if event.kind is EventKind.SPAM and event.data.get("block"):
            found.setdefault(_folded(event, "block"), []).append((event.at, True))
        elif event.kind is EventKind.UNBLOCKED:
            found.setdefault(_folded(event, "address"), []).append((event.at, False))
    return {address: tuple(moments) for address, moments in found.items()}


def is_blocked(blocks: Blocks, address: str, at: datetime) -> bool:
    """Whether a mail of that address which arrived at `at` came after it was blocked."""
    state = False
    for moment, on in blocks.get(address.casefold(), ()):
        if moment < at:
            state = on
    return state


def blocked_now(blocks: Blocks) -> list[str]:
    """The addresses that are blocked, in alphabetical order."""
    return sorted(address for address, moments in blocks.items() if moments[-1][1])


def _folded(event: Event, name: str) -> str:
    return str(event.data.get(name, "")).casefold()
