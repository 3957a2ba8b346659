"""Parts of large mails that were left on the server, and what of them was fetched since."""

import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from founder_inbox.core.model import LeftPart
from founder_inbox.errors import BadInput
from founder_inbox.store.database import Store


class PartState(StrEnum):
    """Where a part is; `WANTED` ones are fetched by whoever talks to the server next."""

    LEFT = "left"
    WANTED = "wanted"
    HERE = "here"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class PartRow:
    """A part of a mail. `got` is how many of its `size` bytes are here, still encoded."""

    id: int
    raw: int
    leaf: int
    section: str
    size: int
    encoding: str
    state: PartState
    got: int
    answer: str | None


def add_left(store: Store, raw: int, parts: Iterable[LeftPart]) -> None:
    """Write down what was left out of a raw mail."""
    for part in parts:
        store.run(
            "insert or ignore into part (raw, leaf, section, size, encoding) "
            "values (?, ?, ?, ?, ?)",
            raw,
            part.leaf,
            part.section,
            part.size,
            part.encoding[:40],
        )


def left_of_raw(store: Store, raw: int) -> list[LeftPart]:
    """What was left out of a raw mail when it was fetched."""
    rows = store.rows("select * from part where raw = ? order by leaf", raw)
    return [LeftPart(row["leaf"], row["section"], row["size"], row["encoding"]) for row in rows]


def parts_of_message(store: Store, message: int) -> dict[int, PartRow]:
    """The parts that were left out of the mail a message was understood from, by leaf."""
    rows = store.rows(
        "select * from part where raw = (select min(id) from raw where message = ?)", message
    )
    return {row["leaf"]: _part(row) for row in rows}


def part_row(store: Store, part: int) -> PartRow | None:
    """A part as it stands now."""
    row = store.row("select * from part where id = ?", part)
    return None if row is None else _part(row)


def wanted_parts(store: Store) -> list[PartRow]:
    """What somebody waits for, in the order it was asked for."""
    rows = store.rows("select * from part where state = 'wanted' order by asked, id")
    return [_part(row) for row in rows]


def is_wanted(store: Store) -> bool:
    """Whether somebody waits for a part."""
    return store.row("select 1 from part where state = 'wanted' limit 1") is not None


def want_parts(store: Store, parts: Sequence[int]) -> None:
    """Ask for parts; those that are here stay as they are."""
    with store.write():
        for part in parts:
            store.run(
                """
                update part set state = 'wanted', answer = null,
                       asked = (select coalesce(max(asked), 0) + 1 from part)
                 where id = ? and state in ('left', 'failed')
                """,
                part,
            )


def leave_parts(store: Store, parts: Sequence[int]) -> None:
    """Nobody waits for these any more; what came of them is kept for the next time."""
    with store.write():
        for part in parts:
            store.run("update part set state = 'left' where id = ? and state = 'wanted'", part)


def add_piece(store: Store, part: PartRow, data: bytes, *, last: bool) -> None:
    """Put the next bytes of a part behind those that are here."""
    with store.write():
        store.run(
            "insert or replace into piece (part, start, body) values (?, ?, ?)",
            part.id,
            part.got,
            zlib.compress(data, 1),
        )
        store.run(
            "update part set got = ?, state = case when ? then 'here' else state end where id = ?",
            part.got + len(data),
            last,
            part.id,
        )


def fail_part(store: Store, part: int, answer: str) -> None:
    """It can't be had; `answer` says why."""
    with store.write():
        store.run("update part set state = 'failed', answer = ? where id = ?", answer, part)


def pieces_of(store: Store, part: PartRow) -> Iterator[bytes]:
    """A part's bytes, still encoded, a piece at a time. Raises BadInput for a damaged one."""
    start = 0
    while start < part.got:
        row = store.row("select body from piece where part = ? and start = ?", part.id, start)
        try:
            data = zlib.decompress(row["body"]) if row else b""
        except zlib.error:
            data = b""
        if not data:
            raise BadInput(
                "What was fetched of this file is damaged on this disk. The mail on the server is "
                "as it was: save the file with another mail program, and see founder-inbox doctor."
            )
        yield data
        start += len(data)


def _part(row: sqlite3.Row) -> PartRow:
    return PartRow(
        row["id"],
        row["raw"],
        row["leaf"],
        row["section"],
        row["size"],
        row["encoding"],
        PartState(row["state"]),
        row["got"],
        row["answer"],
    )
