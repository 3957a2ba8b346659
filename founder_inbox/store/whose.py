"""What is here of one person: their tickets, mails, drafts, and lines of the journal."""

import json
from dataclasses import dataclass

from founder_inbox.core.model import Address
from founder_inbox.core.relays import writer
from founder_inbox.store.database import Store
from founder_inbox.store.message_columns import read_people


@dataclass(frozen=True, slots=True)
class Mail:
    """A message's row with what tells who wrote it, and to whom."""

    id: int
    ticket: int
    key: str
    message_id: str
    role: str
    person: str
    to: frozenset[str]
    sender: str
    date: str | None


@dataclass(frozen=True, slots=True)
class Loose:
    """What of theirs belongs to no ticket: lines of the journal, drafts, mails on their way."""

    lines: tuple[str, ...]
    drafts: tuple[str, ...]
    outbox: tuple[int, ...]


def tickets_with(store: Store, address: str) -> list[int]:
    """Tickets of theirs, and those in which they wrote a mail, also through a form."""
    rows = store.connection.execute(
        """
        select key from main.ticket where customer_address = :person collate nocase
        union select ticket from main.message where sender_address = :person collate nocase
        union select ticket from main.message
               where reply_to != '[]' and instr(lower(reply_to), :quoted)
        """,
        {"person": address, "quoted": json.dumps(address, ensure_ascii=False)},
    )
    return [int(row["key"]) for row in rows]


def mails_in(store: Store, ticket: int) -> list[Mail]:
    """Every mail of a ticket, oldest first."""
    rows = store.rows(
        """
        select id, ticket, key, message_id, role, sender_name, sender_address, reply_to,
               recipients_to, recipients_cc, date
          from main.message where ticket = ? order by at, id
        """,
        ticket,
    )
    found = []
    for row in rows:
        people = (*read_people(row["recipients_to"]), *read_people(row["recipients_cc"]))
        sender = Address(row["sender_name"], row["sender_address"])
        found.append(
            Mail(
                row["id"],
                row["ticket"],
                row["key"],
                row["message_id"],
                row["role"],
                writer(sender, read_people(row["reply_to"])).address.casefold(),
                frozenset(person.address.casefold() for person in people),
                row["sender_address"],
                row["date"],
            )
        )
    return found


def names_of(store: Store, tickets: list[int]) -> list[str]:
    """Every id that leads to these tickets."""
    rows = store.rows(
        """
        select id from main.ticket where key in (select value from json_each(?1))
        union select id from thread where ticket in (select value from json_each(?1))
        union select id from ticket_alias where ticket in (select value from json_each(?1))
        """,
        json.dumps(tickets),
    )
    return [row["id"] for row in rows]


def count_lines(store: Store, names: list[str]) -> dict[str, int]:
    """How many lines of the journal these tickets have, by kind."""
    rows = store.rows(
        "select kind, count(*) as n from event where ticket in (select value from json_each(?)) "
        "group by kind",
        json.dumps(names),
    )
    return {row["kind"]: row["n"] for row in rows}


def loose_ends(store: Store, address: str, names: list[str]) -> Loose:
    """What names them and belongs to no ticket of theirs; `names` are the ids of these."""
    lines = store.rows(
        """
        select id from event
         where (kind in ('customer_note', 'unblocked')
                and lower(json_extract(data, '$.address')) = ?1)
            or (kind = 'auto_replied' and lower(json_extract(data, '$.to')) = ?1)
            or (kind = 'search_saved' and instr(lower(json_extract(data, '$.query')), ?1))
        union select word from waiting_mail
         where state <> 'gone' and ticket is null
           and lower(json_extract(data, '$.recipients')) = ?2
        """,
        address,
        json.dumps([address], ensure_ascii=False),
    )
    drafts = store.rows(
        "select kind || '-' || id as draft from outgoing "
        "where outbox is null and ticket is null and instr(lower(people), ?)",
        address,
    )
    outbox = store.rows(
        """
        select id from outbox where ticket in (select value from json_each(?1))
            or (ticket is null and lower(recipients) = ?2)
        """,
        json.dumps(names),
        json.dumps([address], ensure_ascii=False),
    )
    return Loose(
        tuple(row["id"] for row in lines),
        tuple(row["draft"] for row in drafts),
        tuple(row["id"] for row in outbox),
    )


def words_of_idea(store: Store, ids: list[str]) -> list[str]:
    """Later lines about ideas or causes: what was changed, joined or told."""
    rows = store.rows(
        """
        select id from event where kind in ('idea_changed', 'cause_changed')
           and coalesce(json_extract(data, '$.idea'), json_extract(data, '$.cause'))
               in (select value from json_each(?))
        """,
        json.dumps(ids),
    )
    return [row["id"] for row in rows]


def places_of(store: Store, messages: list[int]) -> dict[str, int]:
    """How many of these mails lie in which mailbox of the server."""
    rows = store.rows(
        """
        select mailbox.name, count(*) as n from raw
          join location on location.raw = raw.id join mailbox on mailbox.id = location.mailbox
         where raw.message in (select value from json_each(?)) and gone_at is null
         group by mailbox.id order by mailbox.id
        """,
        json.dumps(messages),
    )
    return {row["name"]: row["n"] for row in rows}


def count_drafts(store: Store, names: list[str]) -> int:
    """How many drafts these tickets have."""
    row = store.row(
        "select count(*) as n from draft where ticket in (select value from json_each(?))",
        json.dumps(names),
    )
    return int(row["n"]) if row else 0


def others_naming(store: Store, address: str, tickets: list[int]) -> int:
    """Mails of other tickets that were sent to this address, too."""
    row = store.row(
        """
        select count(*) as n from main.message
         where ticket not in (select value from json_each(?1))
           and (instr(lower(recipients_to), ?2) or instr(lower(recipients_cc), ?2))
        """,
        json.dumps(tickets),
        json.dumps(address, ensure_ascii=False),
    )
    return int(row["n"]) if row else 0
