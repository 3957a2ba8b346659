"""The line between the program and a real server, and everything that happens to lines.

The program speaks TLS with us and we with the server, so that trouble can strike at any byte of
what is said; or it strikes the encrypted bytes in between, where one is enough to end the line.
"""

import asyncio
import contextlib
import re
import ssl
import threading
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Self, TypeVar

T = TypeVar("T")
Talk = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]
SECONDS = 20
_LITERAL = re.compile(rb"\{(\d+)\+?\}\r\n\Z")
_PIECE = 0.001
_DRIPS = 200
_LATE = 0.02


class Act(StrEnum):
    """What happens to the line."""

    CUT = "cut"  # gone at once, in both directions
    HANG_UP = "hang up"  # closed as at the end of a conversation
    STALL = "stall"  # nothing more comes, and nobody says so
    GARBLE = "garble"  # one byte is another
    DRIP = "drip"  # byte by byte
    LATE = "late"  # each piece takes its time
    JUNK = "junk"  # a line that nobody asked for


class Way(StrEnum):
    """Which way bytes go."""

    UP = "up"  # what the program says
    DOWN = "down"  # what it is told


@dataclass(slots=True)
class Trouble:
    """Strikes the next connection once `at` bytes have gone that way.

    `sealed`: these are TLS's bytes. `junk` is the line for Act.JUNK.
    """

    act: Act
    way: Way = Way.DOWN
    at: int = 0
    sealed: bool = False
    junk: bytes = b""
    struck: threading.Event = field(default_factory=threading.Event)

    def __str__(self) -> str:
        what = f"{self.act} {self.way} at {self.at}{' (TLS)' if self.sealed else ''}"
        return f"{what} {self.junk!r}" if self.junk else what


