"""One at a time: a lock file that the kernel frees when its owner ends, however it ends."""

import contextlib
import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from founder_inbox.errors import AlreadyRunning, CannotWrite
from founder_inbox.system import clock

TRIES = 6
PAUSE = 0.02


@contextmanager
def hold(path: Path, what: str) -> Iterator[None]:
    """Hold the lock for `what` ("the sync") while the block runs.

    Raises AlreadyRunning naming the owner's process, CannotWrite where the file can't be made.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise CannotWrite(f"Can't write {path}: {error}. Nothing was changed.") from error
    try:
        if not _take(descriptor):
            owner = os.read(descriptor, 20).decode("ascii", "replace").strip() or "unknown"
            raise AlreadyRunning(
                f"{what} already runs on this data folder (process {owner}). "
                "Nothing is lost: that one does the work. Close it, or use it."
            )
        _sign(descriptor)
        yield
    finally:
        os.close(descriptor)


def _take(descriptor: int) -> bool:
    """Take the lock. Somebody who only looks (`held`) has it for a moment: hence several tries."""
    for _ in range(TRIES):
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            clock.wait(PAUSE)
        else:
            return True
    return False


def _sign(descriptor: int) -> None:
    """Say whose it is. The lock holds also where a full disk leaves no room for the number."""
    with contextlib.suppress(OSError):
        os.truncate(descriptor, 0)
        os.pwrite(descriptor, str(os.getpid()).encode(), 0)


def held(path: Path) -> bool:
    """Whether some process holds this lock now."""
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CLOEXEC)
    except OSError:
        return False
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(descriptor)
    return False
