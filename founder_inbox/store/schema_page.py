"""`docs/schema.md`: the database as its own SQL describes it, comments and all."""

import re
from contextlib import closing
from dataclasses import dataclass

from sqlite_utils import Database

from founder_inbox.store.migrations import VERSION, migrations

# A column that was added later follows the default of the one before it.
_COLUMN = re.compile(
    r'(?:\s*default [^,]*)?[\s,]*"?(?P<name>\w+)"?\s+(?P<type>text|integer|real|blob)\b(?P<rest>.*)'
)
_FOREIGN = re.compile(r"references (\w+)\((\w+)\)")
_INDEXED = re.compile(r"\bon (?P<what>.*)", re.DOTALL)

_HEAD = """\
# The database

`inbox.db` is one SQLite file in WAL mode, beside the log in the data folder.
It is yours: open it with `sqlite3`, Datasette or sqlite-utils whenever you like, also while the \
program runs.
Read freely, and let founder-inbox do the writing: it takes a lock that other programs don't know.
Times are RFC 3339 text in UTC, `2026-11-22T09:00:00Z`; flags are 0 or 1; null is "not yet" or \
"none".
No password and no token is ever in it.

For your own queries use the two views: their columns have the names of `--json` and keep them, \
whatever happens to the tables.

```sql
select id, subject, lane from v_tickets where status = 'open' order by opened_at;
select at, "from", new_text from v_messages where ticket = 'k7f3q2d' order by at;
```
"""


@dataclass(frozen=True, slots=True)
class Column:
    """A column as its line in the `create table` says it; `words` is the comment."""

    name: str
    type: str
    facts: str
    words: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table, what it is for, and its columns; the search index has none and is not strict."""

    name: str
    words: str
    columns: tuple[Column, ...]
    sql: str
    strict: bool


def schema_page() -> str:
    """The whole page in Markdown, from a database that all migrations have made."""
    with closing(_fresh()) as db:
        tables, views, indexes = read_tables(db), _made(db, "view"), _made(db, "index")
    parts = [
        _HEAD,
        f"This page describes schema version {VERSION}.\n",
        "## Views\n",
        *(_view(name, sql) for name, sql in views),
    ]
    parts += ["## Tables\n", _contents(tables), *map(_table, tables)]
    parts += ["## Indexes\n", _indexes(indexes)]
    return "\n".join(parts)


def read_tables(db: Database | None = None) -> list[Table]:
    """Our tables, in the order they were made; without `db` those of a fresh database."""
    if db is None:
        with closing(_fresh()) as fresh:
            return read_tables(fresh)
    return [_read(name, sql) for name, sql in _made(db, "table")]


def _fresh() -> Database:
    db = Database(memory=True)
    migrations.apply(db)
    return db


def _made(db: Database, kind: str) -> list[tuple[str, str]]:
    """Name and SQL of what our migrations made; the search's and the migrations' own are left."""
    rows = db.execute(
        """
        select name, sql from sqlite_master
         where type = ? and sql is not null
           and name not like '%sqlite%' and name not like 'search_%'
         order by rowid
        """,
        [kind],
    )
    return [(str(name), str(sql)) for name, sql in rows]


def _read(name: str, sql: str) -> Table:
    head, *lines = sql.strip().splitlines()
    columns = [column for line in lines if (column := _column(line))]
    if head.lower().startswith("create virtual"):
        words = "the full-text index over messages (SQLite FTS5)"
        return Table(name, words, (), sql, strict=False)
    return Table(name, _comment(head)[1], tuple(columns), sql, "strict" in lines[-1].lower())


def _column(line: str) -> Column | None:
    declared, words = _comment(line)
    found = _COLUMN.match(declared)
    if not found:
        return None
    return Column(found["name"], found["type"], _facts(found["rest"]), words)


def _comment(line: str) -> tuple[str, str]:
    declared, _, words = line.partition("--")
    return declared.rstrip(), words.strip()


def _facts(rest: str) -> str:
    """What a reader needs of the constraints: the key, uniqueness, where it points, or null."""
    facts = ["key"] if "primary key" in rest else []
    facts += ["unique"] if " unique" in rest else []
    facts += [f"→ {to[1]}.{to[2]}" for to in _FOREIGN.finditer(rest)]
    if "not null" not in rest and "primary key" not in rest:
        facts.append("may be null")
    return ", ".join(facts)


def _view(name: str, sql: str) -> str:
    return f"### {name}\n\n```sql\n{_flush(sql)}\n```\n"


def _contents(tables: list[Table]) -> str:
    rows = [f"| [{table.name}](#{table.name}) | {_cell(table.words)} |" for table in tables]
    return "\n".join(["| table | holds |", "|---|---|", *rows, ""])


def _table(table: Table) -> str:
    lines = [f"### {table.name}", "", f"{table.words[:1].upper()}{table.words[1:]}.", ""]
    if not table.columns:
        return "\n".join([*lines, "```sql", _flush(table.sql), "```", ""])
    lines += ["| column | type | is | holds |", "|---|---|---|---|"]
    lines += [
        f"| `{column.name}` | {column.type} | {_cell(column.facts)} | {_cell(column.words)} |"
        for column in table.columns
    ]
    return "\n".join([*lines, ""])


def _indexes(made: list[tuple[str, str]]) -> str:
    rows = []
    for name, sql in made:
        found = _INDEXED.search(" ".join(sql.split()))
        rows.append(f"| `{name}` | `{found['what'] if found else sql}` |")
    return "\n".join(["| index | on |", "|---|---|", *rows, ""])


def _flush(sql: str) -> str:
    """SQL as it stands in the migrations, without their indentation."""
    first, *rest = sql.strip().splitlines()
    margin = min((len(line) - len(line.lstrip()) for line in rest if line.strip()), default=0)
    return "\n".join([first, *(line[margin:] for line in rest)])


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
