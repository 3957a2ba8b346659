"""Mails at which the parser failed: what is remembered, so that it is not tried in vain."""

from dataclasses import dataclass
from datetime import datetime

from founder_inbox.core.times import to_text
from founder_inbox.store.database import Store


@dataclass(frozen=True, slots=True)
class UnreadableMail:
    """One of them: why, and the id of the ticket that shows what there is of it."""

    ticket: str
    reason: str


def note(store: Store, raw: int, parser: int, reason: str, now: datetime) -> None:
    """Remember that this version of the parser could not read a mail, and why."""
    with store.write():
        store.run(
            "insert or replace into unreadable (raw, parser, reason, at) values (?, ?, ?, ?)",
            raw,
            parser,
            reason,
            to_text(now),
        )


def forget(store: Store, raw: int) -> None:
    """A newer parser has read it."""
    with store.write():
        store.run("delete from unreadable where raw = ?", raw)


def all_unreadable(store: Store) -> list[UnreadableMail]:
    """Those that no parser has read yet, the newest first."""
    rows = store.rows(
        """
        select ticket.id, unreadable.reason from unreadable join raw on raw.id = unreadable.raw
          join message on message.id = raw.message join ticket on ticket.key = message.ticket
         order by raw.received_at desc, raw.id desc
        """
    )
    return [UnreadableMail(row["id"], row["reason"]) for row in rows]


def count_waiting(store: Store) -> int:
    """How many mails lie here that nobody has read yet."""
    row = store.row(
        "select count(*) as n from raw "
        "where message is null and id not in (select raw from forgotten_mail)"
    )
    return int(row["n"]) if row else 0
