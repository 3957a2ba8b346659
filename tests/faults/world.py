"""One founder with one mailbox: the real program, real servers, and lines that may break.

The world keeps a ledger of what must not be lost: mails that lay on the server, words the founder
gave the program, replies that left. `invariants.py` holds it against what is there.
"""

import hashlib
import json
import re
import shutil
import sqlite3
import ssl
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

from tests.app.letters import letter
from tests.faults.program import Ended, Program, Running
from tests.faults.switch import Order
from tests.faults.wire import Wire
from tests.servers.account import Account, StoredMessage
from tests.servers.config_file import ConfigFile
from tests.servers.dovecot import DovecotServer
from tests.servers.smtp import SmtpServer

SYNCED = ("INBOX", "Sent")
JOURNAL = "founder-inbox"
# Nobody waits that long for a server that plays dead on purpose.
IMPATIENT = {
    "founder_inbox.mail.imap_server:CONNECT_SECONDS": 2.0,
    "founder_inbox.mail.imap_server:READ_SECONDS": 0.3,
    "founder_inbox.mail.imap_line:READ_SECONDS": 0.3,
    "founder_inbox.mail.imap_line:GOODBYE_SECONDS": 0.3,
    "founder_inbox.mail.smtp:CONNECT_SECONDS": 2.0,
    "founder_inbox.mail.smtp:COMMAND_SECONDS": 0.3,
    "founder_inbox.mail.smtp:DOT_SECONDS": 0.3,
}
_SHARED_AT = re.compile(r'"shared_at":"[^"]*"')
_MESSAGE_ID = re.compile(rb"(?im)^message-id:\s*(\S+)")


@dataclass(slots=True)
class Ledger:
    """What must be true in the end."""

    # Mails by Message-ID that lay in INBOX; who is in `maybe` may have gone before we looked.
    mails: dict[str, bytes] = field(default_factory=dict)
    maybe: set[str] = field(default_factory=set)
    # Words by a token in them: True if the program said that it has them.
    notes: dict[str, bool] = field(default_factory=dict)
    replies: dict[str, bool] = field(default_factory=dict)
    # Mails of ours whose outbox row or copy is gone for a reason.
    forgotten: set[str] = field(default_factory=set)
    # Sent was removed or renamed.
    copies_lost: bool = False


class Machine:
    """What stays the same from one world to the next: servers, lines, the nursery. Use `with`."""

    def __init__(self, dovecot: DovecotServer, smtp: SmtpServer, folder: Path) -> None:
        self.dovecot = dovecot
        self.smtp = smtp
        self.folder = folder
        self._stack = ExitStack()
        self._empty: Path | None = None

    def __enter__(self) -> Self:
        certificate = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        certificate.load_cert_chain(self.dovecot.folder / "server.pem")
        enter = self._stack.enter_context
        self.imap_wire = enter(Wire(self.dovecot.imaps_port, certificate))
        self.smtp_wire = enter(Wire(self.smtp.smtps_port, certificate))
        self.program = enter(Program(self.folder / "one"))
        self.second = enter(Program(self.folder / "two"))
        return self

    def __exit__(self, *error: object) -> None:
        self._stack.close()

    def world(self, name: str, *, fresh: bool = False) -> "World":
        """A founder who begins; with a database as of the first start unless `fresh`."""
        self.smtp.reset()
        world = self.seat(name, self.dovecot.user(), self.dovecot.user())
        if not fresh:
            self._give_database(world)
        return world

    def seat(self, name: str, account: Account, teammate: Account, level: int = 1) -> "World":
        """A configuration on that mailbox, and an empty folder for its data."""
        folder = self.folder / name
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        own = ConfigFile(folder, self.dovecot, self.smtp)
        config = own(
            account, teammates=[teammate], imap_port=self.imap_wire.port, share=True, extra=EXTRA
        )
        text = config.read_text().replace(
            f"port = {self.smtp.smtps_port}", f"port = {self.smtp_wire.port}"
        )
        config.write_text(f"level = {level}\n{text}")
        return World(self, folder, config, account, teammate)

    def _give_database(self, world: "World") -> None:
        if self._empty is None:
            self._empty = self.folder / "empty"
            assert world.run("list").code == 0
            shutil.copytree(world.data, self._empty)
        else:
            shutil.copytree(self._empty, world.data)


EXTRA = "\n[sending]\nundo_seconds = 0\n"


