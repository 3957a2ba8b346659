"""The database describes itself, and the page says the same."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from founder_inbox.store.database import open_store
from founder_inbox.store.schema_page import read_tables, schema_page
from tests.rules.source import ROOT

TICKET = (
    "id, subject, customer_name, customer_address, status, lane, lane_reasons, quick_fix, "
    "assignee, unread, messages, opened_at, last_customer_at, last_reply_at, snoozed_until, "
    "update_due_at"
)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """A fresh database, opened by somebody else."""
    path = tmp_path / "data" / "inbox.db"
    open_store(path).close()
    with closing(sqlite3.connect(path)) as connection:
        yield connection


def columns(database: sqlite3.Connection, table: str) -> list[str]:
    found = database.execute("select name from pragma_table_info(?)", [table])
    return [name for (name,) in found]


def test_the_page_is_what_the_migrations_say() -> None:
    assert (ROOT / "docs" / "schema.md").read_text(encoding="utf-8") == schema_page()


def test_every_column_of_every_table_has_a_comment(database: sqlite3.Connection) -> None:
    strict = database.execute(
        "select name from pragma_table_list where strict and schema = 'main'"
    ).fetchall()
    read = {table.name: table for table in read_tables()}

    assert {name for (name,) in strict} == {name for name, t in read.items() if t.strict}
    for (name,) in strict:
        assert [column.name for column in read[name].columns] == columns(database, name)
        assert [column.name for column in read[name].columns if not column.words] == []
        assert read[name].words


def test_every_table_but_the_search_is_strict() -> None:
    assert [table.name for table in read_tables() if not table.strict] == ["search"]


def test_the_views_have_the_names_that_scripts_rely_on(database: sqlite3.Connection) -> None:
    assert columns(database, "v_tickets") == TICKET.split(", ")
    assert {"id", "ticket", "message_id", "direction", "at", "from", "to", "text", "new_text"} <= {
        *columns(database, "v_messages")
    }


def test_the_queries_on_the_page_work(database: sqlite3.Connection) -> None:
    queries = schema_page().partition("```sql\n")[2].partition("```")[0].strip().splitlines()

    assert [database.execute(query).fetchall() for query in queries] == [[], []]
