"""Counted facts about days: what came, what was closed, what is new since a moment."""

from dataclasses import dataclass
from datetime import datetime

from founder_inbox.core.times import from_text, to_text
from founder_inbox.store.database import Store


@dataclass(frozen=True, slots=True)
class News:
    """Customer mails since a moment, by what they are."""

    new: int
    urgent: int
    thanks: int
    returned: int


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


def news_since(store: Store, since: datetime) -> News:
    """What customers wrote since a moment."""
    row = store.row(
        """
        select count(*) as new, coalesce(sum(lane = 'urgent'), 0) as urgent,
               coalesce(sum(lane = 'thanks'), 0) as thanks
          from message where role = 'customer' and at >= ?
        """,
        to_text(since),
    )
    back = store.row("select count(*) as n from ticket where back_from is not null")
    if row is None or back is None:
        return News(0, 0, 0, 0)
    return News(row["new"], row["urgent"], row["thanks"], back["n"])
