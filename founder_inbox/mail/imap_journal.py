"""The mailbox through which machines share the journal: found or made, read, appended to."""

import contextlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from founder_inbox.core.sharing.foreign import LONGEST_HEADER
from founder_inbox.mail.imap import ImapSession, Selected, ServerRefused
from founder_inbox.mail.imap_answers import read_items, received_at

NAME = "founder-inbox"
_BELOW_INBOX = re.compile(r"INBOX[./].")
_AT_ONCE = 4 << 20  # bytes asked for in one command


@dataclass(frozen=True, slots=True)
class JournalMail:
    """A message there: its number, size, arrival by the server's clock, and header."""

    uid: int
    size: int
    received_at: datetime
    header: bytes


def journal_name(session: ImapSession) -> str:
    """What the mailbox is called on this server; some keep all mailboxes below the inbox."""
    below = (name[:6] for name in session.roles().values() if _BELOW_INBOX.match(name))
    return next(below, "") + NAME


def open_journal(session: ImapSession, name: str) -> Selected:
    """Open the mailbox to be read; made where it is missing, without being subscribed.

    Raises ServerRefused where that is not allowed.
    """
    try:
        return session.open(name)
    except ServerRefused as refusal:
        if refusal.wait:
            raise
    with contextlib.suppress(ServerRefused):  # another machine may have made it just now
        session.call("create_folder", name)
    return session.open(name)


def journal_headers(session: ImapSession, uids: Sequence[int]) -> Iterator[JournalMail]:
    """The header of each message that is still there, as far as it is not endless."""
    items = f"(UID INTERNALDATE RFC822.SIZE BODY.PEEK[HEADER]<0.{LONGEST_HEADER + 1}>)"
    for chunk in _chunks(uids, 400):
        answer = session.uid_command("FETCH", ",".join(map(str, chunk)), items)
        for uid, item in read_items(answer):
            header = next((v for k, v in item.items() if k.startswith(b"BODY[HEADER]")), None)
            if isinstance(header, bytes) and uid in chunk:
                size = int(item.get(b"RFC822.SIZE") or 0)
                yield JournalMail(uid, size, received_at(item), header)


def journal_bodies(
    session: ImapSession, mails: Sequence[JournalMail]
) -> Iterator[tuple[int, bytes]]:
    """The whole messages; their sizes were looked at before."""
    for group in _by_size(mails):
        answer = session.uid_command("FETCH", ",".join(map(str, group)), "(UID BODY.PEEK[])")
        for uid, item in read_items(answer):
            body = item.get(b"BODY[]")
            if isinstance(body, bytes) and uid in group:
                yield uid, body


def append_batch(session: ImapSession, name: str, message: bytes) -> None:
    """Append a batch, read, with the server's own time as its arrival."""
    session.call("append", name, message, flags=(b"\\Seen",))


def snapshots_there(session: ImapSession) -> list[int]:
    """UIDs of the messages in the open mailbox that say they are part of a snapshot."""
    try:
        found = session.call("search", ["HEADER", "X-Founder-Inbox-Journal-Holds", "snapshot"])
    except ServerRefused as refusal:
        if refusal.wait:
            raise
        return []
    return sorted(int(uid) for uid in found)


def _by_size(mails: Sequence[JournalMail]) -> Iterator[list[int]]:
    group: list[int] = []
    size = 0
    for mail in mails:
        if group and (size + mail.size > _AT_ONCE or len(group) >= 200):
            yield group
            group, size = [], 0
        group.append(mail.uid)
        size += mail.size
    if group:
        yield group


def _chunks(uids: Sequence[int], size: int) -> Iterable[list[int]]:
    return ([*uids[start : start + size]] for start in range(0, len(uids), size))
