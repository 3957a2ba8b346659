"""Customers' mails of the last hour, read past the veil: only their number is ever said."""

import json
from datetime import datetime

from founder_inbox.core.hours.error_lines import error_lines
from founder_inbox.core.hours.fire import Cry
from founder_inbox.core.lanes.reasons import is_guess
from founder_inbox.core.times import from_text, to_text
from founder_inbox.store.database import Store

_MOST = 500


def cries_since(store: Store, since: datetime) -> list[Cry]:
    """What customers wrote after a moment, as far as it may be about a fire."""
    rows = store.rows(
        """
        select at, sender_address, lane, topic, lane_sure, lane_reasons,
               substr(new_text, 1, 4000) as words,
               exists (select 1 from main.ticket as earlier
                         join main.message as ours on ours.ticket = earlier.key
                        where earlier.customer_address = wrote.sender_address
                          and ours.direction = 'out' and ours.role = 'us'
                          and ours.at < wrote.at) as known
          from main.message as wrote
         where at > ? and role = 'customer' order by at limit ?
        """,
        to_text(since),
        _MOST,
    )
    return [
        Cry(
            row["sender_address"],
            from_text(row["at"]),
            outage=row["topic"] == "outage",
            by_rule=row["lane"] == "urgent"
            and bool(row["lane_sure"])
            and not is_guess(json.loads(row["lane_reasons"])),
            known=bool(row["known"]),
            errors=error_lines(row["words"]),
        )
        for row in rows
        if row["lane"] == "urgent" or error_lines(row["words"])
    ]
