"""Who was forgotten, what of that is still to be done, and what may never come back.

A line `forgotten` of the journal fills `forgotten_mark` by a trigger; a row of `forgotten` says
that it was acted upon here. The bytes of an erased mail are gone, its row in `raw` stays: by its
hash it is recognised wherever it comes from again.
"""

import json
import sqlite3
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from founder_inbox.core.sharing.forgotten import Forgotten, read_forgotten
from founder_inbox.core.times import from_text, to_text
from founder_inbox.store.database import Store
from founder_inbox.store.moves import Place

FORGOTTEN_TABLES = (
    """
    create table forgotten ( -- people whose mails were erased, without a word of who they were
        event text primary key,              -- the line of the journal that says so
        address text,                        -- only until the server's part is done
        message_ids text,                    -- JSON list of ids, only until then
        on_server integer not null,          -- 1: mails of theirs may still lie on the server
        in_file integer not null,            -- 1: the file has to be written anew, 2: the WAL cut
        trouble text                         -- what is in the way
    ) strict, without rowid
    """,
    """
    create table forgotten_mark ( -- mails that were erased, by a hash, so that none comes back
        mark text primary key,               -- of Message-ID, sender and Date
        event text not null                  -- the line of the journal that says so
    ) strict, without rowid
    """,
    """
    create table forgotten_mail ( -- rows of raw whose bytes were erased
        raw integer primary key references raw(id) on delete cascade, -- its hash is kept there
        at text not null                     -- when they were erased
    ) strict
    """,
    """
    create table journal_rewrite ( -- messages of the shared journal to be looked through for them
        uid integer primary key              -- the message's number
    ) strict
    """,
    """
    create trigger somebody_forgotten after insert on event when new.kind = 'forgotten' begin
        insert or ignore into forgotten_mark (mark, event)
        select value, new.id from json_each(new.data, '$.mails');
        insert or ignore into journal_rewrite (uid) select uid from journal_mail;
    end
    """,
    "create index message_outbox on message(outbox) where outbox is not null",
    "create index action_outbox on action(outbox) where outbox is not null",
    "create index action_raw on action(raw) where raw is not null",
)
ForgottenLine = tuple[str, ...]
_NOTHING = zlib.compress(b"")


@dataclass(frozen=True, slots=True)
class Work:
    """What is left to do for one who was forgotten. `at`: when that was; later mail is new."""

    event: str
    at: datetime
    address: str
    message_ids: tuple[str, ...]
    on_server: bool
    in_file: int
    trouble: str


def all_forgotten(store: Store) -> list[Forgotten]:
    """Every line that says so, oldest first."""
    rows = store.rows("select id, data from event where kind = 'forgotten' order by id")
    return [read_forgotten(row["id"], json.loads(row["data"])) for row in rows]


def not_acted_upon(store: Store) -> list[Forgotten]:
    """Lines from other machines, or from before a restore, that have to be followed here."""
    rows = store.rows(
        """
        select id, data from event
         where kind = 'forgotten' and id not in (select event from forgotten) order by id
        """
    )
    return [read_forgotten(row["id"], json.loads(row["data"])) for row in rows]


def note_forgotten(store: Store, event: str, address: str | None, ids: Sequence[str]) -> None:
    """It was acted upon here; the server and the file are still to be seen to. Inside `write()`."""
    store.run(
        "insert or ignore into forgotten (event, address, message_ids, on_server, in_file) "
        "values (?, ?, ?, ?, 1)",
        event,
        address,
        json.dumps(list(ids)) if address else None,
        address is not None,
    )


def work_left(store: Store) -> list[Work]:
    """Those for whom something is left to do, the first forgotten first."""
    rows = store.rows(
        """
        select forgotten.*, event.at from forgotten join event on event.id = forgotten.event
         where on_server or in_file order by event
        """
    )
    return [_work(row) for row in rows]


def count_to_look_through(store: Store) -> int:
    """How many messages of the shared journal have not been looked through for them."""
    row = store.row("select count(*) as n from journal_rewrite")
    return int(row["n"]) if row else 0


