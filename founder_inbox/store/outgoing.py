"""Drafts that answer nobody: forwards and new mails, with the line of people and the subject.

The words are in `draft`, under the name `Outgoing.draft`. Like a draft's files, a row is tied to
the mail it left as, and is a draft again when that mail is taken back.
"""

import sqlite3
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from founder_inbox.core.times import from_text, to_text
from founder_inbox.store.database import Store


class OutgoingKind(StrEnum):
    """What it is."""

    FORWARD = "forward"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A forward or a new mail that is being written.

    `ticket` is the id of what is forwarded, `message` the one mail of it; None: all of them.
    """

    id: int
    kind: OutgoingKind
    ticket: str | None
    message: int | None
    people: str
    subject: str
    begun_at: datetime

    @property
    def draft(self) -> str:
        """The name under which its words and files are kept."""
        return f"{self.kind}-{self.id}"


def add_outgoing(
    store: Store,
    kind: OutgoingKind,
    now: datetime,
    *,
    ticket: str | None = None,
    message: int | None = None,
    subject: str = "",
) -> Outgoing:
    """Begin one."""
    with store.write():
        row = store.run(
            "insert into outgoing (kind, ticket, message, subject, begun_at) "
            "values (?, ?, ?, ?, ?)",
            kind,
            ticket,
            message,
            subject,
            to_text(now),
        )
    return Outgoing(row, kind, ticket, message, "", subject, now)


def head_outgoing(store: Store, mail: Outgoing, people: str, subject: str) -> None:
    """Keep to whom it goes and about what, as typed so far."""
    with store.write():
        store.run(
            "update outgoing set people = ?, subject = ? where id = ?", people, subject, mail.id
        )


def outgoing_with_id(store: Store, number: int) -> Outgoing | None:
    """One that has not left, or None."""
    row = store.row("select * from outgoing where id = ? and outbox is null", number)
    return None if row is None else _outgoing(row)


def unfinished(store: Store) -> list[Outgoing]:
    """Those that have not left, the last begun first."""
    rows = store.rows("select * from outgoing where outbox is null order by id desc")
    return [_outgoing(row) for row in rows]


def outgoing_as(store: Store, outbox: int) -> Outgoing | None:
    """What left as this mail of the outbox, or None."""
    row = store.row("select * from outgoing where outbox = ?", outbox)
    return None if row is None else _outgoing(row)


def leave_as(store: Store, mail: Outgoing, outbox: int) -> None:
    """It is in the outbox now."""
    with store.write():
        store.run("update outgoing set outbox = ? where id = ?", outbox, mail.id)


def drop_outgoing(store: Store, mail: Outgoing) -> None:
    """It is given up."""
    with store.write():
        store.run("delete from outgoing where id = ?", mail.id)


def forget_left(store: Store, outbox: int) -> None:
    """The mail was accepted: there is no draft to go back to."""
    with store.write():
        store.run("delete from outgoing where outbox = ?", outbox)


def _outgoing(row: sqlite3.Row) -> Outgoing:
    return Outgoing(
        row["id"],
        OutgoingKind(row["kind"]),
        row["ticket"],
        row["message"],
        row["people"],
        row["subject"],
        from_text(row["begun_at"]),
    )
