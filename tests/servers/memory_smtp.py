"""A submission server in memory: smtplib talks to it through a socket that is none.

Each connection has one trouble at one step: the server refuses, says nothing, says nonsense, or
cuts the line, or our own process is killed there; before the step or after it.
"""

import io
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum


class Step(StrEnum):
    """Where something can go wrong."""

    CONNECT = "connect"
    GREETING = "greeting"
    EHLO = "ehlo"
    MAIL = "mail"
    RCPT = "rcpt"
    DATA = "data"
    DOT = "dot"
    QUIT = "quit"


class Trouble(StrEnum):
    """What goes wrong."""

    NONE = "none"
    REFUSE_FOR_NOW = "4xx"
    THROTTLE = "421"
    REFUSE = "5xx"
    STALL_BEFORE = "stall before"
    STALL_AFTER = "stall after"
    CUT_BEFORE = "cut before"
    CUT_AFTER = "cut after"
    NONSENSE_AFTER = "nonsense after"
    KILL_BEFORE = "kill before"
    KILL_AFTER = "kill after"


class Killed(BaseException):
    """Our own process ends here, without a word to anybody."""


_BEFORE = {Trouble.STALL_BEFORE, Trouble.CUT_BEFORE, Trouble.KILL_BEFORE}
_ANSWERS = {
    Trouble.REFUSE_FOR_NOW: b"451 4.3.0 try again later\r\n",
    Trouble.THROTTLE: b"421 4.7.0 too many, go away\r\n",
    Trouble.REFUSE: b"550 5.1.1 no such person\r\n",
    Trouble.NONSENSE_AFTER: b"\xff\xfe what?\r\n",
}
_GOOD = {
    Step.GREETING: b"220 here\r\n",
    Step.EHLO: b"250-here\r\n250 AUTH PLAIN\r\n",
    Step.MAIL: b"250 ok\r\n",
    Step.RCPT: b"250 ok\r\n",
    Step.DATA: b"354 go on\r\n",
    Step.DOT: b"250 2.0.0 taken\r\n",
    Step.QUIT: b"221 bye\r\n",
}
_ID = re.compile(rb"^Message-ID: (<[^>]+>)", re.MULTILINE | re.IGNORECASE)


@dataclass
class MemoryServer:
    """Counts what reached the customers, by Message-ID. `plan` gives each connection's trouble."""

    plan: Callable[[], tuple[Step, Trouble]]
    delivered: dict[str, int] = field(default_factory=dict)

    def connect(self, *_where: object, **_how: object) -> "MemorySocket":
        """Stand in for `socket.create_connection`."""
        step, trouble = self.plan()
        if step is Step.CONNECT and trouble is not Trouble.NONE:
            if trouble in {Trouble.KILL_BEFORE, Trouble.KILL_AFTER}:
                raise Killed
            raise ConnectionRefusedError(111, "Connection refused")
        return MemorySocket(self, step, trouble)


class MemorySocket:
    """One connection, as far as smtplib uses it."""

    def __init__(self, server: MemoryServer, step: Step, trouble: Trouble) -> None:
        self._server = server
        self._step, self._trouble = step, trouble
        self._fate: BaseException | None = None
        self._in_data = False
        self._body = b""
        self._answers = b""
        self._reach(Step.GREETING)

    def settimeout(self, _seconds: float) -> None:
        """Nobody waits here."""

    def close(self) -> None:
        """Nothing is open."""

    def makefile(self, _mode: str) -> io.BufferedReader:
        """Our answers, read as a file."""
        return io.BufferedReader(_Answers(self))

    def sendall(self, data: bytes) -> None:
        """Take a command, or the mail."""
        self._end()
        if self._in_data:
            self._body += data
            if self._body.endswith(b"\r\n.\r\n"):
                self._in_data = False
                self._reach(Step.DOT)
            return
        word = data[:4].upper().strip()
        known = {b"EHLO": Step.EHLO, b"HELO": Step.EHLO, b"MAIL": Step.MAIL, b"RCPT": Step.RCPT,
                 b"DATA": Step.DATA, b"QUIT": Step.QUIT}  # fmt: skip
        if word in known:
            self._reach(known[word])
        else:
            self._answers += b"235 ok\r\n" if word == b"AUTH" else b"250 ok\r\n"

    def read(self) -> bytes:
        """What the server has said; the line's fate where it says nothing."""
        if not self._answers:
            self._end()
            return b""
        said, self._answers = self._answers, b""
        return said

    def _reach(self, step: Step) -> None:
        trouble = self._trouble if step is self._step else Trouble.NONE
        if trouble in _BEFORE:
            self._doom(trouble)
            return
        if step is Step.DOT and trouble not in {
            Trouble.REFUSE, Trouble.REFUSE_FOR_NOW, Trouble.THROTTLE,
        }:  # fmt: skip
            self._take()
        if trouble in _ANSWERS:
            self._answers += _ANSWERS[trouble]
            return
        if trouble is not Trouble.NONE:
            self._doom(trouble)
            return
        self._in_data = step is Step.DATA
        self._body = b""
        self._answers += _GOOD[step]

    def _doom(self, trouble: Trouble) -> None:
        name = trouble.value.partition(" ")[0]
        fates = {"stall": TimeoutError("timed out"), "cut": ConnectionResetError(104, "reset")}
        self._fate = fates.get(name) or Killed()

    def _end(self) -> None:
        if self._fate is not None:
            raise self._fate

    def _take(self) -> None:
        found = _ID.search(self._body)
        assert found is not None
        name = found[1].decode()
        self._server.delivered[name] = self._server.delivered.get(name, 0) + 1


class _Answers(io.RawIOBase):
    """A connection's answers as a raw file."""

    def __init__(self, connection: MemorySocket) -> None:
        super().__init__()
        self._connection = connection
        self._rest = b""

    def readable(self) -> bool:
        """Say that it is."""
        return True

    def readinto(self, buffer: "bytearray | memoryview") -> int:  # type: ignore[override] # any buffer
        """Give what has been said."""
        said = self._rest or self._connection.read()
        count = min(len(said), len(buffer))
        buffer[:count] = said[:count]
        self._rest = said[count:]
        return count
