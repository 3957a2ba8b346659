"""Reading a database where nothing can be written any more: a full disk, a read-only one.

SQLite's write-ahead log needs a file of its own even for reading (`-shm`), and a full disk has no
room for it. While nobody else has the database open it lies whole in its one file, and can be read
as something that does not change (sqlite.org/wal.html, "Read-Only Databases").
"""

import errno
import sqlite3
from pathlib import Path

_NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EFBIG})
_KINDS = frozenset(
    {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY}
)


def is_no_room(error: OSError | sqlite3.OperationalError) -> bool:
    """Whether the disk is what was in the way."""
    if isinstance(error, OSError):
        return error.errno in _NO_ROOM
    return getattr(error, "sqlite_errorcode", 0) & 0xFF in _KINDS


def has_log(path: Path) -> bool:
    """Whether something stands beside the database that is not in it: an empty log is no log."""
    try:
        return path.with_name(path.name + "-wal").stat().st_size > 0
    except OSError:
        return False


def open_still(path: Path, version: int) -> sqlite3.Connection | None:
    """A connection that reads the file as it lies there; None where that would not be all of it.

    Also None for a schema other than `version`: it can't be brought forward now.
    """
    if not path.exists() or has_log(path):
        return None
    where = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
    try:
        connection = sqlite3.connect(where, uri=True, isolation_level=None)
    except sqlite3.Error:
        return None
    try:
        connection.execute("pragma temp_store = memory")
        found = int(connection.execute("pragma user_version").fetchone()[0])
    except sqlite3.Error:
        found = -1
    if found != version:
        connection.close()
        return None
    connection.row_factory = sqlite3.Row
    return connection
