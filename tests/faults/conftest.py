"""The servers, the lines and the program, for the tests of this folder."""

import os
from collections.abc import Iterator

import pytest

from tests.faults.world import Machine, World
from tests.servers.dovecot import DovecotServer
from tests.servers.smtp import SmtpServer

SEED = int(os.environ.get("FOUNDER_INBOX_SEED", "20261123"))


@pytest.fixture(scope="session")
def machine(
    dovecot: DovecotServer, submission: SmtpServer, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Machine]:
    """Real servers behind lines that may break, and the program ready to start."""
    with Machine(dovecot, submission, tmp_path_factory.mktemp("faults")) as running:
        yield running


@pytest.fixture
def world(machine: Machine, request: pytest.FixtureRequest) -> Iterator[World]:
    """A founder who begins."""
    with machine.world(request.node.name[:80]) as begun:
        yield begun
