"""Logging in to the two servers, with a password, or with an access token that is renewed once."""

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from founder_inbox.app.sign_in import access_token
from founder_inbox.app.workspace import Workspace
from founder_inbox.errors import LoginRefused
from founder_inbox.system.config import Server, names_a_way, port_of, smtp_way_in
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
    username = username_of(ws)
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
        server.username or username_of(ws),
        secret.words,
        server.ca_file,
        server.fingerprint,
        secret.is_token,
    )


def username_of(ws: Workspace) -> str:
    """The name the mailbox is opened with."""
    return ws.config.imap.username or ws.config.account.address


def _secret(ws: Workspace, way: Server, refused: str = "") -> Secret:
    name = username_of(ws)
    if (signed := ws.config.oauth) is not None and not names_a_way(way):
        folder = ws.paths.config.parent
        return Secret(access_token(signed, folder, name, refused=refused), is_token=True)
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
        other = _secret(ws, way, refused=secret.words)
        if other == secret:
            raise
        return log_in(other)
