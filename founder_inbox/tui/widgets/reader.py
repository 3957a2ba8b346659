"""Reading that takes a while: a thread and a connection of its own, so that no key waits for it.

One reading at a time: a newer one, or `cancel`, ends the one before, in the middle of a query.
"""

import logging
import threading
from collections.abc import Callable
from typing import TypeVar

from founder_inbox.app.workspace import Workspace
from founder_inbox.errors import FounderInboxError
from founder_inbox.store.database import Store, open_store

Outcome = TypeVar("Outcome")

log = logging.getLogger(__name__)
_SURPRISE = "That could not be read. The log file says more: founder-inbox doctor names it."


class _Reading:
    """One reading: whether somebody still waits for it, and how to end it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._store: Store | None = None
        self.is_over = False

    def begin(self, store: Store) -> None:
        with self._lock:
            self._store = store

    def end(self) -> None:
        """Close the connection; an interruption finds none then."""
        with self._lock:
            store, self._store = self._store, None
        if store is not None:
            store.close()

    def cancel(self) -> None:
        with self._lock:
            self.is_over = True
            if self._store is not None:
                self._store.interrupt()


class Reader:
    """Reads `model`'s database; outcomes come back on the screen's thread, by `deliver`."""

    def __init__(self, model: Workspace, deliver: Callable[[Callable[[], None]], None]) -> None:
        self._model = model
        self._deliver = deliver
        self._reading = _Reading()
        self.thread: threading.Thread | None = None

    def read(
        self,
        work: Callable[[Workspace], Outcome],
        done: Callable[[Outcome], None],
        failed: Callable[[str], None],
    ) -> None:
        """Do `work` now; then call `done`, or `failed` with words; neither once it is cancelled."""
        self.cancel()
        reading = self._reading = _Reading()

        def tell(outcome: Callable[[], None]) -> None:
            self._deliver(lambda: None if reading.is_over else outcome())

        def run() -> None:
            try:
                store = open_store(self._model.paths.database)
                reading.begin(store)
                found = work(Workspace(self._model.config, self._model.paths, store))
            except FounderInboxError as error:
                words = str(error)
                tell(lambda: failed(words))
            except Exception as error:  # noqa: BLE001 - the thread's edge: also where it was cut off
                if not reading.is_over:
                    log.error("reading failed: %s", type(error).__name__)
                tell(lambda: failed(_SURPRISE))
            else:
                tell(lambda: done(found))
            finally:
                reading.end()

        self.thread = threading.Thread(target=run, name="reader", daemon=True)
        self.thread.start()

    def cancel(self) -> None:
        """Nobody waits for it any more."""
        self._reading.cancel()

    @property
    def runs(self) -> bool:
        """Whether the last reading's thread has not ended yet."""
        return self.thread is not None and self.thread.is_alive()

    def settle(self) -> None:
        """Wait until the last reading has ended; for tests."""
        if self.thread is not None:
            self.thread.join()
