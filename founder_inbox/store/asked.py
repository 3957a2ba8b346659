"""Finding who asked something before, and what we answered, among all mail there is."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from founder_inbox.core.times import from_text, to_text
from founder_inbox.store.database import Store

# So many of a question's rarest terms are looked for, two of them in one mail.
_RAREST = 5
_LOOKED_AT = 400
_SHORTEST = 3


@dataclass(frozen=True, slots=True)
class Asked:
    """A customer's mail that may ask the same. `ticket` is the row."""

    message: int
    ticket: int
    address: str
    at: datetime
    subject: str
    text: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What we wrote then, in a ticket with that id, to a customer of that name."""

    message_id: str
    ticket: str
    customer: str
    at: datetime
    subject: str
    text: str


def asked_since(
    store: Store, terms: Mapping[str, frozenset[str]], since: datetime, not_in: int
) -> list[Asked]:
    """Customers' mails of other tickets with at least two of the terms, the newest first.

    `terms` has for each the beginnings of words it may be written with.
    """
    match = _match(store, terms)
    if not match:
        return []
    rows = store.rows(
        """
        select message.id, message.ticket, sender_address, at, message.subject,
               substr(message.new_text, 1, 4000) as text
          from search join message on message.id = search.rowid
         where search match ? and role = 'customer' and message.ticket <> ? and at >= ?
         order by search.rowid desc limit ?
        """,
        match,
        not_in,
        to_text(since),
        _LOOKED_AT,
    )
    return [
        Asked(
            row["id"],
            row["ticket"],
            row["sender_address"],
            from_text(row["at"]),
            row["subject"],
            row["text"],
        )
        for row in rows
    ]


def answer_to(store: Store, asked: Asked) -> Answer | None:
    """Our first answer after a mail of a customer: no update, no mail to everybody."""
    row = store.row(
        """
        select message.message_id, message.at, message.subject, ticket.id as name,
               ticket.customer_name, substr(message.new_text, 1, 20000) as text
          from message join ticket on ticket.key = message.ticket
          left join outbox on outbox.id = message.outbox
         where message.ticket = ? and message.role = 'us' and message.direction = 'out'
           and message.at >= ? and length(message.new_text) > 40
           and coalesce(outbox.then_do, 'wait') in ('wait', 'close')
           and not exists (select 1 from outage_mail where outage_mail.outbox = message.outbox)
         order by message.at, json_array_length(message."references"),
                  coalesce(message.date, '9'), message.message_id limit 1
        """,
        asked.ticket,
        to_text(asked.at),
    )
    if row is None:
        return None
    return Answer(
        row["message_id"],
        row["name"],
        row["customer_name"],
        from_text(row["at"]),
        row["subject"],
        row["text"],
    )


def note_asked(store: Store, ticket: int, times: int, article: str | None) -> None:
    """Write down how many other customers had asked the same, and the article that answers it.

    What stands there already is not written again: each change makes every screen look anew.
    """
    row = store.row("select times, article from asked where ticket = ?", ticket)
    if row is not None and (row["times"], row["article"]) == (times, article):
        return
    with store.write():
        store.run(
            """
            insert into asked (ticket, times, article) values (?, ?, ?)
            on conflict (ticket) do update set times = excluded.times, article = excluded.article
            """,
            ticket,
            times,
            article,
        )


def times_asked(store: Store, ticket: int) -> int | None:
    """How many other customers had asked the same before; None where nobody looked yet."""
    row = store.row("select times from asked where ticket = ?", ticket)
    return int(row["times"]) if row else None


def not_looked_up(store: Store, limit: int) -> list[int]:
    """Open how-do-I tickets nobody has looked up yet, the newest first."""
    rows = store.rows(
        """
        select key from main.ticket where status = 'open' and lane = 'howto'
           and not exists (select 1 from asked where asked.ticket = key)
         order by key desc limit ?
        """,
        limit,
    )
    return [int(row["key"]) for row in rows]


def asked_tickets(
    store: Store, since: datetime, until: datetime
) -> list[tuple[datetime, str, int]]:
    """How-do-I tickets opened in a span that were compared: when, their id, how often asked."""
    rows = store.rows(
        """
        select opened_at, ticket.id, times from asked join main.ticket on ticket.key = asked.ticket
         where lane = 'howto' and opened_at >= ? and opened_at < ? order by opened_at
        """,
        to_text(since),
        to_text(until),
    )
    return [(from_text(row["opened_at"]), row["id"], row["times"]) for row in rows]


def _match(store: Store, terms: Mapping[str, frozenset[str]]) -> str:
    """The words as FTS5 wants them: any two of the rarest terms; empty where there are not two."""
    store.run(
        "create virtual table if not exists temp.search_word using fts5vocab(main, search, row)"
    )
    counted: list[tuple[int, list[str]]] = []
    for spellings in terms.values():
        words = sorted(word for word in spellings if len(word) >= _SHORTEST)
        count = sum(_mails_with(store, word) for word in words)
        if count:
            counted.append((count, words))
    rarest = [_any_of(words) for _, words in sorted(counted)[:_RAREST]]
    pairs = [f"({one} AND {other})" for at, one in enumerate(rarest) for other in rarest[at + 1 :]]
    return f"{{subject new_text}} : ({' OR '.join(pairs)})" if pairs else ""


def _mails_with(store: Store, beginning: str) -> int:
    row = store.row(
        "select sum(doc) as n from temp.search_word where term >= ? and term < ?",
        beginning,
        beginning + "\U0010ffff",
    )
    return int(row["n"] or 0) if row else 0


def _any_of(words: list[str]) -> str:
    # Terms are letters and digits only (`core.knowledge.terms`).
    return "(" + " OR ".join(f'"{word}" *' for word in words) + ")"
