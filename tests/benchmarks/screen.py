"""The app in a terminal of its own: how soon it paints, and how soon a key is answered.

The method: wait for silence, write the key, stamp each piece of output as it arrives; the answer
is the first piece that changes a cell. Nothing is emulated while the clock runs. The smallest
Textual app, in the same run, says what the toolkit and the machine cost at the least.
"""

import sys
import threading
from collections.abc import Callable, Sequence
from pathlib import Path

from founder_inbox.store.database import open_store
from founder_inbox.store.sync_state import read_sync_state
from tests.benchmarks.figures import Figure, median, worst
from tests.benchmarks.reading import fill
from tests.benchmarks.syncing import load
from tests.benchmarks.terminal import Terminal
from tests.benchmarks.world import World

TICKETS = 100_000
COMING = 10_000
STARTS = 5
PRESSES = 60
FEW = 15
SUBJECT = b"Question"
MINIMAL = [sys.executable, "-m", "tests.benchmarks.minimal_app"]
# What is pressed, how often, and what is pressed after each to be where we were.
KEYS: dict[str, tuple[Sequence[str], int, str]] = {
    "j": ("j", PRESSES, ""),
    "e": ("e", FEW, ""),
    "lane jump": ("234", FEW, ""),
    "a letter of a search": ("question 12345", FEW, ""),
}


def measure(world: World) -> list[Figure]:
    """A hundred thousand open tickets, at rest and while ten thousand mails come in."""
    peer = _peer()
    with world.dovecot.user() as account:
        config = world.config_for(account)
        database = config.parent / "data" / "inbox.db"
        store = open_store(database)
        fill(store, TICKETS)
        store.close()
        command = [sys.executable, "-m", "founder_inbox", "--config", str(config)]
        starts = [_start(command) for _ in range(STARTS - 1)]
        with Terminal(command) as terminal:
            starts.append(_painted(terminal))
            memory = terminal.memory()
            quiet = _press_all(terminal)
            posting = threading.Thread(target=load, args=(account, COMING))
            posting.start()
            _wait_until(lambda: _comes_in(database), terminal)
            busy = _press_all(terminal)
            ends_in_time = _comes_in(database) or posting.is_alive()
            posting.join()
            after = terminal.memory()
    how = f"{TICKETS:,} open tickets, 120x40 terminal"
    coming = f"the same, {COMING:,} mails coming in" + ("" if ends_in_time else ", partly")
    start, down = (figure.value for figure in peer)
    return [
        *peer,
        median("start until the list is painted", starts, "ms", f"{how}, fresh process"),
        median("  as a ratio", [value / start for value in starts], "x", "of the smallest app's"),
        *_figures(quiet, how),
        median("  j as a ratio", [value / down for value in quiet["j"]], "x", "the smallest app's"),
        *(_figures(busy, coming)),
        median("memory after the start", [memory], "MiB", "RSS of the app alone"),
        median("memory after all that", [after], "MiB", "the same"),
    ]


def _peer() -> list[Figure]:
    starts = [_start(MINIMAL) for _ in range(STARTS)]
    with Terminal(MINIMAL) as terminal:
        _painted(terminal)
        downs = [_press(terminal, "j") for _ in range(PRESSES)]
    return [
        median("smallest Textual app: start until it is painted", starts, "ms", "fresh process"),
        median(
            "smallest Textual app: key to paint", downs, "ms", "first piece that changes a cell"
        ),
    ]


def _start(command: Sequence[str]) -> float:
    with Terminal(command) as terminal:
        return _painted(terminal)


def _painted(terminal: Terminal) -> float:
    """Milliseconds from the start until the list is there; everything else has settled then."""
    taken = (terminal.wait_for(SUBJECT) - terminal.started) * 1000
    terminal.settle(0.5)
    return taken


def _press_all(terminal: Terminal) -> dict[str, list[float]]:
    taken: dict[str, list[float]] = {}
    for what, (keys, times, _) in KEYS.items():
        if what.startswith("a letter"):
            _press(terminal, "/")
        taken[what] = [_press(terminal, keys[n % len(keys)]) for n in range(times)]
    terminal.press("\x1b")
    terminal.settle(0.5)
    terminal.press("1")
    terminal.settle(0.5)
    return taken


def _press(terminal: Terminal, key: str) -> float:
    """Milliseconds from the key to the first change, with silence before it."""
    terminal.settle(seconds=2)
    pressed = terminal.press(key)
    return (terminal.wait_for_change() - pressed) * 1000


def _figures(taken: dict[str, list[float]], how: str) -> list[Figure]:
    return [
        figure
        for what, values in taken.items()
        for figure in (
            median(f"key to paint: {what}", values, "ms", how),
            worst("  95 of 100", values, "ms", "the same"),
        )
    ]


def _comes_in(database: Path) -> bool:
    store = open_store(database)
    try:
        return read_sync_state(store).doing == "fetching"
    finally:
        store.close()


def _wait_until(true: Callable[[], bool], terminal: Terminal) -> None:
    for _ in range(600):
        if true():
            return
        terminal.settle(0.1, 0.1)
    raise TimeoutError("no mail comes in")
