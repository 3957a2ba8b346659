"""A reply whose process is killed at every point of its way: at most once, and never a lie."""

import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from founder_inbox.app.queue.tickets import Choice, list_tickets
from founder_inbox.app.sending.outbox import arrived, list_outbox, settle_interrupted
from founder_inbox.app.sending.reply import queue_reply
from founder_inbox.app.sending.send import deliver_due
from founder_inbox.app.syncing.sync import SyncReport
from founder_inbox.app.workspace import Workspace
from founder_inbox.core.tickets.facts import Then
from founder_inbox.store.outbox import outbox_item
from founder_inbox.system import clock
from tests.app.letters import letter
from tests.servers.account import Account
from tests.servers.config_file import ConfigFile
from tests.servers.dovecot import DovecotServer

ROOT = Path(__file__).parents[2]
NO_HOLD = "\n[sending]\nundo_seconds = 0\n"
# Counted by the run itself; fewer would mean that some are no longer tried.
AT_LEAST = 25


@pytest.fixture
def customer(dovecot: DovecotServer) -> Iterator[Account]:
    """Somebody with a mailbox on the same server."""
    with dovecot.user() as account:
        yield account


@pytest.fixture
def ws(
    account: Account, config_file: ConfigFile, open_with: Callable[[Path], Workspace]
) -> Workspace:
    """A workspace where a reply is due at once."""
    return open_with(config_file(account, extra=NO_HOLD))


def run_to(ws: Workspace, point: int) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "tests.app.killed_reply", str(ws.paths.config), str(point)]
    return subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True)


def test_killed_at_every_point_a_reply_arrives_at_most_once_and_its_state_is_true(
    ws: Workspace, account: Account, customer: Account, sync: Callable[..., SyncReport]
) -> None:
    def answer(number: int) -> int:
        """A new question, and its answer in the outbox."""
        asked = letter(
            f"Question {number}",
            "How do I export?",
            sender=f"Tom <{customer.address}>",
            to=account.address,
            message_id=f"<{number}@x.test>",
        )
        account.append(asked)
        sync(ws)
        [ticket] = list_tickets(ws.store, Choice(), clock.now(), None)
        return queue_reply(ws, ticket, f"Answer {number}.", clock.now(), then=Then.CLOSE).id

    answer(0)
    whole = run_to(ws, 0)
    assert whole.returncode == 0, whole.stderr
    points = int(whole.stdout)
    assert points >= AT_LEAST
    assert [item.state for item in list_outbox(ws.store, everything=True)] == ["sent"]

    arrived_before = 1
    for point in range(1, points + 1):
        number = answer(point)
        killed = run_to(ws, point)
        assert killed.returncode in {-signal.SIGKILL, 0}, killed.stderr
        settle_interrupted(ws.store, clock.now())
        deliver_due(ws, clock.now)
        sync(ws)

        came = len(customer.messages()) - arrived_before
        arrived_before += came
        item = outbox_item(ws.store, number)
        assert item is not None
        assert came <= 1, point
        assert item.state in {"sent", "uncertain"}, (point, item)
        assert item.state == "uncertain" or came == 1, point
        assert f"Answer {point}." in item.body
        if item.state == "uncertain":
            arrived(ws, number, clock.now())
    copies = [mail.raw for mail in account.messages("Sent")]
    assert len(copies) == len({_subject(raw) for raw in copies})


def _subject(raw: bytes) -> bytes:
    return next(line for line in raw.splitlines() if line.lower().startswith(b"subject:"))
