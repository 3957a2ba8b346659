"""Mails that came from a file and lie on no server."""

import hashlib
import json
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from founder_inbox.core.times import to_text
from founder_inbox.store.database import Store


@dataclass(frozen=True, slots=True)
class FoundMail:
    """A whole mail out of a file, with CRLF. `role`: that of the mailbox it would lie in."""

    body: bytes
    received_at: datetime
    role: str


def add_imported(store: Store, mails: Iterable[FoundMail], source: str, now: datetime) -> int:
    """Store mails to be understood; returns how many were not here yet. Repeatable."""
    added = 0
    with store.write():
        for mail in mails:
            digest = hashlib.sha256(mail.body).hexdigest()
            if store.row("select 1 from raw where sha256 = ?", digest):
                continue
            raw = store.insert(
                "raw",
                {
                    "sha256": digest,
                    "size": len(mail.body),
                    "complete": True,
                    "body": zlib.compress(mail.body, 3),
                    "received_at": to_text(mail.received_at),
                },
            )
            store.insert(
                "imported",
                {"raw": raw, "role": mail.role, "source": source, "at": to_text(now)},
            )
            added += 1
    return added


def open_and_older(store: Store, before: datetime) -> list[int]:
    """Tickets of nothing but imported mails that wait for an answer and ended before a moment."""
    rows = store.rows(
        """
        select key from ticket
         where status = 'open' and moved_at < ?
           and exists (select 1 from message join raw on raw.message = message.id
                         join imported on imported.raw = raw.id where message.ticket = ticket.key)
           and not exists (select 1 from message join raw on raw.message = message.id
                             join location on location.raw = raw.id
                            where message.ticket = ticket.key)
        """,
        to_text(before),
    )
    return [int(row["key"]) for row in rows]


def known_mails(store: Store, ids: Iterable[str]) -> dict[str, int]:
    """Which of these Message-IDs have their mail here, and the ticket it is in."""
    rows = store.rows(
        "select message_id, ticket from message "
        "where message_id in (select value from json_each(?))",
        json.dumps([*ids]),
    )
    return {row["message_id"]: int(row["ticket"]) for row in rows}
