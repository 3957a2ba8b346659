"""The journal's table: events are added, never changed."""

import json
import sqlite3
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from founder_inbox.core.tickets.journal import Event, EventKind, Json, id_limit, next_id
from founder_inbox.core.times import from_text, to_text
from founder_inbox.store.database import Store
from founder_inbox.store.settings import get_setting, machine_of

# How many seconds the mail server's clock is ahead of ours, as the last look showed.
CLOCK_BEHIND = "clock_behind"
MOST_CORRECTED = timedelta(days=1)
_KNOWN = frozenset(EventKind)


def append_event(
    store: Store,
    now: datetime,
    actor: str,
    ticket: str | None,
    kind: EventKind,
    data: Mapping[str, Json] | None = None,
    *,
    at: datetime | None = None,
) -> Event:
    """Record what `actor` did at `now`; returns the event with its id.

    The id goes by the server's clock as far as it is known: machines whose clocks differ then
    stand in the right order. `at` is when it was done where that was long ago, in another program.
    """
    with store.write():
        event = Event(next_word(store, now), at or now, actor, ticket, kind, data or {})
        store.run(
            "insert into event (id, at, actor, ticket, kind, data) values (?, ?, ?, ?, ?, ?)",
            event.id,
            to_text(event.at),
            actor,
            ticket,
            kind,
            json.dumps(data or {}, ensure_ascii=False),
        )
    return event


def next_word(store: Store, now: datetime) -> str:
    """The id of what is said next, after everything known whose clock can be believed.

    What was said here within a day ahead is believed, too: a clock that was put right by hours
    must not make a person's later word lose to the earlier one.
    """
    true_now = now + timedelta(seconds=int(get_setting(store, CLOCK_BEHIND) or 0))
    machine = machine_of(store)
    row = store.row(
        """
        select max((select coalesce(max(id), '') from event where id < ?1),
                   (select coalesce(max(id), '') from event
                     where id >= ?1 and id < ?2 and id like ?3),
                   (select coalesce(max(word), '') from waiting_mail where word < ?1)) as id
        """,
        id_limit(true_now),
        id_limit(true_now + MOST_CORRECTED),
        f"%-{machine}",
    )
    return next_id((row["id"] or None) if row else None, true_now, machine)


def events_of_ticket(store: Store, key: int) -> list[Event]:
    """Everything recorded about a ticket, under its id or any id it is also known by.

    `ticket` of each is the present id of the thread it was recorded for, whatever it was called.
    """
    rows = store.rows(
        """
        select event.id, at, actor, kind, data, coalesce(thread.id, event.ticket) as ticket
          from event left join ticket_alias on ticket_alias.id = event.ticket
          left join thread on thread.key = ticket_alias.thread
         where event.ticket in (select id from ticket where key = ?
                                union select id from ticket_alias where ticket = ?)
         order by event.id
        """,
        key,
        key,
    )
    return _events(rows)


def events_of_kinds(store: Store, *kinds: EventKind) -> list[Event]:
    """Every event of these kinds, oldest first."""
    marks = ", ".join("?" for _ in kinds)
    rows = store.rows(
        f"select * from event where kind in ({marks}) order by id",  # noqa: S608 - only question marks
        *kinds,
    )
    return _events(rows)


def events_since(
    store: Store, since: datetime, *kinds: EventKind, actor: str | None = None
) -> list[Event]:
    """Events at or after `since`, of these kinds (all if none is named), oldest first.

    With `actor` only what that person did, on whichever of their machines.
    """
    marks = ", ".join("?" for _ in kinds)
    # The marks are only as many question marks as there are kinds.
    only = f"and kind in ({marks})" if kinds else ""
    only += " and actor = ?" if actor is not None else ""
    rows = store.rows(
        f"select * from event where at >= ? {only} order by id",  # noqa: S608 - see above
        to_text(since),
        *kinds,
        *([] if actor is None else [actor]),
    )
    return _events(rows)


def block_events(store: Store) -> list[Event]:
    """What was blocked and unblocked, with all that was undone; nothing where nobody ever was."""
    rows = store.rows(
        """
        select * from event where kind in ('spam', 'unblocked', 'undone') and exists (
               select 1 from event
                where kind = 'spam' and json_extract(data, '$.block') is not null)
         order by id
        """
    )
    return _events(rows)


def customer_note_events(store: Store) -> list[Event]:
    """What was written down about customers, with all that was undone and belongs to no ticket."""
    noted = events_of_kinds(store, EventKind.CUSTOMER_NOTE)
    if not noted:
        return []
    rows = store.rows("select * from event where kind = 'undone' and ticket is null order by id")
    return [*noted, *_events(rows)]


def goodwill_events(store: Store) -> list[Event]:
    """What was given, and what was undone on these tickets; `ticket` is the id it has now."""
    rows = store.rows(
        """
        select event.id, at, actor, kind, data, coalesce(ticket.id, event.ticket) as ticket
          from event left join ticket_alias on ticket_alias.id = event.ticket
          left join ticket on ticket.key = ticket_alias.ticket
         where kind = 'goodwill' or (kind = 'undone' and event.ticket in (
               select ticket from event where kind = 'goodwill'))
         order by event.id
        """
    )
    return _events(rows)


def newest_of_machine(store: Store, machine: str) -> datetime | None:
    """When this machine last recorded something, by its own clock then."""
    row = store.row("select at from event where id like ? order by id desc limit 1", f"%-{machine}")
    return None if row is None else from_text(row["at"])


def last_events(store: Store, limit: int, *, machine: str | None = None) -> list[Event]:
    """The newest events, newest first; with `machine` those recorded there alone.

    Of all kinds but `sorted`, which comes with every mail and is nobody's act.
    """
    rows = store.rows(
        "select * from event where id like ? and kind <> 'sorted' order by id desc limit ?",
        f"%-{machine}" if machine else "%",
        limit,
    )
    return _events(rows)


def events_of_act(store: Store, act: str) -> list[Event]:
    """Every line of one act, newest first; `act` is the id of its first line."""
    rows = store.rows(
        """
        select * from event where id >= ? and (id = ? or json_extract(data, '$.act') = ?)
         order by id desc
        """,
        act,
        act,
        act,
    )
    return _events(rows)


def _events(rows: Iterable[sqlite3.Row]) -> list[Event]:
    """Those of kinds that this version knows; the others are only kept and passed on."""
    return [_event(row) for row in rows if row["kind"] in _KNOWN]


def _event(row: sqlite3.Row) -> Event:
    return Event(
        row["id"],
        from_text(row["at"]),
        row["actor"],
        row["ticket"],
        EventKind(row["kind"]),
        json.loads(row["data"]),
    )
