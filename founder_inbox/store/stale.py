"""Long tickets whose row is behind their mails, while more of them come in.

The mark is written with the mails, so whoever comes after a crash knows what to work out anew.
"""

from collections.abc import Mapping

from founder_inbox.store.database import Store

# Shorter tickets are never left behind: working one out costs less than keeping the mark.
LONG = 60
# A long one is worked out anew when it has got this part of its mails again.
GROWN = 5


def leave_behind(store: Store, filed: Mapping[int, int]) -> set[int]:
    """Mark the tickets that are long, and got few mails since they were worked out; returns them.

    `filed`: how many mails were filed in each just now.
    """
    found = set()
    with store.write():
        for key, mails in filed.items():
            row = store.row(
                "select messages, (select mails from stale where ticket = ?1) as before "
                "from ticket where key = ?1",
                key,
            )
            if row is None or row["messages"] < LONG:
                continue
            if (row["before"] or 0) + mails < row["messages"] // GROWN:
                store.run(
                    "insert into stale (ticket, mails) values (?, ?) "
                    "on conflict do update set mails = mails + excluded.mails",
                    key,
                    mails,
                )
                found.add(key)
    return found


def stale_tickets(store: Store) -> list[int]:
    """The tickets that were left behind."""
    return [int(row["ticket"]) for row in store.rows("select ticket from stale")]


def catch_up(store: Store, key: int) -> None:
    """A ticket's row says again what its mails and events add up to."""
    with store.write():
        store.run("delete from stale where ticket = ?", key)
