"""Opening the SQLite file and writing to it safely.

Every process opens its own connections. Writers take a lock file first: SQLite 3.7.0 to 3.51.2
can corrupt a WAL when two connections write or checkpoint at the same moment ("WAL-reset"), and
waiting in the kernel is fairer than SQLite's polling.
"""

import os
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import IO

from founder_inbox.core.hours.schedule import SupportHours
from founder_inbox.errors import CannotWrite
from founder_inbox.store.still import has_log, is_no_room, open_still
from founder_inbox.store.write_lock import WriteLock

BUSY_SECONDS = 15
_DISK_TROUBLE = frozenset(
    {
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_BUSY,
    }
)
VERSION = 20


class Store:
    """One connection to `inbox.db` for one thread, with its lock file beside it."""

    def __init__(self, path: Path, connection: sqlite3.Connection, lock: WriteLock) -> None:
        self.path = path
        self.connection = connection
        self._lock = lock
        # The disk had no room when it was opened: it is only read until there is some.
        self.still = False
        self._depth = 0
        self._at_last: list[Callable[[], object]] = []
        # When a whole window of the founder's has passed since a moment, where that is known.
        self.window_over: Callable[[datetime], datetime | None] | None = None
        # The support hours, and what tells them from others, where they are known.
        self.hours: Callable[[], SupportHours] | None = None
        self.hours_mark: Callable[[], str] | None = None
        # What `store/veil.py` shows of the past: while it hangs, and as last worked out.
        self.veil: tuple[object, ...] | None = None
        self.veil_kept: tuple[object, ...] | None = None

    def rows(self, sql: str, *values: object) -> list[sqlite3.Row]:
        """All rows of a query."""
        self._look_for_room()
        try:
            return self.connection.execute(sql, values).fetchall()
        except sqlite3.DatabaseError as error:
            raise self._in_words(error) from error

    def row(self, sql: str, *values: object) -> sqlite3.Row | None:
        """The first row of a query, or None."""
        self._look_for_room()
        try:
            found: sqlite3.Row | None = self.connection.execute(sql, values).fetchone()
        except sqlite3.DatabaseError as error:
            raise self._in_words(error) from error
        return found

    def run(self, sql: str, *values: object) -> int:
        """Execute a statement inside `write()`; returns the last row id."""
        try:
            return self.connection.execute(sql, values).lastrowid or 0
        except sqlite3.DatabaseError as error:
            raise self._in_words(error) from error

    def changed(self, sql: str, *values: object) -> int:
        """Execute a statement inside `write()`; returns how many rows it touched."""
        try:
            return self.connection.execute(sql, values).rowcount
        except sqlite3.DatabaseError as error:
            raise self._in_words(error) from error

    def insert(self, table: str, columns: Mapping[str, object]) -> int:
        """Add a row inside `write()`; returns its id. Names are ours, values anybody's."""
        names = ", ".join(f'"{name}"' for name in columns)
        marks = ", ".join("?" for _ in columns)
        sql = f"insert into {table} ({names}) values ({marks})"  # noqa: S608 - no value is in it
        return self.run(sql, *columns.values())

    def update(self, table: str, id_: int, columns: Mapping[str, object]) -> None:
        """Change these columns of a row inside `write()`. Names are ours, values anybody's."""
        names = ", ".join(f'"{name}" = ?' for name in columns)
        sql = f"update {table} set {names} where id = ?"  # noqa: S608 - no value is in it
        self.run(sql, *columns.values(), id_)

    @contextmanager
    def write_again(self) -> Iterator[None]:
        """A transaction whose facts can be had again: what the server holds, and follows from it.

        A power cut may take the last of these back, whole; nothing else can (`synchronous`).
        """
        if self._depth:
            yield
            return
        self._make_room()
        self.connection.execute("pragma synchronous = normal")
        try:
            with self.write():
                yield
        finally:
            self.connection.execute("pragma synchronous = full")

    @contextmanager
    def write(self) -> Iterator[None]:
        """One transaction: everything inside happens, or nothing. Nests into the outer one."""
        if self._depth:
            yield
            return
        self._make_room()
        with self._lock.held():
            self._depth = 1
            try:
                yield from self._transaction()
            except sqlite3.OperationalError as error:
                raise _explain(self.path, error) from error
            finally:
                self._depth = 0
                self._at_last.clear()

    def write_anew(self) -> None:
        """Write the whole file anew, without a trace of what was deleted; nobody writes meanwhile.

        Needs room for a second copy beside the database. Raises CannotWrite.
        """
        with self._lock.held():
            try:
                # In memory a large mailbox would be too much; the file has no name and goes after.
                self.connection.execute("pragma temp_store = file")
                self.connection.execute("vacuum")
            except sqlite3.OperationalError as error:
                raise _explain(self.path, error) from error

    def cut_wal(self) -> bool:
        """Bring everything from the file beside the database into it; False while others read."""
        with self._lock.held():
            return not self.row("pragma wal_checkpoint(truncate)")["busy"]  # type: ignore[index]

    def at_last(self, act: Callable[[], object]) -> None:
        """Do something inside `write()` when everything else in it is done."""
        self._at_last.append(act)

    def data_version(self) -> int:
        """Changes whenever another connection has written."""
        return int(self.connection.execute("pragma data_version").fetchone()[0])

    def interrupt(self) -> None:
        """End the query that runs on this connection; may be called by another thread."""
        self.connection.interrupt()

    def close(self) -> None:
        """Close; the checkpoint that SQLite may do here happens under the lock too.

        Where somebody keeps the lock they have the file open, and SQLite does none.
        """
        try:
            with self._lock.held():
                self.connection.close()
        except CannotWrite:
            self.connection.close()
        finally:
            self._lock.close()

    def _in_words(self, error: sqlite3.DatabaseError) -> Exception:
        """A damaged page and a disk that fails in words, anything else as it is."""
        # Only damage is of this very class; mistakes of ours are of its children.
        if type(error) is sqlite3.DatabaseError:
            return _damaged(self.path, error)
        # The low byte is the kind of trouble (sqlite.org/rescode.html).
        kind = getattr(error, "sqlite_errorcode", 0) & 0xFF
        return _explain(self.path, error) if kind in _DISK_TROUBLE else error

    def _look_for_room(self) -> None:
        # Somebody has opened it for writing: what lies in the one file is not all any more.
        if self.still and has_log(self.path):
            self._make_room()

    def _make_room(self) -> None:
        """Open the database anew if it could only be read. Raises CannotWrite as long as it is."""
        if not self.still:
            return
        try:
            opened = _open(self.path)
        except (OSError, sqlite3.OperationalError) as error:
            raise _explain(self.path, error) from error
        self.connection.close()
        self._lock.close()
        self.connection, self._lock, self.still = opened.connection, opened._lock, False

    def _transaction(self) -> Iterator[None]:
        self._begin()
        try:
            self._look_for_newer()
            yield
            for act in self._at_last:
                act()
            self.connection.execute("commit")
        except BaseException:
            # A full disk makes SQLite roll back by itself.
            if self.connection.in_transaction:
                self.connection.execute("rollback")
            raise

    def _begin(self) -> None:
        self.connection.execute("begin immediate")

    def _look_for_newer(self) -> None:
        # A program that has run for days, while the founder installed and started the next one.
        if _version(self.connection) > VERSION:
            raise CannotWrite(
                f"{self.path} has been brought forward by a newer founder-inbox, and this one "
                "still runs the older. Nothing was written: leave, and start again."
            )


