"""Erasing what a line `forgotten` names, in one transaction: the same on every machine.

Whoever calls this works out anew the tickets that it returns.
"""

import json
import sqlite3
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from founder_inbox.core.sharing.forgotten import Forgotten, mark_of, what_stays
from founder_inbox.core.times import from_text_or_none
from founder_inbox.store.database import Store, open_store
from founder_inbox.store.forgotten import came_to, empty_raw
from founder_inbox.store.messages import forget_words, message_with_id


@dataclass(frozen=True, slots=True)
class Erased:
    """What was erased: mails, lines of the journal; the tickets, by key, that others are in."""

    mails: int
    lines: int
    shared: frozenset[int]


def erase(
    store: Store, forgotten: Forgotten, now: datetime, ids: Sequence[str] | None = None
) -> Erased:
    """Take away mails, files, drafts, notes and lines. Inside `write()`; repeatable.

    `ids`: the Message-IDs behind the marks, where they are known; else every mail is looked at.
    """
    store.connection.execute("pragma secure_delete = on")
    messages = _marked(store, forgotten.mails, ids)
    names = _names(store, forgotten.tickets)
    tickets = {ticket for _, ticket in messages}
    threads = _threads(store, [message for message, _ in messages], names)
    _erase_mails(store, [message for message, _ in messages], now)
    lines = _erase_lines(store, forgotten, names)
    _erase_drafts(store, names)
    for key in forgotten.keys:
        store.run("delete from sorted_mail where mail = ?", key)
    _drop_threads(store, threads)
    # What was found in Junk is looked for again; what was brought back from there is history.
    store.run("delete from setting where name = 'junk'")
    store.run("delete from action where kind = 'rescue' and state <> 'queued'")
    left = {key for key in tickets if _is_there(store, key)}
    return Erased(len(messages), lines, frozenset(left))


def erase_loose(store: Store, drafts: Iterable[str], outbox: Iterable[int]) -> None:
    """Erase new mails that are being written, and mails on their way. Inside `write()`."""
    for draft in drafts:
        _erase_draft(store, draft)
        store.run("delete from outgoing where kind || '-' || id = ?", draft)
    for item in outbox:
        _erase_outbox(store, item)


def clean_file(store: Store) -> bool:
    """Write the database anew, so that no page and no index keeps a word of what was erased.

    With a connection of its own, and nobody else may write meanwhile. Whether the WAL could be
    cut, too: whoever reads just then holds it, and the next try does it. Raises CannotWrite where
    there is no room for a second copy; the database is as it was then.
    """
    own = open_store(store.path)
    try:
        with own.write():
            for table in ("search", "search_notes"):
                own.run(f"insert into {table}({table}) values ('optimize')")  # noqa: S608 - our own names
        own.write_anew()
        came_to(own, 2, 1)
        return cut_wal(own)
    finally:
        own.close()


def cut_wal(store: Store) -> bool:
    """Leave nothing in the file beside the database; whether nobody was in the way."""
    if not store.cut_wal():
        return False
    came_to(store, 0, 2)
    return store.cut_wal()


def _marked(
    store: Store, marks: Collection[str], ids: Sequence[str] | None
) -> list[tuple[int, int]]:
    columns = "id, ticket, message_id, sender_address, date"
    if ids is None:
        rows = store.rows(f"select {columns} from main.message")  # noqa: S608 - our own names
    else:
        which = "message_id in (select value from json_each(?))"
        sql = f"select {columns} from main.message where {which}"  # noqa: S608 - our own names
        rows = store.rows(sql, json.dumps([*ids]))
    return [
        (row["id"], row["ticket"])
        for row in rows
        if mark_of(row["message_id"], row["sender_address"], from_text_or_none(row["date"]))
        in marks
    ]


def _names(store: Store, tickets: Iterable[str]) -> list[str]:
    """Every id by which these tickets are or were known here."""
    found = store.rows(
        """
        select ticket_alias.id from json_each(?1) join thread on thread.id = value
          join ticket_alias on ticket_alias.thread = thread.key
        union select value from json_each(?1)
        """,
        json.dumps(sorted(tickets)),
    )
    return [row["id"] for row in found]


def _erase_mails(store: Store, messages: Iterable[int], now: datetime) -> None:
    for message in messages:
        row = store.row("select outbox from message where id = ?", message)
        known = message_with_id(store, message)
        if row is None or known is None:
            continue
        forget_words(store, known)
        for raw in store.rows("select id from raw where message = ?", message):
            empty_raw(store, raw["id"], now)
        store.run("delete from filed where message = ?", message)
        store.run("delete from message_ref where message_id = ?", known.message_id)
        store.run("delete from message where id = ?", message)
        if row["outbox"] is not None:
            _erase_outbox(store, row["outbox"])


