"""People we know from mail: who wrote to us, and whom we wrote to."""

import sqlite3

from founder_inbox.core.model import Address
from founder_inbox.store.database import Store
from founder_inbox.store.message_columns import read_people

_LOOKED_AT = 300


def known_people(store: Store, begun: str, limit: int = 8) -> list[Address]:
    """People with a name or address that has a word beginning so, the last written first."""
    words = [word.casefold() for word in _words(begun)]
    if not words:
        return []
    match = " AND ".join(f'{{sender recipients}} : "{word}" *' for word in words)
    rows = store.rows(
        """
        select sender_name, sender_address, recipients_to, direction, role from message
         where id in (select rowid from search where search match ? order by rowid desc limit ?)
         order by at desc
        """,
        match,
        _LOOKED_AT,
    )
    found: dict[str, Address] = {}
    for row in rows:
        for person in _people(row):
            key = person.address.casefold()
            if person.address and _fits(person, words) and not (found.get(key) or _bare()).name:
                found[key] = person
    return list(found.values())[:limit]


def _people(row: sqlite3.Row) -> list[Address]:
    """Whom we write to in a mail of ours, else who wrote it, if that is a person."""
    if row["direction"] == "out":
        return list(read_people(row["recipients_to"]))[:20]
    return [Address(row["sender_name"], row["sender_address"])] if row["role"] != "machine" else []


def _fits(person: Address, words: list[str]) -> bool:
    text = " ".join(_words(f"{person.name} {person.address}")).casefold()
    return all(f" {text}".find(f" {word}") >= 0 for word in words)


def _words(text: str) -> list[str]:
    plain = "".join(char if char.isalnum() else " " for char in text[:200])
    return plain.split()


def _bare() -> Address:
    return Address("", "")
