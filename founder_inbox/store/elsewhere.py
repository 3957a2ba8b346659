"""What other mail programs did, as the mailbox shows it: mails that left the inbox, or came in."""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from founder_inbox.core.times import from_text, to_text
from founder_inbox.store.database import Store
from founder_inbox.store.message_columns import NEWEST_FIRST

# A mail lies in the inbox unless it only waits there to be expunged.
_LIES_THERE = r"""
    mailbox.role = 'inbox' and location.gone_at is null
    and location.keywords not like '%\Deleted%'
"""


@dataclass(frozen=True, slots=True)
class Mark:
    """A customer's mail at a place of the inbox, and its ticket's row.

    `at` is when the mail came; `gone_at` when it was missed there. `known_before`: the same mail
    lay somewhere else once, and lies nowhere else in the inbox. `ours_waits`: the server has to be
    told something of it yet.
    """

    ticket: int
    raw: int
    message_id: str
    uidvalidity: int
    uid: int
    at: datetime
    flagged: bool
    answered: bool
    known_before: bool
    ours_waits: bool
    gone_at: datetime | None = None

    @property
    def place(self) -> str:
        """The same words on every machine, and others for every other place."""
        return f"inbox:{self.uidvalidity}:{self.uid}"


def left_inbox(store: Store, since: datetime) -> list[Mark]:
    """Tickets that are not closed and lost their last mail in the inbox, by their newest mail.

    Not those whose mails we moved or are to move ourselves.
    """
    rows = store.rows(
        rf"""
        select {_COLUMNS} {_FROM}
         where mailbox.role = 'inbox' and location.gone_at > ? and message.direction = 'in'
           and location.uidvalidity = mailbox.uidvalidity
           and exists (select 1 from ticket where key = message.ticket and status <> 'closed')
           and not exists (
               select 1 from action where action.raw = raw.id and kind in ('move', 'return')
                  and state in ('queued', 'done'))
           and not exists (
               select 1 from message as other join raw as its on its.message = other.id
                 join location as place on place.raw = its.id
                 join mailbox as box on box.id = place.mailbox
                where other.ticket = message.ticket and other.direction = 'in'
                  and box.role = 'inbox' and place.gone_at is null
                  and place.keywords not like '%\Deleted%')
         order by {NEWEST_FIRST}, message.id desc
        """,  # noqa: S608 - our own columns
        to_text(since),
    )
    found: dict[int, Mark] = {}
    for row in rows:
        found.setdefault(row["ticket"], _mark(row))
    return list(found.values())


def came_in(store: Store, mailbox: str, low: int) -> list[Mark]:
    """Customers' mails in this inbox from UID `low` on, as far as they are understood."""
    return _marks(store, mailbox, "location.uid >= ?", low)


def marks_at(store: Store, mailbox: str, uids: Iterable[int]) -> list[Mark]:
    """Customers' mails at these UIDs of this inbox."""
    return [mark for uid in uids for mark in _marks(store, mailbox, "location.uid = ?", uid)]


def is_flagged(store: Store, ticket: int) -> bool:
    """Whether any mail of a ticket that lies in the inbox is flagged."""
    row = store.row(
        f"select 1 {_FROM} where {_LIES_THERE} and location.flagged = 1 "
        "and message.ticket = ? and message.direction = 'in'",
        ticket,
    )
    return row is not None


def was_answered(store: Store, ticket: int, since: datetime) -> bool:
    """Whether we wrote to a ticket's customer after a moment, or have something on its way."""
    row = store.row(
        """
        select 1 from message where ticket = ?1 and direction = 'out' and at >= ?2 union all
        select 1 from event where kind in ('sent', 'queued', 'handed_off') and at >= ?2
           and ticket in (select id from ticket where key = ?1
                          union select id from ticket_alias where ticket = ?1)
        """,
        ticket,
        to_text(since),
    )
    return row is not None


def left_archive(store: Store, raw: int, now: datetime) -> None:
    """A mail that came back to the inbox lies in Archive no longer; nobody compares that one."""
    with store.write():
        store.run(
            "update location set gone_at = ? where raw = ? and gone_at is null "
            "and mailbox in (select id from mailbox where role = 'archive')",
            to_text(now),
            raw,
        )


def queue_bring_back(store: Store, ticket: int, role: str, now: datetime) -> None:
    """Queue that a ticket's mails come back to the inbox from where another program put them."""
    with store.write():
        store.run(
            f"""
            insert into action (raw, kind, target, created_at, not_before)
            select raw.id, 'return', ?1, ?2, ?2 from raw join message on message.id = raw.message
             where message.ticket = ?3 and message.direction = 'in' and raw.id not in (
                   select location.raw {_FROM} where {_LIES_THERE} and message.ticket = ?3)
               and not exists (select 1 from action where action.raw = raw.id
                                  and kind = 'return' and state = 'queued')
            """,  # noqa: S608 - our own columns
            role,
            to_text(now),
            ticket,
        )


_FROM = """
    from location join mailbox on mailbox.id = location.mailbox
    join raw on raw.id = location.raw join message on message.id = raw.message
"""
_COLUMNS = """
    message.ticket, message.message_id, message.at, raw.id as raw, location.uid,
    location.uidvalidity, location.flagged, location.answered, location.gone_at,
    exists (select 1 from location as before where before.raw = raw.id
               and before.id < location.id and before.gone_at is not null)
    and not exists (select 1 from location as other where other.raw = raw.id
               and other.id <> location.id and other.mailbox = location.mailbox
               and other.gone_at is null) as known_before,
    exists (select 1 from action where action.raw = raw.id and state = 'queued') as ours_waits
"""


def _marks(store: Store, mailbox: str, where: str, value: int) -> list[Mark]:
    rows = store.rows(
        f"""
        select {_COLUMNS} {_FROM}
         where mailbox.name = ? and {_LIES_THERE} and message.direction = 'in'
           and location.uidvalidity = mailbox.uidvalidity and {where} order by location.uid
        """,
        mailbox,
        value,
    )
    return [_mark(row) for row in rows]


def _mark(row: sqlite3.Row) -> Mark:
    return Mark(
        row["ticket"],
        row["raw"],
        row["message_id"],
        row["uidvalidity"],
        row["uid"],
        from_text(row["at"]),
        bool(row["flagged"]),
        bool(row["answered"]),
        bool(row["known_before"]),
        bool(row["ours_waits"]),
        from_text(row["gone_at"]) if row["gone_at"] else None,
    )
