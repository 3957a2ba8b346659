"""The switch that makes the program fail: put on from outside, unknown to the program.

A point is a place where what was done may be lost or half done: a commit of the database, bytes
sent to a server, a file opened for writing, written, brought to the disk, renamed, removed. Points
are found by what the process does, never by a list, so a new one is counted as soon as it exists.

`FOUNDER_INBOX_FAULTS` holds an `Order` as JSON; `outside/sitecustomize.py` reads it in a process
of the command line, `nursery.py` in a forked one.
"""

import errno
import functools
import json
import os
import signal
import socket
import sqlite3
import ssl
import stat
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import timedelta
from importlib import import_module
from pathlib import Path
from typing import Any

VARIABLE = "FOUNDER_INBOX_FAULTS"
KINDS = ("commit", "send", "file", "rename")
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_FILE_EVENTS = {
    "os.remove": "file",
    "os.truncate": "file",
    "os.mkdir": "file",
    "os.link": "rename",
    "os.symlink": "rename",
}
_QUIET = ("select", "with", "begin", "savepoint", "explain", "rollback", "pragma")
_PRAGMAS_THAT_WRITE = ("pragma user_version =", "pragma journal_mode =", "pragma wal_checkpoint")


@dataclass(frozen=True, slots=True)
class Order:
    """What is to happen in one process.

    `act` happens at point number `at`, the first one being 1, counting only `kinds`: kill, stop
    (SIGSTOP), fail, or full, which is failing from there on. The clock is ahead by `ahead`
    seconds, and by `leap` more from point `leap_at` on. `report` is a file that gets the points'
    names. `set` gives constants of the program another value, by `module:NAME`. `file_bytes` is
    the longest file the process may write, `pages` that of the database, which it may not write
    at all with `read_only`.
    """

    at: int = 0
    act: str = "kill"
    kinds: tuple[str, ...] = KINDS
    ahead: float = 0.0
    leap: float = 0.0
    leap_at: int = 0
    report: str = ""
    set: dict[str, float] = field(default_factory=dict)
    file_bytes: int = 0
    pages: int = 0
    read_only: bool = False

    def to_text(self) -> str:
        return json.dumps(asdict(self))


def read_order(text: str) -> Order:
    """The other way round."""
    values = json.loads(text)
    return Order(**{**values, "kinds": tuple(values["kinds"])})


