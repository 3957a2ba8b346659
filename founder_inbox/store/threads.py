"""Threads: where threading filed each mail, whatever people merged or split since.

A thread and the ticket that is named after it have the same key and the same id. `ticket` in
these tables is where a thread, an id or a mail is at home now; only `place_threads` moves it.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from founder_inbox.core.tickets.homes import Filed, Homes
from founder_inbox.core.tickets.identity import LENGTH, ticket_id
from founder_inbox.core.times import to_text
from founder_inbox.store.database import Store


@dataclass(frozen=True, slots=True)
class Thread:
    """A thread: its row, its name, the Message-ID it began with, the ticket it is in now."""

    key: int
    id: str
    root: str
    ticket: int


@dataclass(frozen=True, slots=True)
class FiledMessage:
    """A message's row, the ticket it is in, and how threading filed it."""

    message: int
    ticket: int
    filed: Filed


def create_thread(store: Store, root: str, opened_at: datetime, name: str | None = None) -> int:
    """A thread that began with `root`, and its ticket, still empty; returns their key.

    `name` is its id where that is settled already, else `root` gives it one.
    """
    with store.write():
        chosen = name or free_id(store, root)
        key = _add_ticket(store, None, chosen, root, opened_at)
        store.run(
            "insert into thread (key, id, root, ticket) values (?, ?, ?, ?)", key, chosen, root, key
        )
    return key


def free_id(store: Store, root: str) -> str:
    """The id of a ticket that begins with `root`; longer where another one has it already."""
    return next(
        ticket_id(root, length)
        for length in range(LENGTH, 52)
        if not _is_taken(store, ticket_id(root, length))
    )


def thread_with_key(store: Store, key: int) -> Thread:
    """One thread. Raises LookupError."""
    row = store.row("select * from thread where key = ?", key)
    if row is None:
        raise LookupError(key)
    return Thread(row["key"], row["id"], row["root"], row["ticket"])


def threads_named(store: Store, names: Iterable[str]) -> dict[str, Thread]:
    """The threads that ids, old ids and Message-IDs mean, as far as they are known here."""
    found: dict[str, Thread] = {}
    for name in dict.fromkeys(names):
        row = store.row(
            """
            select * from thread where id = ?
            union all
            select thread.* from ticket_alias join thread on thread.key = ticket_alias.thread
             where ticket_alias.id = ?
            union all
            select thread.* from message_ref join thread on thread.key = message_ref.thread
             where message_ref.message_id = ?
             limit 1
            """,
            name,
            name,
            name,
        )
        if row is not None:
            found[name] = Thread(row["key"], row["id"], row["root"], row["ticket"])
    return found


def thread_of_message(store: Store, message: int) -> Thread:
    """The thread under which a message was filed."""
    row = store.row("select thread from filed where message = ?", message)
    if row is None:
        raise LookupError(message)
    return thread_with_key(store, row["thread"])


def holds_mail(store: Store, key: int) -> bool:
    """Whether threading filed any mail under it; not so where a split alone made it."""
    return store.row("select 1 from filed where thread = ? limit 1", key) is not None


def filed_messages(store: Store, threads: Iterable[int]) -> list[FiledMessage]:
    """Every message of these threads."""
    rows = [
        row
        for key in sorted(set(threads))
        for row in store.rows(
            """
            select message.id, message.ticket, message.message_id, message."references",
                   thread.id as thread
              from filed join message on message.id = filed.message
              join thread on thread.key = filed.thread
             where filed.thread = ? order by message.id
            """,
            key,
        )
    ]
    return [
        FiledMessage(
            row["id"],
            row["ticket"],
            Filed(row["message_id"], row["thread"], tuple(json.loads(row["references"]))),
        )
        for row in rows
    ]


def rename_to_root(store: Store, key: int, root: str) -> None:
    """An older mail came in: its root names the thread, and the old id stays known."""
    with store.write():
        row = store.row("select * from thread where key = ?", key)
        if row is None or row["root"] == root:
            return
        wanted = ticket_id(root)
        taken = threads_named(store, [wanted]).get(wanted)
        if taken is not None and taken.key != key:
            store.run("update thread set root = ? where key = ?", root, key)
            store.run("update ticket set root = ? where key = ?", root, key)
            return
        store.run("delete from ticket_alias where id = ?", wanted)
        if row["id"] != wanted:
            _add_alias(store, row["id"], key)
        store.run("update thread set id = ?, root = ? where key = ?", wanted, root, key)
        store.run("update ticket set id = ?, root = ? where key = ?", wanted, root, key)
        if row["ticket"] != key:
            _add_alias(store, wanted, key)


