"""What we know of the server's mailboxes, and the raw mails they hold."""

import json
import sqlite3
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from founder_inbox.core.sync.mailbox import Fetched, Flags
from founder_inbox.core.times import from_text, from_text_or_none, to_text
from founder_inbox.store.database import Store
from founder_inbox.store.packing import Packed, keep_packed, pack

RAW_COLUMNS = """
    raw.id, raw.body, raw.received_at, raw.complete,
    coalesce(
        (select min(case mailbox.role when 'sent' then 'a-sent' else mailbox.role end)
           from location join mailbox on mailbox.id = location.mailbox
          where location.raw = raw.id),
        (select role from imported where raw = raw.id)) as role
"""


@dataclass(frozen=True, slots=True)
class MailboxRow:
    """A mailbox as of the last sync (RFC 9051 names)."""

    id: int
    name: str
    role: str
    uidvalidity: int
    uidnext: int
    highestmodseq: int
    messages: int
    trouble: str | None
    checked_at: datetime | None = None  # when all UIDs and flags were last compared


@dataclass(frozen=True, slots=True)
class RawMail:
    """A stored mail that waits to be understood. `role` is that of its mailbox."""

    id: int
    body: bytes
    received_at: datetime
    role: str
    complete: bool = True


def mailbox_named(store: Store, name: str) -> MailboxRow | None:
    """The row of a mailbox, or None if it was never synced."""
    row = store.row("select * from mailbox where name = ?", name)
    return None if row is None else _mailbox(row)


def all_mailboxes(store: Store) -> list[MailboxRow]:
    """Every mailbox that is synced."""
    return [_mailbox(row) for row in store.rows("select * from mailbox order by id")]


def add_mailbox(store: Store, name: str, role: str, uidvalidity: int) -> MailboxRow:
    """Begin to sync a mailbox."""
    with store.write():
        store.run(
            "insert into mailbox (name, role, uidvalidity) values (?, ?, ?)",
            name,
            role,
            uidvalidity,
        )
    found = mailbox_named(store, name)
    if found is None:
        raise LookupError(name)
    return found


def save_mailbox(store: Store, mailbox: MailboxRow, checked_at: datetime | None = None) -> None:
    """Move a mailbox's bookmark; call it in the transaction that stores what it stands for."""
    with store.write():
        store.run(
            """
            update mailbox
               set uidvalidity = ?, uidnext = ?, highestmodseq = ?, messages = ?,
                   trouble = ?, checked_at = coalesce(?, checked_at)
             where id = ?
            """,
            mailbox.uidvalidity,
            mailbox.uidnext,
            mailbox.highestmodseq,
            mailbox.messages,
            mailbox.trouble,
            None if checked_at is None else to_text(checked_at),
            mailbox.id,
        )


def add_fetched(store: Store, mailbox: MailboxRow, mails: Iterable[Fetched]) -> int:
    """Store raw mails and where they lie; returns how many places are new. Repeatable."""
    return add_packed(store, mailbox, map(pack, mails))


def add_packed(store: Store, mailbox: MailboxRow, mails: Iterable[Packed]) -> int:
    """The same with mails that somebody packed before."""
    added = 0
    with store.write():
        for packed in mails:
            mail, raw = packed.mail, keep_packed(store, packed)
            if mailbox.role == "sent":
                _adopt_arrival(store, raw, mail.received_at)
            added += store.changed(
                """
                insert into location (mailbox, uidvalidity, uid, raw, seen, answered, flagged,
                                      keywords)
                values (?, ?, ?, ?, ?, ?, ?, ?)
                on conflict do update
                   set gone_at = null, raw = excluded.raw, seen = excluded.seen,
                       answered = excluded.answered, flagged = excluded.flagged,
                       keywords = excluded.keywords
                 where gone_at is not null
                """,
                mailbox.id,
                mailbox.uidvalidity,
                mail.uid,
                raw,
                mail.flags.seen,
                mail.flags.answered,
                mail.flags.flagged,
                mail.flags.keywords,
            )
    return added


