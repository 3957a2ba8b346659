"""What is owed: promises as a ticket's row keeps them, and the tickets that wait for a word."""

import json
from collections.abc import Sequence
from datetime import datetime

from founder_inbox.core.tickets.facts import Promise
from founder_inbox.core.times import from_text, to_text
from founder_inbox.store.database import Store


def write_promises(promises: Sequence[Promise]) -> str:
    """Open promises as JSON, the earliest first."""
    return json.dumps(
        [[p.id, to_text(p.due), p.words, to_text(p.since)] for p in promises],
        ensure_ascii=False,
    )


def read_promises(text: str) -> tuple[Promise, ...]:
    """The promises that `write_promises` wrote."""
    return tuple(
        Promise(id_, from_text(due), words, from_text(since))
        for id_, due, words, since in json.loads(text)
    )


def owed_keys(store: Store, now: datetime) -> list[int]:
    """The tickets whose customers are owed a word by `now`: promises, then the longest overdue.

    What is put off was seen and is not shown again, but for a promise that came due since.
    """
    rows = store.rows(
        """
        select key from ticket
         where update_due_at <= ? and lane != 'automatic'
           and (status != 'snoozed' or (promises != '[]' and moved_at < update_due_at))
         order by promises = '[]', update_due_at, key
        """,
        to_text(now),
    )
    return [int(row["key"]) for row in rows]


def keys_with_promises(store: Store) -> list[int]:
    """The tickets with an open promise, the earliest due first."""
    rows = store.rows("select key from ticket where promises != '[]' order by update_due_at, key")
    return [int(row["key"]) for row in rows]


def keys_with_open_fixes(store: Store) -> list[int]:
    """The tickets flagged as quick fix that are not closed, the longest waiting first."""
    rows = store.rows(
        """
        select key from ticket where quick_fix = 1 and status != 'closed'
         order by coalesce(waiting_since, opened_at), key
        """
    )
    return [int(row["key"]) for row in rows]
