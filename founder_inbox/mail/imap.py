"""The IMAP wire: everything IMAPClient gives, made into our records, and its traps kept away.

Never used here, because of what they do (docs/decisions.md): `fetch` with a range, `idle_check`,
`search` with foreign text in it, EXPUNGE without UIDs.
"""

import contextlib
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from founder_inbox.core.display import safe_line
from founder_inbox.core.letters.fields import is_message_id
from founder_inbox.core.model import LARGE
from founder_inbox.core.sync.mailbox import Changes, Copied, Fetched, Flags, Summary
from founder_inbox.core.sync.uids import compress
from founder_inbox.mail import imap_answers as answers
from founder_inbox.mail import imap_idle
from founder_inbox.mail.imap_answers import Selected, Size
from founder_inbox.mail.imap_faults import ODD_ANSWERS, LineBroken, ServerRefused
from founder_inbox.mail.imap_line import ImapLine
from founder_inbox.mail.imap_parts import read_skeleton
from founder_inbox.mail.imap_server import ImapServer

__all__ = [
    "ImapServer", "ImapSession", "LineBroken", "Selected", "ServerRefused", "Size",
]  # fmt: skip

LARGEST = 25 * 1024 * 1024  # beyond this only the beginning, where parts can't be had
BEGINNING = 256 * 1024
_BELOW_INBOX = re.compile(r"INBOX[./].")