def _erase_outbox(store: Store, item: int) -> None:
    store.run("delete from action where outbox = ?", item)
    store.run("delete from draft_file where outbox = ?", item)
    store.run("delete from outgoing where outbox = ?", item)
    store.run("update message set outbox = null where outbox = ?", item)
    store.run("delete from outbox where id = ?", item)


def _erase_drafts(store: Store, names: Iterable[str]) -> None:
    """Words that have not left, and mails on their way, of whole tickets; and what others wait."""
    for name in names:
        for draft in (name, *_outgoing_drafts(store, name)):
            _erase_draft(store, draft)
        store.run("delete from outgoing where ticket = ?", name)
        store.run("delete from outage_mail where ticket = ?", name)
        for row in store.rows("select id from outbox where ticket = ?", name):
            _erase_outbox(store, row["id"])
        store.run(
            # Its place is known, or is nowhere: it has not to go up.
            "update waiting_mail set state = 'gone', data = '{}', uid = coalesce(uid, 0) "
            "where ticket = ?",
            name,
        )


def _erase_draft(store: Store, draft: str) -> None:
    store.run("delete from draft where ticket = ?", draft)
    store.run("delete from draft_to_all where draft = ?", draft)
    store.run("delete from draft_file where draft = ?", draft)


def _outgoing_drafts(store: Store, name: str) -> list[str]:
    rows = store.rows("select kind || '-' || id as draft from outgoing where ticket = ?", name)
    return [row["draft"] for row in rows]


def _erase_lines(store: Store, forgotten: Forgotten, names: Iterable[str]) -> int:
    """Lines of the journal that may not stay, or not as they are; returns how many."""
    every = Forgotten(
        forgotten.id,
        forgotten.mails,
        forgotten.keys,
        frozenset(names),
        forgotten.lines,
        forgotten.emptied,
    )
    changed = 0
    for row in _lines_about(store, every):
        record = {name: row[name] for name in ("id", "ticket", "kind")}
        record["data"] = json.loads(row["data"])
        left = what_stays(record, [every])
        if left is record:
            continue
        changed += 1
        if left is not None:
            data = json.dumps(left["data"], ensure_ascii=False)
            store.run("update event set data = ? where id = ?", data, row["id"])
            continue
        for table, column in (("event", "id"), ("journal_unshared", "event")):
            store.run(f"delete from {table} where {column} = ?", row["id"])  # noqa: S608 - our own names
        store.run("delete from journal_place where event = ?", row["id"])
    return changed


def _lines_about(store: Store, forgotten: Forgotten) -> list[sqlite3.Row]:
    return store.rows(
        """
        select id, ticket, kind, data from event
         where ticket in (select value from json_each(?1))
            or id in (select value from json_each(?2))
            or (kind = 'sorted' and exists (
                select 1 from json_each(event.data, '$.mails') as said
                 where json_extract(said.value, '$.mail') in (select value from json_each(?3))))
        """,
        json.dumps(sorted(forgotten.tickets)),
        json.dumps(sorted(forgotten.lines | forgotten.emptied)),
        json.dumps(sorted(forgotten.keys)),
    )


def _threads(store: Store, messages: Iterable[int], names: Iterable[str]) -> set[int]:
    """The threads these mails were filed under, and those that go by these ids."""
    rows = store.rows(
        """
        select thread from filed where message in (select value from json_each(?1))
        union select key from thread where id in (select value from json_each(?2))
        """,
        json.dumps(list(messages)),
        json.dumps(list(names)),
    )
    return {row["thread"] for row in rows}


def _drop_threads(store: Store, threads: Iterable[int]) -> None:
    """Those threads, and their tickets, in which nothing is left."""
    for key in sorted(threads):
        row = store.row(
            """
            select ticket from thread where key = ?1
               and not exists (select 1 from filed where thread = ?1)
               and not exists (select 1 from message where message.ticket = ?1)
            """,
            key,
        )
        if row is None:
            continue
        for table in ("message_ref", "ticket_alias"):
            store.run(f"delete from {table} where thread = ?", key)  # noqa: S608 - our own names
        store.run("delete from thread where key = ?", key)
        for ticket in {key, row["ticket"]}:
            store.run(
                """
                delete from ticket where key = ?1
                   and not exists (select 1 from message where message.ticket = ?1)
                   and not exists (select 1 from thread where thread.ticket = ?1)
                   and not exists (select 1 from ticket_alias where ticket_alias.ticket = ?1)
                   and not exists (select 1 from message_ref where message_ref.ticket = ?1)
                """,
                ticket,
            )


def _is_there(store: Store, key: int) -> bool:
    return store.row("select 1 from ticket where key = ?", key) is not None