def join_threads(store: Store, keep: int, other: int) -> None:
    """Make one thread of two that are one conversation; the other's ids stay as aliases."""
    with store.write():
        kept, gone = thread_with_key(store, keep), thread_with_key(store, other)
        for table in ("filed", "message_ref", "ticket_alias"):
            store.run(f"update {table} set thread = ? where thread = ?", keep, other)  # noqa: S608 - own words
        for table in ("message_ref", "ticket_alias"):
            store.run(f"update {table} set ticket = ? where thread = ?", kept.ticket, keep)  # noqa: S608 - own words
        store.run("delete from ticket_alias where id = ?", gone.id)
        store.run("delete from thread where key = ?", other)
        _add_alias(store, gone.id, keep)
        store.run(
            "update message set ticket = ? where id in (select message from filed where thread = ?)"
            " and ticket = ?",
            kept.ticket,
            keep,
            gone.ticket,
        )
        _drop_empty(store, {other})


def place_threads(
    store: Store, threads: Sequence[Thread], mails: Sequence[FiledMessage], homes: Homes,
    now: datetime,
) -> set[int]:  # fmt: skip
    """Bring threads, their ids and mails to their homes; returns the tickets that changed.

    Every name in `homes` is one of `threads`. Tickets appear and go as they are needed.
    """
    named = {thread.id: thread for thread in threads}
    fallback = next(iter(homes.of_mail.values()), None)
    home_of = {
        thread.id: homes.of_name.get(thread.id) or homes.of_mail.get(thread.root) or fallback
        for thread in threads
    }
    changed: set[int] = set()
    with store.write():
        for name in sorted({*homes.of_mail.values(), *filter(None, home_of.values())}):
            _bring_ticket(store, named[name], now)
        for mail in mails:
            key = named[homes.of_mail[mail.filed.message_id]].key
            if key != mail.ticket:
                store.run("update message set ticket = ? where id = ?", key, mail.message)
                changed |= {key, mail.ticket}
        for thread in threads:
            home = home_of[thread.id]
            if home is not None:
                changed |= _place_names(store, thread, named[home].key)
        for message_id, name in homes.of_mail.items():
            key = named[name].key
            store.run("update message_ref set ticket = ? where message_id = ?", key, message_id)
        _drop_empty(store, changed | {thread.key for thread in threads})
    return changed


def _place_names(store: Store, thread: Thread, ticket: int) -> set[int]:
    """Let a thread's ids lead to a ticket; its own one is an alias while that is another."""
    for table in ("ticket_alias", "message_ref"):
        store.run(f"update {table} set ticket = ? where thread = ?", ticket, thread.key)  # noqa: S608 - own words
    store.run("update thread set ticket = ? where key = ?", ticket, thread.key)
    store.run("delete from ticket_alias where id = ?", thread.id)
    if ticket != thread.key:
        _add_alias(store, thread.id, thread.key)
    return {ticket, thread.ticket} if ticket != thread.ticket else set()


def _bring_ticket(store: Store, thread: Thread, now: datetime) -> None:
    if store.row("select 1 from ticket where key = ?", thread.key) is None:
        store.run("delete from ticket_alias where id = ?", thread.id)
        _add_ticket(store, thread.key, thread.id, thread.root, now)


def _add_ticket(store: Store, key: int | None, ticket: str, root: str, opened_at: datetime) -> int:
    return store.run(
        """
        insert into ticket (key, id, root, subject, bare_subject, customer_name, customer_address,
            status, lane, lane_reasons, lane_sure, lane_rank, topic_rank, quick_fix, tags,
            delivery_failed, unread, messages, customer_messages, opened_at, moved_at)
        values (?, ?, ?, '', '', '', '', 'open', 'howto', '[]', 0, 9, 9, 0, '[]', 0, 0, 0, 0, ?, ?)
        """,
        key,
        ticket,
        root,
        to_text(opened_at),
        to_text(opened_at),
    )


def _add_alias(store: Store, ticket: str, thread: int) -> None:
    store.run(
        "insert or ignore into ticket_alias (id, ticket, thread) "
        "select ?, ticket, key from thread where key = ?",
        ticket,
        thread,
    )


def _drop_empty(store: Store, tickets: Iterable[int]) -> None:
    """Forget tickets that nothing is in and nothing leads to."""
    for key in sorted(set(tickets)):
        store.run(
            """
            delete from ticket where key = ?1
               and not exists (select 1 from message where message.ticket = ?1)
               and not exists (select 1 from thread where thread.ticket = ?1)
            """,
            key,
        )


def _is_taken(store: Store, wanted: str) -> bool:
    row = store.row(
        "select 1 from thread where id = ? union all select 1 from ticket_alias where id = ?",
        wanted,
        wanted,
    )
    return row is not None


def known_names(threads: Mapping[str, Thread]) -> dict[str, str]:
    """Names and the ids of the threads they mean, as `core.tickets.homes` wants them."""
    return {name: thread.id for name, thread in threads.items()}
