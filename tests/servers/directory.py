"""A name service and a web server on loopback, for whoever looks for a domain's mail servers."""

import socket
import socketserver
import ssl
import threading
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Self

import dns.message
import dns.rcode
import dns.rdatatype
import dns.rrset

from founder_inbox.mail.discovery import Network


class Directory:
    """`records` by name and kind ("acme.test", "MX") as text; `pages` by whole address.

    A page that is a str is a redirection. A name in `silent` is never answered.
    """

    def __init__(self, certificate: ssl.SSLContext, trust: ssl.SSLContext) -> None:
        self.records: dict[tuple[str, str], list[str]] = {}
        self.pages: dict[str, bytes | str] = {}
        self.silent: set[str] = set()
        self.asked: list[str] = []
        self._trust = trust
        owner = self

        class Names(socketserver.BaseRequestHandler):
            def handle(self) -> None:
                data, line = self.request
                if answer := owner._answer(data):
                    line.sendto(answer, self.client_address)

        class Pages(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                page = owner._page(f"https://{self.headers['Host']}{self.path}")
                self.send_response(200 if isinstance(page, bytes) else 302 if page else 404)
                body = page if isinstance(page, bytes) else b""
                if isinstance(page, str):
                    self.send_header("Location", page)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                """Nothing is written down."""

        self._names = socketserver.ThreadingUDPServer(("127.0.0.1", 0), Names)
        self._web = ThreadingHTTPServer(("127.0.0.1", 0), Pages)
        self._web.socket = certificate.wrap_socket(self._web.socket, server_side=True)
        self._web.handle_error = lambda *_: None  # type: ignore[method-assign] # a client may leave
        self._threads = [
            threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
            for server in (self._names, self._web)
        ]

    @property
    def network(self) -> Network:
        """The ways out, all of which lead here."""

        def reach(_host: str, _port: int, seconds: float) -> socket.socket:
            return socket.create_connection(("127.0.0.1", self._web.server_port), seconds)

        host, port = self._names.server_address[:2]
        return Network((str(host), int(port)), self._trust, reach)

    def know(self, records: Mapping[tuple[str, str], list[str]]) -> None:
        """Learn some more records."""
        self.records.update(records)

    def _answer(self, data: bytes) -> bytes:
        question = dns.message.from_wire(data)
        asked = question.question[0]
        name = asked.name.to_text(omit_final_dot=True).lower()
        kind = dns.rdatatype.to_text(asked.rdtype)
        self.asked.append(f"{kind} {name}")
        if name in self.silent:
            return b""
        answer = dns.message.make_response(question)
        if found := self.records.get((name, kind)):
            answer.answer.append(dns.rrset.from_text(asked.name, 60, "IN", kind, *found))
        else:
            answer.set_rcode(dns.rcode.NXDOMAIN)
        return bytes(answer.to_wire())

    def _page(self, url: str) -> bytes | str | None:
        self.asked.append(url)
        return self.pages.get(url)

    def __enter__(self) -> Self:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        for server in (self._names, self._web):
            server.shutdown()
            server.server_close()
