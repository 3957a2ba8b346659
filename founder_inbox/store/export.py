"""Everything there is, a piece at a time, for other programs."""

import json
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from founder_inbox.core.times import from_text
from founder_inbox.store.database import Store
from founder_inbox.store.whose import loose_ends, names_of, tickets_with


@dataclass(frozen=True, slots=True)
class ExportedMail:
    """A mail as it came or left, byte for byte. `whole` is False where files lie on the server."""

    sender: str
    at: datetime
    body: bytes
    whole: bool


def tickets_to_export(store: Store, person: str | None) -> list[int]:
    """The keys of all tickets, or of those a person is in, by when they began."""
    which, of = _tickets_of(store, person, "key")
    rows = store.rows(
        f"select key from ticket where {which} order by opened_at, key",  # noqa: S608 - our own words
        *of,
    )
    return [int(row["key"]) for row in rows]


def mails_to_export(store: Store, person: str | None) -> Iterator[ExportedMail]:
    """Every mail that came, and every one of ours that left and has no copy in Sent, by time.

    Of one person: the mails of the tickets they are in.
    """
    for table, number in _mail_rows(store, person):
        yield _of_outbox(store, number) if table == "outbox" else _of_raw(store, number)


def _mail_rows(store: Store, person: str | None) -> list[tuple[str, int]]:
    of_person, of = _tickets_of(store, person, "message.ticket")
    # An outbox row without a message of its own never left, or belongs to no ticket.
    rows = store.rows(
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
        *of,
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

    Of one person: those of the tickets they are in, by whatever id, and what names their address.
    """
    rows = store.connection.execute("select * from event order by id")
    if person is not None:
        rows = store.connection.execute(
            """
            select * from event where ticket in (select value from json_each(?1))
                or id in (select value from json_each(?2)) order by id
            """,
            _lines_about(store, person.casefold()),
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


def _tickets_of(store: Store, person: str | None, column: str) -> tuple[str, tuple[str, ...]]:
    """A condition on a column of ticket keys, and its value: the tickets that a person is in."""
    if person is None:
        return "1", ()
    keys = json.dumps(tickets_with(store, person.casefold()))
    return f"{column} in (select value from json_each(?1))", (keys,)  # noqa: S608 - our own name


def _lines_about(store: Store, person: str) -> tuple[str, str]:
    """Ids of their tickets, older ones included, and of lines that belong to no ticket."""
    names = names_of(store, tickets_with(store, person))
    return json.dumps(names), json.dumps(loose_ends(store, person, names).lines)
