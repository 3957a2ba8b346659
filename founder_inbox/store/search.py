"""Search over everything ever synced: our query words as SQL, the newest hits first."""

from collections.abc import Sequence

from founder_inbox.core.tickets.customers import customer_notes, noted_with
from founder_inbox.core.tickets.query import Term
from founder_inbox.core.tickets.tags import beginning_with
from founder_inbox.store.database import Store
from founder_inbox.store.events import customer_note_events

_COLUMNS = {"": "", "from": "sender : ", "to": "recipients : ", "subject": "subject : "}
# By the tickets' own table: what is hidden is hidden by whoever looks for the keys.
_IN_NOTES = """
    key in (select key from main.ticket
             where id in (select ticket from search_notes where search_notes match ?)
            union
            select ticket from ticket_alias
             where id in (select ticket from search_notes where search_notes match ?))
"""
_IS = {
    "unread": "ticket.unread = 1",
    "read": "ticket.unread = 0",
    "quick_fix": "ticket.quick_fix = 1",
    "tagged": "tags != '[]'",
}


def search_tickets(store: Store, terms: Sequence[Term], limit: int = 200) -> list[int]:
    """The keys of tickets for which every term holds, the last moved first."""
    parts: list[str] = []
    values: list[object] = []
    for term in terms:
        sql, given = _condition(store, term)
        parts.append(f"not ({sql})" if term.exclude else f"({sql})")
        values += given
    where = " and ".join(parts) or "1"
    rows = store.rows(
        # `where` is put together from the constants below; what was typed is only in `values`.
        f"select key from ticket where {where} order by moved_at desc limit ?",  # noqa: S608
        *values,
        limit,
    )
    return [int(row["key"]) for row in rows]


def texts_of_ticket(store: Store, key: int, limit: int = 30) -> list[str]:
    """What a search looks through in a ticket, as far as people see it: the newest mails first.

    Their new words come before what they quote.
    """
    rows = store.rows(
        "select new_text, substr(quoted, 1, 20000) as quoted, signature from message "
        "where ticket = ? order by at desc, id desc limit ?",
        key,
        limit,
    )
    said = [str(row["new_text"]) for row in rows]
    return said + [f"{row['quoted']}\n{row['signature']}" for row in rows]


def sent_with_words(
    store: Store, passages: Sequence[str], limit: int = 50
) -> list[tuple[int, str]]:
    """Mails of ours to customers with one of these passages: their tickets and their words.

    The newest first, at most so many for each passage.
    """
    found: dict[int, tuple[int, str]] = {}
    for passage in passages:
        rows = store.rows(
            """
            select message.id, message.ticket, message.new_text from search
              join message on message.id = search.rowid
             where search match ? and direction = 'out' and role = 'us'
             order by message.id desc limit ?
            """,
            f'new_text : "{_storable(passage)}"',
            limit,
        )
        found |= {row["id"]: (row["ticket"], row["new_text"]) for row in rows}
    return list(found.values())


def known_tags(store: Store) -> list[str]:
    """Every tag that is on a ticket, the most used first."""
    rows = store.rows(
        """
        select value from main.ticket, json_each(ticket.tags) where tags != '[]'
         group by value order by count(*) desc, value
        """
    )
    return [str(row["value"]) for row in rows]


def _condition(store: Store, term: Term) -> tuple[str, list[object]]:
    if term.key in _COLUMNS:
        sql, given = _matches(term)
        people = [] if term.key else _noted(store, term.value)
        marks = ", ".join("?" for _ in people)
        # Only as many question marks as there are people.
        return (
            (f"{sql} or customer_address in ({marks})", given + people) if people else (sql, given)
        )
    if term.key == "tag":
        return _tagged(beginning_with(term.value, known_tags(store)))
    if term.key == "is":
        return (_IS[term.value], []) if term.value in _IS else ("status = ?", [term.value])
    if term.key == "lane":
        return "lane = ?", [term.value]
    if term.key == "has":
        return "key in (select ticket from message where attachments != '[]')", []
    comparison = "<" if term.key == "before" else ">="
    return f"moved_at {comparison} ?", [term.value]


def _noted(store: Store, words: str) -> list[object]:
    """The addresses, as tickets have them, of customers whose note has these words."""
    addresses = noted_with(customer_notes(customer_note_events(store)), words)
    marks = ", ".join("?" for _ in addresses)
    rows = store.rows(
        f"""
        select distinct customer_address from main.ticket
         where customer_address collate nocase in ({marks})
        """,  # noqa: S608 - only question marks
        *addresses,
    )
    return [row["customer_address"] for row in rows] if addresses else []


def _tagged(tags: Sequence[str]) -> tuple[str, list[object]]:
    marks = ", ".join("?" for _ in tags)
    among = f"(select 1 from json_each(tags) where value in ({marks}))"  # noqa: S608 - only question marks
    return f"tags != '[]' and exists {among}", list(tags)


def _matches(term: Term) -> tuple[str, list[object]]:
    words = [word for word in _storable(term.value).split() if _has_letter(word)]
    if not words:  # signs alone are in no index
        return "0", []
    sql = (
        "key in (select ticket from message where id in "
        "(select rowid from search where search match ?))"
    )
    wanted = f'"{" ".join(words)}" *'
    if term.key:
        return sql, [_COLUMNS[term.key] + wanted]
    return f"{sql} or {_IN_NOTES}", [wanted, wanted, wanted]


def _storable(text: str) -> str:
    """The text without what FTS5 or UTF-8 can't take: quotes, NUL, half a surrogate pair."""
    plain = text.replace('"', " ").replace("\0", " ")
    return plain.encode("utf-8", "ignore").decode()


def _has_letter(word: str) -> bool:
    return any(letter.isalnum() for letter in word)
