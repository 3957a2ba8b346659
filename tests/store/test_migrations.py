"""An older database is brought forward with everything in it."""

import sqlite3
from collections.abc import Callable
from pathlib import Path

from sqlite_utils import Database

from founder_inbox.core.tickets.identity import ticket_id
from founder_inbox.store import database, threads, tickets
from founder_inbox.store.database import Store, open_store
from founder_inbox.store.messages import messages_of_ticket, threads_of
from founder_inbox.store.migrations import VERSION, migrations
from tests.store.filing import add_ticket, make_mail


def test_tickets_of_the_first_schema_keep_their_mails_and_ids(
    tmp_path: Path, opened: Callable[[Path], Store]
) -> None:
    made = open_store(tmp_path / "made.db")
    key = add_ticket(made, make_mail(message_id="<b@x>"), make_mail(message_id="<c@x>"))
    threads.rename_to_root(made, key, "<a@x>")
    old = tmp_path / "inbox.db"
    db = Database(old)
    migrations.apply(db, stop_before="m004_threads")
    for table in ("ticket", "ticket_alias", "message_ref", "message"):
        names = [column.name for column in db[table].columns]
        listed = ", ".join(f'"{name}"' for name in names)
        rows = [tuple(row) for row in made.rows(f"select {listed} from {table}")]
        marks = ", ".join("?" for _ in names)
        db.conn.executemany(f"insert into {table} values ({marks})", rows)
    db.conn.commit()
    db.conn.execute("pragma user_version = 3")
    db.close()
    made.close()

    store = opened(old)

    assert store.row("pragma user_version")[0] == VERSION  # type: ignore[index]
    assert store.rows("pragma foreign_key_check") == []
    assert [m.message_id for m in messages_of_ticket(store, key)] == ["<b@x>", "<c@x>"]
    assert set(threads_of(store, ["<b@x>", "<c@x>"]).values()) == {key}
    assert tickets.key_of_id(store, ticket_id("<b@x>")) == key
    assert tickets.key_of_id(store, ticket_id("<a@x>")) == key


def test_notes_written_before_are_found_but_not_the_undone_ones(
    tmp_path: Path, opened: Callable[[Path], Store]
) -> None:
    old = tmp_path / "inbox.db"
    db = Database(old)
    migrations.apply(db, stop_before="m012_notes_and_tags_are_found")
    db.table("event").insert_all(
        [
            {"id": name, "at": "2026-11-22T12:00:00Z", "actor": "Ana", "ticket": "t",
             "kind": kind, "data": data}
            for name, kind, data in (
                ("1", "note", '{"text": "the walrus"}'),
                ("2", "note", '{"text": "no walrus"}'),
                ("3", "undone", '{"events": ["2"]}'),
                ("4", "closed", '{"seen": 1}'),
            )
        ]
    )  # fmt: skip
    db.conn.commit()
    db.conn.execute("pragma user_version = 11")
    db.close()

    store = opened(old)

    found = store.rows("select event from search_notes where search_notes match 'walrus'")
    assert [row["event"] for row in found] == ["1"]


def test_the_version_is_the_number_of_steps(tmp_path: Path) -> None:
    db = Database(sqlite3.connect(tmp_path / "a.db"))
    migrations.apply(db)

    assert len(list(migrations.applied(db))) == VERSION == database.VERSION
