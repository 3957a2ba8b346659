"""Questions that `doctor` asks the database."""

import sqlite3
from datetime import datetime

from founder_inbox.core.times import from_text
from founder_inbox.store.database import Store


def quick_check(store: Store) -> str | None:
    """What SQLite finds wrong with the file, or None."""
    try:
        row = store.row("pragma quick_check(1)")
    except sqlite3.DatabaseError as error:
        return str(error)
    words = str(row[0]) if row else "no answer"
    return None if words == "ok" else words


def newest_arrival(store: Store) -> datetime | None:
    """When the newest mail that lies on the server arrived there, by the server's clock."""
    row = store.row(
        "select max(raw.received_at) as at from raw join location on location.raw = raw.id"
    )
    return from_text(row["at"]) if row and row["at"] else None
