"""An OAuth2 provider on loopback: it gives tokens, and says whose they are (RFC 6749, RFC 7662)."""

import json
import secrets
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Self


class OAuthServer:
    """Tokens by `give`, ended by `end`; `introspection` is where a mail server asks about them."""

    def __init__(self) -> None:
        self._owners: dict[str, str] = {}
        self.asked: list[str] = []
        owner = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                token = (self.headers.get("Authorization") or "").removeprefix("Bearer ")
                owner.asked.append(token)
                name = owner.owner_of(token)
                body = json.dumps({"active": name is not None, "username": name or ""}).encode()
                self.send_response(200)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                """Nothing is written down."""

        self._http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.02,), daemon=True)

    @property
    def introspection(self) -> str:
        """Where to ask."""
        return f"http://127.0.0.1:{self._http.server_port}/introspect/"

    def give(self, username: str) -> str:
        """A new token of that user's, valid until `end`."""
        token = secrets.token_urlsafe(24)
        self._owners[token] = username
        return token

    def end(self, token: str) -> None:
        """From now on the token is worth nothing."""
        self._owners.pop(token, None)

    def owner_of(self, token: str) -> str | None:
        """Whose a token is, while it is valid."""
        return self._owners.get(token)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._http.shutdown()
        self._thread.join()
        self._http.server_close()