def open_store(path: Path) -> Store:
    """Open, and create or migrate where needed. Folder 0700, files 0600.

    On a full disk a database that is there can still be read. Raises CannotWrite when the folder
    or file can't be written.
    """
    try:
        return _open(path)
    except (OSError, sqlite3.OperationalError) as error:
        if is_no_room(error) and (connection := open_still(path, VERSION)) is not None:
            store = Store(path, connection, WriteLock(path.open("rb")))
            store.still = True
            return store
        raise _explain(path, error) from error
    except sqlite3.DatabaseError as error:
        raise _damaged(path, error) from error


def _open(path: Path) -> Store:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    lock = WriteLock(_private(path.with_suffix(".lock")))
    _private(path).close()
    connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
    connection.row_factory = sqlite3.Row
    store = Store(path, connection, lock)
    try:
        _prepare(store)
    except BaseException:
        store.close()
        raise
    return store


def _prepare(store: Store) -> None:
    connection = store.connection
    version = _version(connection)
    if version > VERSION:
        raise CannotWrite(
            f"{store.path} was written by a newer founder-inbox. Nothing was changed: "
            "install that version again, or name another folder in [storage] dir."
        )
    if connection.execute("pragma journal_mode").fetchone()[0] != "wal":
        _switch_to_wal(store)
    # FULL: a row that says "data sent" is on the disk before the dot goes out (outbox).
    connection.execute("pragma synchronous = full")
    connection.execute("pragma foreign_keys = on")
    connection.execute("pragma temp_store = memory")
    if version < VERSION:
        _migrate(store)


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("pragma user_version").fetchone()[0])


def _switch_to_wal(store: Store) -> None:
    # Of two that switch a new file at once, SQLite refuses one without waiting.
    with store._lock.held():
        store.connection.execute("pragma journal_mode = wal")


def _migrate(store: Store) -> None:
    """All steps in one transaction: until it is done, the older program can open the file."""
    from sqlite_utils import Database

    from founder_inbox.store.migrations import migrations

    with store.write():
        # Somebody else may have done it while we waited for the lock.
        if _version(store.connection) < VERSION:
            migrations.apply(Database(store.connection, recursive_triggers=False))
            store.connection.execute(f"pragma user_version = {VERSION:d}")


def _private(path: Path) -> IO[bytes]:
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    return os.fdopen(descriptor, "r+b")


def _damaged(path: Path, error: Exception) -> CannotWrite:
    return CannotWrite(
        f"{path} is not a founder-inbox database, or it is damaged ({error}). "
        "Your mail is safe on the server: move the file aside and sync again, "
        "or put a backup in its place."
    )


def _explain(path: Path, error: Exception) -> CannotWrite:
    return CannotWrite(
        f"Can't write {path}: {error}. Nothing on the mail server is touched and nothing here is "
        "lost. Make room or give back the right to write, then try again."
    )
