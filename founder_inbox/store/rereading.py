"""Mails that an older parser read: finding them, and writing down what a newer one says."""

from dataclasses import dataclass

from founder_inbox.core.model import Direction
from founder_inbox.store.database import Store
from founder_inbox.store.mailboxes import RAW_COLUMNS, RawMail, read_raw
from founder_inbox.store.message_columns import word_columns
from founder_inbox.store.messages import (
    NewMessage,
    forget_words,
    index_words,
    message_with_id,
    standing_columns,
)
from founder_inbox.store.voices import Voices


@dataclass(frozen=True, slots=True)
class OlderReading:
    """A raw mail and the message that an older parser made of it.

    `leads`: the message's words come from this mail, not from another copy of it. `failed`: the
    older parser could not read it.
    """

    raw: RawMail
    message: int
    ticket: int
    direction: Direction
    leads: bool
    failed: bool


def older_readings(store: Store, parser: int, limit: int) -> list[OlderReading]:
    """Mails that were last read by a parser before this version, the first to arrive first.

    In that order a reply is parted with what it answers already read anew.
    """
    rows = store.rows(
        f"""
        select {RAW_COLUMNS}, message.id as message, message.ticket, message.direction,
               raw.id = (select min(copy.id) from raw as copy where copy.message = message.id)
                 as leads,
               exists (select 1 from unreadable where unreadable.raw = raw.id) as failed
          from raw join message on message.id = raw.message
         where raw.message is not null and raw.parser < ?
         order by raw.parser, raw.received_at limit ?
        """,  # noqa: S608 - our own columns
        parser,
        limit,
    )
    return [
        OlderReading(
            read_raw(row),
            row["message"],
            row["ticket"],
            Direction(row["direction"]),
            bool(row["leads"]),
            bool(row["failed"]),
        )
        for row in rows
    ]


def has_older(store: Store, parser: int) -> bool:
    """Whether there are any."""
    sql = "select 1 from raw where message is not null and parser < ? limit 1"
    return store.row(sql, parser) is not None


def mark_read(store: Store, raw: int, parser: int) -> None:
    """This version of the parser has looked at a mail; its message stays where it is."""
    with store.write():
        store.run("update raw set parser = ? where id = ?", parser, raw)


def voices_before(store: Store, message: int) -> Voices:
    """Who had spoken in a message's ticket before it."""
    rows = store.rows(f"select direction, role, sender_address {_BEFORE}", message)
    customers = {row["sender_address"].casefold() for row in rows if row["role"] == "customer"}
    answered = any(row["direction"] == Direction.OUT for row in rows)
    return Voices(len(rows), answered, frozenset(customers))


def texts_before(store: Store, message: int) -> list[str]:
    """What we had written before it in its ticket, with how it is signed."""
    rows = store.rows(f"select new_text, signature {_BEFORE} where direction = 'out'", message)
    return [f"{row[0]}\n{row[1]}" for row in rows]


_BEFORE = """
    from message join (select ticket as its_ticket, at as its_at, id as its_id
                         from message where id = ?)
      on ticket = its_ticket and (at, id) < (its_at, its_id)
"""


def is_touched(store: Store, ticket: int) -> bool:
    """Whether somebody did something with a ticket, or answered in it."""
    row = store.row(
        """
        select exists (select 1 from event where ticket = (select id from ticket where key = ?1)
                          or ticket in (select id from ticket_alias where ticket = ?1))
            or exists (select 1 from message where ticket = ?1 and direction = 'out') as touched
        """,
        ticket,
    )
    return bool(row and row["touched"])


def rewrite_message(store: Store, message: int, new: NewMessage, *, keep_standing: bool) -> None:
    """Write anew what a mail says. It stays in its ticket, and where it stood in time.

    `keep_standing`: who it is from to us, its lane and whether it is a bounce stay as they were,
    so that a ticket somebody has dealt with does not jump.
    """
    old = message_with_id(store, message)
    if old is None:
        raise LookupError(message)
    with store.write():
        forget_words(store, old)
        store.update("message", message, word_columns(new.mail))
        index_words(store, message, new.mail)
        if not keep_standing:
            store.update("message", message, standing_columns(new))
        # A mail of ours keeps the key it left with; and no two messages have the same.
        store.run(
            "update or ignore message set key = ? where id = ? and outbox is null",
            new.key,
            message,
        )
