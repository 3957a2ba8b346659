"""Signing in on a provider's page, and the tokens that come of it: kept, renewed, never shown."""

import secrets
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from founder_inbox.core.setup.sign_in import (
    Endpoints,
    Grant,
    endpoints_of,
    grant_from_text,
    grant_to_text,
)
from founder_inbox.errors import LoginRefused
from founder_inbox.system import clock
from founder_inbox.system.config import OAuth
from founder_inbox.system.secrets import (
    keep_in_file,
    keep_in_keyring,
    password_from_file,
    password_from_keyring,
)

if TYPE_CHECKING:
    from founder_inbox.mail.oauth import Client

VISIT_SECONDS = 300.0
Show = Callable[[str], None]


def access_token(settings: OAuth, folder: Path, username: str, *, refused: str = "") -> str:
    """An access token that is good for a while; one that was `refused` is renewed.

    `folder` is the config's, which `token_file` is relative to.

    Raises LoginRefused where nobody has signed in, or the sign-in is worth nothing any more, and
    ServerUnreachable.
    """
    from founder_inbox.mail.oauth import renew

    path = _file(settings, folder)
    grant = _stored(path, username)
    now = clock.now()
    if grant.is_fresh(now) and grant.access != refused:
        return grant.access
    try:
        renewed = renew(_where(settings), _client(settings), grant, now)
    except LoginRefused:
        # Another process of ours may have been quicker, and some providers renew only once.
        newer = _stored(path, username)
        if newer == grant or not newer.is_fresh(now):
            raise
        return newer.access
    _keep(path, username, renewed)
    return renewed.access


def sign_in(settings: OAuth, folder: Path, username: str, show: Show) -> None:
    """Let the founder sign in; `show` tells them where. Raises LoginRefused, ServerUnreachable."""
    where = _where(settings)
    grant = (
        _by_device(settings, where, show) if where.device else _in_browser(settings, where, show)
    )
    _keep(_file(settings, folder), username, grant)


def _by_device(settings: OAuth, where: Endpoints, show: Show) -> Grant:
    from founder_inbox.mail.oauth import ask_for_code, ask_whether_signed_in

    client = _client(settings)
    code = ask_for_code(where, client, clock.now())
    show(f"Open {code.page} on any machine and type {code.user_code}")
    while (now := clock.now()) < code.ends_at:
        if grant := ask_whether_signed_in(where, client, code, now):
            return grant
        clock.wait(code.interval)
    raise LoginRefused("Nobody signed in in time. Nothing was stored; begin again when you like.")


def _in_browser(settings: OAuth, where: Endpoints, show: Show) -> Grant:
    from founder_inbox.mail.oauth import begin_visit, end_visit
    from founder_inbox.mail.way_back import WayBack

    client = _client(settings)
    with WayBack() as back:
        visit = begin_visit(where, client, back.address, secrets.token_urlsafe(24))
        show(f"Open this page in a browser on this machine:\n{visit.page}")
        came_back = back.wait(VISIT_SECONDS)
    if came_back is None:
        raise LoginRefused("Nobody signed in in time. Nothing was stored; begin again.")
    return end_visit(where, client, visit, came_back, clock.now())


def _where(settings: OAuth) -> Endpoints:
    known = endpoints_of(settings.provider, settings.tenant)
    if not settings.token_url:
        return known
    scopes = tuple(settings.scopes) or known.scopes
    return Endpoints(settings.token_url, scopes, settings.device_url, settings.authorize_url)


def _client(settings: OAuth) -> "Client":
    from founder_inbox.mail.oauth import Client

    return Client(settings.client_id, settings.client_secret)


def _name(username: str) -> str:
    return f"{username} (sign-in)"


def _file(settings: OAuth, folder: Path) -> Path | None:
    """Where the sign-in is kept; None: in the keyring."""
    return folder / Path(settings.token_file).expanduser() if settings.token_file else None


def _stored(path: Path | None, username: str) -> Grant:
    again = LoginRefused(
        f"Nobody has signed in for {username} yet. Your mail is untouched. Sign in with: "
        "founder-inbox login"
    )
    if path is not None:
        text = password_from_file(path, username) if path.exists() else ""
    else:
        try:
            text = password_from_keyring(_name(username))
        except LoginRefused:
            raise again from None
    grant = grant_from_text(text)
    if grant is None:
        raise again
    return grant


def _keep(path: Path | None, username: str, grant: Grant) -> None:
    if path is not None:
        keep_in_file(path, grant_to_text(grant))
    elif not keep_in_keyring(_name(username), grant_to_text(grant)):
        raise LoginRefused(
            "You are signed in, but this machine has no keyring to keep that in. Allow a file "
            'that only you can read: token_file = "mail-token" in [oauth].'
        )
