"""Counted facts about days: what came, what was closed, what is new since a moment."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from founder_inbox.core.times import from_text, to_text
from founder_inbox.store.database import Store


@dataclass(frozen=True, slots=True)
class News:
    """What happened since a moment: customers' mails by what they are, and tickets.

    `returned` from the teammate, `answered_for_us` by the teammate, `woken` from a snooze.
    """

    new: int
    urgent: int
    thanks: int
    returned: int
    answered_for_us: int = 0
    woken: int = 0


def opened_times(store: Store, since: datetime) -> list[datetime]:
    """When customers' tickets were opened; machine mail does not count."""
    rows = store.rows(
        "select opened_at from ticket where opened_at >= ? and lane != 'automatic'", to_text(since)
    )
    return [from_text(row["opened_at"]) for row in rows]


def closed_times(store: Store, since: datetime) -> list[datetime]:
    """When tickets were closed, by the key or together with a reply."""
    rows = store.rows(
        """
        select at from event
         where at >= ? and (kind = 'closed'
               or (kind = 'sent' and json_extract(data, '$.then') = 'close'))
        """,
        to_text(since),
    )
    return [from_text(row["at"]) for row in rows]


def news_since(store: Store, since: datetime, now: datetime, teammates: Sequence[str] = ()) -> News:
    """What customers and teammates (by address) wrote since a moment, and what woke up."""
    row = store.row(
        """
        select coalesce(sum(role = 'customer'), 0) as new,
               coalesce(sum(role = 'customer' and lane = 'urgent'), 0) as urgent,
               coalesce(sum(role = 'customer' and lane = 'thanks'), 0) as thanks,
               count(distinct case when role = 'us' and lower(sender_address) in
                   (select value from json_each(?)) then ticket end) as answered
          from message where at >= ?
        """,
        json.dumps(list(teammates)),
        to_text(since),
    )
    back = store.row("select count(*) as n from ticket where back_from is not null")
    if row is None or back is None:
        return News(0, 0, 0, 0)
    woken = _woken(store, since, now)
    return News(row["new"], row["urgent"], row["thanks"], back["n"], row["answered"], woken)


def _woken(store: Store, since: datetime, now: datetime) -> int:
    """Tickets whose snooze ended meanwhile and that are open now."""
    row = store.row(
        """
        select count(distinct ticket.key) as n
          from event join ticket on ticket.id = event.ticket
         where event.kind = 'snoozed' and ticket.status = 'open'
               and json_extract(event.data, '$.until') > ?
               and json_extract(event.data, '$.until') <= ?
               and not exists (select 1 from event as undoing
                    where undoing.kind = 'undone' and undoing.ticket = event.ticket
                          and instr(undoing.data, event.id) > 0)
        """,
        to_text(since),
        to_text(now),
    )
    return int(row["n"]) if row else 0
