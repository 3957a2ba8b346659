"""Logging in to the two servers, with a password, or with an access token that is renewed once."""

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from founder_inbox.app.workspace import Workspace
from founder_inbox.errors import LoginRefused
from founder_inbox.system.config import Server, port_of, smtp_way_in
from founder_inbox.system.secrets import Secret, secret_for

if TYPE_CHECKING:
    from founder_inbox.mail.imap import ImapServer, ImapSession
    from founder_inbox.mail.smtp import Session, Submission

T = TypeVar("T")


def open_imap(ws: Workspace) -> "ImapSession":
    """A connection to the mailbox. Raises ServerUnreachable and LoginRefused."""
    from founder_inbox.mail.imap import ImapSession

    return _renewed_once(lambda secret: ImapSession(server_of(ws, secret)), ws.config.imap, ws)


def open_smtp(ws: Workspace) -> "Session":
    """A connection that takes mail. Raises ServerUnreachable and LoginRefused."""
    from founder_inbox.mail import smtp

    way = smtp_way_in(ws.config)
    return _renewed_once(lambda secret: smtp.connect(submission_of(ws, secret)), way, ws)


def server_of(ws: Workspace, secret: Secret | None = None) -> "ImapServer":
    """The IMAP server with its password. Raises LoginRefused when there is none."""
    from founder_inbox.mail.imap import ImapServer

    server = ws.config.imap
    username = _username(ws)
    secret = secret or _secret(ws, server)
    return ImapServer(
        server.host,
        port_of("imap", server),
        server.security,
        username,
        secret.words,
        server.ca_file,
        server.fingerprint,
        secret.is_token,
    )


def submission_of(ws: Workspace, secret: Secret | None = None) -> "Submission":
    """The submission server with its password. Raises LoginRefused when there is none."""
    from founder_inbox.mail.smtp import Submission

    server = ws.config.smtp
    secret = secret or _secret(ws, smtp_way_in(ws.config))
    return Submission(
        server.host,
        port_of("smtp", server),
        server.security,
        server.username or _username(ws),
        secret.words,
        server.ca_file,
        server.fingerprint,
        secret.is_token,
    )


def _username(ws: Workspace) -> str:
    return ws.config.imap.username or ws.config.account.address


def _secret(ws: Workspace, way: Server) -> Secret:
    name = _username(ws)
    if way is ws.config.smtp:
        name = way.username or name
    return secret_for(name, way, ws.paths.config.parent)


def _renewed_once(log_in: Callable[[Secret], T], way: Server, ws: Workspace) -> T:
    """Log in; after a refused token ask for another one, and try it if it is one.

    A token may have ended on its way here, and whoever prints it may only now notice (K-9 does
    the same). A second refusal is final: providers lock accounts.
    """
    secret = _secret(ws, way)
    try:
        return log_in(secret)
    except LoginRefused:
        if not secret.is_token:
            raise
        other = _secret(ws, way)
        if other == secret:
            raise
        return log_in(other)
