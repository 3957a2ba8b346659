"""What the benchmarks share: the servers, and a folder for configurations and data."""

import ssl
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import trustme

from tests.servers.account import Account
from tests.servers.config_file import ConfigFile
from tests.servers.dovecot import DovecotServer
from tests.servers.smtp import SmtpServer


@dataclass(frozen=True, slots=True)
class World:
    """Running servers, and a folder that goes when they do."""

    dovecot: DovecotServer
    smtp: SmtpServer
    folder: Path

    def config_for(self, account: Account) -> Path:
        """A configuration for that account, with data beside it."""
        place = self.folder / account.address.partition("@")[0]
        place.mkdir(exist_ok=True)
        return ConfigFile(place, self.dovecot, self.smtp)(account)


@contextmanager
def running() -> Iterator[World]:
    """The servers, started and stopped again."""
    authority = trustme.CA()
    pem = authority.issue_cert("localhost", DovecotServer.host).private_key_and_cert_chain_pem
    with (
        tempfile.TemporaryDirectory(prefix="founder-inbox-bench") as folder,
        DovecotServer(pem.bytes(), authority.cert_pem.bytes()) as dovecot,
    ):
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(dovecot.folder / "server.pem")
        with SmtpServer(dovecot, context) as smtp:
            yield World(dovecot, smtp, Path(folder))
