"""A copy of the whole database in one file, made while others write, and read again.

The copy is a plain SQLite file in rollback mode: no `-wal` beside it, so it can be moved about,
opened with any SQLite program, and read from a disk that can't be written. One table is added to
it, `own_file`: the founder's own files beside the config.
"""

import contextlib
import os
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from founder_inbox.errors import BadInput, CannotWrite
from founder_inbox.store.database import VERSION, Store

PAGES = 4_096
COUNTED = ("raw", "message", "ticket", "event", "outbox", "draft")
_FILES = """
    create table own_file (
        path text primary key,      -- below the config's folder, with forward slashes
        body blob not null          -- the bytes
    ) strict
"""


@dataclass(frozen=True, slots=True)
class Contents:
    """What is in a copy: rows by table, and the schema's version."""

    rows: Mapping[str, int]
    version: int


def copy_database(store: Store, target: Path, tell: Callable[[int, int], None]) -> Contents:
    """Copy the database as it is at this moment into `target`, which must not be there yet.

    `tell` hears (pages left, pages in all) and may raise to end it; then no file stays. Raises
    CannotWrite where there is no room, and where the source is damaged.
    """
    return _copy_to(target, store.connection, tell)


def copy_file(source: Path, target: Path, tell: Callable[[int, int], None]) -> None:
    """Copy a backup into a database file, without the founder's own files; as `copy_database`."""
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with _opened(source, read_only=True) as backup:
        _copy_to(target, backup, tell)
    with _opened(target) as copy:
        copy.execute("drop table if exists own_file")


def _copy_to(
    target: Path, source: sqlite3.Connection, tell: Callable[[int, int], None]
) -> Contents:
    try:
        os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    except OSError as error:
        raise CannotWrite(f"{target} can't be written: {error.strerror}. No copy was made.") from (
            error
        )
    try:
        with contextlib.closing(sqlite3.connect(target, isolation_level=None)) as copy:
            contents = _copy(source, copy, tell)
            copy.execute("pragma journal_mode = delete")
    except BaseException as error:
        target.unlink(missing_ok=True)
        if isinstance(error, sqlite3.Error):
            raise CannotWrite(f"{target} could not be written: {error}. No copy was made.") from (
                error
            )
        raise
    return contents


def _copy(
    source: sqlite3.Connection, copy: sqlite3.Connection, tell: Callable[[int, int], None]
) -> Contents:
    # A read transaction held over all steps: writers go on, and what is copied stays one moment.
    source.execute("begin")
    try:
        contents = _contents(source)
        source.backup(copy, pages=PAGES, progress=lambda _, left, total: tell(left, total), sleep=0)
    finally:
        source.execute("rollback")
    return contents


def add_own_files(target: Path, files: Mapping[str, bytes]) -> None:
    """Put the founder's own files into a copy: path below the config's folder to bytes."""
    with _opened(target) as copy:
        copy.execute("begin")
        copy.execute("drop table if exists own_file")
        copy.execute(_FILES)
        copy.executemany("insert into own_file (path, body) values (?, ?)", files.items())
        copy.execute("commit")


def own_files(backup: Path) -> dict[str, bytes]:
    """The founder's own files in a backup."""
    with _opened(backup, read_only=True) as copy:
        if not copy.execute("select 1 from sqlite_schema where name = 'own_file'").fetchone():
            return {}
        rows = copy.execute("select path, body from own_file order by path").fetchall()
    return {str(path): bytes(body) for path, body in rows}


def verify(backup: Path) -> Contents:
    """Read a backup through to its last page, and say what is in it.

    Raises BadInput when it is no database of founder-inbox, damaged, or from a newer version.
    """
    try:
        with _opened(backup, read_only=True) as copy:
            return _verify(backup, copy)
    except sqlite3.Error as error:
        raise BadInput(f"{backup} can't be read as a backup: {error}.") from error


def _verify(backup: Path, copy: sqlite3.Connection) -> Contents:
    found = {str(name) for (name,) in copy.execute("select name from sqlite_schema")}
    if not found.issuperset(COUNTED):
        raise BadInput(f"{backup} is no backup of founder-inbox. Nothing was changed.")
    contents = _contents(copy)
    if contents.version > VERSION:
        raise BadInput(
            f"{backup} was written by a newer founder-inbox. Nothing was changed: "
            "install that version, or a newer one, and try again."
        )
    words = [str(row[0]) for row in copy.execute("pragma integrity_check(3)")]
    strays = copy.execute("pragma foreign_key_check").fetchone()
    if words != ["ok"] or strays:
        told = "; ".join(words) if words != ["ok"] else f"a row of {strays[0]} hangs in the air"
        raise BadInput(f"{backup} is damaged: {told}. Nothing was changed: take an older one.")
    return contents


def _contents(connection: sqlite3.Connection) -> Contents:
    rows = {
        table: int(connection.execute(f"select count(*) from {table}").fetchone()[0])  # noqa: S608 - names of our own
        for table in COUNTED
    }
    return Contents(rows, int(connection.execute("pragma user_version").fetchone()[0]))


@contextmanager
def _opened(path: Path, *, read_only: bool = False) -> Iterator[sqlite3.Connection]:
    # As a URI, so that a name with ? or # in it stays a name.
    mode = "ro" if read_only else "rw"
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode={mode}", uri=True)
    connection.isolation_level = None
    with contextlib.closing(connection):
        yield connection
