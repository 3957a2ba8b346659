"""aiosmtpd as the demo's submission server: login first, everything is delivered locally."""

import asyncio
import hmac
import logging
import warnings
from collections.abc import Awaitable, Callable

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from founder_inbox.demo.imap_server import HOST

Deliver = Callable[[str, str, bytes], Awaitable[None]]
"""Called with sender, recipient and the mail for each recipient."""

REFUSED = "bounce"
"""The local part that never exists: mail to it is refused."""


class _Handler:
    """What happens to each mail (aiosmtpd finds the methods by name)."""

    def __init__(self, deliver: Deliver) -> None:
        self._deliver = deliver

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self,
        _server: SMTP,
        _session: Session,
        envelope: Envelope,
        address: str,
        _options: list[str],
    ) -> str:
        """Take every recipient but bounce@…."""
        if address.partition("@")[0].lower() == REFUSED:
            return f"550 5.1.1 <{address}>: Recipient address rejected: User unknown"
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def handle_DATA(  # noqa: N802 - aiosmtpd's name
        self, _server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        """Deliver before saying so: after the 250 the mail is in the mailbox."""
        content = envelope.content
        raw = content.encode() if isinstance(content, str) else content or b""
        for recipient in dict.fromkeys(envelope.rcpt_tos):
            await self._deliver(envelope.mail_from or "", recipient, raw)
        return "250 2.0.0 Taken off"


async def serve(deliver: Deliver, password: str) -> asyncio.Server:
    """Start to listen on a free port of the loopback interface; any user with `password` may."""
    _silence()
    loop = asyncio.get_running_loop()
    handler = _Handler(deliver)

    def authenticate(
        _server: SMTP, _session: Session, _envelope: Envelope, _mechanism: str, data: object
    ) -> AuthResult:
        known = isinstance(data, LoginPassword) and hmac.compare_digest(
            data.password, password.encode()
        )
        return AuthResult(success=known, handled=False)

    def protocol() -> SMTP:
        return SMTP(
            handler,
            hostname="localhost",
            ident="Paperplane",
            enable_SMTPUTF8=True,
            auth_required=True,
            auth_require_tls=False,
            authenticator=authenticate,
            loop=loop,
        )

    return await loop.create_server(protocol, HOST, 0)


def _silence() -> None:
    """Login without TLS is meant here: this line never leaves the machine."""
    warnings.filterwarnings("ignore", "Requiring AUTH while not requiring TLS", UserWarning)
    logging.getLogger("mail.log").setLevel(logging.ERROR)
