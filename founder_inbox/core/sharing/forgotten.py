"""What is left of the journal once somebody was forgotten (GDPR, art. 17): one rule for all.

A line `forgotten` names, without any address, what may not come back: mails by their marks, whole
tickets, single lines. Whoever holds a record asks here what of it may stay: the database, the
messages in the journal's mailbox, and every machine that reads one later. Any order gives the same.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from founder_inbox.core.sharing.waiting import texts_in
from founder_inbox.core.times import to_text

Record = Mapping[str, Any]
# What was written down of a wish or a trouble that others have, too: their words go, it stays.
_WORDS = {"idea_logged": ("words", "problem"), "cause_named": ()}


@dataclass(frozen=True, slots=True)
class Forgotten:
    """One line `forgotten`: its id, the ids of whole tickets, message keys, lines gone or emptied.

    `mails` are marks (`mark_of`) of every mail that was erased.
    """

    id: str
    mails: frozenset[str]
    keys: frozenset[str]
    tickets: frozenset[str]
    lines: frozenset[str]
    emptied: frozenset[str]


def read_forgotten(event_id: str, data: Record) -> Forgotten:
    """The line as a record; what is missing in it counts as nothing."""
    names = ("mails", "keys", "tickets", "lines", "emptied")
    return Forgotten(event_id, *(frozenset(texts_in(data, name)) for name in names))


def mark_of(message_id: str, sender: str, date: datetime | None) -> str:
    """What tells a mail from every other one and says nothing of it: SHA-256, 32 hex digits.

    Of Message-ID, sender and Date: ids alone repeat, and no version of the parser reads these
    three differently.
    """
    words = "\0".join((message_id, sender.casefold(), to_text(date) if date else ""))
    return hashlib.sha256(words.encode("utf-8", "replace")).hexdigest()[:32]


def what_stays(record: Record, forgotten: Iterable[Forgotten]) -> Record | None:
    """A record of the journal without what was forgotten; None where nothing of it may stay."""
    for one in forgotten:
        left = _without(record, one)
        if left is None:
            return None
        record = left
    return record


def _without(record: Record, one: Forgotten) -> Record | None:
    """By one line. What was said of a ticket after it is about a new conversation, and stays."""
    id_, kind = record["id"], record["kind"]
    if id_ in one.emptied:
        return _emptied(record)
    if id_ in one.lines or (record["ticket"] in one.tickets and id_ < one.id):
        return None
    return _sorted_without(record, one.keys) if kind == "sorted" else record


def _emptied(record: Record) -> Record:
    empty = {name: "" for name in _WORDS.get(record["kind"], ()) if name in record["data"]}
    return {**record, "data": {**record["data"], **empty}}


def _sorted_without(record: Record, keys: frozenset[str]) -> Record | None:
    """Where mails stand comes with words of theirs."""
    mails = record["data"].get("mails")
    if not isinstance(mails, list):
        return record
    left = [mail for mail in mails if not (isinstance(mail, dict) and mail.get("mail") in keys)]
    if len(left) == len(mails):
        return record
    return {**record, "data": {**record["data"], "mails": left}} if left else None