class World:
    """One founder's mailbox and machine. Close it, or use `with`."""

    def __init__(
        self, machine: Machine, folder: Path, config: Path, account: Account, teammate: Account
    ) -> None:
        self.machine = machine
        self.folder = folder
        self.config = config
        self.account = account
        self.teammate = teammate
        self.ledger = Ledger()
        self.ended: list[Ended] = []
        self.ahead = self.latest = 0.0
        self._mails = 0

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def database(self) -> Path:
        return self.data / "inbox.db"

    # The program.

    def run(self, *arguments: str, order: Order | None = None, stdin: str = "") -> Ended:
        """Run a command to its end."""
        ended = self.start(*arguments, order=order, stdin=stdin).wait()
        self.ended.append(ended)
        return ended

    def start(
        self,
        *arguments: str,
        order: Order | None = None,
        stdin: str = "",
        program: Program | None = None,
    ) -> Running:
        """Begin a command, by this machine's clock; a second one at once by another `program`."""
        order = order or Order()
        values = {**json.loads(order.to_text()), "ahead": self.ahead, "kinds": order.kinds}
        program = program or self.machine.program
        return program.start(self.config, arguments, Order(**values), stdin)

    def tickets(self, *, everything: bool = True) -> list[str]:
        """Their ids, the open ones or all."""
        which = "" if everything else "where status = 'open'"
        return [id_ for (id_,) in self.rows(f"select id from ticket {which} order by key")]

    def note(self, ticket: str, token: str, order: Order | None = None) -> Ended:
        """A note with the token in it, written into the ledger."""
        ended = self.run("note", ticket, f"Remember {token}, please.", order=order)
        self.ledger.notes[token] = ended.code == 0
        return ended

    def reply(self, ticket: str, token: str, *more: str, order: Order | None = None) -> Ended:
        """A reply with the token in it, written into the ledger."""
        arguments = ("reply", ticket, "--body-file", "-", "--json", *more)
        ended = self.run(*arguments, order=order, stdin=f"It works again, {token}.\n")
        # Printed is a mail that is in the outbox, whatever became of it then.
        self.ledger.replies[token] = ended.out.startswith("{")
        return ended

    # The mailbox.

    def arrive(self, *, answers: str = "", folder: str = "INBOX") -> str:
        """A new mail; with `answers` one that answers that Message-ID. Returns its own."""
        self._mails += 1
        number = self._mails
        name = f"<{number}.{self.account.username.partition('@')[0]}@customer.test>"
        raw = letter(
            f"Re: Question {number}" if answers else f"Question {number}",
            f"Words number {number}: how do I export my list?",
            sender=f"Customer {number % 4} <c{number % 4}@customer.test>",
            to=self.account.address,
            message_id=name,
            references=answers,
        )
        self.account.append(raw, folder)
        if folder == "INBOX":
            self.ledger.mails[name] = raw
        return name

    def on_server(self, folder: str = "INBOX") -> list[StoredMessage]:
        """What lies there; nothing where there is no such mailbox."""
        client = self.account.connection()
        if not client.folder_exists(folder):
            return []
        return self.account.messages(folder)

    def uidvalidity(self, folder: str) -> int:
        """The mailbox's number."""
        found = self.account.connection().folder_status(folder, ["UIDVALIDITY"])
        return int(found[b"UIDVALIDITY"])

    # The database, from outside.

    def rows(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        """A look into the database."""
        with closing(sqlite3.connect(f"file:{self.database}?mode=ro", uri=True)) as look:
            return [tuple(row) for row in look.execute(sql, values)]

    def dump(self) -> str:
        """All that it says, but for what the sync says of itself."""
        with closing(sqlite3.connect(f"file:{self.database}?mode=ro", uri=True)) as look:
            lines = [line for line in look.iterdump() if 'INTO "sync_state"' not in line]
        return _SHARED_AT.sub("", "\n".join(lines))

    def server_dump(self) -> list[tuple[str, int, frozenset[str], str]]:
        """All that lies in the mailboxes that are synced, and in the journal's."""
        return [
            (folder, mail.uid, mail.flags, sha(mail.raw))
            for folder in (*SYNCED, JOURNAL, "Archive")
            for mail in self.on_server(folder)
        ]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.machine.imap_wire.trouble = self.machine.smtp_wire.trouble = None
        self.account.close()
        self.teammate.close()


def sha(raw: bytes) -> str:
    """How the store names a raw mail."""
    return hashlib.sha256(raw).hexdigest()


def message_id(raw: bytes) -> str:
    """A mail's own id."""
    found = _MESSAGE_ID.search(raw)
    return found[1].decode() if found else ""
