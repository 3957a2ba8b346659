"""One connection to an IMAP server: the login, commands with an end, and the ways to leave."""

import contextlib
import imaplib
import socket
from collections.abc import Iterator
from typing import Any

from imapclient.exceptions import IMAPClientError, LoginError

from founder_inbox.core.display import safe_line
from founder_inbox.core.sync.providers import resync_is_safe
from founder_inbox.errors import LoginRefused, ServerUnreachable
from founder_inbox.mail import imap_answers as answers
from founder_inbox.mail.imap_faults import ODD_ANSWERS, ServerRefused, refused_login, translated
from founder_inbox.mail.imap_server import READ_SECONDS, ImapServer, connect, let_go
from founder_inbox.mail.imap_wire import Wire
from founder_inbox.mail.sasl import token_answers, token_mechanism

COMMAND_SECONDS = 900  # a whole answer, however slowly it drips
GOODBYE_SECONDS = 15


class ImapLine:
    """A connection, logged in. `alerts` collects what the server wants a person to read.

    `command_seconds` is how long a whole answer may take; `resyncs`: the server tells what
    vanished while nobody listened (RFC 7162, QRESYNC), and is one to believe it.
    """

    command_seconds: float = COMMAND_SECONDS

    def __init__(self, server: ImapServer) -> None:
        """Connect and log in. Raises ServerUnreachable and LoginRefused."""
        self.server = server
        self.alerts: list[str] = []
        self.resyncs = False
        self.client = connect(server)
        self.wire = Wire(self.client._imap)
        self.wire.allow(COMMAND_SECONDS)
        self._login()

    def can(self, capability: str) -> bool:
        """Whether the server offers an extension."""
        return bool(self.client.has_capability(capability))

    def close(self) -> None:
        """Leave; what goes wrong now means nothing."""
        try:
            self.wire.allow(GOODBYE_SECONDS)
            self.client.logout()
        except (IMAPClientError, *ODD_ANSWERS):
            self.drop()

    def drop(self) -> None:
        """Let go of the socket without a word, as after a sleep of the laptop."""
        let_go(self.client)

    def cut(self) -> None:
        """Break the line under whoever is waiting on it; may be called by a signal handler."""
        connection = self.client._imap.sock
        with contextlib.suppress(OSError):
            # Of the bare socket: TLS would want to say goodbye first.
            socket.socket.shutdown(connection, socket.SHUT_RDWR)

    def uid_command(self, command: str, *arguments: str) -> list[Any]:
        """A UID command's own untagged answers; what came unasked before it is dropped."""
        imap = self.client._imap
        with self.speaking():
            imap.untagged_responses.pop(command, None)
            status, answer = imap.uid(command, *arguments)
            if status != "OK":
                raise IMAPClientError(str(answer[0] if answer else status))
        return list(answer)

    def call(self, method: str, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - as untyped as IMAPClient
        """A method of the library. Raises LineBroken and ServerRefused instead of its errors."""
        with self.speaking():
            return getattr(self.client, method)(*args, **kwargs)

    @contextlib.contextmanager
    def speaking(self, seconds: float | None = None) -> Iterator[None]:
        """Talk inside of this: a time limit, our errors, and an ear for alerts."""
        seconds = seconds or self.command_seconds
        self.wire.allow(seconds)
        try:
            with translated(self.server.place):
                self.client._imap.sock.settimeout(min(READ_SECONDS, seconds))
                yield
        finally:
            self._hear_alerts()

    def _hear_alerts(self) -> None:
        for words in answers.alerts_in(self.client._imap.untagged_responses):
            if (line := safe_line(words)) not in self.alerts:
                self.alerts.append(line)

    def _login(self) -> None:
        server = self.server
        if any(mark in server.username + server.password for mark in "\r\n\0"):
            self.drop()
            raise LoginRefused("Name or password contains a line break; that can't be sent.")
        try:
            if server.is_token:
                self._login_with_token()
            elif (server.username + server.password).isascii():
                self.client.login(server.username, server.password)
            else:  # LOGIN can't say it; AUTHENTICATE PLAIN can, in UTF-8 (RFC 4616)
                self.client.plain_login(server.username, server.password)
        except (IMAPClientError, *ODD_ANSWERS) as error:
            self.drop()
            raise refused_login(server, error) from None
        self._hear_alerts()
        try:
            self._introduce()
        except ServerUnreachable:
            self.drop()
            raise

    def _login_with_token(self) -> None:
        server = self.server
        offered = {
            name.decode("ascii", "replace").upper().removeprefix("AUTH=")
            for name in self.client.capabilities()
        }
        mechanism = token_mechanism(offered)
        if mechanism is None:
            self.drop()
            raise LoginRefused(
                f"{server.host} (IMAP) takes no access token here, so nothing was sent to it. Use "
                "password_command or the keyring instead of token_command."
            )
        answers_ = token_answers(
            mechanism, server.username, server.password, server.host, server.port
        )
        try:
            self.client._imap.authenticate(mechanism, answers_)
        except imaplib.IMAP4.abort:
            raise
        except imaplib.IMAP4.error as error:
            raise LoginError(str(error)) from None

    def _introduce(self) -> None:
        # Asked anew: one large provider's proxy damages mails until it has heard the question.
        self.client._imap.untagged_responses.pop("CAPABILITY", None)
        self.client._cached_capabilities = None
        self.call("capabilities")
        if self.can("ID"):  # some providers turn away who does not say its name
            with contextlib.suppress(ServerRefused):
                self.call("id_", {"name": "founder-inbox"})
        wanted = [name for name in ("CONDSTORE", "QRESYNC") if self.can(name)]
        if not resync_is_safe(self.server.host):
            wanted = [name for name in wanted if name != "QRESYNC"]
        if self.can("ENABLE") and wanted:
            with contextlib.suppress(ServerRefused):
                enabled = self.call("enable", *wanted)
                self.resyncs = b"QRESYNC" in [bytes(name).upper() for name in enabled]
