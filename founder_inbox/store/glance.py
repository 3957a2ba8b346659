"""The few figures of a shell prompt, without loading what tickets and mails are."""

from dataclasses import dataclass
from datetime import datetime

from founder_inbox.core.times import to_text
from founder_inbox.store.database import Store


@dataclass(frozen=True, slots=True)
class Figures:
    """Open tickets by lane, those owed an update, mails on their way, and those that are stuck."""

    lanes: dict[str, int]
    owed: int
    outbox: int
    stuck: int


def read_figures(store: Store, now: datetime) -> Figures:
    """Count. Machine mail is never owed anything."""
    lanes = store.rows("select lane, count(*) as n from ticket where status = 'open' group by 1")
    owed = store.row(
        """
        select count(*) as n from ticket
         where status in ('open', 'handed_off') and update_due_at <= ? and lane != 'automatic'
        """,
        to_text(now),
    )
    mails = store.row(
        """
        select count(*) as n, coalesce(sum(state in ('failed', 'uncertain')), 0) as stuck
          from outbox where state in ('held', 'queued', 'sending', 'failed', 'uncertain')
        """
    )
    return Figures(
        {row["lane"]: row["n"] for row in lanes},
        owed["n"] if owed else 0,
        mails["n"] if mails else 0,
        mails["stuck"] if mails else 0,
    )