def _adopt_arrival(store: Store, raw: int, received_at: datetime) -> None:
    """A mail of ours is from when its first copy arrived: so every machine says the same."""
    if store.row("select 1 from location where raw = ?", raw):
        return
    at = to_text(received_at)
    store.run("update raw set received_at = ? where id = ?", at, raw)
    store.run(
        "update message set at = ? "
        "where direction = 'out' and id = (select message from raw where id = ?)",
        at,
        raw,
    )


def known_uids(store: Store, mailbox: MailboxRow) -> dict[int, Flags]:
    """The UIDs we think the server has, with the flags we know."""
    rows = store.rows(
        """
        select uid, seen, answered, flagged, keywords from location
         where mailbox = ? and uidvalidity = ? and gone_at is null
        """,
        mailbox.id,
        mailbox.uidvalidity,
    )
    return {
        row["uid"]: Flags(
            bool(row["seen"]), bool(row["answered"]), bool(row["flagged"]), row["keywords"]
        )
        for row in rows
    }


def count_known(store: Store, mailbox: MailboxRow) -> int:
    """How many mails we think the server has in a mailbox."""
    row = store.row(
        "select count(*) as n from location "
        "where mailbox = ? and uidvalidity = ? and gone_at is null",
        mailbox.id,
        mailbox.uidvalidity,
    )
    return int(row["n"]) if row else 0


def set_flags(store: Store, mailbox: MailboxRow, uid: int, flags: Flags) -> int | None:
    """Take over the server's flags of one mail; returns its message's ticket if it changed.

    A flag for which an action of ours still waits keeps our value.
    """
    row = store.row(
        """
        select location.id, location.raw, message.ticket from location
          join raw on raw.id = location.raw left join message on message.id = raw.message
         where mailbox = ? and uidvalidity = ? and uid = ?
        """,
        mailbox.id,
        mailbox.uidvalidity,
        uid,
    )
    if row is None:
        return None
    ours = {
        r["kind"]
        for r in store.rows(
            "select kind from action where raw = ? and state = 'queued'", row["raw"]
        )
    }
    with store.write():
        changed = store.changed(
            """
            update location set seen = case when ? then seen else ? end,
                   answered = case when ? then answered else ? end,
                   flagged = case when ? then flagged else ? end, keywords = ?
             where id = ?
            """,
            "seen" in ours,
            flags.seen,
            "answered" in ours,
            flags.answered,
            bool(ours & {"flagged", "unflagged"}),
            flags.flagged,
            flags.keywords,
            row["id"],
        )
    return row["ticket"] if changed else None


def mark_gone(store: Store, mailbox: MailboxRow, uids: Sequence[int], now: datetime) -> set[int]:
    """Note that the server has these no longer; texts stay. Returns the tickets concerned."""
    tickets: set[int] = set()
    with store.write():
        for uid in uids:
            store.run(
                "update location set gone_at = ? where mailbox = ? and uidvalidity = ? and uid = ?",
                to_text(now),
                mailbox.id,
                mailbox.uidvalidity,
                uid,
            )
            row = store.row(
                """
                select message.ticket from location join raw on raw.id = location.raw
                  join message on message.id = raw.message
                 where mailbox = ? and uidvalidity = ? and uid = ?
                """,
                mailbox.id,
                mailbox.uidvalidity,
                uid,
            )
            if row:
                tickets.add(row["ticket"])
    return tickets


def message_ids_of(store: Store, mailbox: MailboxRow, limit: int) -> dict[int, str]:
    """The Message-IDs of the newest mails there by UID; without those we made up ourselves."""
    rows = store.rows(
        """
        select uid, message_id from location join raw on raw.id = location.raw
          join message on message.id = raw.message
         where mailbox = ? and uidvalidity = ? and gone_at is null
           and message_id not like '%@missing.founder-inbox>'
         order by uid desc limit ?
        """,
        mailbox.id,
        mailbox.uidvalidity,
        limit,
    )
    return {row["uid"]: row["message_id"] for row in rows}


def lying_elsewhere(store: Store, mailbox: MailboxRow, uids: Iterable[int]) -> set[int]:
    """Those of the UIDs whose mail lies in another mailbox too, or under another UID."""
    wanted = set(uids)
    found = set()
    for uid in wanted:
        rows = store.rows(
            """
            select other.mailbox, other.uid from location
              join location as other on other.raw = location.raw and other.id <> location.id
             where location.mailbox = ? and location.uidvalidity = ? and location.uid = ?
               and other.gone_at is null
            """,
            mailbox.id,
            mailbox.uidvalidity,
            uid,
        )
        if any(row["mailbox"] != mailbox.id or row["uid"] not in wanted for row in rows):
            found.add(uid)
    return found