class Wire:
    """In front of a server: listens at `port`. `trouble` is for the next connection, then over."""

    host = "127.0.0.1"

    def __init__(self, tls_port: int, certificate: ssl.SSLContext) -> None:
        """`tls_port` is the server's; `certificate` is shown to the program."""
        self.trouble: Trouble | None = None
        self.port = 0
        self.connections = 0
        self.passed = {Way.UP: 0, Way.DOWN: 0}  # bytes of the last conversation
        self._tls_port = tls_port
        self._certificate = certificate
        self._unchecked = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        self._unchecked.check_hostname, self._unchecked.verify_mode = False, ssl.CERT_NONE
        self._waiting: Trouble | None = None
        self._tasks: set[asyncio.Task[object]] = set()
        self._ends: set[asyncio.StreamWriter] = set()
        self._inner_port = 0
        self._listening: list[asyncio.Server] = []
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="wire", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        self._inner_port = self._call(self._listen(self._open_talk, self._certificate))
        self.port = self._call(self._listen(self._front, None))
        return self

    def __exit__(self, *error: object) -> None:
        self._call(self._stop())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(SECONDS)
        self._loop.close()

    def hang_up(self) -> None:
        """End every connection now."""
        self._call(self._hang_up())

    def _call(self, doing: Coroutine[object, object, T]) -> T:
        return asyncio.run_coroutine_threadsafe(doing, self._loop).result(SECONDS)

    async def _listen(self, talk: Talk, context: ssl.SSLContext | None) -> int:
        server = await asyncio.start_server(talk, self.host, 0, ssl=context)
        self._listening.append(server)
        port: int = server.sockets[0].getsockname()[1]
        return port

    async def _front(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._keep()
        self.connections += 1
        trouble, self.trouble = self.trouble, None
        if trouble is not None and trouble.sealed:
            await self._join(reader, writer, self._tls_port, None, trouble)
        else:
            self._waiting = trouble
            await self._join(reader, writer, self._inner_port, None, None)

    async def _open_talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._keep()
        trouble, self._waiting = self._waiting, None
        await self._join(reader, writer, self._tls_port, self._unchecked, trouble)

    def _keep(self) -> None:
        """The loop itself forgets a task that waits for nothing."""
        if task := asyncio.current_task():
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _join(
        self,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        port: int,
        context: ssl.SSLContext | None,
        trouble: Trouble | None,
    ) -> None:
        ends = [writer]
        pumps: list[asyncio.Task[None]] = []
        try:
            back_reader, back = await asyncio.open_connection(self.host, port, ssl=context)
            ends.append(back)
            self._ends |= {*ends}
            up = _Pump(reader, back, _of_way(trouble, Way.UP))
            down = _Pump(back_reader, writer, _of_way(trouble, Way.DOWN))
            pumps = [asyncio.create_task(up.run()), asyncio.create_task(down.run())]
            await asyncio.wait(pumps, return_when=asyncio.FIRST_COMPLETED)
            if context is not None:
                self.passed = {Way.UP: up.passed, Way.DOWN: down.passed}
            if up.cut or down.cut:
                for end in ends:
                    end.transport.abort()
        except OSError:
            pass
        finally:
            for pump in pumps:
                pump.cancel()
            await asyncio.gather(*pumps, return_exceptions=True)
            self._ends -= {*ends}
            for end in ends:
                end.close()

    async def _hang_up(self) -> None:
        for end in self._ends:
            end.transport.abort()
        while tasks := asyncio.all_tasks() - {asyncio.current_task()}:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
        for _ in range(3):  # turns of the loop until the sockets are really closed
            await asyncio.sleep(0)

    async def _stop(self) -> None:
        for server in self._listening:
            server.close()
        await self._hang_up()


def _of_way(trouble: Trouble | None, way: Way) -> Trouble | None:
    return trouble if trouble is not None and trouble.way is way else None


class _Pump:
    """One direction of a connection."""

    def __init__(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, trouble: Trouble | None
    ) -> None:
        self._reader = reader
        self._writer = writer
        self._trouble = trouble
        self._literal = 0
        self.passed = 0
        self.cut = False

    async def run(self) -> None:
        """Until the line ends, by itself or by us."""
        with contextlib.suppress(OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            while data := await self._next():
                if not await self._pass(data):
                    return

    async def _next(self) -> bytes:
        """A piece; for junk a line or a literal, so that it is known what stands where."""
        if self._trouble is None or self._trouble.act is not Act.JUNK:
            return await self._reader.read(65_536)
        if self._literal:
            size, self._literal = self._literal, 0
            return await self._reader.readexactly(size)
        line = await self._reader.readline()
        found = _LITERAL.search(line)
        self._literal = int(found[1]) if found else 0
        return line

    async def _pass(self, data: bytes) -> bool:
        """False when the line is to end now."""
        trouble = self._trouble
        before, self.passed = self.passed, self.passed + len(data)
        if trouble is None or self.passed < trouble.at:
            return await self._send(data)
        place = max(0, trouble.at - before)
        if trouble.act in {Act.CUT, Act.HANG_UP, Act.STALL}:
            await self._send(data[:place])
            trouble.struck.set()
            if trouble.act is Act.STALL:
                await asyncio.Event().wait()
            self.cut = trouble.act is Act.CUT
            return False
        if trouble.act is Act.JUNK:
            await self._send(data)
            if self._literal or not data.endswith(b"\r\n"):
                return True
            data = trouble.junk
        elif trouble.act is Act.GARBLE and place < len(data):
            data = data[:place] + bytes([data[place] ^ 0x55]) + data[place + 1 :]
        elif trouble.act is Act.DRIP:
            return await self._drip(data)
        elif trouble.act is Act.LATE:
            trouble.struck.set()
            await asyncio.sleep(_LATE)
            return await self._send(data)
        self._trouble = None
        trouble.struck.set()
        return await self._send(data)

    async def _drip(self, data: bytes) -> bool:
        for place in range(min(len(data), _DRIPS)):
            await self._send(data[place : place + 1])
            await asyncio.sleep(_PIECE)
        if self._trouble is not None:
            self._trouble.struck.set()
        return await self._send(data[_DRIPS:])

    async def _send(self, data: bytes) -> bool:
        self._writer.write(data)
        await self._writer.drain()
        return True
