"""The steps to the newest schema, ended in the middle: `python -m ... PATH [BYTES]`.

Killed (SIGKILL) at the first statement, then started anew and killed at the fourth, and so on,
until it comes through; after each kill the file has to be what it was. Prints how often it was
killed, and the version in the end. With BYTES no file may grow beyond them, as on a full disk.
"""

import os
import resource
import signal
import sqlite3
import sys
from contextlib import closing
from itertools import count
from pathlib import Path
from typing import Never

from founder_inbox.errors import CannotWrite
from founder_inbox.store import database, migrations


class Watched(sqlite3.Connection):
    """Ends the process at the statement whose turn it is."""

    left = 0

    def look(self, _statement: str) -> None:
        """Called before each statement runs."""
        self.left -= 1
        if not self.left:
            os.kill(os.getpid(), signal.SIGKILL)


def child(path: Path, at: int) -> Never:
    """Open the database, and be killed at this statement of it."""
    connect = sqlite3.connect

    def watched(*given: object, **more: object) -> sqlite3.Connection:
        connection = connect(*given, factory=Watched, **more)  # type: ignore[call-overload]
        connection.left = at
        connection.set_trace_callback(connection.look)
        return connection  # type: ignore[no-any-return]

    sqlite3.connect = watched  # type: ignore[assignment]
    database.open_store(path).close()
    os._exit(0)


def version(path: Path) -> int:
    """As the file says it, after SQLite has looked what of the journal counts."""
    with closing(sqlite3.connect(path)) as db:
        db.execute("pragma synchronous = off")
        return int(db.execute("pragma user_version").fetchone()[0])


def killed_until_done(path: Path) -> tuple[int, int]:
    """How often it was killed, and the version in the end."""
    # Read here once, each child would else do it anew.
    assert migrations.VERSION == database.VERSION
    first = version(path)
    for killed, at in enumerate(count(1, 3)):
        if not (pid := os.fork()):
            child(path, at)
        if os.waitpid(pid, 0)[1] != signal.SIGKILL:
            return killed, version(path)
        if version(path) != first:
            break
    raise AssertionError(f"Killed at statement {at}, and it is not what it was.")


def main() -> None:
    """See above."""
    path, *limit = sys.argv[1:]
    if not limit:
        sys.stdout.write("{} {}\n".format(*killed_until_done(Path(path))))
        return
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(limit[0]), int(limit[0])))
    try:
        database.open_store(Path(path))
    except CannotWrite as error:
        sys.stderr.write(f"{error}\n")


if __name__ == "__main__":
    main()
