"""pymap as the demo's IMAP server, in memory, with its three faults repaired from outside.

- Keywords: its mailboxes don't offer them (no wildcard in PERMANENTFLAGS) and drop them in silence.
- Connections: its listener keeps no reference to a connection's task, which the garbage collector
  may then end at any time; ours awaits the connection.
- Login: half a second of hashing per login, and a host name look-up in the greeting.
"""

import asyncio
import ssl
from argparse import Namespace
from datetime import datetime

from proxyprotocol.sock import SocketInfoLocal
from pymap.backend.dict import Config, Login, mailbox
from pymap.backend.dict.filter import FilterSet
from pymap.concurrent import Subsystem
from pymap.imap import IMAPServer
from pymap.parsing.message import AppendMessage
from pymap.parsing.specials.flag import Flag, Wildcard
from pymap.user import Passwords, UserMetadata
from pysasl.hashing import BuiltinHash

HOST = "127.0.0.1"
_LINE_LIMIT = 1 << 20  # asyncio's 64 KiB is less than one FETCH of a few thousand UIDs


class _Mailbox(mailbox.MailboxData):
    """A mailbox that keeps keywords."""

    @property
    def permanent_flags(self) -> frozenset[Flag]:
        return super().permanent_flags | {Wildcard}


class _Config(Config):
    """Settings without look-ups."""

    @property
    def greeting(self) -> bytes:
        return b"Paper planes land here"


class Mailboxes:
    """All mailboxes of the demo, one account per address, all with the same password."""

    def __init__(self, password: str) -> None:
        # pymap's MailboxSet looks the class up in its module each time it makes a mailbox.
        mailbox.MailboxData = _Mailbox  # type: ignore[misc]
        self._password = password
        self._config = _config(password)
        self._login = Login(self._config)

    async def add(self, address: str, folders: tuple[str, ...] = ()) -> None:
        """Open an account with an INBOX and `folders`; an existing one stays as it is."""
        if address in self._config.set_cache:
            return
        boxes = mailbox.MailboxSet()
        self._config.set_cache[address] = (boxes, FilterSet())
        for folder in folders:
            await boxes.add_mailbox(folder)
        hashed = await Passwords(self._config).hash_password(self._password)
        user = UserMetadata(self._config, address, password=hashed)
        self._login.users_dict[address] = user

    async def deliver(self, address: str, raw: bytes, at: datetime) -> None:
        """Put a new mail into the INBOX of `address`, whose account is opened if need be."""
        await self.add(address)
        boxes, _ = self._config.set_cache[address]
        inbox = await boxes.get_mailbox("INBOX")
        await inbox.append(AppendMessage(raw, at, frozenset()), recent=True)

    async def serve(self) -> asyncio.Server:
        """Start to listen on a free port of the loopback interface."""
        server = IMAPServer(self._login, self._config)

        async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await server(reader, writer, SocketInfoLocal(writer))

        return await asyncio.start_server(connected, HOST, 0, limit=_LINE_LIMIT)


def _config(password: str) -> _Config:
    return _Config(
        Namespace(passlib_cfg=None, proxy_protocol=None),
        host=HOST,
        port=0,
        demo_data=False,
        demo_user="",
        demo_password=password,
        tls_enabled=False,
        ssl_context=ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER),
        hash_context=BuiltinHash(rounds=1),
        cpu_subsystem=Subsystem.for_asyncio(),
    )
