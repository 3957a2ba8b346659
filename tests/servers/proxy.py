"""A proxy in front of Dovecot that makes it as weak as other servers, and breaks the line.

What it takes from CAPABILITY it also takes from the answers, and it refuses the commands that
belong to it: a client that uses what is not offered gets BAD.
"""

import asyncio
import contextlib
import re
import ssl
import threading
from dataclasses import dataclass, field
from typing import Self

from tests.servers.dovecot import DovecotServer

LINE_LIMIT = 16 * 1024 * 1024
START_SECONDS = 10
KEPT = frozenset({"IMAP4REV1", "AUTH=PLAIN", "SASL-IR", "STARTTLS", "CREATE", "ROOM"})
_CAPABILITIES = re.compile(rb"(\* CAPABILITY|\[CAPABILITY)((?: [^\s\]]+)+)")
_LITERAL = re.compile(rb"\{(\d+)\+?\}\r\n\Z")
# What each extension adds to commands, and to answers.
COMMANDS = {
    "IDLE": rb"IDLE\b",
    "ENABLE": rb"ENABLE\b",
    "ID": rb"ID\b",
    "MOVE": rb"(UID )?MOVE\b",
    "UIDPLUS": rb"UID EXPUNGE\b",
    "CONDSTORE": rb".*(\(CONDSTORE\)|CHANGEDSINCE|UNCHANGEDSINCE|\bMODSEQ\b)",
    "QRESYNC": rb"ENABLE .*QRESYNC|.*(?:\(QRESYNC|VANISHED\))",
    "UNSELECT": rb"UNSELECT\b",
    "NAMESPACE": rb"NAMESPACE\b",
    "LITERAL+": rb".*\{\d+\+\}\r\n\Z",
    "CREATE": rb"CREATE\b",  # no capability by name, and not everybody may
    "ROOM": rb"APPEND\b",  # nor has everybody any left
}
FULL_ANSWER = b"NO [OVERQUOTA] Quota exceeded (mailbox for user is full)\r\n"
ANSWERS = {
    "CONDSTORE": (rb"^\* OK \[HIGHESTMODSEQ \d+\][^\r]*\r\n", b""),
    "UIDPLUS": (rb"\[(?:APPENDUID|COPYUID) [^\]]*\] ", b""),
    "SPECIAL-USE": (rb"\\(?:Sent|Junk|Trash|Archive|Drafts|All|Flagged) ?(?=[^()]*\))", b""),
}


@dataclass(frozen=True, slots=True)
class Profile:
    """A kind of server: which capabilities are taken away; None keeps only IMAP4rev1.

    `says` is added to them, and `archive` is what the archive is to LIST.
    """

    name: str
    without: frozenset[str] | None = frozenset()
    says: bytes = b""
    archive: bytes = rb"\Archive"

    def offers(self, capability: str) -> bool:
        name = capability.upper()
        return name in KEPT if self.without is None else name not in self.without

    def refuses(self, command: bytes) -> bool:
        lacking = (rule for name, rule in COMMANDS.items() if not self.offers(name))
        return any(re.match(rule, command, re.IGNORECASE) for rule in lacking)

    def weaken(self, line: bytes) -> bytes:
        line = _CAPABILITIES.sub(self._capabilities, line)
        if not line.startswith((b"* LIST", b"* OK", b"* XLIST")) and not self._is_tagged(line):
            return line
        for name, (pattern, instead) in ANSWERS.items():
            if not self.offers(name) and (name != "SPECIAL-USE" or b"LIST" in line[:7]):
                line = re.sub(pattern, instead, line)
        if line.startswith((b"* LIST", b"* XLIST")):
            line = line.replace(rb"\Archive", self.archive)
        return line

    def _capabilities(self, match: re.Match[bytes]) -> bytes:
        kept = [name for name in match[2].split() if self.offers(name.decode())]
        return b" ".join([match[1], *kept, *([self.says] if self.says else [])])

    @staticmethod
    def _is_tagged(line: bytes) -> bool:
        return not line.startswith((b"* ", b"+ "))


STRONG = Profile("dovecot")
OUTLOOK = Profile(
    "outlook", frozenset({"CONDSTORE", "QRESYNC", "ENABLE", "SPECIAL-USE", "OBJECTID"})
)
YAHOO = Profile(
    "yahoo", frozenset({"IDLE", "CONDSTORE", "QRESYNC", "UIDPLUS", "MOVE", "SPECIAL-USE"})
)
# Each folder is a label there: what is removed from one stays in All Mail, but not in Trash.
GMAIL = Profile("gmail", frozenset({"CONDSTORE", "QRESYNC"}), says=b"X-GM-EXT-1", archive=rb"\All")
BARE = Profile("bare", None)
NO_CREATE = Profile("no-create", frozenset({"CREATE"}))
FULL = Profile("full", frozenset({"ROOM", "LITERAL+"}))


@dataclass(slots=True)
class Fault:
    """What goes wrong on a new connection, by bytes sent to the client; None: nothing."""

    cut_after: int | None = None
    stall_after: int | None = None


@dataclass(slots=True)
class Conversation:
    """What went over one connection; commands without their tags."""

    fault: Fault
    commands: list[bytes] = field(default_factory=list)
    sent: int = 0