def done_on_server(store: Store, event: str) -> None:
    """Nothing of theirs is known to lie there any more: what it was looked for by is erased."""
    store.connection.execute("pragma secure_delete = on")
    with store.write():
        store.run(
            "update forgotten set on_server = 0, address = null, message_ids = null, "
            "trouble = null, in_file = iif(in_file = 1, 1, 2) where event = ?",
            event,
        )


def say_trouble(store: Store, event: str, trouble: str) -> None:
    """What the server would not do; it is tried again with each round."""
    with store.write():
        store.run("update forgotten set trouble = ? where event = ?", trouble, event)


def write_file_again(store: Store) -> None:
    """Something of theirs came back and was erased again. Inside `write()`."""
    store.run("update forgotten set in_file = 1 where event = (select max(event) from forgotten)")


def came_to(store: Store, in_file: int, before: int) -> None:
    """The file is so far for everybody: 2: only its WAL has to be cut, 0: nothing is left in it."""
    with store.write():
        store.run("update forgotten set in_file = ? where in_file = ?", in_file, before)


def is_forgotten(store: Store, mark: str) -> bool:
    """Whether this mail was erased for good."""
    return store.row("select 1 from forgotten_mark where mark = ?", mark) is not None


def empty_raw(store: Store, raw: int, now: datetime) -> None:
    """Erase a mail's bytes and all that hangs on them; hash and places stay. Inside `write()`."""
    for table in ("unreadable", "part", "imported", "action"):
        store.run(f"delete from {table} where raw = ?", raw)  # noqa: S608 - our own names
    store.run("update raw set body = ?, message = null, complete = 1 where id = ?", _NOTHING, raw)
    store.run("insert or ignore into forgotten_mail (raw, at) values (?, ?)", raw, to_text(now))


def places_left(store: Store) -> list[tuple[int, Place]]:
    """Where erased mails still lie on the server, as far as is known, with their raw rows."""
    rows = store.rows(
        r"""
        select location.raw, mailbox.name, mailbox.role, location.uidvalidity, location.uid
          from forgotten_mail join location on location.raw = forgotten_mail.raw
          join mailbox on mailbox.id = location.mailbox
         where location.gone_at is null and location.uidvalidity = mailbox.uidvalidity
           and location.keywords not like '%\Deleted%'
         order by mailbox.id, location.uid
        """
    )
    return [
        (row["raw"], Place(row["name"], row["role"], row["uidvalidity"], row["uid"]))
        for row in rows
    ]


def to_look_through(store: Store) -> list[int]:
    """Messages of the shared journal that may hold lines of theirs."""
    return [row["uid"] for row in store.rows("select uid from journal_rewrite order by uid")]


def look_through(store: Store, uid: int) -> None:
    """This message has such a line. Inside `write()`."""
    store.run("insert or ignore into journal_rewrite (uid) values (?)", uid)


def looked_through(store: Store, uids: Iterable[int]) -> None:
    """These hold nothing of theirs, or are gone."""
    with store.write():
        for uid in uids:
            store.run("delete from journal_rewrite where uid = ?", uid)


def take_over(store: Store, lines: Iterable[ForgottenLine]) -> None:
    """Add lines `forgotten` of another database to this one, as `lines_of` gave them."""
    with store.write():
        for line in lines:
            store.run(
                "insert or ignore into event (id, at, actor, ticket, kind, data) "
                "values (?, ?, ?, ?, ?, ?)",
                *line,
            )


def lines_of(store: Store) -> list[ForgottenLine]:
    """The lines `forgotten` as they are kept, for a database that takes this one's place."""
    rows = store.rows(
        "select id, at, actor, ticket, kind, data from event where kind = 'forgotten'"
    )
    return [tuple(row) for row in rows]


def _work(row: sqlite3.Row) -> Work:
    return Work(
        row["event"],
        from_text(row["at"]),
        row["address"] or "",
        tuple(json.loads(row["message_ids"] or "[]")),
        bool(row["on_server"]),
        row["in_file"],
        row["trouble"] or "",
    )
