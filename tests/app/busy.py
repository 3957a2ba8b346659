"""Another process that writes, and takes its time."""

import fcntl
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from founder_inbox.app.workspace import Workspace

PATIENCE = 20  # seconds after which it lets go, so that who waits fails the test


@contextmanager
def somebody_writes(ws: Workspace) -> Iterator[threading.Event]:
    """Hold the lock as another process would; the event says that it was let go too early."""
    gave_up = threading.Event()
    with ws.paths.database.with_suffix(".lock").open("rb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)

        def give_up() -> None:
            gave_up.set()
            fcntl.flock(lock, fcntl.LOCK_UN)

        timer = threading.Timer(PATIENCE, give_up)
        timer.start()
        try:
            yield gave_up
        finally:
            timer.cancel()
            timer.join()
