"""Who may write now: a lock file that the kernel hands on in order, and nobody waits for ever.

A suspended process keeps the lock it has. Whoever waits for it is told, and goes on reading.
"""

import contextlib
import fcntl
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

from founder_inbox.errors import CannotWrite

PATIENCE_SECONDS = 30.0


class WriteLock:
    """The lock file of one connection; `file` is open for as long as that is."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._mutex = threading.Lock()
        self._waiting: _Waiting | None = None

    @contextmanager
    def held(self) -> Iterator[None]:
        """Hold it while the block runs. Raises CannotWrite when somebody else keeps it too long."""
        self._take()
        try:
            yield
        finally:
            fcntl.flock(self._file, fcntl.LOCK_UN)

    def close(self) -> None:
        """Let go of the file, unless a thread still waits in the kernel for it."""
        if self._waiting is None:
            self._file.close()

    def _take(self) -> None:
        with self._mutex:
            waiting = self._waiting
            if waiting is None:
                try:
                    fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except BlockingIOError:
                    waiting = self._waiting = _Waiting()
                    threading.Thread(target=self._wait, args=(waiting,), daemon=True).start()
            if waiting is not None:
                waiting.wanted = True
        if waiting is not None:
            self._wait_for(waiting)
        self._sign()

    def _wait_for(self, waiting: "_Waiting") -> None:
        waiting.has_it.wait(PATIENCE_SECONDS)
        with self._mutex:
            if waiting.has_it.is_set():
                self._waiting = None
                return
            waiting.wanted = False
        raise CannotWrite(
            f"Another founder-inbox (process {self._owner()}) has been writing for "
            f"{PATIENCE_SECONDS:.0f} seconds, and nobody else can. Nothing was changed, and "
            "reading goes on. If it is suspended, fg in its shell wakes it; if it hangs, end it "
            "and try again: what it had not finished counts as not begun."
        )

    def _wait(self, waiting: "_Waiting") -> None:
        # In a thread of its own: the kernel's queue is fair, but knows no deadline.
        fcntl.flock(self._file, fcntl.LOCK_EX)
        with self._mutex:
            if waiting.wanted:
                waiting.has_it.set()
            else:
                fcntl.flock(self._file, fcntl.LOCK_UN)
                self._waiting = None

    def _sign(self) -> None:
        # On a full disk there is no room for the number; the lock holds all the same.
        with contextlib.suppress(OSError):
            os.pwrite(self._file.fileno(), b"%-10d" % os.getpid(), 0)

    def _owner(self) -> str:
        with contextlib.suppress(OSError):
            return os.pread(self._file.fileno(), 10, 0).decode("ascii", "replace").strip() or "?"
        return "?"


class _Waiting:
    """A thread that waits in the kernel; `wanted` tells it whether anybody still wants the lock."""

    def __init__(self) -> None:
        self.wanted = True
        self.has_it = threading.Event()
