"""What we know about the senders of mail in Junk, and the wish to have some of it back."""

from collections.abc import Iterable
from datetime import datetime

from founder_inbox.core.times import to_text
from founder_inbox.store.database import Store

RESCUE = "rescue"


def answered_customers(store: Store) -> frozenset[str]:
    """The addresses, folded, of everybody who has had an answer from us."""
    rows = store.rows(
        "select distinct customer_address from ticket where last_reply_at is not null"
    )
    return frozenset(row["customer_address"].casefold() for row in rows)


def held_ids(store: Store, message_ids: Iterable[str]) -> set[str]:
    """Those Message-IDs that are here already: what the founder put into Junk, for one."""
    return {
        message_id
        for message_id in message_ids
        if store.row("select 1 from message where message_id = ? limit 1", message_id)
    }


def queue_rescue(store: Store, target: str, now: datetime) -> None:
    """Queue that the mail which `target` describes comes back to the inbox."""
    with store.write():
        store.run(
            "insert into action (kind, target, created_at, not_before) values (?, ?, ?, ?)",
            RESCUE,
            target,
            to_text(now),
            to_text(now),
        )
