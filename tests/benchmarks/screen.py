"""The app in a terminal of its own: how soon it paints, and how soon a key is answered.

The method: wait for silence, write the key, stamp each piece of output as it arrives; the answer
is the first piece that changes a cell. Nothing is emulated while the clock runs.
"""

import sys

from founder_inbox.store.database import open_store
from tests.benchmarks.figures import Figure, median, worst
from tests.benchmarks.reading import fill
from tests.benchmarks.terminal import Terminal
from tests.benchmarks.world import World

TICKETS = 10_000
STARTS = 5
PRESSES = 60
SUBJECT = b"Question"


def measure(world: World) -> list[Figure]:
    """Start the app on ten thousand open tickets; walk down the list and page through it."""
    with world.dovecot.user() as account:
        config = world.config_for(account)
        store = open_store(config.parent / "data" / "inbox.db")
        fill(store, TICKETS)
        store.close()
        command = [sys.executable, "-m", "founder_inbox", "--config", str(config)]
        starts: list[float] = []
        memory: list[float] = []
        downs: list[float] = []
        for _ in range(STARTS):
            with Terminal(command) as terminal:
                starts.append((terminal.wait_for(SUBJECT) - terminal.started) * 1000)
                terminal.settle(0.5)
                memory.append(terminal.memory())
                if not downs:
                    downs = [_press(terminal, "j") for _ in range(PRESSES)]
    how = f"{TICKETS:,} open tickets, 120x40 terminal"
    return [
        median("start until the list is painted", starts, "ms", f"{how}, fresh process"),
        median("memory after the start", memory, "MiB", "the same, RSS of the app alone"),
        median(
            "key to paint: j in the list", downs, "ms", f"{how}, first piece that changes a cell"
        ),
        worst("key to paint: j, 95 of 100", downs, "ms", "the same"),
    ]


def _press(terminal: Terminal, key: str) -> float:
    """Milliseconds from the key to the first change, with silence before it."""
    terminal.settle()
    pressed = terminal.press(key)
    return (terminal.wait_for_change() - pressed) * 1000
