"""Sessions with the real servers."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest

from founder_inbox.mail.imap import ImapServer, ImapSession
from tests.servers.account import Account
from tests.servers.dovecot import DovecotServer


@pytest.fixture
def imap_server(dovecot: DovecotServer, account: Account) -> Callable[..., ImapServer]:
    """Makes the record of the account's server; anything can be given otherwise."""

    def make(**otherwise: str | int | None) -> ImapServer:
        starttls = otherwise.get("security") == "starttls"
        values: dict[str, Any] = {
            "host": dovecot.host,
            "port": dovecot.imap_port if starttls else dovecot.imaps_port,
            "security": "tls",
            "username": account.username,
            "password": account.password,
            "ca_file": str(dovecot.ca_file),
            "fingerprint": None,
        }
        return ImapServer(**(values | otherwise))

    return make


@pytest.fixture
def session(imap_server: Callable[..., ImapServer]) -> Iterator[ImapSession]:
    """A session on the account's mailbox."""
    with ExitStack() as stack:
        opened = ImapSession(imap_server())
        stack.callback(opened.close)
        yield opened