def renumber(store: Store, mailbox: MailboxRow, uidvalidity: int) -> None:
    """Take over a new UIDVALIDITY that changed nothing: every place keeps its UID."""
    with store.write():
        store.run(
            "delete from location where mailbox = ? and uidvalidity = ? and gone_at is not null",
            mailbox.id,
            uidvalidity,
        )
        store.run(
            "update location set uidvalidity = ? where mailbox = ? and uidvalidity = ?",
            uidvalidity,
            mailbox.id,
            mailbox.uidvalidity,
        )
        store.run(
            "update mailbox set uidvalidity = ?, highestmodseq = 0 where id = ?",
            uidvalidity,
            mailbox.id,
        )


def say_trouble(store: Store, name: str, trouble: str | None) -> None:
    """Note why a mailbox could not be compared with the server's; `doctor` shows it."""
    with store.write():
        store.run("update mailbox set trouble = ? where name = ?", trouble, name)


def not_understood(store: Store, limit: int) -> list[RawMail]:
    """Raw mails that wait for their parser, newest arrival first."""
    rows = store.rows(
        f"select {RAW_COLUMNS} from raw "  # noqa: S608 - our own columns
        "where message is null and raw.id not in (select raw from forgotten_mail) "
        "order by received_at desc, raw.id desc limit ?",
        limit,
    )
    return [read_raw(row) for row in rows]


def not_understood_of(store: Store, mailbox: MailboxRow, uids: Sequence[int]) -> list[RawMail]:
    """The raw mails at these places that wait for their parser, oldest arrival first."""
    rows = store.rows(
        f"select {RAW_COLUMNS} from raw "  # noqa: S608 - our own columns
        "where id in (select raw from location where mailbox = ? and uidvalidity = ? "
        "             and uid in (select value from json_each(?))) "
        "and message is null and raw.id not in (select raw from forgotten_mail) "
        "order by received_at, raw.id",
        mailbox.id,
        mailbox.uidvalidity,
        json.dumps(uids),
    )
    return [read_raw(row) for row in rows]


def raw_of_message(store: Store, message: int) -> bytes | None:
    """The bytes a message was understood from, or None where it never was a mail of the server."""
    row = store.row("select body from raw where message = ? order by id limit 1", message)
    return None if row is None else zlib.decompress(row["body"])


def head_of_message(store: Store, message: int, size: int = 16_384) -> bytes | None:
    """The first bytes of what `raw_of_message` gives; the rest is not unpacked."""
    row = store.row("select body from raw where message = ? order by id limit 1", message)
    return None if row is None else zlib.decompressobj().decompress(row["body"], size)


def mark_understood(store: Store, raw: int, message: int, parser: int) -> None:
    """Tie a raw mail to the message it became."""
    with store.write():
        store.run("update raw set message = ?, parser = ? where id = ?", message, parser, raw)


def add_raw(store: Store, body: bytes, received_at: datetime) -> int:
    """Keep a mail of our own that the server has not shown us yet; returns the raw row's id."""
    flags = Flags(seen=True, answered=False, flagged=False)
    with store.write():
        return keep_packed(store, pack(Fetched(0, body, len(body), received_at, flags)))


def _mailbox(row: sqlite3.Row) -> MailboxRow:
    return MailboxRow(
        row["id"],
        row["name"],
        row["role"],
        row["uidvalidity"],
        row["uidnext"],
        row["highestmodseq"],
        row["messages"],
        row["trouble"],
        from_text_or_none(row["checked_at"]),
    )


def read_raw(row: sqlite3.Row) -> RawMail:
    """The mail in a row of `RAW_COLUMNS`."""
    role = (row["role"] or "inbox").removeprefix("a-")
    received = from_text(row["received_at"])
    body = zlib.decompress(row["body"])
    return RawMail(row["id"], body, received, role, bool(row["complete"]))