class ImapProxy:
    """TLS at `imaps_port`, plain at `imap_port`. `fault` is for connections from now on."""

    host = "127.0.0.1"

    def __init__(self, dovecot: DovecotServer, profile: Profile = STRONG) -> None:
        self.profile = profile
        self.fault = Fault()
        self.delay = 0.0  # seconds, one way
        self.conversations: list[Conversation] = []
        self.imap_port = self.imaps_port = 0
        self._due = 0.0
        self._dovecot = dovecot
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._writers: set[asyncio.StreamWriter] = set()
        self._ends: list[asyncio.StreamWriter] = []
        self._listening: list[asyncio.Server] = []

    @property
    def commands(self) -> list[bytes]:
        """Every command so far, of all connections."""
        return [command for talk in self.conversations for command in talk.commands]

    def hang_up(self) -> None:
        """Close every connection there is, and go on listening."""
        asyncio.run_coroutine_threadsafe(self._hang_up(), self._loop).result(START_SECONDS)

    def start(self) -> None:
        self._thread.start()
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(self._dovecot.folder / "server.pem")
        self.imap_port, self.imaps_port = self._listen(None), self._listen(context)

    def stop(self) -> None:
        asyncio.run_coroutine_threadsafe(self._stop(), self._loop).result(START_SECONDS)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(START_SECONDS)
        self._loop.close()

    def _listen(self, context: ssl.SSLContext | None) -> int:
        opening = asyncio.start_server(self._talk, self.host, 0, ssl=context, limit=LINE_LIMIT)
        server = asyncio.run_coroutine_threadsafe(opening, self._loop).result(START_SECONDS)
        self._listening.append(server)
        port: int = server.sockets[0].getsockname()[1]
        return port

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        talk = Conversation(self.fault)
        self.conversations.append(talk)
        self._ends.append(writer)
        back_reader, back = await asyncio.open_connection(
            self._dovecot.host, self._dovecot.imap_port, limit=LINE_LIMIT
        )
        self._ends.append(back)
        self._writers |= {writer, back}
        pumps = [
            asyncio.create_task(self._answers(talk, back_reader, writer)),
            asyncio.create_task(self._orders(talk, reader, writer, back)),
        ]
        try:
            await asyncio.wait(pumps, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for pump in pumps:
                pump.cancel()
            await asyncio.gather(*pumps, return_exceptions=True)
            self._writers -= {writer, back}
            for end in (writer, back):
                end.close()

    async def _answers(
        self, talk: Conversation, server: asyncio.StreamReader, client: asyncio.StreamWriter
    ) -> None:
        inside = False  # of an answer that has a literal
        while line := await server.readline():
            out = line if inside else self.profile.weaken(line)
            if not await self._send(talk, client, out):
                return
            literal = _LITERAL.search(line)
            inside = literal is not None
            if literal and not await self._send(
                talk, client, await server.readexactly(int(literal[1]))
            ):
                return

    async def _orders(
        self,
        talk: Conversation,
        client: asyncio.StreamReader,
        answers: asyncio.StreamWriter,
        server: asyncio.StreamWriter,
    ) -> None:
        inside = False
        while line := await client.readline():
            tag, _, command = line.partition(b" ")
            if not inside:
                talk.commands.append(command.rstrip() or tag.rstrip())
                if self.profile.refuses(command):
                    full = re.match(rb"APPEND\b", command, re.IGNORECASE)
                    answer = FULL_ANSWER if full else b"BAD Unknown command\r\n"
                    await self._send(talk, answers, tag + b" " + answer)
                    continue
            self._write_later(server, line)
            literal = _LITERAL.search(line)
            inside = literal is not None
            if literal:
                self._write_later(server, await client.readexactly(int(literal[1])))
            await server.drain()

    def _write_later(self, end: asyncio.StreamWriter, data: bytes) -> None:
        """Like a long cable: everything takes its time, and nothing overtakes."""
        if not self.delay:
            end.write(data)
            return
        self._due = max(self._loop.time() + self.delay, self._due + 1e-6)
        self._loop.call_at(self._due, end.write, data)

    async def _send(self, talk: Conversation, client: asyncio.StreamWriter, out: bytes) -> bool:
        """False when the line is to be cut now; never returns when it is to stall."""
        fault = talk.fault
        end = fault.cut_after if fault.cut_after is not None else fault.stall_after
        piece = out if end is None else out[: max(0, end - talk.sent)]
        talk.sent += len(piece)
        self._write_later(client, piece)
        with contextlib.suppress(ConnectionError):
            await client.drain()
        if end is None or talk.sent < end:
            return True
        if fault.cut_after is None:
            await asyncio.Event().wait()
        return False

    async def _hang_up(self) -> None:
        for writer in list(self._writers):
            writer.close()

    async def _stop(self) -> None:
        for server in self._listening:
            server.close()
        tasks = asyncio.all_tasks() - {asyncio.current_task()}
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        # A closed end waits for its last bytes to leave; who was killed will never read them.
        for end in self._ends:
            end.transport.abort()
        for server in self._listening:
            await server.wait_closed()
        for _ in range(3):  # turns of the loop until the sockets are really closed
            await asyncio.sleep(0)

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *error: object) -> None:
        self.stop()
