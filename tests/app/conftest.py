"""A founder at work: configuration, database and real servers, opened as the program does."""

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from founder_inbox.app.syncing.sync import SyncReport, connect, prepare, sync_round
from founder_inbox.app.workspace import Workspace, open_workspace
from founder_inbox.system import clock
from tests.app.desk import Desk
from tests.app.machines import Machine
from tests.servers.account import Account
from tests.servers.config_file import ConfigFile
from tests.servers.scripted import ScriptedServer
from tests.tui.company import Company


@pytest.fixture
def open_with() -> Iterator[Callable[[Path], Workspace]]:
    """Opens a workspace for a configuration; closed when the test ends."""
    with ExitStack() as stack:
        yield lambda path: stack.enter_context(open_workspace(str(path)))


@pytest.fixture
def ws(
    account: Account,
    teammate: Account,
    config_file: ConfigFile,
    open_with: Callable[[Path], Workspace],
) -> Workspace:
    """A workspace on the account's mailbox, open round the clock, with one teammate."""
    return open_with(config_file(account, teammates=[teammate]))


@pytest.fixture
def open_at(
    account: Account, config_file: ConfigFile, open_with: Callable[[Path], Workspace]
) -> Callable[[int], Workspace]:
    """Opens a workspace whose IMAP server, a proxy before the real one, is at a port."""
    return lambda port: open_with(config_file(account, imap_port=port))


@pytest.fixture
def open_scripted(
    account: Account, config_file: ConfigFile, open_with: Callable[[Path], Workspace]
) -> Callable[[ScriptedServer], Workspace]:
    """Opens a workspace whose mail comes from a script, and leaves by the real server."""

    def make(server: ScriptedServer) -> Workspace:
        path = config_file(account, share=False)
        text = path.read_text().replace('security = "tls"', 'security = "none"', 1)
        path.write_text(re.sub(r"port = \d+", f"port = {server.port}", text, count=1))
        return open_with(path)

    return make


@pytest.fixture
def sync() -> Callable[..., SyncReport]:
    """One round with the real server, as `founder-inbox sync` does it."""
    return run_round


def run_round(ws: Workspace, *, full: bool = False) -> SyncReport:
    """Prepare, connect, one round, leave."""
    prepare(ws, clock.now())
    session = connect(ws)
    try:
        return sync_round(ws, session, clock.now, full=full)
    finally:
        session.close()


@pytest.fixture
def open_desk(tmp_path: Path) -> Iterator[Callable[[str], Desk]]:
    with ExitStack() as stack:

        def make(name: str) -> Desk:
            folder = tmp_path / name
            folder.mkdir()
            company = Company(folder)
            company.write_config()
            return Desk(stack.enter_context(open_workspace(company.config)))

        yield make


@pytest.fixture
def machine(
    account: Account,
    teammate: Account,
    config_file: ConfigFile,
    open_with: Callable[[Path], Workspace],
    tmp_path: Path,
) -> Callable[..., Machine]:
    """A machine by name, on the one mailbox, with a data folder of its own."""

    def make(
        name: str,
        *,
        ahead: timedelta = timedelta(0),
        imap_port: int | None = None,
        extra: str = "",
    ) -> Machine:
        folder = tmp_path / name
        folder.mkdir(exist_ok=True)
        own = replace(config_file, folder=folder)
        path = own(account, teammates=[teammate], imap_port=imap_port, share=True, extra=extra)
        return Machine(open_with(path), path, ahead)

    return make
