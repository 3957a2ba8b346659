"""What every layer's tests can ask for.

The servers start, and their libraries are imported, when a test first asks for one: a run of
unit tests alone does not pay for them. Each worker of pytest-xdist has servers of its own.
"""

import os
import ssl
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.servers.account import Account
    from tests.servers.config_file import ConfigFile
    from tests.servers.dovecot import DovecotServer
    from tests.servers.oauth import OAuthServer
    from tests.servers.smtp import SmtpServer

# No test may meet the mailbox or the keyring of the person who runs it.
for name in ("FOUNDER_INBOX_CONFIG", "FOUNDER_INBOX_DATA"):
    os.environ.pop(name, None)
os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Nothing is left out silently: say so where there is no browser for the page of the FAQ."""
    from tests.app.browser import NONE_HERE, browsers

    if not browsers():
        terminalreporter.write_line(NONE_HERE)


@pytest.fixture(scope="session")
def dovecot() -> "Iterator[DovecotServer]":
    """A real Dovecot with TLS, one for all tests of this process."""
    import trustme

    from tests.servers.dovecot import DovecotServer

    authority = trustme.CA()
    certificate = authority.issue_cert("localhost", DovecotServer.host)
    pem = certificate.private_key_and_cert_chain_pem.bytes()
    with DovecotServer(certificate=pem, ca=authority.cert_pem.bytes()) as server:
        yield server


@pytest.fixture(scope="session")
def submission(dovecot: "DovecotServer") -> "Iterator[SmtpServer]":
    """A real SMTP server in front of that Dovecot; tests ask for `smtp_server`."""
    from tests.servers.smtp import SmtpServer

    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(dovecot.folder / "server.pem")
    with SmtpServer(dovecot, context) as server:
        yield server


@pytest.fixture
def smtp_server(submission: "SmtpServer") -> "SmtpServer":
    """The SMTP server, with nothing received yet and nothing planned to go wrong."""
    submission.reset()
    return submission


@pytest.fixture(scope="session")
def oauth() -> "Iterator[OAuthServer]":
    """A provider that gives access tokens and says whose they are."""
    from tests.servers.oauth import OAuthServer

    with OAuthServer() as server:
        yield server


@pytest.fixture(scope="session")
def tokens(dovecot: "DovecotServer", oauth: "OAuthServer") -> "Iterator[DovecotServer]":
    """A Dovecot that takes tokens of that provider, with the certificate of the other one."""
    from tests.servers.dovecot import DovecotServer

    pem = (dovecot.folder / "server.pem").read_bytes()
    with DovecotServer(pem, dovecot.ca_file.read_bytes(), oauth.introspection) as server:
        yield server


@pytest.fixture
def account(dovecot: "DovecotServer") -> "Iterator[Account]":
    """An empty mailbox that no other test has seen."""
    with dovecot.user() as fresh:
        yield fresh


@pytest.fixture
def teammate(dovecot: "DovecotServer") -> "Iterator[Account]":
    """Another empty mailbox, for the teammate that tickets are handed off to."""
    with dovecot.user() as fresh:
        yield fresh


@pytest.fixture
def config_file(
    tmp_path: Path, dovecot: "DovecotServer", smtp_server: "SmtpServer"
) -> "ConfigFile":
    """Writes `tmp_path/config.toml` for an account on the test servers."""
    from tests.servers.config_file import ConfigFile

    return ConfigFile(tmp_path, dovecot, smtp_server)
