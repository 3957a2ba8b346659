"""Several things at once under one deadline; what is not there in time is done without."""

import queue
import threading
from collections.abc import Callable, Hashable, Mapping
from typing import TypeVar

from founder_inbox.system.clock import monotonic

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


def gather(tasks: Mapping[K, Callable[[], V]], until: float) -> dict[K, V]:
    """The results of those that are done at `until` (of `clock.monotonic`) without an OSError.

    Each runs in a thread that nobody waits for after that.
    """
    done: queue.SimpleQueue[tuple[K, V | None, bool]] = queue.SimpleQueue()

    def run(key: K, task: Callable[[], V]) -> None:
        try:
            done.put((key, task(), True))
        except OSError:
            done.put((key, None, False))

    for key, task in tasks.items():
        threading.Thread(target=run, args=(key, task), daemon=True).start()
    found: dict[K, V] = {}
    for _ in tasks:
        try:
            key, value, good = done.get(timeout=max(until - monotonic(), 0.001))
        except queue.Empty:
            break
        if good:
            found[key] = value  # type: ignore[assignment] # good means it is a V
    return found
