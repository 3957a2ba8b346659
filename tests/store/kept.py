"""Every schema that was ever released, with rows in it: `schemas/NN.sql`, for good.

`python -m tests.store.kept` writes those that are missing, which after a new step in
`store/migrations.py` is the newest one. What is there already is never written again: it is what
founders have on their disks.
"""

import sqlite3
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

from sqlite_utils import Database

from founder_inbox.store.migrations import VERSION, migrations
from tests.store.kept_rows import FOLLOWING, LATER_ROWS, ROWS, Row

KEPT = Path(__file__).parent / "schemas"
VERSIONS = range(1, VERSION + 1)
_RELEASED_AT = "2026-11-20 12:00:00.000000+00:00"
# FTS5 makes its own tables beside each index, and those of the steps are sqlite_utils'.
_SEARCHES = ("search", "search_notes")


def load(version: int, path: Path) -> None:
    """Make the database that a founder with this schema has."""
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute("pragma journal_mode = wal")
        script = _file(version).read_text(encoding="utf-8")
        db.executescript(f"begin;\n{script}commit;")


def schema_of(db: sqlite3.Connection) -> list[tuple[str, ...]]:
    """Everything that is declared, with its comments."""
    return db.execute(
        "select type, name, tbl_name, sql from sqlite_schema where sql is not null order by 1, 2"
    ).fetchall()


def stopped_at(version: int) -> sqlite3.Connection:
    """An empty database in memory on which the steps were taken up to this version."""
    db = sqlite3.connect(":memory:", isolation_level=None)
    names = [step.name for step in migrations._migrations]
    stop = names[version] if version < len(names) else None
    migrations.apply(Database(db), stop_before=stop)
    return db


def tables_of(db: sqlite3.Connection) -> list[str]:
    """The names of our tables, in the order they were made; searches among them."""
    return [
        name
        for (name,) in db.execute(
            "select name from sqlite_schema where type = 'table' order by rowid"
        )
        if not name.startswith(("_sqlite", "sqlite_", *(f"{search}_" for search in _SEARCHES)))
        or name in _SEARCHES
    ]


def _file(version: int) -> Path:
    return KEPT / f"{version:02}.sql"


def _filled(version: int) -> sqlite3.Connection:
    db = stopped_at(version)
    for name in tables_of(db):
        rows: list[Row] = [*ROWS.get(name, ())]
        for since, later in LATER_ROWS.items():
            rows += later.get(name, ()) if since <= version else ()
        if not rows and name not in FOLLOWING:
            raise SystemExit(f"The table {name} has no rows yet in tests/store/kept_rows.py.")
        _insert(db, name, rows)
    db.execute("update _sqlite_migrations set applied_at = ?", [_RELEASED_AT])
    return db


def _insert(db: sqlite3.Connection, table: str, rows: Sequence[Row]) -> None:
    known = {name for (name,) in db.execute("select name from pragma_table_info(?)", [table])}
    for row in rows:
        given = {key: value for key, value in row.items() if key in known | {"rowid"}}
        names = ", ".join(f'"{name}"' for name in given)
        marks = ", ".join("?" for _ in given)
        db.execute(f"insert or replace into {table} ({names}) values ({marks})", [*given.values()])


def _text(version: int) -> str:
    with closing(_filled(version)) as db:
        return "".join(f"{line}\n" for line in _statements(db, version))


def _statements(db: sqlite3.Connection, version: int) -> Iterator[str]:
    """Tables, their rows, then what would act on the rows."""
    yield f"-- Schema version {version}, as it was released, with rows. Never edited."
    declared = {name: (kind, sql) for kind, name, _, sql in schema_of(db)}
    tables = ["_sqlite_migrations", *tables_of(db)]
    for name in tables:
        yield f"{declared[name][1]};"
        yield from _rows_in(db, name)
    for kind, sql in declared.values():
        if kind != "table":
            yield f"{sql};"
    yield f"pragma user_version = {version};"


def _rows_in(db: sqlite3.Connection, table: str) -> Iterator[str]:
    if table == "search":  # it keeps no text that could be read back
        names = [*ROWS["search"][0]]
        rows = [
            [db.execute("select quote(?)", [row[name]]).fetchone()[0] for name in names]
            for row in ROWS["search"]
        ]
    else:
        names = [name for (name,) in db.execute("select name from pragma_table_info(?)", [table])]
        quoted = ", ".join(f'quote("{name}")' for name in names)
        rows = [[*row] for row in db.execute(f"select {quoted} from {table}")]
    for row in rows:
        listed = ", ".join(f'"{name}"' for name in names)
        yield f"insert into {table} ({listed}) values ({', '.join(row)});"


def main() -> None:
    """Write the missing ones."""
    KEPT.mkdir(exist_ok=True)
    for version in VERSIONS:
        if not _file(version).exists():
            _file(version).write_text(_text(version), encoding="utf-8")
            sys.stdout.write(f"{_file(version).name}\n")


if __name__ == "__main__":
    main()
