"""Tickets: finding, listing in queue order, and writing down their projected state."""

import json
import sqlite3
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from founder_inbox.core.lanes import ranks as lanes
from founder_inbox.core.model import Address, Lane, Status
from founder_inbox.core.tickets.entry import QueueCounts, Ticket
from founder_inbox.core.tickets.facts import FixClock, TicketState
from founder_inbox.core.tickets.queue_order import place_in_topic
from founder_inbox.core.tickets.threading import SubjectMatch, bare_subject
from founder_inbox.core.times import from_text, from_text_or_none, to_text, to_text_or_none
from founder_inbox.store.database import Store
from founder_inbox.store.messages import read_verdict
from founder_inbox.store.owed import read_promises, write_promises
from founder_inbox.store.threads import create_thread

# What has missed a window stands before what has not: it has waited longer (core queue_order).
# Among ideas those with more voters come first (`idea_rank`).
QUEUE_ORDER = "delivery_failed desc, lane_rank, topic_rank, idea_rank, waiting_since, key"


@dataclass(frozen=True, slots=True)
class Choice:
    """Which tickets a list shows. Everything None: the open ones."""

    status: Status | None = Status.OPEN
    lane: Lane | None = None
    quick_fix: bool = False
    everything: bool = False
    promised: bool = False


def create_ticket(store: Store, root: str, state: TicketState) -> int:
    """A new ticket for a conversation that began with `root`; returns its key."""
    if state.opened_at is None:
        raise ValueError("a ticket begins with something that has a time")
    return create_thread(store, root, state.opened_at)


UPDATE_STATE = """
    update ticket
       set subject = ?, bare_subject = ?, customer_name = ?, customer_address = ?,
           status = ?, lane = ?, topic = ?, lane_reasons = ?, lane_sure = ?,
           lane_rank = ?, topic_rank = ?, quick_fix = ?, assignee = ?, back_from = ?,
           tags = ?, delivery_failed = ?, unread = ?, messages = ?, customer_messages = ?,
           opened_at = ?, waiting_since = ?, last_customer_at = ?, last_reply_at = ?,
           moved_at = ?, snoozed_until = ?, update_due_at = ?, promises = ?,
           fix_minutes = ?, fix_worked = ?, fix_started_at = ?,
           idea_rank = iif(? = 'feature', -voters, 0)
     where key = ?
    """


def save_state(store: Store, key: int, state: TicketState) -> None:
    """Write down what the facts of a ticket add up to."""
    with store.write():
        store.run(UPDATE_STATE, *state_values(state), key)


def state_values(state: TicketState) -> tuple[object, ...]:
    """The values of `UPDATE_STATE` before the key."""
    verdict = state.verdict
    return (
        state.subject,
        bare_subject(state.subject)[0],
        state.customer.name,
        state.customer.address,
        state.status,
        verdict.lane,
        verdict.topic,
        json.dumps(verdict.reasons, ensure_ascii=False),
        verdict.sure,
        lanes.lane_rank(verdict.lane),
        place_in_topic(state),
        state.quick_fix,
        state.assignee,
        state.back_from,
        json.dumps(sorted(state.tags), ensure_ascii=False),
        state.delivery_failed,
        state.unread,
        state.messages,
        state.customer_messages,
        _text(state.opened_at),
        to_text_or_none(state.waiting_since),
        to_text_or_none(state.last_customer_at),
        to_text_or_none(state.last_reply_at),
        _text(state.moved_at or state.opened_at),
        to_text_or_none(state.snoozed_until),
        to_text_or_none(state.update_due_at),
        write_promises(state.promises),
        state.fix_clock.minutes,
        int(state.fix_clock.worked.total_seconds()),
        to_text_or_none(state.fix_clock.started_at),
        verdict.lane,
    )


def ticket_with_key(store: Store, key: int) -> Ticket | None:
    """One ticket, or None."""
    row = store.row("select * from ticket where key = ?", key)
    return None if row is None else _ticket(row)


def tickets_with_keys(store: Store, keys: list[int]) -> list[Ticket]:
    """Several tickets, in the order of `keys`; those that are gone are left out."""
    marks = ", ".join("?" for _ in keys)
    rows = store.rows(f"select * from ticket where key in ({marks})", *keys)  # noqa: S608 - only question marks
    found = {row["key"]: _ticket(row) for row in rows}
    return [found[key] for key in keys if key in found]


