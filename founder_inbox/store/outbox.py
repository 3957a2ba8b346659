"""The outbox's table: mails on their way, with every state written down before its step."""

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from founder_inbox.core.tickets.facts import OutgoingFact, Then
from founder_inbox.core.times import from_text, to_text
from founder_inbox.store.database import Store

_ITEMS = (
    "select outbox.*, exists (select 1 from by_rule where by_rule.outbox = outbox.id) as by_rule, "
    "exists (select 1 from outage_mail where outage_mail.outbox = outbox.id) as to_all "
    "from outbox "
)


@dataclass(frozen=True, slots=True)
class OutboxItem:
    """A mail of ours. `body` is the draft it was made from; `mime` the exact bytes.

    `seen` is how many customer mails its writer had before their eyes; None: it leaves anyhow.
    `by_rule`: written by a rule and not by the founder, so the door has no say in it. `to_all`: an
    update about an outage, which was begun with the door open and leaves to the last person.
    """

    id: int
    ticket: str | None
    message_id: str
    mime: bytes
    sender: str
    recipients: tuple[str, ...]
    subject: str
    body: str
    then: Then
    seen: int | None
    state: str
    step: str
    not_before: datetime
    attempts: int
    created_at: datetime
    moved_at: datetime
    code: int | None
    answer: str | None
    by_rule: bool
    to_all: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class NewOutboxItem:
    """What is needed to put a mail into the outbox."""

    ticket: str | None
    message_id: str
    mime: bytes
    sender: str
    recipients: Sequence[str]
    subject: str
    body: str
    then: Then
    seen: int | None
    not_before: datetime
    answer: str | None = None
    by_rule: bool = False


def add_to_outbox(store: Store, new: NewOutboxItem, now: datetime) -> int:
    """Put a finished mail into the outbox, held until `not_before`; returns its id."""
    with store.write():
        item = store.run(
            """
            insert into outbox (ticket, message_id, mime, sender, recipients, subject, body,
                then_do, seen, state, not_before, created_at, moved_at, answer)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, 'held', ?, ?, ?, ?)
            """,
            new.ticket,
            new.message_id,
            new.mime,
            new.sender,
            json.dumps(list(new.recipients)),
            new.subject,
            new.body,
            new.then,
            new.seen,
            to_text(new.not_before),
            to_text(now),
            to_text(now),
            new.answer,
        )
        if new.by_rule:
            store.run("insert into by_rule (outbox) values (?)", item)
    return item


def move_item(
    store: Store,
    item: int,
    state: str,
    now: datetime,
    *,
    step: str = "",
    code: int | None = None,
    answer: str | None = None,
    not_before: datetime | None = None,
    count_attempt: bool = False,
) -> None:
    """Write down an item's next state. Durable when this returns."""
    with store.write():
        store.run(
            """
            update outbox set state = ?, step = ?, moved_at = ?, code = ?, answer = ?,
                   not_before = coalesce(?, not_before), attempts = attempts + ?
             where id = ?
            """,
            state,
            step,
            to_text(now),
            code,
            answer,
            None if not_before is None else to_text(not_before),
            count_attempt,
            item,
        )


def delete_item(store: Store, item: int) -> None:
    """Take a mail out of the outbox that never left; the caller keeps its words as a draft."""
    with store.write():
        store.run("update message set outbox = null where outbox = ?", item)
        store.run("delete from action where outbox = ?", item)
        store.run("delete from outbox where id = ?", item)


def outbox_item(store: Store, item: int) -> OutboxItem | None:
    """One item, or None."""
    row = store.row(_ITEMS + "where id = ?", item)
    return None if row is None else _item(row)


def live_items(store: Store) -> list[OutboxItem]:
    """What has not been accepted yet, in the order written."""
    rows = store.rows(
        _ITEMS + "where state in ('held', 'queued', 'sending', 'failed', 'uncertain') order by id"
    )
    return [_item(row) for row in rows]


def recent_items(store: Store, limit: int = 50) -> list[OutboxItem]:
    """The newest items of every state, newest first."""
    return [_item(r) for r in store.rows(_ITEMS + "order by id desc limit ?", limit)]


def due_items(store: Store, now: datetime) -> list[OutboxItem]:
    """Held or queued items whose time has come, in the order written."""
    rows = store.rows(
        _ITEMS + "where state in ('held', 'queued') and not_before <= ? order by id",
        to_text(now),
    )
    return [_item(row) for row in rows]


def items_in_state(store: Store, state: str) -> list[OutboxItem]:
    """Items in one state, in the order written."""
    return [_item(r) for r in store.rows(_ITEMS + "where state = ? order by id", state)]


def brief_has_left(store: Store, introduction: OutboxItem) -> bool:
    """Whether the teammate's mail of the same hand-off was accepted, or is not known here."""
    row = store.row(
        """
        select state from outbox where ticket = ? and then_do = 'internal' and created_at = ?
         order by id limit 1
        """,
        introduction.ticket,
        to_text(introduction.created_at),
    )
    return row is None or row["state"] == "sent"


