"""The IMAP wire: everything IMAPClient gives, made into our records, and its traps kept away.

Never used here, because of what they do (docs/decisions.md): `fetch` with a range, `idle_check`,
`search` with foreign text in it, EXPUNGE without UIDs.
"""

import re
import select
import ssl
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from imapclient import IMAPClient, SocketTimeout
from imapclient.exceptions import IMAPClientAbortError, IMAPClientError, LoginError
from imapclient.response_parser import parse_fetch_response

from founder_inbox.core.display import safe_line
from founder_inbox.core.mailbox import Fetched, Flags
from founder_inbox.core.mailbox_names import role_by_name
from founder_inbox.core.uids import compress
from founder_inbox.errors import LoginRefused, ServerUnreachable
from founder_inbox.mail.tls import check_fingerprint, make_context

CONNECT_SECONDS = 15
READ_SECONDS = 60
SMALL = 256 * 1024  # fetched whole
LARGEST = 25 * 1024 * 1024  # beyond this only the beginning is fetched
BEGINNING = 256 * 1024
IDLE_SLICE = 0.5  # seconds between two looks at what the founder did meanwhile
_SPECIAL = {
    b"\\sent": "sent",
    b"\\archive": "archive",
    b"\\junk": "junk",
    b"\\trash": "trash",
    b"\\drafts": "drafts",
}
_MESSAGE_ID = re.compile(r"<[!-;=?-~]{1,240}>")


@dataclass(frozen=True, slots=True)
class ImapServer:
    """Where mail lies, and as whom we read it. `password` never leaves this record."""

    host: str
    port: int
    security: str
    username: str
    password: str
    ca_file: str | None
    fingerprint: str | None

    def __repr__(self) -> str:
        """Without the password: records end up in tracebacks."""
        return f"ImapServer({self.host!r}, {self.port}, {self.security!r})"


@dataclass(frozen=True, slots=True)
class Selected:
    """What the server said of a mailbox when it was opened. `highestmodseq` 0: no CONDSTORE."""

    uidvalidity: int
    uidnext: int
    highestmodseq: int
    exists: int


@dataclass(frozen=True, slots=True)
class Size:
    """A mail that is to be fetched."""

    uid: int
    size: int


class LineBroken(ServerUnreachable):
    """The connection is of no more use; a new one may be."""


class ServerRefused(ServerUnreachable):
    """The server said NO to one command; the connection is as good as before."""


