"""A hundred thousand lines of the journal, as a new machine meets them."""

import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from founder_inbox.core.sharing.wire import Record, read_batch, split_batches, write_batch
from founder_inbox.core.tickets.journal import EventKind, effective
from founder_inbox.store import sharing
from founder_inbox.store.database import Store, open_store
from founder_inbox.store.events import events_of_kinds
from tests.benchmarks.figures import Figure, median, milliseconds

LINES = 100_000
ROUNDS = 3
NOW = datetime(2026, 11, 23, tzinfo=UTC)
ACTS: tuple[tuple[str, Record], ...] = (
    ("closed", {"seen": 1}),
    ("note", {"text": "Asked for the file; it comes tomorrow."}),
    ("lane", {"lane": "howto", "from": "urgent"}),
    ("tagged", {"add": "vip"}),
)


def measure() -> list[Figure]:
    """Messages into an empty database, and the lines folded."""
    batches = split_batches([_line(number) for number in range(LINES)], 5_000, 4 << 20)
    messages = [
        write_batch("support@acme.test", "1f2e3d4c", NOW, batch, "<x@y>") for batch in batches
    ]
    with tempfile.TemporaryDirectory() as folder:
        stores = [open_store(Path(folder) / f"{number}.db") for number in range(ROUNDS + 1)]
        fresh = iter(stores)
        taken = milliseconds(_replay(fresh.__next__, messages), ROUNDS)
        folded = milliseconds(lambda: effective(events_of_kinds(stores[0], *EventKind)), ROUNDS)
        for store in stores:
            store.close()
    return [
        median("journal, replayed", taken, "ms", f"{LINES:,} lines, {len(messages)} messages"),
        median("journal, read and folded", folded, "ms", f"{LINES:,} lines"),
    ]


def _replay(fresh: Callable[[], Store], messages: list[bytes]) -> Callable[[], None]:
    def replay() -> None:
        store = fresh()
        with store.write():
            for uid, message in enumerate(messages, 1):
                sharing.take_in(store, uid, read_batch(message).records)

    return replay


def _line(number: int) -> Record:
    kind, data = ACTS[number % len(ACTS)]
    return {
        "id": f"{1_790_000_000_000 + number * 1000:012x}-0000-1f2e3d4c",
        "at": "2026-11-22T09:00:00Z",
        "actor": "Ana",
        "ticket": f"k7f3{number % 1000:03d}",
        "kind": kind,
        "data": data,
    }
