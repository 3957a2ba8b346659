"""The way back from a browser: one page on this machine, for one visit (RFC 8252, 7.3)."""

from http.server import BaseHTTPRequestHandler, HTTPServer
from types import TracebackType
from typing import Self

_LOOK_SECONDS = 0.5
_PAGE = b"<!doctype html><title>founder-inbox</title><p>You can close this page now.</p>"


class WayBack:
    """Listens on a free port of 127.0.0.1; `address` is where the browser is to be sent."""

    def __init__(self) -> None:
        came: list[str] = []
        self._came = came

        class Handler(BaseHTTPRequestHandler):
            timeout = 5

            def do_GET(self) -> None:
                if "state=" in self.path:  # a browser also asks for an icon
                    came.append(self.path[:8_000])
                self.send_response(200)
                self.send_header("Content-Type", "text/html")
                self.send_header("Content-Length", str(len(_PAGE)))
                self.end_headers()
                self.wfile.write(_PAGE)

            def log_message(self, *_: object) -> None:
                """Nothing is written down: the address holds the permission."""

        self._server = HTTPServer(("127.0.0.1", 0), Handler)
        self._server.timeout = _LOOK_SECONDS
        self.address = f"http://127.0.0.1:{self._server.server_port}/"

    def wait(self, seconds: float) -> str | None:
        """The address that the browser came back to; None when the time is up."""
        for _ in range(max(round(seconds / _LOOK_SECONDS), 1)):
            self._server.handle_request()
            if self._came:
                return self.address.rstrip("/") + self._came[0]
        return None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _: BaseException | None, __: TracebackType | None
    ) -> None:
        self._server.server_close()