class ImapSession:
    """One connection for one thread. Raises ServerUnreachable when the line breaks."""

    def __init__(self, server: ImapServer) -> None:
        """Connect and log in. Raises ServerUnreachable and LoginRefused."""
        self.server = server
        self._client = _connect(server)
        self._selected: str | None = None
        self._login()

    def roles(self) -> dict[str, str]:
        """Mailbox names by role: inbox, sent, archive, junk, trash where there are such."""
        found = {"inbox": "INBOX"}
        guessed: dict[str, str] = {}
        for flags, _delimiter, name in self._call("list_folders"):
            marks = {bytes(flag).lower() for flag in flags}
            role = next((_SPECIAL[mark] for mark in marks if mark in _SPECIAL), None)
            if role:
                found.setdefault(role, str(name))
            elif b"\\noselect" not in marks and (by_name := role_by_name(str(name))):
                guessed.setdefault(by_name, str(name))
        return guessed | found

    def open(self, mailbox: str, *, readonly: bool = True) -> Selected:
        """EXAMINE or SELECT a mailbox."""
        answer = self._call("select_folder", mailbox, readonly=readonly)
        self._selected = mailbox
        modseq = answer.get(b"HIGHESTMODSEQ", 0)
        return Selected(
            int(answer[b"UIDVALIDITY"]),
            int(answer.get(b"UIDNEXT", 0)) or self._uidnext_by_search(),
            int(modseq[0] if isinstance(modseq, (list, tuple)) else modseq),
            int(answer[b"EXISTS"]),
        )

    def uids(self, low: int = 1) -> list[int]:
        """Every UID of the open mailbox from `low` on, ascending."""
        found = self._call("search", ["UID", f"{max(low, 1)}:*"])
        # `n:*` always names the last mail, even when n lies behind it (RFC 9051, 9).
        return sorted(uid for uid in found if uid >= low)

    def sizes(self, uids: Sequence[int]) -> list[Size]:
        """RFC822.SIZE of each mail that is still there."""
        return [
            Size(uid, int(item.get(b"RFC822.SIZE", 0)))
            for uid, item in self._fetch(uids, "(UID RFC822.SIZE)")
        ]

    def mails(self, sizes: Sequence[Size]) -> Iterator[Fetched]:
        """The mails themselves; of a huge one only the beginning. Never marks them read."""
        whole = [item.uid for item in sizes if item.size <= LARGEST]
        large = {item.uid: item.size for item in sizes if item.size > LARGEST}
        known = {item.uid: item.size for item in sizes}
        for uid, item in self._fetch(whole, "(UID FLAGS INTERNALDATE BODY.PEEK[])"):
            yield _fetched(uid, item, known[uid], complete=True)
        for uid, item in self._fetch(
            list(large), f"(UID FLAGS INTERNALDATE BODY.PEEK[]<0.{BEGINNING}>)"
        ):
            yield _fetched(uid, item, large[uid], complete=False)

    def flags(self, uids: Sequence[int]) -> dict[int, Flags]:
        """The flags of these mails."""
        return {uid: _flags(item) for uid, item in self._fetch(uids, "(UID FLAGS)")}

    def flags_since(self, low: int, modseq: int) -> dict[int, Flags]:
        """Flags changed after `modseq` from UID `low` on (RFC 7162, CHANGEDSINCE)."""
        found = self._fetch_raw(f"{max(low, 1)}:*", "(UID FLAGS)", f"(CHANGEDSINCE {modseq})")
        return {uid: _flags(item) for uid, item in found}

    def set_flag(self, uids: Sequence[int], flag: bytes, *, on: bool) -> None:
        """Add or take off one flag."""
        for chunk in _chunks(uids, 200):
            method = "add_flags" if on else "remove_flags"
            self._call(method, list(chunk), [flag], silent=True)

    def move(self, uids: Sequence[int], target: str) -> None:
        """Move mails of the open mailbox; without MOVE copy and delete, never EXPUNGE all."""
        if self.can("MOVE"):
            self._call("move", list(uids), target)
            return
        self._call("copy", list(uids), target)
        self._call("add_flags", list(uids), [b"\\Deleted"], silent=True)
        if self.can("UIDPLUS"):
            self._call("uid_expunge", list(uids))

    def append(self, mailbox: str, mime: bytes, at: datetime) -> None:
        """Put a mail into a mailbox, read."""
        self._call("append", mailbox, mime, flags=(b"\\Seen",), msg_time=at)

    def find_message_id(self, message_id: str) -> list[int]:
        """UIDs in the open mailbox with this Message-ID; it must be one of our own."""
        if not _MESSAGE_ID.fullmatch(message_id) or '"' in message_id or "\\" in message_id:
            return []
        return list(self._call("search", ["HEADER", "Message-ID", message_id]))

    def can(self, capability: str) -> bool:
        """Whether the server offers an extension."""
        return bool(self._client.has_capability(capability))

    def wait_for_news(self, seconds: float, interrupted: Callable[[], bool]) -> bool:
        """IDLE until the server says something (True), `seconds` pass, or `interrupted` says so.

        `interrupted` is asked twice a second. Raises LineBroken when the server closed the line.
        One `idle`, one `idle_done`: reading in between is where the library loses its place.
        """
        self._call("idle")
        ready = False
        for _ in range(max(1, int(seconds / IDLE_SLICE))):
            ready = self._readable(IDLE_SLICE)
            if ready or interrupted():
                break
        _text, events = self._call("idle_done")
        return ready or any(_is_news(event) for event in events)

    def close(self) -> None:
        """Leave; what goes wrong now means nothing."""
        try:
            self._client.logout()
        except (IMAPClientError, OSError, ValueError):
            self.drop()

    def drop(self) -> None:
        """Let go of the socket without a word, as after a sleep of the laptop."""
        try:
            self._client.shutdown()
        except (IMAPClientError, OSError):
            return

    def _login(self) -> None:
        server = self.server
        if any(mark in server.username + server.password for mark in "\r\n\0"):
            raise LoginRefused("Name or password contains a line break; that can't be sent.")
        try:
            self._client.login(server.username, server.password)
        except LoginError:
            self.drop()
            raise LoginRefused(
                f"{server.host} (IMAP) refused the login of {server.username}. Your mail is "
                "untouched and what is synced stays readable. Check the password; "
                "many providers want an app password here."
            ) from None
        except (IMAPClientError, OSError, ValueError) as error:
            self.drop()
            raise _broken(server, error) from error
        self._client.capabilities()
        if self.can("ENABLE") and self.can("CONDSTORE"):
            self._call("enable", "CONDSTORE")

    def _readable(self, seconds: float) -> bool:
        connection = self._client.socket()
        if getattr(connection, "pending", lambda: 0)():
            return True
        readable, _, _ = select.select([connection], [], [], seconds)
        return bool(readable)

    def _uidnext_by_search(self) -> int:
        """Some servers leave UIDNEXT out."""
        uids = self.uids()
        return uids[-1] + 1 if uids else 1

    def _fetch(self, uids: Sequence[int], items: str) -> Iterator[tuple[int, dict[bytes, Any]]]:
        for part in compress(uids):
            yield from self._fetch_raw(part, items)

    def _fetch_raw(
        self, uid_set: str, items: str, modifier: str | None = None
    ) -> list[tuple[int, dict[bytes, Any]]]:
        """UID FETCH with a range, parsed. Answers without a UID are not ours and are left out."""
        imap = self._client._imap
        arguments = [uid_set, items] + ([modifier] if modifier else [])
        try:
            status, answer = imap.uid("FETCH", *arguments)
            if status != "OK":
                raise LineBroken(f"{self.server.host} refused to show mails: {_words(answer)}")
            if answer == [None]:
                return []
            parsed = parse_fetch_response(answer, False, False)
        except (IMAPClientError, OSError, ValueError, RecursionError, IndexError) as error:
            raise _broken(self.server, error) from error
        found: list[dict[bytes, Any]] = [dict(item) for item in parsed.values()]
        return [(int(item[b"UID"]), item) for item in found if b"UID" in item]

    def _call(self, method: str, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - as untyped as IMAPClient
        try:
            return getattr(self._client, method)(*args, **kwargs)
        except IMAPClientAbortError as error:
            raise _broken(self.server, error) from error
        except IMAPClientError as error:
            raise ServerRefused(
                f"{self.server.host} (IMAP) would not do that: {safe_line(str(error), 200)}. "
                "Your mail is as it was."
            ) from error
        except (OSError, ValueError, RecursionError, IndexError) as error:
            raise _broken(self.server, error) from error


def _connect(server: ImapServer) -> IMAPClient:
    context = make_context(server.ca_file, server.fingerprint)
    client = None
    try:
        client = IMAPClient(
            server.host,
            server.port,
            ssl=server.security == "tls",
            ssl_context=context if server.security == "tls" else None,
            timeout=SocketTimeout(connect=CONNECT_SECONDS, read=READ_SECONDS),  # type: ignore[arg-type] # it takes both, its annotation does not
        )
        # The constructor sets 5, which makes imaplib repr() every literal it reads.
        client._imap.debug = 0
        client.normalise_times = False
        if server.security == "starttls":
            client.starttls(context)
            # What came before TLS may have been put there by somebody else.
            client._imap.untagged_responses.clear()
            client._cached_capabilities = None
        if server.security != "none":
            check_fingerprint(client._imap.sock, server.fingerprint, server.host)
    except (IMAPClientError, OSError, ValueError) as error:
        if client is not None:
            client.shutdown()
        raise _broken(server, error) from error
    return client


def _broken(server: ImapServer, error: Exception) -> LineBroken:
    if isinstance(error, ssl.SSLCertVerificationError):
        why = f"its certificate is not trusted ({error.verify_message})"
    elif isinstance(error, TimeoutError):
        why = "no answer in time"
    else:
        why = safe_line(str(error) or type(error).__name__, 200)
    return LineBroken(
        f"{server.host}:{server.port} (IMAP) does not answer: {why}. What is synced stays "
        "readable, what you write waits; it goes on when the server is back."
    )


def _fetched(uid: int, item: dict[bytes, Any], size: int, *, complete: bool) -> Fetched:
    body = item.get(b"BODY[]") or item.get(b"BODY[]<0>") or b""
    received = item.get(b"INTERNALDATE")
    if not isinstance(received, datetime):
        received = datetime.fromtimestamp(0, UTC)
    return Fetched(uid, bytes(body), size or len(body), _aware(received), _flags(item), complete)


def _aware(moment: datetime) -> datetime:
    try:
        aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        return aware.astimezone(UTC)
    except OverflowError:
        return datetime.fromtimestamp(0, UTC)


def _flags(item: dict[bytes, Any]) -> Flags:
    marks = {bytes(flag) for flag in item.get(b"FLAGS", ()) if isinstance(flag, bytes)}
    lower = {mark.lower() for mark in marks}
    keywords = sorted(
        mark.decode("ascii", "replace") for mark in marks if not mark.startswith(b"\\")
    )
    return Flags(
        b"\\seen" in lower, b"\\answered" in lower, b"\\flagged" in lower, " ".join(keywords)
    )


def _is_news(event: object) -> bool:
    """EXISTS, EXPUNGE and FETCH are news; "OK Still here" is not."""
    return isinstance(event, tuple) and bool(event) and isinstance(event[0], int)


def _words(answer: object) -> str:
    return safe_line(str(answer), 200)


def _chunks(items: Sequence[int], size: int) -> Iterable[Sequence[int]]:
    return (items[start : start + size] for start in range(0, len(items), size))
