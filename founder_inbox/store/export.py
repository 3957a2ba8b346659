"""Everything there is, a piece at a time, for other programs."""

import json
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from founder_inbox.core.times import from_text
from founder_inbox.store.database import Store

# The tickets a person is in: theirs, and those somebody else began and they wrote in.
_OF_PERSON = """
    select key from ticket where customer_address = :person collate nocase
    union select ticket from message where sender_address = :person collate nocase
"""

_ABOUT_PERSON = f"""
    ticket in (select id from ticket where key in ({_OF_PERSON}))
    or (kind = 'customer_note' and json_extract(data, '$.address') = :person collate nocase)
"""  # noqa: S608 - our own words


@dataclass(frozen=True, slots=True)
class ExportedMail:
    """A mail as it came or left, byte for byte. `whole` is False where files lie on the server."""

    sender: str
    at: datetime
    body: bytes
    whole: bool


def tickets_to_export(store: Store, person: str | None) -> list[int]:
    """The keys of all tickets, or of those a person is in, by when they began."""
    which = "1" if person is None else f"key in ({_OF_PERSON})"
    rows = store.connection.execute(
        f"select key from ticket where {which} order by opened_at, key",  # noqa: S608 - our own words
        {"person": person},
    )
    return [int(row["key"]) for row in rows]


def count_mails(store: Store, person: str | None) -> int:
    """How many mails `mails_to_export` gives."""
    return len(_mail_rows(store, person))


def mails_to_export(store: Store, person: str | None) -> Iterator[ExportedMail]:
    """Every mail that came, and every one of ours that left and has no copy in Sent, by time.

    Of one person: the mails of the tickets they are in.
    """
    for table, number in _mail_rows(store, person):
        yield _of_outbox(store, number) if table == "outbox" else _of_raw(store, number)


def _mail_rows(store: Store, person: str | None) -> list[tuple[str, int]]:
    of_person = "1" if person is None else f"message.ticket in ({_OF_PERSON})"
    # An outbox row without a message of its own never left, or belongs to no ticket.
    rows = store.connection.execute(
        f"""
        select 'raw' as source, raw.id as number, raw.received_at as at
          from raw left join message on message.id = raw.message
         where {of_person} and raw.id not in (select raw from forgotten_mail)
        union all
        select 'outbox', outbox.id, message.at
          from outbox join message on message.outbox = outbox.id
         where outbox.state = 'sent' and {of_person}
           and not exists (select 1 from raw where raw.message = message.id)
         order by at, source, number
        """,  # noqa: S608 - our own words
        {"person": person},
    )
    return [(str(row["source"]), int(row["number"])) for row in rows]


def _of_raw(store: Store, number: int) -> ExportedMail:
    row = store.row(
        """
        select raw.body, raw.received_at, raw.complete, message.sender_address
          from raw left join message on message.id = raw.message where raw.id = ?
        """,
        number,
    )
    if row is None:
        raise LookupError(number)
    return ExportedMail(
        row["sender_address"] or "",
        from_text(row["received_at"]),
        zlib.decompress(row["body"]),
        bool(row["complete"]),
    )


def _of_outbox(store: Store, number: int) -> ExportedMail:
    row = store.row("select mime, sender, moved_at from outbox where id = ?", number)
    if row is None:
        raise LookupError(number)
    return ExportedMail(row["sender"], from_text(row["moved_at"]), bytes(row["mime"]), whole=True)


def journal_to_export(store: Store, person: str | None) -> Iterator[Mapping[str, object]]:
    """The events of the journal as they are kept, oldest first (docs/journal.md).

    Of one person: those of the tickets they are in, and what was noted about them.
    """
    rows = store.connection.execute(
        f"select * from event where {'1' if person is None else _ABOUT_PERSON} order by id",  # noqa: S608 - our own words
        {"person": person},
    )
    for row in rows:
        yield {
            "id": row["id"],
            "at": row["at"],
            "actor": row["actor"],
            "ticket": row["ticket"],
            "kind": row["kind"],
            "data": json.loads(row["data"]),
        }
