"""Telling everybody is killed in the middle: each person gets the update once."""

import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from founder_inbox.app.outages import outage
from founder_inbox.app.sending.outbox import list_outbox
from founder_inbox.app.syncing.sync import SyncReport
from founder_inbox.app.workspace import Workspace
from founder_inbox.system import clock
from tests.app.killed_outage import tell
from tests.app.letters import letter
from tests.servers.account import Account
from tests.servers.config_file import ConfigFile
from tests.servers.dovecot import DovecotServer

ROOT = Path(__file__).parents[2]
NO_PACE = "\n[sending]\nundo_seconds = 0\npace_seconds = 0\n"
WORDS = (
    "insert into outage_mail",
    "'outage_update'",
    "step = 'connecting'",
    "step = 'data'",
    "state = 'sent'",
)


@pytest.fixture
def customers(dovecot: DovecotServer) -> Iterator[list[Account]]:
    """Four customers with mailboxes on the same server."""
    with ExitStack() as stack:
        yield [stack.enter_context(dovecot.user()) for _ in range(4)]


@pytest.fixture
def ws(
    account: Account, config_file: ConfigFile, open_with: Callable[[Path], Workspace]
) -> Workspace:
    """A workspace where nothing waits between two people."""
    return open_with(config_file(account, extra=NO_PACE))


@pytest.mark.parametrize("word", WORDS)
def test_nobody_gets_the_same_update_twice_wherever_it_was_killed(
    ws: Workspace,
    account: Account,
    customers: list[Account],
    sync: Callable[..., SyncReport],
    word: str,
) -> None:
    for number, customer in enumerate(customers):
        account.append(
            letter(
                "Down?",
                "Your site is down, error 502.",
                sender=f"Tom <{customer.address}>",
                to=account.address,
                message_id=f"<{number}@x.test>",
            )
        )
    sync(ws)
    now = clock.now()
    outage.link(ws, [offer.ticket for offer in outage.board(ws, now).offers], now)
    for name, text in (("known", "down"), ("data", "safe"), ("next", "in 2 hours")):
        outage.keep_fact(ws, "en", name, text)

    command = [sys.executable, "-m", "tests.app.killed_outage", str(ws.paths.config), word]
    assert subprocess.run(command, cwd=ROOT, check=False).returncode == -signal.SIGKILL
    for _ in range(3):
        tell(ws)

    got = [len(customer.messages()) for customer in customers]
    uncertain = [item for item in list_outbox(ws.store) if item.state == "uncertain"]
    assert got == [1, 1, 1, 1]
    # The server had accepted it, and that was not written down: it is asked about, not resent.
    assert len(uncertain) == (word == "state = 'sent'")
    states = [one.state for one in outage.board(ws, now).told]
    assert states.count("sent") == 4 - len(uncertain)
