"""The one thread that writes: no key waits for the disk.

What is submitted is done in order, each with a connection of the thread's own; the outcome comes
back on the screen's thread. Where the database can't be opened, all work fails with the reason.
A daemon, so that leaving never hangs; `close` finishes what waits.
"""

import logging
import queue
import threading
from collections.abc import Callable
from typing import TypeVar

from founder_inbox.app.workspace import Workspace
from founder_inbox.errors import FounderInboxError
from founder_inbox.store.database import open_store

Outcome = TypeVar("Outcome")
Work = Callable[[Workspace], Outcome]
# Calls a function on the screen's thread: `App.call_later` is not safe from here, this is.
Deliver = Callable[[Callable[[], None]], None]

END_SECONDS = 2.0
_END = None

log = logging.getLogger(__name__)


class Writer:
    """Runs work on `model`'s database, one after the other."""

    def __init__(self, model: Workspace, deliver: Deliver) -> None:
        self._model = model
        self._deliver = deliver
        self._queue: queue.Queue[Callable[[Workspace | str], None] | None] = queue.Queue()
        self._thread = threading.Thread(target=self._run, name="writer", daemon=True)
        self._thread.start()

    def submit(
        self,
        work: Work[Outcome],
        done: Callable[[Outcome], None],
        failed: Callable[[str], None],
    ) -> None:
        """Do `work` soon; then call `done` with its outcome, or `failed` with words for people."""

        def step(ws: Workspace | str) -> None:
            if isinstance(ws, str):
                self._deliver(lambda: failed(ws))
                return
            try:
                outcome = work(ws)
            except FounderInboxError as error:
                words = str(error)
                self._deliver(lambda: failed(words))
            except Exception as error:  # noqa: BLE001 - the thread's edge: the work is reported, the thread lives
                log.error("writing failed: %s", type(error).__name__)
                self._deliver(lambda: failed(_SURPRISE))
            else:
                self._deliver(lambda: done(outcome))

        self._queue.put(step)

    def settle(self) -> None:
        """Wait until everything submitted so far is done; for tests and for the end."""
        self._queue.join()

    def close(self) -> None:
        """Finish what waits and end."""
        self._queue.put(_END)
        self._thread.join(END_SECONDS)

    def _run(self) -> None:
        opened: Workspace | str
        try:
            store = open_store(self._model.paths.database)
            opened = Workspace(self._model.config, self._model.paths, store)
        except FounderInboxError as error:
            opened = str(error)
        while (step := self._queue.get()) is not _END:
            step(opened)
            self._queue.task_done()
        self._queue.task_done()
        if isinstance(opened, Workspace):
            opened.store.close()


_SURPRISE = (
    "That did not work, and nothing was changed. The log file says more: founder-inbox doctor "
    "names it."
)
