"""An OAuth2 provider on loopback: sign-ins, tokens, and whose they are."""

import base64
import hashlib
import json
import secrets
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Self
from urllib.parse import parse_qs, urlencode, urlsplit

Form = dict[str, str]


class OAuthServer:
    """Tokens by `give` or a sign-in of `user`, ended by `end`.

    `pending` is how often a device is told to wait; each renewal replaces the refresh token.
    `answer` is said instead of everything else, if set. `given` is every token there was.
    """

    def __init__(self) -> None:
        self._owners: dict[str, str] = {}
        self._refresh: dict[str, str] = {}
        self._codes: dict[str, Form] = {}
        self.given: list[str] = []
        self.asked: list[str] = []
        self.forms: list[Form] = []
        self.reset()
        owner = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                parts = urlsplit(self.path)
                if parts.path == "/authorize":
                    self.send_response(302)
                    self.send_header("Location", owner._authorize(_flat(parts.query)))
                    self.send_header("Content-Length", "0")
                    self.end_headers()
                    return
                token = (self.headers.get("Authorization") or "").removeprefix("Bearer ")
                owner.asked.append(token)
                name = owner.owner_of(token)
                self._say(200, json.dumps({"active": name is not None, "username": name or ""}))

            def do_POST(self) -> None:
                form = _flat(self.rfile.read(int(self.headers["Content-Length"])).decode())
                owner.forms.append(form)
                answer = owner._device() if self.path == "/device" else owner._token(form)
                words = owner.answer if owner.answer is not None else json.dumps(answer)
                self._say(400 if "error" in answer else 200, words)

            def _say(self, status: int, words: str) -> None:
                body = words.encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                """Nothing is written down."""

        self._http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.02,), daemon=True)

    def reset(self) -> None:
        """As at the beginning, but for the tokens that were given."""
        self.user, self.pending, self.life = "", 0, 3600
        self.answer: str | None = None
        self.forms.clear()

    @property
    def base(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self._http.server_port}"

    @property
    def introspection(self) -> str:
        """Where a mail server asks."""
        return f"{self.base}/introspect/"

    def give(self, username: str) -> str:
        """A new token of that user's, valid until `end`."""
        token = secrets.token_urlsafe(24)
        self._owners[token] = username
        self.given.append(token)
        return token

    def end(self, token: str) -> None:
        """From now on the token is worth nothing."""
        self._owners.pop(token, None)

    def forget_sign_ins(self) -> None:
        """From now on nothing is renewed."""
        self._refresh.clear()

    def owner_of(self, token: str) -> str | None:
        """Whose a token is, while it is valid."""
        return self._owners.get(token)

    def _device(self) -> dict[str, object]:
        return {
            "device_code": secrets.token_urlsafe(16), "user_code": "WDJB-MJHT",
            "verification_uri": "https://provider.test/device", "interval": 1, "expires_in": 900,
        }  # fmt: skip

    def _authorize(self, form: Form) -> str:
        code = secrets.token_urlsafe(16)
        self._codes[code] = form
        back = urlencode({"code": code, "state": form["state"]})
        return f"{form['redirect_uri']}?{back}"

    def _token(self, form: Form) -> dict[str, object]:
        kind = form.get("grant_type", "")
        if kind == "refresh_token":
            user = self._refresh.pop(form["refresh_token"], None)
            return self._new(user) if user else {"error": "invalid_grant"}
        if kind == "authorization_code":
            asked = self._codes.pop(form["code"])
            digest = hashlib.sha256(form["code_verifier"].encode()).digest()
            challenge = base64.urlsafe_b64encode(digest).decode().rstrip("=")
            good = challenge == asked["code_challenge"]
            return self._new(self.user) if good else {"error": "invalid_grant"}
        if self.pending:
            self.pending -= 1
            return {"error": "authorization_pending"}
        return self._new(self.user) if self.user else {"error": "authorization_declined"}

    def _new(self, user: str) -> dict[str, object]:
        refresh = secrets.token_urlsafe(16)
        self._refresh[refresh] = user
        self.given.append(refresh)
        access = self.give(user)
        return {"access_token": access, "refresh_token": refresh, "expires_in": self.life}

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._http.shutdown()
        self._thread.join()
        self._http.server_close()


def _flat(query: str) -> Form:
    return {name: values[0] for name, values in parse_qs(query).items()}
