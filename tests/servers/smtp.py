# ruff: noqa: ARG002, N802 - aiosmtpd names the hooks and what they are given
"""A real submission server that delivers into Dovecot, and fails where a test asks it to."""

import asyncio
import base64
import re
import ssl
import threading
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from aiosmtpd.smtp import MISSING, SMTP, AuthResult, Envelope, LoginPassword, Session, syntax

from .dovecot import DovecotServer

START_SECONDS = 20


class Step(StrEnum):
    """Where in the conversation something goes wrong."""

    AUTH = "AUTH"
    MAIL = "MAIL"
    RCPT = "RCPT"
    DATA = "DATA"  # the command, before the text
    DOT = "DOT"  # after the text's final dot


class Act(StrEnum):
    """What goes wrong."""

    REFUSE = "refuse"
    STALL = "stall"
    CUT = "cut"


@dataclass(frozen=True, slots=True)
class Received:
    """One accepted message: its envelope, who logged in, and the bytes as they came."""

    sender: str
    recipients: tuple[str, ...]
    username: str
    content: bytes


@dataclass(slots=True)
class _Trouble:
    step: Step
    act: Act
    reply: str = ""
    recipient: str | None = None  # only for this one; None: for any
    times: int = 1
    delivered: bool = False  # DOT only: the mail arrives although the answer does not