class Switch:
    """Counts points, and acts at one."""

    def __init__(self, order: Order) -> None:
        self.order = order
        self.names: list[str] = []
        self.reached = 0
        self._busy = False
        # The originals: what we do ourselves is no point.
        self._write, self._open = os.write, os.open

    def reach(self, kind: str, name: str) -> None:
        """One more point; does not return if the process ends here."""
        if self._busy or kind not in self.order.kinds:
            return
        self._busy = True
        try:
            self.reached += 1
            self.names.append(f"{kind}: {name}")
            hit = self.reached == self.order.at
            if hit or (self.order.act == "full" and 0 < self.order.at < self.reached):
                self.tell()
                self._act(kind)
        finally:
            self._busy = False

    def _act(self, kind: str) -> None:
        if self.order.act == "kill":
            os.kill(os.getpid(), signal.SIGKILL)
        elif self.order.act == "stop":
            os.kill(os.getpid(), signal.SIGSTOP)
        elif self.order.act == "full" and kind == "send":
            return
        else:
            raise _error(kind, self.reached)

    def tell(self) -> None:
        """Write the names of the points so far into the report."""
        if not self.order.report:
            return
        busy, self._busy = self._busy, True
        to = self._open(self.order.report, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        self._write(to, "\n".join(self.names).encode())
        os.close(to)
        self._busy = busy

    @contextmanager
    def around(self, kind: str, name: str) -> Iterator[None]:
        """A point before and a point after; what happens between them is none of its own."""
        if self._busy:
            yield
            return
        self.reach(kind, f"before {name}")
        self._busy = True
        try:
            yield
        finally:
            self._busy = False
        self.reach(kind, f"after {name}")

    def ahead(self) -> timedelta:
        """By how much the clock is wrong now."""
        leapt = 0 < self.order.leap_at <= self.reached
        return timedelta(seconds=self.order.ahead + (self.order.leap if leapt else 0))


def _error(kind: str, number: int) -> Exception:
    if kind == "commit":
        words, code = (
            ("database or disk is full", sqlite3.SQLITE_FULL),
            ("disk I/O error", sqlite3.SQLITE_IOERR),
        )[number % 2]
        error = sqlite3.OperationalError(words)
        error.sqlite_errorcode = code
        return error
    if kind == "send":
        return (ConnectionResetError(errno.ECONNRESET, "Connection reset by peer"), TimeoutError())[
            number % 2
        ]
    code = (errno.ENOSPC, errno.EIO)[number % 2]
    return OSError(code, os.strerror(code))


def put_on(order: Order) -> Switch:
    """Put the switch on in this process, for as long as it lives."""
    switch = Switch(order)
    _watch_database(switch)
    for kind in (socket.socket, ssl.SSLSocket):
        for name in ("send", "sendall"):
            setattr(kind, name, _counted(switch, "send", name, getattr(kind, name)))
    for name in ("write", "pwrite"):
        setattr(os, name, _counted_write(switch, getattr(os, name)))
    for name, kind_of in (("fsync", "file"), ("replace", "rename"), ("rename", "rename")):
        setattr(os, name, _counted(switch, kind_of, name, getattr(os, name)))
    sys.addaudithook(functools.partial(_heard, switch))
    _set_constants(order)
    if order.ahead or order.leap:
        _move_clock(switch)
    if order.file_bytes:
        _limit_files(order.file_bytes)
    return switch


def _counted(switch: Switch, kind: str, name: str, real: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(real)
    def counted(*args: object, **kwargs: object) -> object:
        with switch.around(kind, name):
            return real(*args, **kwargs)

    return counted


def _counted_write(switch: Switch, real: Callable[..., int]) -> Callable[..., int]:
    """What goes into files; pipes have two ends, and the other one notices."""

    @functools.wraps(real)
    def counted(to: int, *args: Any) -> int:  # noqa: ANN401 - bytes, and an offset perhaps
        if not stat.S_ISREG(os.fstat(to).st_mode):
            return real(to, *args)
        with switch.around("file", "write"):
            return real(to, *args)

    return counted


def _heard(switch: Switch, event: str, args: tuple[Any, ...]) -> None:
    if event == "open":
        path, _, flags = args
        if flags & _WRITING and not str(path).startswith(("/dev/", "/proc/")):
            switch.reach("file", "open")
    elif event in _FILE_EVENTS:
        switch.reach(_FILE_EVENTS[event], event)


def _watch_database(switch: Switch) -> None:
    class Watched(sqlite3.Connection):
        """Says before and after each statement that makes something last."""

        def execute(self, sql: str, *values: Any) -> sqlite3.Cursor:  # noqa: ANN401 - as in sqlite3
            words = sql.lstrip()[:40].lower()
            ends = words.startswith(("commit", "end", "release"))
            if not ends and (self.in_transaction or _only_looks(words)):
                return super().execute(sql, *values)
            with switch.around("commit", words.split("(")[0].strip()[:24]):
                return super().execute(sql, *values)

        def __exit__(self, *error: Any) -> Any:  # noqa: ANN401, PYI036 - as in sqlite3
            with switch.around("commit", "block"):
                return super().__exit__(*error)

    real = sqlite3.connect

    def connect(*args: Any, **kwargs: Any) -> sqlite3.Connection:  # noqa: ANN401 - as in sqlite3
        if switch.order.read_only:
            args = (Path(args[0]).absolute().as_uri() + "?mode=ro", *args[1:])
            kwargs["uri"] = True
        connection: sqlite3.Connection = real(*args, **{"factory": Watched, **kwargs})
        if switch.order.pages:
            connection.execute(f"pragma max_page_count = {switch.order.pages:d}")
        return connection

    sqlite3.connect = connect  # type: ignore[assignment]


def _only_looks(words: str) -> bool:
    return words.startswith(_QUIET) and not words.startswith(_PRAGMAS_THAT_WRITE)


def _set_constants(order: Order) -> None:
    for place, value in order.set.items():
        module, _, name = place.partition(":")
        assert hasattr(import_module(module), name), place
        setattr(import_module(module), name, value)


def _move_clock(switch: Switch) -> None:
    from founder_inbox.system import clock

    right = clock.now
    clock.now = lambda: right() + switch.ahead()


def _limit_files(size: int) -> None:
    import resource

    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


def from_environment() -> Switch | None:
    """Put it on as the environment says, and take that out of it: children are not meant."""
    text = os.environ.pop(VARIABLE, "")
    return put_on(read_order(text)) if text else None
