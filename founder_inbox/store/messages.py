"""Messages as understood, and the ids that tie them to tickets."""

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from founder_inbox.core.model import (
    Address,
    Attachment,
    Direction,
    Lane,
    Mail,
    MailKind,
    Topic,
    Verdict,
)
from founder_inbox.core.relays import writer
from founder_inbox.core.tickets.facts import MessageFact, Role
from founder_inbox.core.times import from_text, from_text_or_none, to_text
from founder_inbox.store.database import Store
from founder_inbox.store.message_columns import (
    NEWEST_FIRST,
    OLDEST_FIRST,
    read_people,
    verdict_columns,
    word_columns,
)


@dataclass(frozen=True, slots=True)
class NewMessage:
    """A mail that has found its ticket."""

    key: str
    mail: Mail
    at: datetime
    direction: Direction
    role: Role
    verdict: Verdict
    bounce_of: str | None = None
    delivery_failed: bool = False
    outbox: int | None = None


@dataclass(frozen=True, slots=True)
class Message:
    """A message as the ticket shows it."""

    id: int
    message_id: str
    references: tuple[str, ...]
    at: datetime
    date: datetime | None
    direction: Direction
    role: Role
    kind: MailKind
    sender: Address
    reply_to: tuple[Address, ...]
    to: tuple[Address, ...]
    cc: tuple[Address, ...]
    subject: str
    text: str
    new_text: str
    quoted: str
    signature: str
    attachments: tuple[Attachment, ...]
    warnings: tuple[str, ...]
    interleaved: bool


def standing_columns(new: NewMessage) -> Mapping[str, object]:
    """What a mail is in its ticket, by column."""
    return {
        "direction": new.direction,
        "role": new.role,
        "kind": new.mail.kind,
        "bounce_of": new.bounce_of,
        "delivery_failed": new.delivery_failed,
        **verdict_columns(new.verdict),
    }


def add_message(store: Store, ticket: int, new: NewMessage, thread: int | None = None) -> int:
    """Store a message in its ticket, with its ids and its words for the search.

    `thread` is where threading files it, the ticket's own one if none is named.
    """
    mail = new.mail
    with store.write():
        message = store.insert(
            "message",
            {
                "ticket": ticket,
                "key": new.key,
                "at": to_text(new.at),
                **word_columns(mail),
                **standing_columns(new),
                "outbox": new.outbox,
            },
        )
        store.run(
            "insert into filed (message, thread) values (?, ?)",
            message,
            ticket if thread is None else thread,
        )
        index_words(store, message, mail)
    return message


def tie_ids(store: Store, thread: int, ids: Iterable[str]) -> None:
    """Remember that these Message-IDs, seen or not, belong to a thread."""
    with store.write():
        store.connection.executemany(
            "insert or ignore into message_ref (message_id, ticket, thread) "
            "select ?, ticket, key from thread where key = ?",
            [(message_id, thread) for message_id in ids],
        )


def threads_of(store: Store, ids: Sequence[str]) -> dict[str, int]:
    """Which of these Message-IDs are known, and the threads they belong to."""
    marks = ", ".join("?" for _ in ids)
    rows = store.rows(
        f"select message_id, thread from message_ref where message_id in ({marks})",  # noqa: S608 - only question marks
        *ids,
    )
    return {row["message_id"]: row["thread"] for row in rows}


def message_with_key(store: Store, key: str) -> int | None:
    """The message that was made from the same mail, or None."""
    row = store.row("select id from message where key = ?", key)
    return None if row is None else int(row["id"])


def outgoing_with_id(store: Store, message_id: str) -> int | None:
    """Our own message with this Message-ID, or None."""
    row = store.row("select id from message where message_id = ? and direction = 'out'", message_id)
    return None if row is None else int(row["id"])


