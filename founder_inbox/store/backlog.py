"""The backlog after days off: what is open, and which of it a later window is for."""

from datetime import datetime

from founder_inbox.core.hours.backlog import Waiting
from founder_inbox.core.model import Lane
from founder_inbox.core.times import from_text, to_text
from founder_inbox.store.database import Store

# What may be put off at all; machine mail is nobody's turn, so it is not in the backlog.
_CAN_WAIT = "lane != 'urgent' and not delivery_failed and back_from is null"
_OPEN = "status = 'open' and lane != 'automatic'"


def waiting_tickets(store: Store) -> list[Waiting]:
    """Every open ticket of a customer, the one who waits longest first."""
    rows = store.rows(
        f"""
        select coalesce(waiting_since, opened_at) as since, lane, {_CAN_WAIT} as can_wait
          from ticket where {_OPEN} order by since
        """  # noqa: S608 - own words
    )
    return [
        Waiting(from_text(row["since"]), not row["can_wait"], row["lane"] == Lane.THANKS)
        for row in rows
    ]


def keys_after(store: Store, through: datetime) -> list[int]:
    """The open tickets that can wait and whose customer has waited since later than `through`."""
    rows = store.rows(
        f"""
        select key from ticket
         where {_OPEN} and {_CAN_WAIT} and coalesce(waiting_since, opened_at) > ?
        """,  # noqa: S608 - own words
        to_text(through),
    )
    return [int(row["key"]) for row in rows]