class SmtpServer:
    """Submission with TLS at `smtps_port`, with STARTTLS at `smtp_port`; login required.

    Delivery is done when the client is told 250, so nobody has to wait for mail to arrive.
    The certificate is for the same host and from the same authority as Dovecot's.
    """

    host = DovecotServer.host

    def __init__(self, dovecot: DovecotServer, context: ssl.SSLContext) -> None:
        self.ca_file = dovecot.ca_file
        self.password = dovecot.password
        self.smtp_port = 0
        self.smtps_port = 0
        self.received: list[Received] = []
        self.logins: list[str] = []
        self.owner_of: Callable[[str], str | None] | None = None
        self._dovecot = dovecot
        self._context = context
        self._troubles: list[_Trouble] = []
        self._listening: list[asyncio.Server] = []
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="smtp", daemon=True)

    def refuse(
        self, step: Step, reply: str, *, recipient: str | None = None, times: int = 1
    ) -> None:
        """Answer that step with `reply`, such as "451 4.3.0 Try later", the next `times` times."""
        self._troubles.append(_Trouble(step, Act.REFUSE, reply, recipient, times))

    def stall(self, step: Step, *, delivered: bool = False) -> None:
        """Never answer that step; the client has to give up."""
        self._troubles.append(_Trouble(step, Act.STALL, delivered=delivered))

    def cut(self, step: Step, *, delivered: bool = False) -> None:
        """Break the line at that step, at `Step.DOT` with or without delivering first."""
        self._troubles.append(_Trouble(step, Act.CUT, delivered=delivered))

    def reset(self) -> None:
        """Forget what was received and what was to go wrong."""
        self.received.clear()
        self.logins.clear()
        self._troubles.clear()

    def start(self) -> None:
        """Listen on two free ports."""
        self._thread.start()
        self.smtps_port = self._listen(self._submissions, self._context)
        self.smtp_port = self._listen(self._submission, None)

    def stop(self) -> None:
        """Hang up on everybody and stop listening."""
        asyncio.run_coroutine_threadsafe(self._hang_up(), self._loop).result(START_SECONDS)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(START_SECONDS)
        self._loop.close()

    async def handle_AUTH(
        self, server: SMTP, session: Session, envelope: Envelope, args: list[str]
    ) -> object:
        """After the AUTH command, before the password is asked for."""
        reply = await self._go_wrong(Step.AUTH, server)
        return MISSING if reply is None else reply

    async def auth_XOAUTH2(self, server: SMTP, args: list[str]) -> AuthResult:
        """Take an access token, as `owner_of` knows it."""
        return await self._token(server, args)

    async def auth_OAUTHBEARER(self, server: SMTP, args: list[str]) -> AuthResult:
        """The same in the words of RFC 7628."""
        return await self._token(server, args)

    async def _token(self, server: SMTP, args: list[str]) -> AuthResult:
        said = base64.b64decode(args[1]).decode()
        found = re.search(r"auth=Bearer ([^\x01]+)", said)
        owner = self.owner_of(found[1]) if found and self.owner_of else None
        if owner is None:
            await server.challenge_auth(b'{"status":"401"}')
            return AuthResult(success=False, handled=False)
        self.logins.append(owner)
        return AuthResult(success=True, auth_data=owner)

    async def handle_MAIL(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Note the sender."""
        reply = await self._go_wrong(Step.MAIL, server)
        if reply is None:
            envelope.mail_from = address
            envelope.mail_options.extend(options)
        return reply or "250 2.1.0 OK"

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Note one recipient; anybody exists."""
        reply = await self._go_wrong(Step.RCPT, server, address)
        if reply is None:
            envelope.rcpt_tos.append(address)
        return reply or "250 2.1.5 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """Deliver, once the final dot has come."""
        reply = await self._go_wrong(Step.DOT, server)
        if reply is None:
            await self._accept(session, envelope)
        return reply or "250 2.0.0 Delivered"

    async def before_data(self, server: SMTP) -> str | None:
        """What to say to the DATA command instead of 354, if anything."""
        return await self._go_wrong(Step.DATA, server)

    async def _go_wrong(self, step: Step, server: SMTP, recipient: str = "") -> str | None:
        """Let the next thing planned for that step happen; a reply to give, or None to go on."""
        planned = self._take(step, recipient)
        if planned is None:
            return None
        if planned.act is Act.REFUSE:
            return planned.reply
        if planned.delivered:
            assert server.session is not None
            assert server.envelope is not None
            await self._accept(server.session, server.envelope)
        if planned.act is Act.CUT:
            assert isinstance(server.transport, asyncio.Transport)
            server.transport.abort()
        await asyncio.Event().wait()  # until the lost connection cancels us
        return None

    async def _accept(self, session: Session, envelope: Envelope) -> None:
        """Record the message and put it into the INBOX of each recipient."""
        content = envelope.original_content or b""
        sender = (envelope.mail_from or "").replace("<>", "")  # the null sender
        self.received.append(
            Received(sender, tuple(envelope.rcpt_tos), str(session.auth_data), content)
        )
        for recipient in dict.fromkeys(envelope.rcpt_tos):
            trace = f"Return-Path: <{sender}>\r\nDelivered-To: {recipient}\r\n".encode()
            await asyncio.to_thread(self._deliver, recipient.lower(), trace + content)

    def check_login(
        self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, login: object
    ) -> AuthResult:
        """Any name with Dovecot's password."""
        if not isinstance(login, LoginPassword) or login.password != self.password.encode():
            return AuthResult(success=False, handled=False)
        username = login.login.decode()
        self.logins.append(username)
        return AuthResult(success=True, auth_data=username)

    def _deliver(self, recipient: str, raw: bytes) -> None:
        with self._dovecot.user(recipient) as account:
            account.append(raw)

    def _take(self, step: Step, recipient: str) -> _Trouble | None:
        for trouble in self._troubles:
            if trouble.step is step and trouble.recipient in {None, recipient}:
                trouble.times -= 1
                if trouble.times == 0:
                    self._troubles.remove(trouble)
                return trouble
        return None

    def _listen(self, protocol: Callable[[], SMTP], context: ssl.SSLContext | None) -> int:
        listening = self._loop.create_server(protocol, self.host, 0, ssl=context)
        server = asyncio.run_coroutine_threadsafe(listening, self._loop).result(START_SECONDS)
        self._listening.append(server)
        port: int = server.sockets[0].getsockname()[1]
        return port

    async def _hang_up(self) -> None:
        for server in self._listening:
            server.close()
        conversations = asyncio.all_tasks() - {asyncio.current_task()}
        for conversation in conversations:
            conversation.cancel()
        await asyncio.gather(*conversations, return_exceptions=True)

    def _submissions(self) -> SMTP:
        return _Submission(self)

    def _submission(self) -> SMTP:
        return _Submission(self, self._context)

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *error: object) -> None:
        self.stop()


class _Submission(SMTP):
    """One client's conversation."""

    def __init__(self, owner: SmtpServer, starttls: ssl.SSLContext | None = None) -> None:
        super().__init__(
            owner,
            hostname="mail.acme.test",
            auth_required=True,
            authenticator=owner.check_login,
            enable_SMTPUTF8=True,
            loop=asyncio.get_running_loop(),
            tls_context=starttls,
            require_starttls=starttls is not None,
        )
        # aiosmtpd takes only STARTTLS for encryption; the other port is encrypted from the start.
        self._auth_require_tls = starttls is not None
        self._owner = owner

    @syntax("DATA")
    async def smtp_DATA(self, arg: str) -> None:
        """The only step that aiosmtpd has no hook for."""
        reply = await self._owner.before_data(self)
        if reply is None:
            await super().smtp_DATA(arg)
        else:
            await self.push(reply)
