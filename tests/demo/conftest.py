"""A running provider of the demo, quick people included."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from smtplib import SMTP

import pytest
from imapclient import IMAPClient

from founder_inbox.demo.provider import Provider, start

NOW = datetime(2026, 11, 22, 9, 20, tzinfo=UTC)

Login = Callable[[str], IMAPClient]


@pytest.fixture(scope="session")
def provider() -> Iterator[Provider]:
    """The servers without new mail; people answer a hundred times quicker than people do."""
    with start(NOW, speed=100, quiet=True) as running:
        yield running


@pytest.fixture
def login(provider: Provider) -> Iterator[Login]:
    """Logs in to somebody's mailbox over IMAP."""
    clients: list[IMAPClient] = []

    def log_in(address: str) -> IMAPClient:
        client = IMAPClient(provider.host, provider.imap_port, ssl=False, timeout=10)
        clients.append(client)
        client.login(address, provider.password)
        return client

    yield log_in
    for client in clients:
        client.logout()


@pytest.fixture
def smtp(provider: Provider) -> Iterator[SMTP]:
    """A logged-in line to the submission server."""
    with SMTP(provider.host, provider.smtp_port, timeout=10) as line:
        line.login(provider.username, provider.password)
        yield line
