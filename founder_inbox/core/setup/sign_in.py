"""Signing in on a provider's own page (OAuth2): where, for what, and what comes of it.

RFC 6749 (code and refresh), RFC 7636 (PKCE), RFC 8252 (programs on one's own machine),
RFC 8628 (devices). The addresses are the providers' own, from their developer pages.
"""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta

from founder_inbox.core.times import from_text_or_none, to_text

# A token must not end while it is on its way to the server.
EARLY = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Endpoints:
    """A provider's addresses. With `device` one signs in on any machine, else in a browser here."""

    token: str
    scopes: tuple[str, ...]
    device: str = ""
    authorize: str = ""


@dataclass(frozen=True, slots=True)
class Grant:
    """What a sign-in gives: a token that ends soon, and what the next one is had with."""

    access: str
    refresh: str
    ends_at: datetime

    def __repr__(self) -> str:
        """Without the tokens: records end up in tracebacks."""
        return f"Grant(ends_at={self.ends_at})"

    def is_fresh(self, now: datetime) -> bool:
        """Whether the access token is good for a while."""
        return bool(self.access) and now + EARLY < self.ends_at


def endpoints_of(provider: str, tenant: str) -> Endpoints:
    """The addresses of "microsoft" (in a tenant, "common" for all) or "google"."""
    if provider == "google":
        # Google gives no access to mail to devices, so it has to be a browser on this machine.
        return Endpoints(
            "https://oauth2.googleapis.com/token",
            ("https://mail.google.com/",),
            authorize="https://accounts.google.com/o/oauth2/v2/auth",
        )
    base = f"https://login.microsoftonline.com/{tenant}/oauth2/v2.0"
    return Endpoints(
        f"{base}/token",
        (
            "https://outlook.office.com/IMAP.AccessAsUser.All",
            "https://outlook.office.com/SMTP.Send",
            "offline_access",
        ),
        device=f"{base}/devicecode",
    )


def grant_to_text(grant: Grant) -> str:
    """As it is stored."""
    return json.dumps(
        {"access": grant.access, "refresh": grant.refresh, "ends_at": to_text(grant.ends_at)}
    )


def grant_from_text(text: str) -> Grant | None:
    """What was stored; None for what makes no sense."""
    try:
        stored = json.loads(text)
        ends_at = from_text_or_none(str(stored["ends_at"]))
        if ends_at is None:
            return None
        return Grant(str(stored["access"]), str(stored["refresh"]), ends_at)
    except (ValueError, KeyError, TypeError):
        return None
