"""The sync is killed in the middle: nothing is lost, nothing comes twice, nothing is sent twice."""

import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from founder_inbox.app.queue.tickets import Choice, list_keys, list_tickets
from founder_inbox.app.sending import outbox, reply
from founder_inbox.app.syncing.sync import SyncReport
from founder_inbox.app.workspace import Workspace
from founder_inbox.core.model import Status
from founder_inbox.system import clock
from tests.app.letters import letter
from tests.servers.account import Account
from tests.servers.dovecot import DovecotServer
from tests.servers.smtp import SmtpServer, Step

Sync = Callable[..., SyncReport]
ROOT = Path(__file__).parents[2]
MAILS = 300
SEED = 20261122


def run_sync(ws: Workspace, moment: float | str | None = None) -> subprocess.Popen[str]:
    """One round in a process of its own; it kills itself after that time, or at that statement."""
    words = [sys.executable, "-m", "tests.app.killed", str(ws.paths.config)]
    words += [] if moment is None else [str(moment)]
    return subprocess.Popen(words, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def count(ws: Workspace, table: str) -> int:
    row = ws.store.row(f"select count(*) as n from {table}")
    assert row is not None
    return int(row["n"])


def conversation(number: int) -> bytes:
    """Mails of threads of three: every third begins one, the others answer."""
    first = number - number % 3
    return letter(
        f"Question {first}" if number == first else f"Re: Question {first}",
        f"Mail {number}. " + "The export is empty. " * (number % 40),
        sender=f"c{first}@x.test",
        message_id=f"<{number}@x.test>",
        references="" if number == first else f"<{first}@x.test>",
    )


def test_a_sync_that_is_killed_again_and_again_ends_with_each_mail_once(
    ws: Workspace, account: Account, sync: Sync
) -> None:
    account.append_many([conversation(number) for number in range(MAILS)])
    chance = random.Random(SEED)
    moments = [chance.uniform(0.01, 0.12) for _ in range(8)]

    ends: list[int] = []
    stood: list[int] = []
    for moment in moments:
        with run_sync(ws, moment) as process:
            ends.append(process.wait())
        stood.append(count(ws, "location"))
    story = f"seed {SEED}, killed after {moments} s with {stood} mails"
    assert set(ends) <= {0, -signal.SIGKILL}, story
    assert ends.count(-signal.SIGKILL) >= 2, story
    assert stood == sorted(stood), story

    sync(ws)
    assert (count(ws, "location"), count(ws, "raw"), count(ws, "message")) == (MAILS,) * 3
    assert count(ws, "raw where message is null") == 0
    assert count(ws, "search where search match 'export'") == MAILS - len(range(0, MAILS, 40))
    assert len(list_keys(ws.store, Choice(everything=True), clock.now())) == MAILS // 3
    assert {t.state.messages for t in list_tickets(ws.store, Choice(), clock.now(), None)} == {3}
    assert ws.store.rows("pragma integrity_check")[0][0] == "ok"

    again = sync(ws)
    assert (again.fetched, again.updated, again.removed, again.tickets_new) == (0, 0, 0, 0)
    assert again.tickets_updated == 0


@pytest.fixture
def customer(dovecot: DovecotServer) -> Iterator[Account]:
    """A customer with a mailbox on the same server."""
    with dovecot.user() as fresh:
        yield fresh


def wait_until(true: Callable[[], bool], process: subprocess.Popen[str]) -> None:
    """Wait for that process to come so far; it fails the test if it ends or never does."""
    give_up = time.monotonic() + 20
    while not true():
        assert time.monotonic() < give_up
        with pytest.raises(subprocess.TimeoutExpired):
            process.wait(timeout=0.01)


@pytest.mark.parametrize("delivered", [True, False])
def test_a_sync_killed_after_the_dot_leaves_the_mail_in_doubt_and_never_sends_it_again(
    ws: Workspace,
    account: Account,
    customer: Account,
    sync: Sync,
    smtp_server: SmtpServer,
    delivered: bool,
) -> None:
    account.append(letter(sender=f"Tom <{customer.address}>", to=account.address))
    sync(ws)
    [ticket] = list_tickets(ws.store, Choice(), clock.now(), None)
    item = reply.queue_reply(ws, ticket, "It works again.", clock.now(), hold=False)
    smtp_server.stall(Step.DOT, delivered=delivered)

    def at_the_dot() -> bool:
        [row] = ws.store.rows("select state, step from outbox")
        return tuple(row) == ("sending", "data") and len(smtp_server.received) == delivered

    with run_sync(ws) as process:
        wait_until(at_the_dot, process)
        process.kill()
        process.wait()

    for _ in range(3):
        assert sync(ws).sent == 0
    [left] = outbox.list_outbox(ws.store)
    assert (left.id, left.state) == (item.id, "uncertain")
    assert len(customer.messages()) == delivered
    assert len(smtp_server.received) == delivered


def test_an_uncertain_mail_that_lies_in_sent_counts_as_sent(
    ws: Workspace, account: Account, customer: Account, sync: Sync, smtp_server: SmtpServer
) -> None:
    account.append(letter(sender=f"Tom <{customer.address}>", to=account.address))
    sync(ws)
    [ticket] = list_tickets(ws.store, Choice(), clock.now(), None)
    item = reply.queue_reply(ws, ticket, "It works again.", clock.now(), hold=False)
    smtp_server.cut(Step.DOT, delivered=True)
    sync(ws)
    assert [i.state for i in outbox.list_outbox(ws.store)] == ["uncertain"]

    account.append(item.mime, "Sent")
    sync(ws)

    assert outbox.list_outbox(ws.store) == []
    [ticket] = list_tickets(ws.store, Choice(everything=True), clock.now(), None)
    assert (ticket.state.status, ticket.state.messages) == (Status.WAITING, 2)
    assert len(customer.messages()) == 1
