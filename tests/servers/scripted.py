"""An IMAP server that does what it is told, for what Dovecot never does.

It serves a mailbox as any plain server would; a script of steps takes over where a command
matches the next of them.
"""

import re
import socket
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Self

_LITERAL = re.compile(rb"\{(\d+)\+?\}\r\n\Z")
_PAUSE = 0.05  # lets two pieces travel as two packets


class Then(StrEnum):
    """What follows an answer."""

    GO = "go on"
    CLOSE = "close the line"
    STALL = "say nothing more"


@dataclass(frozen=True, slots=True)
class Step:
    """To a command that matches `expects` say `answer`, in pieces, `{tag}` filled in.

    An answer of None is the usual one; with Then.CLOSE it is done and then not confirmed.
    """

    expects: str
    answer: bytes | Sequence[bytes] | None
    then: Then = Then.GO


@dataclass(slots=True)
class Box:
    """A mailbox: mails and flags by UID."""

    mails: dict[int, bytes] = field(default_factory=dict)
    flags: dict[int, str] = field(default_factory=dict)
    uidvalidity: int = 7
    modseq: int = 0
    date: str = "01-Mar-2026 09:30:00 +0000"
    highest: int = 0  # UID ever given, where that is more than what is there now

    @property
    def uidnext(self) -> int:
        return max(self.highest, *self.mails, 0) + 1

    def opened(self) -> bytes:
        lines = [
            r"* FLAGS (\Seen \Answered \Flagged \Deleted)",
            f"* {len(self.mails)} EXISTS",
            "* 0 RECENT",
            f"* OK [UIDVALIDITY {self.uidvalidity}] v",
            f"* OK [UIDNEXT {self.uidnext}] n",
        ]
        lines += [f"* OK [HIGHESTMODSEQ {self.modseq}] m"] if self.modseq else []
        return "".join(f"{line}\r\n" for line in lines).encode()

    def shown(self, uid: int, items: str) -> bytes:
        """One FETCH answer."""
        number = sorted(self.mails).index(uid) + 1
        parts = [f"UID {uid}".encode()]
        if "FLAGS" in items:
            parts.append(f"FLAGS ({self.flags.get(uid, '')})".encode())
        if "RFC822.SIZE" in items:
            parts.append(b"RFC822.SIZE %d" % len(self.mails[uid]))
        if "INTERNALDATE" in items:
            parts.append(f'INTERNALDATE "{self.date}"'.encode())
        if "MESSAGE-ID" in items:
            names = items.partition("FIELDS (")[2].partition(")")[0]
            wanted = names.replace(" ", "|").encode()
            fields = re.findall(rb"(?im)^(?:%b):.*\r\n(?:[ \t].*\r\n)*" % wanted, self.mails[uid])
            header = b"".join(fields) + b"\r\n"
            name = f"BODY[HEADER.FIELDS ({names})]".encode()
            parts.append(b"%b {%d}\r\n%b" % (name, len(header), header))
        elif "BODY.PEEK[]" in items:
            parts.append(b"BODY[] {%d}\r\n%b" % (len(self.mails[uid]), self.mails[uid]))
        return b"* %d FETCH (%b)\r\n" % (number, b" ".join(parts))


class ScriptedServer:
    """Listens without TLS at `port`. `commands` is all it was asked, without tags."""

    host = "127.0.0.1"

    def __init__(self, steps: Sequence[Step] = (), *, offers: str = "IDLE") -> None:
        self.steps = list(steps)
        self.offers = offers
        self.greeting = b"* OK ready\r\n"
        self.boxes = {"INBOX": Box(), "Sent": Box(uidvalidity=8)}
        # The line breaks when so many bytes have gone to a client; None: it holds.
        self.cut_after: int | None = None
        self.sent = 0  # to the last client
        self.commands: list[str] = []
        self.surprises: list[str] = []
        self._listener = socket.create_server((self.host, 0))
        self.port: int = self._listener.getsockname()[1]
        self._connections: list[socket.socket] = []
        self._ended = threading.Event()

    @property
    def inbox(self) -> Box:
        return self.boxes["INBOX"]

    def asked(self, pattern: str) -> int:
        """How often a command matched."""
        return sum(bool(re.match(pattern, command)) for command in self.commands)

    def __enter__(self) -> Self:
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(self, *error: object) -> None:
        self._ended.set()
        for connection in (self._listener, *self._connections):
            with_shutdown(connection)

    def _accept(self) -> None:
        while not self._ended.is_set():
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._connections.append(connection)
            threading.Thread(target=self._talk, args=(connection,), daemon=True).start()

    def _talk(self, connection: socket.socket) -> None:
        talk = _Talk(self, connection)
        self.sent = 0
        try:
            if talk.answer("", b"", self.greeting):
                while talk.one_command():
                    pass
        except OSError:
            pass
        finally:
            with_shutdown(connection)


