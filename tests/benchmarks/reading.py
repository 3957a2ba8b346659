"""What the screen asks of a big database: lists, counts, and the search as it is typed."""

import random
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from founder_inbox.app.queue.tickets import count_queue, list_keys, load_tickets, search_keys
from founder_inbox.core.model import Address, Lane, Status, Verdict
from founder_inbox.core.tickets.facts import TicketState
from founder_inbox.store.database import Store, open_store
from founder_inbox.store.tickets import Choice, create_ticket, save_state
from tests.benchmarks.figures import Figure, median, milliseconds, worst
from tests.benchmarks.syncing import load, one_round
from tests.benchmarks.world import World

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
SIZES = (10_000, 100_000)
PAGE = 50
TYPED = (
    "e", "ex", "export", "invoice", '"charged twice"', "from:user7", "subject:login",
    "has:attachment", "refund -order", "rechnung", "is:open lane:urgent", "before:2025-06-01 error",
)  # fmt: skip


def measure_lists(world: World) -> list[Figure]:
    """The open queue of ten thousand and of a hundred thousand tickets."""
    return [figure for size in SIZES for figure in _measure_list(world, size)]


def _measure_list(world: World, size: int) -> list[Figure]:
    store = open_store(world.folder / f"{size}" / "inbox.db")
    fill(store, size)
    keys = list_keys(store, Choice(), NOW)
    asked: dict[str, Callable[[], object]] = {
        f"keys of {size:,} open tickets": lambda: list_keys(store, Choice(), NOW),
        f"count {size:,} for the header": lambda: count_queue(store, NOW),
        f"{PAGE} rows of {size:,}": lambda: load_tickets(store, keys[size // 2 :][:PAGE]),
    }
    figures = [
        median(what, milliseconds(act, 15), "ms", "one connection, warm")
        for what, act in asked.items()
    ]
    store.close()
    return figures


def measure_search(world: World, mails: int) -> list[Figure]:
    """Search over synced mail, each query several times."""
    with world.dovecot.user() as account:
        load(account, mails)
        config = world.config_for(account)
        one_round(config)
    store = open_store(Path(config.parent) / "data" / "inbox.db")
    taken: list[float] = []
    for text in TYPED:
        taken += milliseconds(partial(search_keys, store, text, NOW), 9)
    store.close()
    how = f"{len(TYPED)} queries over {mails:,} mails, warm"
    return [
        median("search", taken, "ms", how),
        worst("search, 95 of 100", taken, "ms", "the same"),
    ]


def fill(store: Store, count: int) -> None:
    """That many open tickets with no mails in them."""
    chance = random.Random(1)
    lanes = list(Lane)
    with store.write():
        for number in range(count):
            at = NOW - timedelta(minutes=chance.randint(1, 500_000))
            state = TicketState(
                subject=f"Question {number} about the export",
                customer=Address(f"Customer {number}", f"c{number}@customers.test"),
                status=Status.OPEN,
                verdict=Verdict(chance.choice(lanes), None, ("asks how",), sure=True),
                messages=chance.randint(1, 9),
                opened_at=at,
                moved_at=at,
                waiting_since=at,
            )
            save_state(store, create_ticket(store, f"<{number}@x>", state), state)
