"""Reaching an IMAP server: the connection, its encryption, and letting it go."""

import contextlib
import socket
from dataclasses import dataclass

from imapclient import IMAPClient, SocketTimeout
from imapclient.exceptions import IMAPClientAbortError, IMAPClientError

from founder_inbox.errors import ServerUnreachable
from founder_inbox.mail.imap_faults import ODD_ANSWERS, broken
from founder_inbox.mail.tls import check_fingerprint, make_context

CONNECT_SECONDS = 15
READ_SECONDS = 60
KEEPALIVE_SECONDS = 60


@dataclass(frozen=True, slots=True)
class ImapServer:
    """Where mail lies, and as whom we read it. `password` never leaves this record.

    `is_token`: it is an access token (OAuth2).
    """

    host: str
    port: int
    security: str
    username: str
    password: str
    ca_file: str | None
    fingerprint: str | None
    is_token: bool = False

    def __repr__(self) -> str:
        """Without the password: records end up in tracebacks."""
        return f"ImapServer({self.host!r}, {self.port}, {self.security!r})"

    @property
    def place(self) -> str:
        """Host and port, for sentences."""
        return f"{self.host}:{self.port}"


def connect(server: ImapServer) -> IMAPClient:
    """A connection, encrypted as configured, not logged in. Raises LineBroken, ConfigError."""
    context = make_context(server.ca_file, server.fingerprint)
    client = None
    try:
        client = IMAPClient(
            server.host,
            server.port,
            ssl=server.security == "tls",
            ssl_context=context if server.security == "tls" else None,
            timeout=SocketTimeout(connect=CONNECT_SECONDS, read=READ_SECONDS),  # type: ignore[arg-type] # it takes both, its annotation does not
        )
        # The constructor sets 5, which makes imaplib repr() every literal it reads.
        client._imap.debug = 0
        client.normalise_times = False
        _be_quick(client)
        _keep_alive(client)
        if server.security == "starttls":
            client.starttls(context)
            # What came before TLS may have been put there by somebody else.
            client._imap.untagged_responses.clear()
            client._cached_capabilities = None
        if server.security != "none":
            check_fingerprint(client._imap.sock, server.fingerprint, server.host)
    except ServerUnreachable:
        let_go(client)
        raise
    except (IMAPClientError, *ODD_ANSWERS) as error:
        let_go(client)
        raise broken(server.place, error) from error
    return client


def _be_quick(client: IMAPClient) -> None:
    """A command that is written in two pieces does not wait for the first one to be confirmed."""
    client._imap.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)


def _keep_alive(client: IMAPClient) -> None:
    """A router that has forgotten a silent line is found out in minutes, and not in hours."""
    connection = client._imap.sock
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    # Named so on Linux, and otherwise or not at all elsewhere.
    name = next((n for n in ("TCP_KEEPIDLE", "TCP_KEEPALIVE") if hasattr(socket, n)), None)
    if name is not None:
        connection.setsockopt(socket.IPPROTO_TCP, getattr(socket, name), KEEPALIVE_SECONDS)


def let_go(client: IMAPClient | None) -> None:
    """Close the socket of a connection that came to nothing; after a failed TLS it may be gone."""
    if client is not None:
        with contextlib.suppress(IMAPClientAbortError, *ODD_ANSWERS):
            client.shutdown()
