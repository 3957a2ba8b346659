"""Questions that `doctor` asks the database."""

import sqlite3
from collections.abc import Collection
from datetime import datetime

from founder_inbox.core.times import from_text
from founder_inbox.store.database import Store


def integrity(store: Store) -> str | None:
    """What SQLite finds wrong with the file, its indexes or its references, or None."""
    try:
        row = store.row("pragma integrity_check(1)")
        words = str(row[0]) if row else "no answer"
        if words != "ok":
            return words
        lost = store.row("pragma foreign_key_check")
    except sqlite3.DatabaseError as error:
        return str(error)
    return f"a row of {lost[0]} points to nothing in {lost[2]}" if lost else None


def sqlite_version() -> str:
    """The version of SQLite that is linked."""
    return sqlite3.sqlite_version


def count_events(store: Store) -> int:
    """How many acts the journal holds."""
    row = store.row("select count(*) from event")
    return int(row[0]) if row else 0


def unknown_kinds(store: Store, known: Collection[str]) -> list[str]:
    """The kinds of acts in the journal that are not among the `known`, as of a newer version."""
    return [kind for (kind,) in store.rows("select distinct kind from event") if kind not in known]


def newest_arrival(store: Store) -> datetime | None:
    """When the newest mail that lies on the server arrived there, by the server's clock."""
    row = store.row(
        "select max(raw.received_at) as at from raw join location on location.raw = raw.id"
    )
    return from_text(row["at"]) if row and row["at"] else None
