"""The syncing process as the app starts, watches and ends it."""

from collections.abc import Callable

from founder_inbox.app.syncing.sync_process import SYNC_LOCK, SyncProcess
from founder_inbox.app.workspace import Workspace
from founder_inbox.store.sync_state import read_sync_state
from founder_inbox.system import clock
from founder_inbox.system.locks import held
from tests.app.letters import letter
from tests.servers.account import Account
from tests.servers.config_file import ConfigFile


def until(done: Callable[[], bool]) -> None:
    deadline = clock.monotonic() + 20
    while not done():
        assert clock.monotonic() < deadline
        clock.wait(0.05)


def test_the_child_syncs_and_ends_with_the_app(ws: Workspace, account: Account) -> None:
    account.append(letter())
    process = SyncProcess(str(ws.paths.config), ws.paths)
    process.ensure()
    until(lambda: read_sync_state(ws.store).synced_at is not None)

    process.stop()

    assert not held(ws.paths.data / SYNC_LOCK)


def test_asking_for_a_round_before_the_child_listens_does_no_harm(ws: Workspace) -> None:
    process = SyncProcess(str(ws.paths.config), ws.paths)
    process.ensure()
    process.nudge()
    until(lambda: read_sync_state(ws.store).synced_at is not None)

    assert process.runs
    process.stop()


def test_a_refused_login_is_tried_again_only_when_asked(
    ws: Workspace, account: Account, config_file: ConfigFile
) -> None:
    config_file(account, password="wrong")
    process = SyncProcess(str(ws.paths.config), ws.paths)
    process.ensure()
    lock = ws.paths.data / SYNC_LOCK
    until(lambda: read_sync_state(ws.store).doing == "refused")
    process.nudge()
    until(lambda: not process.runs)

    process.ensure()
    assert not process.runs

    process.nudge()
    process.ensure()
    until(lambda: held(lock))
    process.stop()
