"""Replies that wait in the outbox of another machine on the same mailbox."""

import binascii
import json
import sqlite3
from dataclasses import dataclass
from datetime import datetime

from founder_inbox.core.sharing.waiting import text_in, texts_in
from founder_inbox.core.tickets.facts import OutgoingFact, Then
from founder_inbox.core.times import from_text
from founder_inbox.store.database import Store
from founder_inbox.store.sharing import GONE


@dataclass(frozen=True, slots=True)
class WaitingMail:
    """A mail that waits somewhere; `mime` is empty where it was too large to be carried."""

    message_id: str
    machine: str
    at: datetime
    actor: str
    ticket: str | None
    state: str
    sender: str
    recipients: tuple[str, ...]
    subject: str
    body: str
    then: Then
    seen: int | None
    not_before: datetime
    created_at: datetime
    answer: str | None
    mime: bytes


def waiting_elsewhere(store: Store, machine: str) -> list[WaitingMail]:
    """What waits on other machines than this one, in the order written."""
    rows = store.rows(
        """
        select * from waiting_mail where state != ? and machine != ?
           and not exists (select 1 from message where message.message_id = waiting_mail.message_id)
         order by json_extract(data, '$.created_at'), message_id
        """,
        GONE,
        machine,
    )
    return [_mail(row) for row in rows]


def waiting_of_machine(store: Store, machine: str) -> list[WaitingMail]:
    """What a machine last said that it has waiting."""
    rows = store.rows("select * from waiting_mail where state != ? and machine = ?", GONE, machine)
    return [_mail(row) for row in rows]


def adopt_waiting(store: Store, old: str, new: str) -> None:
    """What a machine said that it has waiting is this one's, which goes on under a new name."""
    with store.write():
        store.run("update waiting_mail set machine = ? where machine = ?", new, old)


def waiting_facts(store: Store, key: int, machine: str) -> list[OutgoingFact]:
    """What a ticket's state needs of the mails that wait on other machines."""
    found = waiting_of_ticket(store, key, machine)
    return [OutgoingFact(m.created_at, m.state == "failed", m.then, m.seen) for m in found]


def waiting_of_ticket(store: Store, key: int, machine: str) -> list[WaitingMail]:
    """A ticket's mails that wait on other machines than this one."""
    rows = store.rows(
        """
        select * from waiting_mail
         where state != ?1 and machine != ?2
           and ticket in (select id from ticket where key = ?3
                          union select id from ticket_alias where ticket = ?3)
           and not exists (select 1 from message where message.message_id = waiting_mail.message_id)
         order by message_id
        """,
        GONE,
        machine,
        key,
    )
    return [_mail(row) for row in rows]


def _mail(row: sqlite3.Row) -> WaitingMail:
    data = json.loads(row["data"])
    at = from_text(row["at"])
    then, seen = text_in(data, "then"), data.get("seen")
    return WaitingMail(
        row["message_id"],
        row["machine"],
        at,
        row["actor"],
        row["ticket"],
        row["state"],
        text_in(data, "sender"),
        texts_in(data, "recipients"),
        text_in(data, "subject"),
        text_in(data, "body"),
        Then(then) if then in list(Then) else Then.WAIT,
        seen if isinstance(seen, int) else None,
        _moment(text_in(data, "not_before"), at),
        _moment(text_in(data, "created_at"), at),
        text_in(data, "answer") or None,
        _bytes(text_in(data, "mime")),
    )


def _moment(text: str, otherwise: datetime) -> datetime:
    try:
        return from_text(text)
    except ValueError:
        return otherwise


def _bytes(text: str) -> bytes:
    try:
        return binascii.a2b_base64(text.encode("ascii"))
    except (binascii.Error, UnicodeEncodeError):
        return b""