def keys_with_ids(store: Store, ids: Sequence[str]) -> list[int]:
    """The tickets that have these ids, in the order given; who is gone meanwhile is left out."""
    rows = store.rows(
        """
        select ticket.key from json_each(?) as named join ticket on ticket.id = named.value
         order by named.key
        """,
        json.dumps(list(ids)),
    )
    return [int(row["key"]) for row in rows]


def keys_with_prefix(store: Store, prefix: str, limit: int = 5) -> list[int]:
    """Tickets whose id, or an id they are also known by, begins with `prefix`."""
    rows = store.rows(
        """
        select key from ticket where id >= ? and id < ?
        union select ticket from ticket_alias where id >= ? and id < ?
        limit ?
        """,
        prefix,
        prefix + "~",
        prefix,
        prefix + "~",
        limit,
    )
    return [int(row[0]) for row in rows]


def key_of_id(store: Store, ticket: str) -> int | None:
    """The ticket with exactly this id or alias."""
    row = store.row(
        "select key from ticket where id = ? union select ticket from ticket_alias where id = ?",
        ticket,
        ticket,
    )
    return None if row is None else int(row[0])


def queue_keys(store: Store, choice: Choice) -> list[int]:
    """The keys of a whole list in queue order, however long (22 ms for 100,000)."""
    where, values = _where(choice)
    order = _order(choice)
    # With the columns it is sorted by, the veil's view is merged from two indexes and not sorted.
    columns = f"key, {order.replace(' desc', '')}"
    ordered = f"select {columns} from ticket where {where} order by {order}"  # noqa: S608 - own words
    row = store.row(f"select json_group_array(key) from ({ordered})", *values)  # noqa: S608 - the same
    keys: list[int] = json.loads(row[0]) if row else []
    return keys


def subject_match(store: Store, address: str, subject: str) -> SubjectMatch | None:
    """The newest ticket of the same customer with the same bare subject."""
    bare, _ = bare_subject(subject)
    row = store.row(
        """
        select key, moved_at from ticket where customer_address = ? and bare_subject = ?
         order by moved_at desc limit 1
        """,
        address,
        bare,
    )
    return SubjectMatch(row["key"], from_text(row["moved_at"])) if row and bare else None


def due_snoozes(store: Store, now: datetime) -> list[int]:
    """Snoozed tickets whose time has come."""
    rows = store.rows(
        "select key from ticket where status = 'snoozed' and snoozed_until <= ?", to_text(now)
    )
    return [int(row["key"]) for row in rows]


def due_some_day(store: Store) -> list[int]:
    """Tickets that are put off, promised something, or owed an update at a moment."""
    rows = store.rows(
        "select key from ticket where status = 'snoozed' or update_due_at is not null"
    )
    return [int(row["key"]) for row in rows]


def tickets_of_customer(store: Store, address: str, limit: int = 20) -> list[Ticket]:
    """A customer's tickets, the newest first."""
    rows = store.rows(
        "select * from ticket where customer_address = ? order by moved_at desc limit ?",
        address,
        limit,
    )
    return [_ticket(row) for row in rows]


def keys_of_customer(store: Store, address: str) -> list[int]:
    """Every ticket of a customer, in whatever case the address is written."""
    rows = store.rows("select key from ticket where customer_address = ? collate nocase", address)
    return [int(row["key"]) for row in rows]


def count_queue(store: Store, now: datetime, turn: Status = Status.OPEN) -> QueueCounts:
    """The figures of the header; the lanes are those of what is this level's `turn`.

    Behind the veil they are those of all tickets, less the hidden ones, and those as they were:
    counting through the view would read a hundred thousand rows.
    """
    in_lanes = dict.fromkeys(Lane, 0)
    statuses: Counter[Status] = Counter()
    billing = owed = failed = 0
    for source, sign in _VEILED if store.veil else (("main.ticket", 1),):
        for row in store.rows(_COUNTS.format(source), to_text(now)):
            many, status = sign * int(row["n"]), Status(row["status"])
            statuses[status] += many
            if status is turn:
                in_lanes[Lane(row["lane"])] += many
                billing += many if row["topic"] == "billing" else 0
            owed += sign * int(row["owed"]) if status is not Status.SNOOZED else 0
            if status in {Status.OPEN, Status.HANDED_OFF}:
                failed += sign * int(row["failed"])
    found = {status: many for status, many in statuses.items() if many}
    return QueueCounts(in_lanes, found, billing, owed, failed, *_parked(store))