def make_outgoing(store: Store, message: int, role: Role) -> None:
    """A mail that lay in the inbox turned out to be ours: it is in Sent too."""
    with store.write():
        store.run(
            "update message set direction = 'out', role = ? where id = ? and direction = 'in'",
            role,
            message,
        )


def ticket_of_message(store: Store, message: int) -> int:
    """The ticket a message is in."""
    row = store.row("select ticket from message where id = ?", message)
    if row is None:
        raise LookupError(message)
    return int(row["ticket"])


def messages_of_ticket(store: Store, key: int, limit: int = -1) -> list[Message]:
    """A ticket's messages, oldest first; the newest `limit` of them if one is given."""
    rows = store.rows(
        f"""
        select * from message where ticket = ?
         order by {NEWEST_FIRST}, id desc limit ?
        """,  # noqa: S608 - our own columns
        key,
        limit,
    )
    return [_message(row) for row in reversed(rows)]


def customer_mails_after(
    store: Store, last: int, since: datetime, limit: int = 500
) -> list[tuple[int, Message, Verdict]]:
    """Customers' mails taken in after row `last` that arrived since a moment, as they came in.

    Each with its ticket's key and what the sorter said.
    """
    rows = store.rows(
        "select * from message where id > ? and role = 'customer' and at >= ? order by id limit ?",
        last,
        to_text(since),
        limit,
    )
    return [(int(row["ticket"]), _message(row), read_verdict(row)) for row in rows]


def message_with_id(store: Store, message: int) -> Message | None:
    """One message, or None."""
    row = store.row("select * from message where id = ?", message)
    return None if row is None else _message(row)


def newest_arrivals(store: Store) -> list[datetime]:
    """When the two newest mails from outside arrived, by the mail server's clock."""
    rows = store.rows("select at from main.message where direction = 'in' order by at desc limit 2")
    return [from_text(row["at"]) for row in rows]


def facts_of_ticket(store: Store, key: int) -> list[MessageFact]:
    """What the ticket's state needs of its messages."""
    rows = store.rows(
        f"""
        select message_id, at, direction, role, kind, sender_name, sender_address, reply_to,
               recipients_to, subject, "references", lane, topic, lane_reasons, lane_sure,
               thread.id as origin,
               not exists (
                 select 1 from raw join location on location.raw = raw.id
                  where raw.message = message.id and location.seen = 0
                    and location.gone_at is null) as seen,
               delivery_failed and exists (
                 select 1 from message as ours
                  where ours.message_id = message.bounce_of and ours.direction = 'out'
                    and ours.role != 'machine'
                    and ours.ticket = message.ticket) as failed_here
          from message join filed on filed.message = message.id
          join thread on thread.key = filed.thread
         where message.ticket = ? order by {OLDEST_FIRST}, message.id
        """,  # noqa: S608 - our own columns
        key,
    )
    return [_fact(row) for row in rows]


def begins_thread(store: Store, thread: int, at: datetime) -> bool:
    """Whether no mail of a thread arrived before that; the last one filed is asked first."""
    older = store.row(
        """
        select 1 from filed join message on message.id = filed.message
         where filed.thread = ? and message.at < ? order by filed.message desc limit 1
        """,
        thread,
        to_text(at),
    )
    return older is None


def oldest_of_thread(store: Store, thread: int) -> tuple[str, tuple[str, ...]]:
    """Message-ID and References of the mail a thread began with, in the order of all mails."""
    row = store.row(
        f"""
        select message_id, "references" from filed join message on message.id = filed.message
         where filed.thread = ? order by {OLDEST_FIRST} limit 1
        """,  # noqa: S608 - the same
        thread,
    )
    if row is None:
        raise LookupError(thread)
    return row["message_id"], tuple(json.loads(row["references"]))


