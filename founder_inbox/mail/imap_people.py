"""One person's mails in a mailbox: searched for, and what tells who wrote each and to whom."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from founder_inbox.core.mime.addresses import read_addresses
from founder_inbox.core.mime.headers import split_head
from founder_inbox.core.mime.mail_fields import read_date
from founder_inbox.core.sharing.forgotten import mark_of
from founder_inbox.mail.imap import ImapSession
from founder_inbox.mail.imap_answers import read_header, read_items, read_summary

_SAFE = re.compile(r"[!#$%&'*+/=?^_`{|}~.\w-]{1,64}@[\w.-]{1,255}", re.ASCII)
_FIELDS = "FROM REPLY-TO TO CC MESSAGE-ID DATE"
_ITEMS = f"(UID FLAGS RFC822.SIZE INTERNALDATE BODY.PEEK[HEADER.FIELDS ({_FIELDS})])"
_ID = re.compile(r"<[^<>\s]{1,900}>")
_AT_ONCE = 200
_LONGEST = 64 * 1024


@dataclass(frozen=True, slots=True)
class Found:
    """A mail by its header: its number, arrival, mark (`mark_of`), and folded addresses."""

    uid: int
    received_at: datetime
    mark: str
    senders: frozenset[str]
    receivers: frozenset[str]
    is_marked: bool  # as deleted


def find_person(session: ImapSession, address: str) -> list[int]:
    """UIDs of mails in the open mailbox that name an address; it may be part of a longer one.

    Nothing for an address that can't be said safely. Raises ServerRefused.
    """
    if not _SAFE.fullmatch(address):
        return []
    names = ["OR", "FROM", address, "OR", "TO", address, "CC", address]
    return sorted(int(uid) for uid in session.call("search", names))


def look_at_heads(session: ImapSession, uids: Sequence[int]) -> Iterator[Found]:
    """What their headers say, of those that are still there."""
    for start in range(0, len(uids), _AT_ONCE):
        numbers = ",".join(map(str, uids[start : start + _AT_ONCE]))
        for uid, item in read_items(session.uid_command("FETCH", numbers, _ITEMS)):
            if uid not in uids:
                continue
            summary = read_summary(uid, item)
            header = read_header(item)[:_LONGEST]
            fields, _ = split_head(header, 0, len(header))
            named = {
                name: [person.address for person in read_addresses(fields.first(name)).addresses]
                for name in ("from", "reply-to", "to", "cc")
            }
            people = {name: frozenset(map(str.casefold, found)) for name, found in named.items()}
            id_ = _ID.search(fields.first("message-id"))
            sender = named["from"][0] if named["from"] else ""
            yield Found(
                uid,
                summary.received_at,
                mark_of(id_[0] if id_ else "", sender, read_date(fields.first("date"))),
                people["from"],
                people["to"] | people["cc"],
                "\\Deleted" in summary.flags.keywords,
            )
