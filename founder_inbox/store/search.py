"""Search over everything ever synced: our query words as SQL, the newest hits first."""

import json
from collections.abc import Collection, Sequence

from founder_inbox.core.tickets.customers import company_of, customer_notes, noted_with
from founder_inbox.core.tickets.query import Term
from founder_inbox.core.tickets.tags import beginning_with
from founder_inbox.store.database import Store
from founder_inbox.store.events import customer_note_events

# So many mails, the newest, are looked at before all are.
NEWEST = 2_000
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
    "any": "1",
    "unread": "ticket.unread = 1",
    "read": "ticket.unread = 0",
    "quick_fix": "ticket.quick_fix = 1",
    "tagged": "tags != '[]'",
}


def search_tickets(
    store: Store,
    terms: Sequence[Term],
    limit: int = 200,
    within: Collection[int] | None = None,
) -> list[int]:
    """The keys of tickets for which every term holds, the last moved first.

    With `within` only among these keys.
    Words that thousands of mails have are looked for in the newest of these first: where that
    fills the list, nobody waits for the rest.
    """
    found = _search(store, terms, limit, NEWEST, within)
    if len(found) < limit and any(_is_common(store, term) for term in terms):
        found = _search(store, terms, limit, None, within)
    return found


def _search(
    store: Store,
    terms: Sequence[Term],
    limit: int,
    newest: int | None,
    within: Collection[int] | None,
) -> list[int]:
    parts: list[str] = []
    values: list[object] = []
    for term in terms:
        sql, given = _condition(store, term, None if term.exclude else newest)
        parts.append(f"not ({sql})" if term.exclude else f"({sql})")
        values += given
    if within is not None:
        parts.append("key in (select value from json_each(?))")
        values.append(json.dumps(sorted(within)))
    where = " and ".join(parts) or "1"
    rows = store.rows(
        # `where` is put together from the constants below; what was typed is only in `values`.
        f"select key from ticket where {where} order by moved_at desc limit ?",  # noqa: S608
        *values,
        limit,
    )
    return [int(row["key"]) for row in rows]


def _is_common(store: Store, term: Term) -> bool:
    """Whether more mails have a term's words than were looked at."""
    if term.exclude or term.key not in _COLUMNS or (wanted := _wanted(term)) is None:
        return False
    row = store.row(
        "select count(*) as n from (select rowid from search where search match ? limit ?)",
        wanted,
        NEWEST + 1,
    )
    return row is not None and row["n"] > NEWEST


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


def _condition(store: Store, term: Term, newest: int | None) -> tuple[str, list[object]]:
    if term.key in _COLUMNS:
        sql, given = _matches(term, newest)
        people = [] if term.key else _noted(store, term.value)
        marks = ", ".join("?" for _ in people)
        # Only as many question marks as there are people.
        return (
            (f"{sql} or customer_address in ({marks})", given + people) if people else (sql, given)
        )
    if term.key == "company":
        return _of_company(term.value, newest)
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


def _of_company(name: str, newest: int | None) -> tuple[str, list[object]]:
    """Customers whose domain begins so, also below another one, and those who sign with it.

    Mailboxes anybody can have are at no company.
    """
    words = [word for word in _storable(name).replace("@", " ").split() if _has_letter(word)]
    if not words:
        return "0", []
    free = "." in name and not company_of(f"x@{name}")
    domains = sorted({_literal(join.join(words)) for join in ("", "-", ".")}) if not free else []
    # Below another domain, but not the last part of one: "com" is no company.
    places = [place for domain in domains for place in (f"%@{domain}%", f"%@%.{domain}%.%")]
    sql = " or ".join(["customer_address like ? escape '\\'"] * len(places)) or "0"
    phrase = " ".join(words)
    signed = "select rowid from search where search match ? order by rowid desc limit ?"
    return (
        f"""
        key in (select key from main.ticket where {sql})
        or key in (select ticket from message where id in ({signed})
                    and role = 'customer' and instr(lower(signature), ?))
        """,  # noqa: S608 - our own words; what was typed is in the values
        [*places, f'rest : "{phrase}" *', newest or -1, phrase.lower()],
    )


def _literal(text: str) -> str:
    """For LIKE, where some signs stand for others."""
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _matches(term: Term, newest: int | None) -> tuple[str, list[object]]:
    """The condition of a text term; with `newest` only so many mails that have it count."""
    wanted = _wanted(term)
    if wanted is None:  # signs alone are in no index
        return "0", []
    mails = "select rowid from search where search match ?"
    given: list[object] = [wanted]
    if newest is not None:
        mails += " order by rowid desc limit ?"
        given.append(newest)
    sql = f"key in (select ticket from message where id in ({mails}))"  # noqa: S608 - our own words
    return (sql, given) if term.key else (f"{sql} or {_IN_NOTES}", [*given, wanted, wanted])


def _wanted(term: Term) -> str | None:
    """A term in the words of the index, the last one as a beginning; None without a letter."""
    words = [word for word in _storable(term.value).split() if _has_letter(word)]
    return f'{_COLUMNS[term.key]}"{" ".join(words)}" *' if words else None


def _storable(text: str) -> str:
    """The text without what FTS5 or UTF-8 can't take: quotes, NUL, half a surrogate pair."""
    plain = text.replace('"', " ").replace("\0", " ")
    return plain.encode("utf-8", "ignore").decode()


def _has_letter(word: str) -> bool:
    return any(letter.isalnum() for letter in word)
