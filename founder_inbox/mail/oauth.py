"""Talking to a provider's sign-in: what is asked and read is oauthlib's, the line is ours.

Answers are foreign and bounded; nothing of a token gets into an error.
"""

import http.client
import json
import ssl
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode, urlsplit

from founder_inbox.core.display import safe_line
from founder_inbox.core.setup.sign_in import Endpoints, Grant
from founder_inbox.errors import LoginRefused, ServerUnreachable

SECONDS = 20.0
LARGEST = 64 * 1024
_LOOPBACK = frozenset({"127.0.0.1", "localhost"})
_USUAL_LIFE = 3600


@dataclass(frozen=True, slots=True)
class Client:
    """The program as the provider knows it: registered by the founder. `secret` only for Google."""

    client_id: str
    secret: str = ""


@dataclass(frozen=True, slots=True)
class DeviceCode:
    """What a person types on the provider's page, and how we ask whether they have."""

    user_code: str
    page: str
    device_code: str
    interval: float
    ends_at: datetime


def ask_for_code(where: Endpoints, client: Client, now: datetime) -> DeviceCode:
    """Begin a sign-in on any machine (RFC 8628, 3.1). Raises LoginRefused, ServerUnreachable."""
    body = urlencode({"client_id": client.client_id, "scope": " ".join(where.scopes)})
    return read_code(_post(where.device, body), now)


def read_code(answer: dict[str, Any], now: datetime) -> DeviceCode:
    """The code in a provider's answer. Raises LoginRefused for any other."""
    try:
        return DeviceCode(
            safe_line(str(answer["user_code"]), 40),
            safe_line(str(answer.get("verification_uri") or answer["verification_url"]), 300),
            str(answer["device_code"]),
            min(max(float(answer.get("interval", 5)), 1.0), 60.0),
            now + timedelta(seconds=min(float(answer.get("expires_in", 900)), 3600.0)),
        )
    except (KeyError, ValueError, TypeError, OverflowError) as error:
        raise _refused(answer) from error


def ask_whether_signed_in(
    where: Endpoints, client: Client, code: DeviceCode, now: datetime
) -> Grant | None:
    """The grant, or None while the person has not finished (RFC 8628, 3.5). Raises LoginRefused."""
    from oauthlib.oauth2.rfc8628.clients.device import DeviceClient

    device = DeviceClient(client.client_id)
    body = device.prepare_request_body(code.device_code, include_client_id=True)
    answer = _post(where.token, body)
    if answer.get("error") in {"authorization_pending", "slow_down"}:
        return None
    return _grant(answer, now)


@dataclass(frozen=True, slots=True)
class Visit:
    """One visit of a browser to the provider's page, and what has to come back from it."""

    page: str
    state: str
    verifier: str
    back_to: str


def begin_visit(where: Endpoints, client: Client, back_to: str, state: str) -> Visit:
    """The page to open (RFC 8252), with a challenge that only we can answer (RFC 7636)."""
    from oauthlib.oauth2.rfc6749.clients.web_application import WebApplicationClient

    web = WebApplicationClient(client.client_id)
    verifier = web.create_code_verifier(64)
    challenge = web.create_code_challenge(verifier, "S256")
    page = web.prepare_request_uri(
        where.authorize,
        redirect_uri=back_to,
        scope=list(where.scopes),
        state=state,
        code_challenge=challenge,
        code_challenge_method="S256",
        access_type="offline",
        prompt="consent",
    )
    return Visit(page, state, verifier, back_to)


def end_visit(
    where: Endpoints, client: Client, visit: Visit, came_back: str, now: datetime
) -> Grant:
    """Exchange what the browser came back with for a grant. Raises LoginRefused."""
    from oauthlib.oauth2.rfc6749.clients.web_application import WebApplicationClient
    from oauthlib.oauth2.rfc6749.errors import OAuth2Error

    web = WebApplicationClient(client.client_id)
    try:
        # It came over loopback, where there is no TLS (RFC 8252, 8.3).
        uri = "https://" + came_back.partition("://")[2]
        code = web.parse_request_uri_response(uri, visit.state)["code"]
    except (OAuth2Error, KeyError, ValueError) as error:
        raise LoginRefused(
            f"The provider's page came back without a permission ({type(error).__name__}). "
            "Nothing was stored. Sign in again: founder-inbox login"
        ) from None
    more = {"client_secret": client.secret} if client.secret else {}
    body = web.prepare_request_body(
        code, redirect_uri=visit.back_to, code_verifier=visit.verifier, **more
    )
    return _grant(_post(where.token, body), now)


def renew(where: Endpoints, client: Client, grant: Grant, now: datetime) -> Grant:
    """A new access token (RFC 6749, 6); the provider may replace the refresh token, too.

    Raises LoginRefused when the sign-in is worth nothing any more.
    """
    from oauthlib.oauth2.rfc6749.clients.web_application import WebApplicationClient

    web = WebApplicationClient(client.client_id)
    more = {"client_secret": client.secret} if client.secret else {}
    body = web.prepare_refresh_body(refresh_token=grant.refresh, client_id=client.client_id, **more)
    return _grant(_post(where.token, body), now, grant.refresh)


def _grant(answer: dict[str, Any], now: datetime, refresh: str = "") -> Grant:
    access = answer.get("access_token")
    refresh = str(answer.get("refresh_token") or refresh)
    if not isinstance(access, str) or not access.isascii() or not access.isprintable():
        raise _refused(answer)
    if not refresh:
        raise LoginRefused(
            "The provider gave a token that can't be renewed. Nothing was stored. Take the "
            "permission back on its page, and sign in again: founder-inbox login"
        )
    try:
        life = min(max(float(answer.get("expires_in", _USUAL_LIFE)), 0.0), 90_000.0)
    except (ValueError, TypeError):
        life = _USUAL_LIFE
    return Grant(access, refresh, now + timedelta(seconds=life))


def _refused(answer: dict[str, Any]) -> LoginRefused:
    """The provider's own words (RFC 6749, 5.2); a token is never among them."""
    words = str(answer.get("error_description") or answer.get("error") or "no token in its answer")
    return LoginRefused(
        f"The provider refused the sign-in: {safe_line(words, 200)}. Your mail is untouched. Sign "
        "in again: founder-inbox login"
    )


def _post(url: str, body: str) -> dict[str, Any]:
    """One form sent over TLS, the JSON that came back; an error's answer too."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    if parts.scheme != "https" and not (parts.scheme == "http" and host in _LOOPBACK):
        raise LoginRefused(f"{safe_line(host)} is not asked: its address has to begin with https.")
    connection: http.client.HTTPConnection
    if parts.scheme == "https":
        context = ssl.create_default_context()
        connection = http.client.HTTPSConnection(host, parts.port, timeout=SECONDS, context=context)
    else:
        connection = http.client.HTTPConnection(host, parts.port, timeout=SECONDS)
    headers = {
        "Content-Type": "application/x-www-form-urlencoded",
        "Accept": "application/json",
        "User-Agent": "founder-inbox",
    }
    try:
        connection.request("POST", parts.path or "/", body.encode(), headers)
        content = connection.getresponse().read(LARGEST)
        answer = json.loads(content)
    except (OSError, http.client.HTTPException) as error:
        raise ServerUnreachable(
            f"{host}, where you sign in, does not answer ({type(error).__name__}). What is synced "
            "stays readable; it goes on when it is back."
        ) from error
    except (ValueError, RecursionError):
        answer = None
    finally:
        connection.close()
    if not isinstance(answer, dict):
        raise ServerUnreachable(f"{host}, where you sign in, answers with what is no answer.")
    return answer
