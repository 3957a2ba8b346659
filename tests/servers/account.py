"""One mailbox on the test server, as the founder's telephone would see it."""

import contextlib
import re
import ssl
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Self

from imapclient import IMAPClient

APPENDUID = re.compile(rb"\[APPENDUID \d+ (\d+)\]")


@dataclass(frozen=True, slots=True)
class StoredMessage:
    """A message as it lies on the server; `at` is its INTERNALDATE, aware."""

    uid: int
    flags: frozenset[str]
    at: datetime
    raw: bytes


class Account:
    """A mailbox with a name of its own, reached over checked TLS. Close it, or use `with`."""

    def __init__(self, address: str, *, host: str, port: int, ca_file: Path, password: str) -> None:
        self.address = address
        self.username = address
        self.password = password
        self._host = host
        self._port = port
        self._ca_file = ca_file
        self._clients: list[IMAPClient] = []
        self._own: IMAPClient | None = None

    def client(self) -> IMAPClient:
        """A new connection, logged in, no folder selected; closed when the account is."""
        trust = ssl.create_default_context(cafile=str(self._ca_file))
        client = IMAPClient(self._host, self._port, ssl=True, ssl_context=trust, timeout=30)
        self._clients.append(client)
        client.normalise_times = False
        client.login(self.username, self.password)
        return client

    def append(
        self,
        raw: bytes,
        folder: str = "INBOX",
        flags: Sequence[str] = (),
        at: datetime | None = None,
    ) -> int:
        """Put a message there by APPEND, received `at` (aware); its UID."""
        answer = self.connection().append(folder, raw, flags, at)
        appended = APPENDUID.search(answer)
        if appended is None:
            raise AssertionError(f"Dovecot gave no APPENDUID: {answer!r}")
        return int(appended[1])

    def append_many(self, raws: Sequence[bytes], folder: str = "INBOX") -> None:
        """Put many messages there at once, by MULTIAPPEND of 200 (RFC 3502)."""
        for start in range(0, len(raws), 200):
            self.connection().multiappend(folder, raws[start : start + 200])

    def messages(self, folder: str = "INBOX") -> list[StoredMessage]:
        """What lies in the folder now, oldest UID first, without \\Recent and changing nothing."""
        client = self.connection()
        client.select_folder(folder, readonly=True)
        # IMAPClient 4.1 sends "1:*" and then fails to read its own answer, hence the search.
        rows = client.fetch(client.search("ALL"), ["FLAGS", "INTERNALDATE", "BODY.PEEK[]"])
        client.unselect_folder()
        return [
            StoredMessage(
                uid=uid,
                flags=frozenset(flag.decode() for flag in row[b"FLAGS"]) - {r"\Recent"},
                at=row[b"INTERNALDATE"],
                raw=row[b"BODY[]"],
            )
            for uid, row in sorted(rows.items())
        ]

    def close(self) -> None:
        """Hang up every connection the account opened."""
        for client in self._clients:
            with contextlib.suppress(OSError):  # the test may have hung up first
                client.shutdown()
        self._clients.clear()
        self._own = None

    def connection(self) -> IMAPClient:
        if self._own is None:
            self._own = self.client()
        return self._own

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()