def first_person(store: Store, thread: int) -> str:
    """The address of the first person in a thread; empty where only machines have written."""
    row = store.row(
        f"""
        select sender_address, reply_to, recipients_to, direction
          from filed join message on message.id = filed.message
         where filed.thread = ? and role in ('customer', 'us')
         order by {OLDEST_FIRST} limit 1
        """,  # noqa: S608 - the same
        thread,
    )
    if row is None:
        return ""
    to = read_people(row["recipients_to"])
    if row["direction"] == Direction.OUT:
        return to[0].address if to else ""
    return writer(Address("", row["sender_address"]), read_people(row["reply_to"])).address


def _fact(row: sqlite3.Row) -> MessageFact:
    direction = Direction(row["direction"])
    sender = Address(row["sender_name"], row["sender_address"])
    reply_to = read_people(row["reply_to"])
    to = read_people(row["recipients_to"])
    person = (to[0] if to else Address("", "")) if direction is Direction.OUT else sender
    if direction is Direction.IN and row["kind"] == MailKind.AUTOMATIC and reply_to:
        person = reply_to[0]
    elif direction is Direction.IN and row["kind"] == MailKind.CUSTOMER:
        person = writer(sender, reply_to)
    return MessageFact(
        message_id=row["message_id"],
        at=from_text(row["at"]),
        direction=direction,
        role=Role(row["role"]),
        kind=MailKind(row["kind"]),
        verdict=read_verdict(row),
        person=person,
        subject=row["subject"],
        seen=bool(row["seen"]) or direction is Direction.OUT,
        delivery_failed=bool(row["failed_here"]),
        references=tuple(json.loads(row["references"])),
        origin=row["origin"],
        sender=sender.address,
    )


def read_verdict(row: sqlite3.Row) -> Verdict:
    """The verdict in a row of `message` or `ticket`."""
    return Verdict(
        Lane(row["lane"]),
        Topic(row["topic"]) if row["topic"] else None,
        tuple(json.loads(row["lane_reasons"])),
        bool(row["lane_sure"]),
    )


def _message(row: sqlite3.Row) -> Message:
    return Message(
        row["id"],
        row["message_id"],
        tuple(json.loads(row["references"])),
        from_text(row["at"]),
        from_text_or_none(row["date"]),
        Direction(row["direction"]),
        Role(row["role"]),
        MailKind(row["kind"]),
        Address(row["sender_name"], row["sender_address"]),
        read_people(row["reply_to"]),
        read_people(row["recipients_to"]),
        read_people(row["recipients_cc"]),
        row["subject"],
        row["text"],
        row["new_text"],
        row["quoted"],
        row["signature"],
        tuple(Attachment(**item) for item in json.loads(row["attachments"])),
        tuple(json.loads(row["warnings"])),
        bool(row["interleaved"]),
    )


def index_words(store: Store, message: int, mail: Mail | Message) -> None:
    """Let the search find a message, from the end of this transaction on.

    FTS5 writes out what it has collected whenever another statement could still fail, which was
    for each mail: only side by side its rows are cheap.
    """
    sql = (
        "insert into search (rowid, subject, sender, recipients, new_text, rest) "
        "values (?, ?, ?, ?, ?, ?)"
    )
    store.at_last(partial(store.run, sql, message, *_words(mail)))


def forget_words(store: Store, message: Message) -> None:
    """Let the search find a message no longer; its row still has the words it was found by."""
    sql = (
        "insert into search (search, rowid, subject, sender, recipients, new_text, rest) "
        "values ('delete', ?, ?, ?, ?, ?, ?)"
    )
    store.at_last(partial(store.run, sql, message.id, *_words(message)))


def _words(mail: Mail | Message) -> tuple[str, ...]:
    return (
        mail.subject,
        _names([mail.sender]),
        _names([*mail.to, *mail.cc]),
        mail.new_text,
        " ".join([mail.quoted, mail.signature, *(a.name for a in mail.attachments)]),
    )


def _names(people: Sequence[Address]) -> str:
    return " ".join(f"{person.name} {person.address}" for person in people[:50])