def outgoing_of_ticket(store: Store, key: int) -> list[OutboxItem]:
    """A ticket's mails that have not been accepted yet."""
    rows = store.rows(
        f"""
        {_ITEMS}
         where state in ('held', 'queued', 'sending', 'failed', 'uncertain')
           and ticket in (select id from ticket where key = ?
                          union select id from ticket_alias where ticket = ?)
         order by outbox.id
        """,  # noqa: S608 - own words
        key,
        key,
    )
    return [_item(row) for row in rows]


def outgoing_facts(store: Store, key: int) -> list[OutgoingFact]:
    """What the ticket's state needs of them."""
    return [
        OutgoingFact(item.created_at, item.state == "failed", item.then, item.seen)
        for item in outgoing_of_ticket(store, key)
    ]


def has_read_on(store: Store, item: int, seen: int) -> None:
    """The founder has read what came since: the mail may leave although it was written before."""
    with store.write():
        store.run("update outbox set seen = ? where id = ?", seen, item)


def shift_seen(store: Store, ticket: int, by: int) -> None:
    """Count mails that came or went by a merge or split as seen, or no longer, for what waits.

    Inside `write()`.
    """
    store.run(
        """
        update outbox set seen = max(seen + ?1, 0)
         where state in ('held', 'queued', 'sending', 'failed', 'uncertain') and seen is not null
           and ticket in (select id from ticket where key = ?2
                          union select id from ticket_alias where ticket = ?2)
        """,
        by,
        ticket,
    )


def hold_until(store: Store, at: datetime, before: datetime, spared: Sequence[int] = ()) -> int:
    """Hold everything of the founder's that would go before `before` until `at`; how many.

    `spared` are ids that leave nevertheless.
    """
    with store.write():
        return store.changed(
            "update outbox set not_before = ? "
            "where state in ('held', 'queued') and not_before < ? "
            "and id not in (select outbox from by_rule) "
            "and id not in (select outbox from outage_mail where outbox is not null) "
            "and id not in (select value from json_each(?))",
            to_text(at),
            to_text(before),
            json.dumps(list(spared)),
        )


def bring_forward(store: Store, at: datetime, beyond: datetime) -> int:
    """Let what waits for an opening after `beyond` go at `at`, as the door opened before; how many.

    What waits for another reason, such as a customer's new mail or a busy server, is left alone.
    """
    waiting = "where state in ('held', 'queued') and not_before > ? and answer is null"
    if store.row(f"select 1 from outbox {waiting} limit 1", to_text(beyond)) is None:  # noqa: S608 - own words
        return 0
    with store.write():
        return store.changed(
            f"update outbox set not_before = ? {waiting}",  # noqa: S608 - own words
            to_text(at),
            to_text(beyond),
        )


def release_held(store: Store, at: datetime, until: datetime) -> int:
    """Let what waits for a later opening go at `at`, if that is before `until`; how many."""
    with store.write():
        return store.changed(
            "update outbox set not_before = ?, answer = null "
            "where state in ('held', 'queued') and not_before > ? and answer is null",
            to_text(at),
            to_text(until),
        )


def release_before(store: Store, at: datetime, until: datetime) -> int:
    """Let what would go before `until` go at `at`; returns how many.

    Updates about an outage keep their pace.
    """
    with store.write():
        return store.changed(
            "update outbox set not_before = ? "
            "where state in ('held', 'queued') and not_before <= ? "
            "and id not in (select outbox from outage_mail where outbox is not null)",
            to_text(at),
            to_text(until),
        )


def wait_no_longer(store: Store, now: datetime, pause: timedelta) -> int:
    """Let go at `now` what was put off by up to `pause` while the clock was ahead; how many.

    What waits for an opening keeps its time.
    """
    with store.write():
        return store.changed(
            """
            update outbox set not_before = ?, moved_at = ?
             where state in ('held', 'queued') and moved_at > ?
               and julianday(not_before) - julianday(moved_at) <= ?
            """,
            to_text(now),
            to_text(now),
            to_text(now),
            (pause + timedelta(seconds=1)) / timedelta(days=1),
        )


def _item(row: sqlite3.Row) -> OutboxItem:
    return OutboxItem(
        row["id"],
        row["ticket"],
        row["message_id"],
        row["mime"],
        row["sender"],
        tuple(json.loads(row["recipients"])),
        row["subject"],
        row["body"],
        Then(row["then_do"]),
        row["seen"],
        row["state"],
        row["step"],
        from_text(row["not_before"]),
        row["attempts"],
        from_text(row["created_at"]),
        from_text(row["moved_at"]),
        row["code"],
        row["answer"],
        bool(row["by_rule"]),
        bool(row["to_all"]),
    )
