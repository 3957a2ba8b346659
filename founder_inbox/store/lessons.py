"""What the founder's corrections were about: the mails that were moved, and those that were not."""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass

from founder_inbox.core.model import Lane
from founder_inbox.core.tickets.journal import MACHINE, Event
from founder_inbox.core.times import to_text
from founder_inbox.store.database import Store
from founder_inbox.store.message_columns import NEWEST_FIRST


@dataclass(frozen=True, slots=True)
class SortedMail:
    """A customer's mail and the lane it belongs to. `key` names the mail on every machine."""

    key: str
    subject: str
    new_text: str
    signature: str
    lane: Lane


def count_moves(store: Store) -> tuple[int, str]:
    """How many moves to a lane and undoings there are, and when the last was."""
    row = store.row(
        "select count(*) as n, max(at) as last from event where kind in ('lane', 'undone')"
    )
    return (row["n"], row["last"] or "") if row else (0, "")


def moved_mails(store: Store, moves: Iterable[Event]) -> list[SortedMail]:
    """The newest customer's mail that each moved ticket had then; a later move of it wins.

    `moves` are the effective lane events, oldest first.
    """
    found: dict[str, SortedMail] = {}
    for event in moves:
        row = store.row(
            f"""
            select key, subject, new_text, signature from message
             where ticket in (select key from ticket where id = ?1
                              union select ticket from ticket_alias where id = ?1)
               and role = 'customer' and direction = 'in' and at <= ?2
             order by {NEWEST_FIRST} limit 1
            """,  # noqa: S608 - our own columns
            event.ticket,
            to_text(event.at),
        )
        if row is not None:
            lane = Lane(str(event.data["lane"]))
            found.pop(row["key"], None)
            found[row["key"]] = _sorted_mail(row, lane)
    return list(found.values())


def mails_left_in_place(store: Store, limit: int) -> list[SortedMail]:
    """The newest single mails that were answered or closed in the lane the sorter chose."""
    rows = store.rows(
        """
        select message.key, message.subject, new_text, signature, message.lane
          from message join ticket on ticket.key = message.ticket
         where customer_messages = 1 and message.role = 'customer' and direction = 'in'
           and message.lane = ticket.lane and ticket.lane <> 'automatic'
           and exists (select 1 from event where event.ticket = ticket.id
                          and kind in ('closed', 'queued') and actor <> ?)
           and not exists (select 1 from event where event.ticket = ticket.id and kind = 'lane')
         order by message.at desc, message.key limit ?
        """,
        MACHINE,
        limit,
    )
    return [_sorted_mail(row, Lane(row["lane"])) for row in rows]


def _sorted_mail(row: sqlite3.Row, lane: Lane) -> SortedMail:
    return SortedMail(row["key"], row["subject"], row["new_text"], row["signature"], lane)