class _Talk:
    """One connection."""

    def __init__(self, server: ScriptedServer, connection: socket.socket) -> None:
        self._server = server
        self._connection = connection
        self._reader = connection.makefile("rb")
        self._box = Box()
        self._idle_tag = b""

    def one_command(self) -> bool:
        """False when the line is to be closed."""
        line = self._reader.readline()
        if not line:
            return False
        tag, _, command = line.strip().partition(b" ")
        if tag == b"DONE":
            tag, command = self._idle_tag, b"DONE"
        words = command.decode("utf-8", "replace")
        self._server.commands.append(words)
        literal = _LITERAL.search(line)
        if literal:
            self._connection.sendall(b"+ go on\r\n")
            words += "\n" + self._reader.read(int(literal[1]) + 2).decode()
        if words.startswith("IDLE"):
            self._idle_tag = tag
        return self.answer(words, tag, None)

    def answer(self, words: str, tag: bytes, usual: bytes | None) -> bool:
        """Say what the script, or else the mailbox, has to say."""
        steps = self._server.steps
        scripted = bool(steps) and re.match(steps[0].expects or r"\Z", words) is not None
        step = steps.pop(0) if scripted else Step("", None)
        given = step.answer
        if given is None:
            given = usual if usual is not None else self._usual(words)
            given = b"" if step.then is Then.CLOSE else given
        for place, piece in enumerate([given] if isinstance(given, bytes) else given):
            if place:
                time.sleep(_PAUSE)
            if not self._send(piece.replace(b"{tag}", tag)):
                return False
        if step.then is Then.STALL:
            self._server._ended.wait()
        return step.then is Then.GO and words != "LOGOUT"

    def _send(self, piece: bytes) -> bool:
        """False when the line breaks now."""
        cut = self._server.cut_after
        left = len(piece) if cut is None else cut - self._server.sent
        self._connection.sendall(piece[:left])
        self._server.sent += len(piece)
        return left >= len(piece)

    def _usual(self, words: str) -> bytes:
        name, _, rest = words.partition(" ")
        if name == "UID":
            name, _, rest = rest.partition(" ")
        method = getattr(self, f"_{name.lower()}", None)
        if method is None:
            self._server.surprises.append(words)
            return b"{tag} BAD not known\r\n"
        out: bytes = method(rest)
        return out

    def _capability(self, _rest: str) -> bytes:
        return f"* CAPABILITY IMAP4rev1 {self._server.offers}\r\n".encode() + OK

    def _login(self, _rest: str) -> bytes:
        return OK

    _done = _login

    def _enable(self, rest: str) -> bytes:
        known = [name for name in rest.split() if name in self._server.offers.split()]
        return f"* ENABLED {' '.join(known)}\r\n".encode() + OK

    def _logout(self, _rest: str) -> bytes:
        return b"* BYE\r\n" + OK

    def _list(self, _rest: str) -> bytes:
        names = self._server.boxes
        return b"".join(f'* LIST () "/" "{name}"\r\n'.encode() for name in names) + OK

    def _examine(self, rest: str) -> bytes:
        self._box = self._server.boxes[rest.strip('"')]
        return self._box.opened() + OK

    _select = _examine

    def _idle(self, _rest: str) -> bytes:
        return b"+ idling\r\n"

    def _search(self, rest: str) -> bytes:
        found = [] if "HEADER" in rest else _uids_in(rest.removeprefix("UID "), self._box)
        return b"* SEARCH" + b"".join(b" %d" % uid for uid in found) + b"\r\n" + OK

    def _fetch(self, rest: str) -> bytes:
        wanted, _, items = rest.partition(" ")
        return b"".join(self._box.shown(uid, items) for uid in _uids_in(wanted, self._box)) + OK

    def _store(self, rest: str) -> bytes:
        wanted, _, flags = rest.partition(" ")
        for uid in _uids_in(wanted, self._box):
            self._box.flags[uid] = flags.partition("(")[2].rstrip(")")
        return OK

    def _create(self, rest: str) -> bytes:
        self._server.boxes[rest.strip('"')] = Box(uidvalidity=20 + len(self._server.boxes))
        return OK

    def _subscribe(self, _rest: str) -> bytes:
        return OK

    def _copy(self, rest: str) -> bytes:
        """Copies, and says where to if it offers UIDPLUS."""
        wanted, _, name = rest.partition(" ")
        target = self._server.boxes[name.strip('"')]
        uids, new = _uids_in(wanted, self._box), []
        for uid in uids:
            new.append(target.uidnext)
            target.highest = target.uidnext
            target.mails[target.highest] = self._box.mails[uid]
        if not uids or "UIDPLUS" not in self._server.offers:
            return OK
        pairs = f"{','.join(map(str, uids))} {','.join(map(str, new))}"
        return f"* OK [COPYUID {target.uidvalidity} {pairs}] moved\r\n".encode() + OK

    def _move(self, rest: str) -> bytes:
        answer = self._copy(rest)
        for uid in _uids_in(rest.partition(" ")[0], self._box):
            del self._box.mails[uid]
        return answer

    def _append(self, rest: str) -> bytes:
        head, _, mail = rest.partition("\n")
        box = self._server.boxes[head.split('"')[1]]
        box.mails[box.uidnext] = mail.removesuffix("\r\n").encode()
        return OK


OK = b"{tag} OK done\r\n"


def with_shutdown(connection: socket.socket) -> None:
    """Close, also under a thread that reads from it."""
    try:
        connection.shutdown(socket.SHUT_RDWR)
    except OSError:
        pass
    finally:
        connection.close()


def _uids_in(wanted: str, box: Box) -> list[int]:
    found: set[int] = set()
    for part in wanted.split(","):
        first, _, last = part.partition(":")
        top = max(box.mails, default=0) if last == "*" else int(last or first)
        found |= {uid for uid in box.mails if int(first) <= uid <= top}
    return sorted(found)