class ImapSession(ImapLine):
    """One connection for one thread. Raises LineBroken when it breaks, ServerRefused for a no.

    `looked_at` are the mailboxes that were compared on this connection; `keeps_keywords` whether
    the inbox takes keywords of ours, None while nobody has asked.
    """

    def __init__(self, server: ImapServer) -> None:
        """Connect and log in. Raises ServerUnreachable and LoginRefused."""
        super().__init__(server)
        self.looked_at: set[str] = set()
        self.keeps_keywords: bool | None = None
        self._roles: dict[str, str] | None = None
        self._writing: tuple[str, Selected] | None = None

    def roles(self) -> dict[str, str]:
        """Mailbox names by role: inbox, sent, archive, junk, trash where there are such.

        At Google archiving is leaving the inbox: `archive` and `all` are All Mail there.
        """
        if self._roles is None:
            listed = self.call("list_folders")
            self._roles = answers.read_roles(listed, google=self.can("X-GM-EXT-1"))
        return dict(self._roles)

    def open(self, mailbox: str, *, readonly: bool = True) -> Selected:
        """EXAMINE or SELECT a mailbox."""
        self._writing = None
        try:
            answer = self.call("select_folder", mailbox, readonly=readonly)
        except ServerRefused:
            self._roles = None  # it may have been renamed
            raise
        try:
            selected = answers.read_selected(answer)
        except ODD_ANSWERS as error:
            raise ServerRefused(
                f"{self.server.host} (IMAP): {safe_line(mailbox, 60)} can't be synced, "
                f"{safe_line(str(error), 100)}. What is synced stays readable."
            ) from error
        if selected.uidnext:
            return selected
        last = self.uids()[-1:]  # some servers leave UIDNEXT out
        return replace(selected, uidnext=last[0] + 1 if last else 1)

    def open_to_write(self, mailbox: str) -> Selected:
        """SELECT a mailbox, or go on in it when it is open to be written already."""
        if self._writing is None or self._writing[0] != mailbox:
            selected = self.open(mailbox, readonly=False)
            self._writing = (mailbox, selected)
        return self._writing[1]

    def status(self, mailbox: str) -> tuple[int, int] | None:
        """UIDNEXT and the number of mails of a mailbox that is not the open one, or None."""
        with contextlib.suppress(ServerRefused):
            found = self.call("folder_status", mailbox, ["UIDNEXT", "MESSAGES"])
            if isinstance(found, dict) and {b"UIDNEXT", b"MESSAGES"} <= found.keys():
                return int(found[b"UIDNEXT"]), int(found[b"MESSAGES"])
        return None

    def uids(self, low: int = 1) -> list[int]:
        """Every UID of the open mailbox from `low` on, ascending."""
        found = answers.read_numbers(self.uid_command("SEARCH", "UID", f"{max(low, 1)}:*"))
        # `n:*` always names the last mail, even when n lies behind it (RFC 9051, 9).
        return [uid for uid in found if uid >= low]

    def sizes(self, uids: Sequence[int]) -> list[Size]:
        """RFC822.SIZE of each mail that is still there."""
        return [
            Size(uid, int(item.get(b"RFC822.SIZE") or 0))
            for uid, item in self._fetch(uids, "(UID RFC822.SIZE)")
            if b"RFC822.SIZE" in item
        ]

    def mails(self, sizes: Sequence[Size]) -> Iterator[Fetched]:
        """The mails themselves; of a large one the texts, of an odd huge one only the beginning.

        Never marks them read. A mail that the server won't show, or whose answer makes no sense,
        is left out.
        """
        for item in sizes:
            if item.size > LARGE:
                skeleton = read_skeleton(self, item)
                yield from [skeleton] if skeleton else self._as_it_is([item])
        yield from self._as_it_is([item for item in sizes if item.size <= LARGE])

    def fetch_one(self, uid: int, items: str) -> list[Any]:
        """What the server answers to a FETCH of one mail of the open mailbox, not yet read."""
        return self.uid_command("FETCH", str(uid), items)

    def flags(self, uids: Sequence[int]) -> dict[int, Flags]:
        """The flags of these mails."""
        found: dict[int, Flags] = {}
        for part in compress(uids):
            found |= answers.read_flags(self.uid_command("FETCH", part, "(UID FLAGS)"))
        return found

    def flags_since(self, low: int, modseq: int) -> dict[int, Flags]:
        """Flags changed after `modseq` from UID `low` on (RFC 7162, CHANGEDSINCE)."""
        since = f"(CHANGEDSINCE {modseq})"
        return answers.read_flags(
            self.uid_command("FETCH", f"{max(low, 1)}:*", "(UID FLAGS)", since)
        )

    def changes_since(self, modseq: int) -> Changes | None:
        """What changed and what vanished after `modseq`, in one answer (RFC 7162, VANISHED).

        Only where `resyncs`. None when the answer makes no sense.
        """
        untagged = self.client._imap.untagged_responses
        untagged.pop("VANISHED", None)
        changed = self.uid_command(
            "FETCH", "1:*", "(UID FLAGS)", f"(CHANGEDSINCE {modseq} VANISHED)"
        )
        vanished = answers.read_vanished(untagged.pop("VANISHED", []))
        return None if vanished is None else Changes(answers.read_flags(changed), vanished)

    def message_ids(self, uids: Sequence[int]) -> dict[int, str]:
        """The Message-ID of each mail that is still there; empty where it has none."""
        items = "(UID BODY.PEEK[HEADER.FIELDS (MESSAGE-ID)])"
        return {uid: answers.read_message_id(item) for uid, item in self._fetch(uids, items)}

    def own_ids(self, uids: Sequence[int]) -> dict[int, frozenset[str]]:
        """Every id that each mail of ours goes by: its own, and the one it had when it left."""
        names = "MESSAGE-ID X-FOUNDER-INBOX X-MICROSOFT-ORIGINAL-MESSAGE-ID"
        items = f"(UID BODY.PEEK[HEADER.FIELDS ({names})])"
        return {uid: answers.read_ids(item) for uid, item in self._fetch(uids, items)}

    def summaries(self, uids: Sequence[int]) -> list[Summary]:
        """What tells each mail that is still there from others, without the mail itself."""
        items = "(UID FLAGS RFC822.SIZE INTERNALDATE BODY.PEEK[HEADER.FIELDS (MESSAGE-ID)])"
        return [answers.read_summary(uid, item) for uid, item in self._fetch(uids, items)]

    def uids_since(self, day: date) -> list[int]:
        """UIDs of the mails that arrived on this day or later, ascending."""
        return sorted(self.call("search", ["SINCE", day]))

    def headers(self, uids: Sequence[int]) -> Iterator[tuple[Summary, bytes]]:
        """Size, arrival and flags of each mail, and its From, Subject and Message-ID lines."""
        names = "FROM SUBJECT MESSAGE-ID"
        items = f"(UID FLAGS RFC822.SIZE INTERNALDATE BODY.PEEK[HEADER.FIELDS ({names})])"
        for uid, item in self._fetch(uids, items):
            summary = replace(answers.read_summary(uid, item), message_id="")
            yield summary, answers.read_header(item)

    def set_flag(self, uids: Sequence[int], flag: bytes, *, on: bool) -> None:
        """Add or take off one flag."""
        for chunk in _chunks(uids, 100):
            method = "add_flags" if on else "remove_flags"
            self.call(method, list(chunk), [flag], silent=True)

    def move(self, uids: Sequence[int], target: str) -> Copied:
        """Move mails of the open mailbox; without MOVE copy and delete, never EXPUNGE all.

        Returns where they lie now, as far as the server says. Without MOVE and UIDPLUS they stay,
        marked as deleted: a bare EXPUNGE would take other mails along.
        """
        self.client._imap.untagged_responses.pop("COPYUID", None)
        self.call("move" if self.can("MOVE") else "copy", list(uids), target)
        copied = answers.read_copied(self.client._imap.untagged_responses)
        if not self.can("MOVE"):
            self.delete(uids)
        return copied

    @property
    def takes_away(self) -> bool:
        """Whether a moved mail really leaves its place, and doesn't only stand there marked."""
        return self.can("MOVE") or self.can("UIDPLUS")

    def delete(self, uids: Sequence[int]) -> None:
        """Mark mails as deleted and, where the server can do it for them alone, take them away."""
        self.call("add_flags", list(uids), [b"\\Deleted"], silent=True)
        if self.can("UIDPLUS"):
            self.call("uid_expunge", list(uids))

    def create(self, role: str) -> str:
        """Make the mailbox for a role where there is none, beside the others; returns its name."""
        # Some servers keep all mailboxes below the inbox.
        below = (name[:6] for name in self.roles().values() if _BELOW_INBOX.match(name))
        name = next(below, "") + role.capitalize()
        self.call("create_folder", name)
        with contextlib.suppress(ServerRefused):
            self.call("subscribe_folder", name)
        self._roles = None
        return name

    def append(self, mailbox: str, mime: bytes, at: datetime) -> None:
        """Put a mail into a mailbox, read."""
        self.call("append", mailbox, mime, flags=(b"\\Seen",), msg_time=at)

    def find_message_id(self, message_id: str) -> list[int]:
        """UIDs in the open mailbox with this Message-ID, if it is one that is safe to send."""
        quotes = '"' in message_id or "\\" in message_id
        if quotes or len(message_id) > 250 or not is_message_id(message_id):
            return []
        return list(self.call("search", ["HEADER", "Message-ID", message_id]))

    def wait_for_news(self, seconds: float, interrupted: Callable[[], bool]) -> bool:
        """IDLE until the server tells of a change (True); see `imap_idle.wait_for_news`."""
        return imap_idle.wait_for_news(self, seconds, interrupted)

    def _as_it_is(self, sizes: Sequence[Size]) -> Iterator[Fetched]:
        """Mails in one piece each; of a huge one only the beginning."""
        known = {item.uid: item.size for item in sizes}
        whole = [item.uid for item in sizes if item.size <= LARGEST]
        large = [item.uid for item in sizes if item.size > LARGEST]
        for uids, part in ((whole, ""), (large, f"<0.{BEGINNING}>")):
            for uid, item in self._fetch_each(uids, f"(UID FLAGS INTERNALDATE BODY.PEEK[]{part})"):
                mail = answers.read_mail(uid, item, known.get(uid, 0), complete=not part)
                if mail is not None and uid in known:
                    yield mail

    def _fetch_each(self, uids: Sequence[int], items: str) -> Iterator[tuple[int, answers.Item]]:
        """The same as `_fetch`, but one mail the server won't show does not cost us the others."""
        try:
            yield from list(self._fetch(uids, items))
        except ServerRefused as refusal:
            if refusal.wait:
                raise
            half = len(uids) // 2
            for part in (uids[:half], uids[half:]) if half else ():
                yield from self._fetch_each(part, items)

    def _fetch(self, uids: Sequence[int], items: str) -> Iterator[tuple[int, answers.Item]]:
        for part in compress(uids):
            yield from answers.read_items(self.uid_command("FETCH", part, items))


def _chunks(items: Sequence[int], size: int) -> Iterable[Sequence[int]]:
    return (items[start : start + size] for start in range(0, len(items), size))
