"""A database of any released version is brought forward with everything in it."""

import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from sqlite_utils import Database

from founder_inbox.core.tickets.query import Term
from founder_inbox.errors import CannotWrite
from founder_inbox.store import database, tickets
from founder_inbox.store.database import Store, open_store
from founder_inbox.store.messages import messages_of_ticket, threads_of
from founder_inbox.store.migrations import VERSION, migrations
from founder_inbox.store.search import search_tickets
from founder_inbox.store.settings import get_setting, set_setting
from tests.store.kept import KEPT, VERSIONS, load, schema_of, stopped_at, tables_of

Opened = Callable[[Path], Store]
Rows = dict[str, list[dict[str, object]]]
# They hold no text of their own.
UNREADABLE = {"search"}


@pytest.fixture(params=VERSIONS)
def old(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A database as a founder has it who never updated since that version."""
    load(request.param, path := tmp_path / "inbox.db")
    return path


def contents(path: Path) -> Rows:
    """Every row of every table."""
    with closing(sqlite3.connect(path)) as db:
        db.row_factory = sqlite3.Row
        return {
            name: [dict(row) for row in db.execute(f"select * from {name} order by 1")]
            for name in tables_of(db)
            if name not in UNREADABLE
        }


def as_far_as(before: Rows, after: Rows) -> Rows:
    """What is in the tables and columns that there were before."""
    return {
        table: [{name: kept[name] for name in rows[0]} for kept in after[table]]
        for table, rows in before.items()
    }


def test_what_was_in_it_is_in_it_still(old: Path, opened: Opened) -> None:
    before = contents(old)

    opened(old)

    assert as_far_as(before, contents(old)) == before


def test_it_is_then_declared_like_a_new_one_and_whole(
    old: Path, tmp_path: Path, opened: Opened
) -> None:
    fresh = opened(tmp_path / "fresh.db")

    store = opened(old)

    declared = [[tuple(row) for row in schema_of(one.connection)] for one in (store, fresh)]
    assert declared[0] == declared[1]
    assert store.row("pragma user_version")[0] == VERSION  # type: ignore[index]
    assert [row[0] for row in store.rows("pragma integrity_check")] == ["ok"]
    assert store.rows("pragma foreign_key_check") == []
    store.run("insert into search(search) values ('integrity-check')")


def test_tickets_mails_ids_and_words_are_found_in_it(old: Path, opened: Opened) -> None:
    store = opened(old)

    assert [m.message_id for m in messages_of_ticket(store, 1)] == [
        "<q@okafor.test>",
        "<ours@acme.test>",
    ]
    ids = {"<q@okafor.test>": 1, "<never-seen@okafor.test>": 1, "<i@x.test>": 3}
    assert threads_of(store, [*ids]) == ids
    assert [tickets.key_of_id(store, name) for name in ("yzb9a2v", "0dd0dd0")] == [1, 1]
    for words, keys in (("gruß", [1]), ("darker", [3]), ("walrus", [1]), ("penguin", [])):
        assert search_tickets(store, [Term("", words)]) == keys
    rows = store.rows("select id, status, update_due_at from v_tickets order by opened_at, id")
    assert [row["id"] for row in rows] == ["1m40b7q", "yzb9a2v"]
    assert len(store.rows("select * from v_messages where ticket = 'yzb9a2v'")) == 2


def test_a_second_start_changes_nothing(old: Path) -> None:
    open_store(old).close()
    before = old.read_bytes()

    open_store(old).close()

    assert old.read_bytes() == before


def test_no_released_step_was_edited_since(tmp_path: Path) -> None:
    for version in VERSIONS:
        load(version, path := tmp_path / f"{version}.db")
        with closing(stopped_at(version)) as now, closing(sqlite3.connect(path)) as released:
            assert schema_of(now) == schema_of(released), version


def test_each_kept_schema_has_rows_in_every_table(old: Path) -> None:
    assert [table for table, rows in contents(old).items() if not rows] == []


def test_every_version_is_kept_and_is_the_number_of_its_steps() -> None:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as fresh:
        db = Database(fresh)
        migrations.apply(db)
        assert len(list(migrations.applied(db))) == VERSION == database.VERSION
    assert [path.name for path in sorted(KEPT.iterdir())] == [f"{n:02}.sql" for n in VERSIONS]


def brought_forward(path: Path, *limits: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "tests.store.killed_migration", str(path), *limits]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)


def test_killed_in_the_middle_it_is_still_the_old_one_and_then_goes_on(tmp_path: Path) -> None:
    load(1, path := tmp_path / "inbox.db")
    before = contents(path)

    run = brought_forward(path)

    killed, last = run.stdout.split()
    assert int(killed) > 50, run.stderr
    assert last == str(VERSION)
    assert as_far_as(before, contents(path)) == before


def test_a_full_disk_leaves_the_old_one_as_it_was(tmp_path: Path, opened: Opened) -> None:
    load(1, path := tmp_path / "inbox.db")
    before = contents(path)

    run = brought_forward(path, "50000")

    assert "nothing here is lost. Make room" in run.stderr
    with closing(sqlite3.connect(path)) as db:
        assert db.execute("pragma user_version").fetchone()[0] == 1
    assert contents(path) == before
    assert opened(path).row("pragma user_version")[0] == VERSION  # type: ignore[index]


def test_programs_that_bring_it_forward_at_once_all_succeed(tmp_path: Path) -> None:
    load(1, path := tmp_path / "inbox.db")
    code = (
        "import sys; from pathlib import Path; "
        "from founder_inbox.store.database import open_store; "
        "print(open_store(Path(sys.argv[1])).row('pragma user_version')[0])"
    )
    command = [sys.executable, "-c", code, str(path)]

    running = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(3)]

    assert [int(one.communicate()[0]) for one in running] == [VERSION] * 3


@pytest.mark.parametrize("journal", ["wal", "delete"])
def test_a_newer_one_is_refused_in_words_and_not_touched(tmp_path: Path, journal: str) -> None:
    load(VERSION, path := tmp_path / "inbox.db")
    with closing(sqlite3.connect(path)) as db:
        db.execute(f"pragma journal_mode = {journal}")
        db.execute(f"pragma user_version = {VERSION + 1}")
    before = path.read_bytes()

    with pytest.raises(CannotWrite, match=r"newer founder-inbox\. Nothing was changed: install"):
        open_store(path)

    assert path.read_bytes() == before


def test_a_program_that_still_runs_writes_nothing_into_a_newer_one(
    tmp_path: Path, opened: Opened
) -> None:
    store = opened(path := tmp_path / "inbox.db")
    with closing(sqlite3.connect(path)) as newer:
        newer.execute(f"pragma user_version = {VERSION + 1}")

    with pytest.raises(CannotWrite, match="leave, and start again"):
        set_setting(store, "a", "b")

    assert get_setting(store, "a") is None
    assert not store.connection.in_transaction