_COUNTS = """
    select status, lane, topic, count(*) as n, sum(delivery_failed) as failed,
           coalesce(sum(update_due_at <= ? and lane != 'automatic'), 0) as owed
      from {} group by 1, 2, 3
"""
_VEILED = (
    ("main.ticket", 1),
    ("main.ticket where key in (select key from temp.ticket_hidden)", -1),
    ("temp.ticket_then", 1),
)


def _parked(store: Store) -> tuple[int, datetime | None]:
    """How many tickets are put aside for five minutes, and when the first is back."""
    row = store.row(
        """
        select count(*) as n, min(snoozed_until) as back from ticket
         where status = 'snoozed' and exists (
               select 1 from event where event.ticket = ticket.id and kind = 'parked'
                  and json_extract(data, '$.until') = ticket.snoozed_until)
        """
    )
    return (row["n"], from_text_or_none(row["back"])) if row else (0, None)


def _where(choice: Choice) -> tuple[str, list[object]]:
    parts: list[str] = []
    values: list[object] = []
    if choice.status and not choice.everything:
        parts.append("status = ?")
        values.append(choice.status)
    if choice.lane:
        parts.append("lane = ?")
        values.append(choice.lane)
    if choice.quick_fix:
        parts.append("quick_fix = 1")
    if choice.promised:
        parts.append("promises != '[]'")
    return " and ".join(parts) or "1", values


def _order(choice: Choice) -> str:
    if choice.promised:
        return "update_due_at, key"
    if choice.everything or choice.status in {Status.OPEN, None}:
        return "status != 'open', " * choice.everything + QUEUE_ORDER
    if choice.status is Status.SNOOZED:
        return "snoozed_until, key"
    return "moved_at desc, key"


def _text(moment: datetime | None) -> str:
    if moment is None:
        raise ValueError("a ticket begins with something that has a time")
    return to_text(moment)


def _ticket(row: sqlite3.Row) -> Ticket:
    state = TicketState(
        subject=row["subject"],
        customer=Address(row["customer_name"], row["customer_address"]),
        status=Status(row["status"]),
        verdict=read_verdict(row),
        quick_fix=bool(row["quick_fix"]),
        assignee=row["assignee"],
        back_from=row["back_from"],
        tags=frozenset(json.loads(row["tags"])),
        delivery_failed=bool(row["delivery_failed"]),
        unread=bool(row["unread"]),
        messages=row["messages"],
        customer_messages=row["customer_messages"],
        opened_at=from_text(row["opened_at"]),
        waiting_since=from_text_or_none(row["waiting_since"]),
        last_customer_at=from_text_or_none(row["last_customer_at"]),
        last_reply_at=from_text_or_none(row["last_reply_at"]),
        moved_at=from_text(row["moved_at"]),
        snoozed_until=from_text_or_none(row["snoozed_until"]),
        update_due_at=from_text_or_none(row["update_due_at"]),
        promises=read_promises(row["promises"]),
        fix_clock=FixClock(
            row["fix_minutes"],
            timedelta(seconds=row["fix_worked"]),
            from_text_or_none(row["fix_started_at"]),
        ),
    )
    return Ticket(row["key"], row["id"], state)


def tickets_about(store: Store, subject: str, limit: int = 10) -> list[Ticket]:
    """Tickets of anybody with the same bare subject, the last moved first."""
    bare, _ = bare_subject(subject)
    rows = store.rows(
        "select * from ticket where bare_subject = ? and ? <> '' order by moved_at desc limit ?",
        bare,
        bare,
        limit,
    )
    return [_ticket(row) for row in rows]


def count_settled(store: Store, before: datetime) -> int:
    """How many closed tickets had their last word before this moment."""
    row = store.row(
        """
        select count(*) as n from ticket where status = 'closed'
           and max(coalesce(last_customer_at, ''), coalesce(last_reply_at, ''), opened_at) < ?
        """,
        to_text(before),
    )
    return int(row["n"]) if row else 0


def all_keys(store: Store) -> list[int]:
    """The key of every ticket."""
    return [int(row["key"]) for row in store.rows("select key from ticket")]
