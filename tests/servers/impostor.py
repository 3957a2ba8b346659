"""A server with whatever certificate, and words in the clear before TLS that nobody should hear."""

import contextlib
import re
import socket
import ssl
import threading
from typing import Self

SECONDS = 10


class Impostor:
    """Listens at `port`. `heard` is all that was said to it inside TLS, `clear` all before that.

    It takes TLS at once, or with a `greeting` after STARTTLS; then `slipped_in` is said in the
    clear in one packet with the yes. `inside` is said in TLS first. With `real`, a port here that
    speaks TLS or, if `plain`, does not, it passes on what comes inside TLS.
    """

    host = "127.0.0.1"

    def __init__(
        self,
        certificate: ssl.SSLContext,
        *,
        greeting: bytes = b"",
        slipped_in: bytes = b"",
        inside: bytes = b"",
        real: int = 0,
        plain: bool = False,
    ) -> None:
        self.heard = b""
        self.clear = b""
        self._certificate = certificate
        self._greeting = greeting
        self._slipped_in = slipped_in
        self._inside = inside
        self._real, self._plain = real, plain
        self._listening = socket.create_server((self.host, 0))
        self.port: int = self._listening.getsockname()[1]
        self._thread = threading.Thread(target=self._serve, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        with contextlib.suppress(OSError):
            self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()
        self._thread.join(SECONDS)

    def _serve(self) -> None:
        while True:
            try:
                client, _ = self._listening.accept()
            except OSError:
                return
            client.settimeout(SECONDS)
            with client, contextlib.suppress(OSError):
                self._talk(client)

    def _talk(self, client: socket.socket) -> None:
        if self._greeting and not self._clear_words(client):
            return
        with self._certificate.wrap_socket(client, server_side=True) as inside:
            inside.sendall(self._inside)
            if not self._real:
                while said := inside.recv(1 << 16):
                    self.heard += said
                return
            self._pass_on(inside)

    def _clear_words(self, client: socket.socket) -> bool:
        """The conversation up to STARTTLS; False if the client leaves before."""
        client.sendall(self._greeting)
        words = client.makefile("rb")
        for line in iter(words.readline, b""):
            self.clear += line
            tag, _, command = line.strip().partition(b" ")
            if b"STARTTLS" in line.upper():
                yes = tag + b" OK go\r\n" if command else b"220 go\r\n"
                client.sendall(yes + self._slipped_in)
                return True
            client.sendall(self._answer(tag, command))
        return False

    def _answer(self, tag: bytes, command: bytes) -> bytes:
        if re.match(rb"CAPABILITY", command):
            return b"* CAPABILITY IMAP4rev1 STARTTLS\r\n" + tag + b" OK done\r\n"
        return b"250-here\r\n250 STARTTLS\r\n" if tag.upper() == b"EHLO" else tag + b" OK\r\n"

    def _pass_on(self, inside: ssl.SSLSocket) -> None:
        """One word from each side in turn is all these protocols need: nobody speaks at once."""
        with socket.create_connection((self.host, self._real), SECONDS) as plain:
            unchecked = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
            unchecked.check_hostname, unchecked.verify_mode = False, ssl.CERT_NONE
            real = plain if self._plain else unchecked.wrap_socket(plain)
            with real:
                _line(real)  # its greeting; the client has had one
                inside.settimeout(0.02)
                real.settimeout(0.02)
                while True:
                    for source, target in ((inside, real), (real, inside)):
                        with contextlib.suppress(TimeoutError, ssl.SSLWantReadError):
                            if not (said := source.recv(1 << 16)):
                                return
                            self.heard += said if source is inside else b""
                            target.sendall(said)


def _line(end: socket.socket) -> bytes:
    said = b""
    while not said.endswith(b"\n"):
        said += end.recv(1)
    return said
