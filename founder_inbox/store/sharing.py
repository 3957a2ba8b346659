"""The shared journal's tables: what has to go up, what lies where, what waits on other machines."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from founder_inbox.core.sharing.forgotten import what_stays
from founder_inbox.core.times import to_text
from founder_inbox.store.database import Store
from founder_inbox.store.forgotten import all_forgotten, look_through
from founder_inbox.store.settings import get_setting

Record = dict[str, Any]
_FIELDS = ("id", "at", "actor", "ticket", "kind", "data")
OUTBOX_KIND = "outbox"  # a record about a mail that waits; it is no line of the journal
GONE = "gone"
OTHERS = "other_machines"  # a setting: there is at least one


@dataclass(frozen=True, slots=True)
class Taken:
    """What a batch brought: tickets by id, kinds of the lines that were new, and how many."""

    tickets: frozenset[str]
    kinds: frozenset[str]
    lines: int


def unshared_records(store: Store, most: int) -> list[Record]:
    """The oldest lines that have not gone up yet, as records with all fields ever known of them."""
    rows = store.rows(
        """
        select event.*, extra from journal_unshared
          join event on event.id = journal_unshared.event
          left join journal_place on journal_place.event = event.id
         order by event.id limit ?
        """,
        most,
    )
    waiting = store.rows(
        "select * from waiting_mail where uid is null order by word limit ?", most - len(rows)
    )
    lines = [_record(row) for row in rows]
    return lines + [_waiting_record(row) for row in waiting]


def all_records(store: Store, upto: int) -> list[Record]:
    """Every shared line that lies in a message up to this UID, and what waits in outboxes."""
    rows = store.rows(
        """
        select event.*, extra from journal_place join event on event.id = journal_place.event
         where uid <= ? order by event.id
        """,
        upto,
    )
    waiting = store.rows(
        "select * from waiting_mail where uid <= ? and state != ? order by word", upto, GONE
    )
    return [_record(row) for row in rows] + [_waiting_record(row) for row in waiting]


def count_unshared(store: Store) -> int:
    """How many lines, and words about waiting mails, have to go up yet."""
    row = store.row(
        """
        select (select count(*) from journal_unshared)
             + (select count(*) from waiting_mail where uid is null) as n
        """
    )
    return int(row["n"]) if row else 0


def keep_here(store: Store, kinds: Iterable[str]) -> None:
    """Lines of these kinds stay on this machine, as far as they have not gone up."""
    named = [*kinds]
    marks = ", ".join("?" for _ in named)
    with store.write():
        store.run(
            f"""
            delete from journal_unshared
             where event in (select id from event where kind in ({marks}))
            """,  # noqa: S608 - only question marks
            *named,
        )


def take_in(store: Store, uid: int, records: Iterable[Record]) -> Taken:
    """Add the lines of a message that are not here yet, and note where all of them lie.

    Any order and any repetition give the same. What is about somebody who was forgotten stays
    away, and the message is to be rewritten. Inside `write()`.
    """
    forgotten = all_forgotten(store)
    tickets: set[str] = set()
    kinds: set[str] = set()
    lines = 0
    for given in records:
        left = what_stays(given, forgotten)
        if left is not given:
            look_through(store, uid)
        if left is None:
            continue
        record = {**left}
        if record["kind"] == OUTBOX_KIND:
            tickets |= _take_waiting(store, uid, record)
            continue
        values = [record[name] for name in _FIELDS[:5]]
        data = json.dumps(record["data"], ensure_ascii=False)
        if store.changed(
            "insert or ignore into event (id, at, actor, ticket, kind, data) "
            "values (?, ?, ?, ?, ?, ?)",
            *values,
            data,
        ):
            lines += 1
            kinds.add(record["kind"])
            tickets |= {record["ticket"]} if record["ticket"] else set()
        extra = {name: value for name, value in record.items() if name not in _FIELDS}
        store.run(
            "insert into journal_place (event, uid, extra) values (?, ?, ?) "
            "on conflict (event) do update set uid = min(uid, excluded.uid)",
            record["id"],
            uid,
            json.dumps(extra, ensure_ascii=False) if extra else None,
        )
        store.run("delete from journal_unshared where event = ?", record["id"])
    if "note" in kinds:
        _forget_undone_notes(store)
    return Taken(frozenset(tickets), frozenset(kinds), lines)


def known_mails(store: Store) -> dict[int, str]:
    """The messages that were looked at, by UID, with what became of them."""
    return {row["uid"]: row["state"] for row in store.rows("select uid, state from journal_mail")}


def count_mails(store: Store) -> int:
    """How many messages were looked at."""
    row = store.row("select count(*) as n from journal_mail")
    return int(row["n"]) if row else 0


def due_again(store: Store, now: datetime) -> list[int]:
    """Messages that were put off and whose time has come."""
    rows = store.rows(
        "select uid from journal_mail where state = 'later' and again_at <= ?", to_text(now)
    )
    return [row["uid"] for row in rows]


def note_mail(
    store: Store, uid: int, state: str, words: str = "", again_at: datetime | None = None
) -> None:
    """What became of a message. Inside `write()`."""
    store.run(
        "insert or replace into journal_mail (uid, state, words, again_at) values (?, ?, ?, ?)",
        uid,
        state,
        words,
        None if again_at is None else to_text(again_at),
    )


def ignored_mails(store: Store) -> list[tuple[int, str]]:
    """The messages that are not read, and why."""
    rows = store.rows("select uid, words from journal_mail where state != 'read' order by uid")
    return [(row["uid"], row["words"]) for row in rows]


def forget_mails(store: Store, uids: Sequence[int] | None) -> None:
    """These messages are no longer there (None: none is): what lay in them has to go up again."""
    with store.write():
        if uids is None:
            store.run("insert or ignore into journal_unshared select event from journal_place")
            store.run("update waiting_mail set uid = null where state != ?", GONE)
            # What newer versions know of a line stays with it.
            store.run("delete from journal_place where extra is null")
            store.run("update journal_place set uid = ?", _NOWHERE)
            store.run("delete from journal_mail")
            return
        for uid in uids:
            store.run(
                "insert or ignore into journal_unshared "
                "select event from journal_place where uid = ?",
                uid,
            )
            store.run("update waiting_mail set uid = null where uid = ? and state != ?", uid, GONE)
            store.run("update journal_place set uid = ? where uid = ?", _NOWHERE, uid)
            store.run("delete from journal_mail where uid = ?", uid)


# Greater than every UID: the next place of a line is then its place.
_NOWHERE = 1 << 40


def knows_others(store: Store) -> bool:
    """Whether another machine has written to the journal, and can be reached by it."""
    return bool(get_setting(store, OTHERS))


def first_claim(store: Store, key: str, since: datetime) -> tuple[str, bool] | None:
    """The machine that has claimed something first since a moment, and whether all can read it."""
    row = store.row(
        """
        select event.id, uid from event left join journal_place on event = event.id
         where kind = 'claimed' and at >= ? and json_extract(data, '$.key') = ?
         order by coalesce(uid, ?), event.id limit 1
        """,
        to_text(since),
        key,
        _NOWHERE,
    )
    return None if row is None else (row["id"].rpartition("-")[2], row["uid"] is not None)


def say_waiting(store: Store, word: str, record: Mapping[str, Any]) -> None:
    """Put down what this machine says about a mail in its outbox; it goes up with the next look.

    Inside `write()`.
    """
    store.run(
        """
        insert or replace into waiting_mail
            (message_id, word, machine, at, actor, ticket, state, data, uid)
        values (?, ?, ?, ?, ?, ?, ?, ?, null)
        """,
        record["message_id"],
        word,
        word.rpartition("-")[2],
        record["at"],
        record["actor"],
        record["ticket"],
        record["state"],
        json.dumps(record["data"], ensure_ascii=False),
    )


def _take_waiting(store: Store, uid: int, record: Record) -> set[str]:
    data = record["data"]
    message_id, state = data.get("message_id"), data.get("state")
    if not isinstance(message_id, str) or not isinstance(state, str):
        return set()
    known = store.row("select word, ticket from waiting_mail where message_id = ?", message_id)
    if known is not None and known["word"] >= record["id"]:
        if known["word"] == record["id"]:
            store.run("update waiting_mail set uid = ? where message_id = ?", uid, message_id)
        return set()
    store.run(
        """
        insert or replace into waiting_mail
            (message_id, word, machine, at, actor, ticket, state, data, uid)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
        message_id,
        record["id"],
        data.get("machine") if isinstance(data.get("machine"), str) else record["id"][-8:],
        record["at"],
        record["actor"],
        record["ticket"],
        state,
        json.dumps(data, ensure_ascii=False),
        uid,
    )
    return {record["ticket"]} if record["ticket"] else set()


def _forget_undone_notes(store: Store) -> None:
    """A note may come after the line that takes it back: search must not find it then."""
    store.run(
        """
        delete from search_notes where event in (
               select value from event, json_each(event.data, '$.events')
                where event.kind = 'undone')
        """
    )


def _record(row: Any) -> Record:  # noqa: ANN401 - a row of the database
    extra: Record = json.loads(row["extra"]) if row["extra"] else {}
    own = {name: row[name] for name in _FIELDS[:5]}
    data = json.loads(row["data"])
    # Rows of this machine's outbox; on another one the same numbers are other mails.
    data.pop("outbox", None)
    return extra | own | {"data": data}


def _waiting_record(row: Any) -> Record:  # noqa: ANN401 - a row of the database
    return {
        "id": row["word"],
        "at": row["at"],
        "actor": row["actor"],
        "ticket": row["ticket"],
        "kind": OUTBOX_KIND,
        "data": json.loads(row["data"]) | {"message_id": row["message_id"], "state": row["state"]},
    }
