"""A thousand replies, each through random trouble: at most once to the customer, never a lie."""

import os
import random
import socket
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path

import keyring
import pytest

from founder_inbox.app.sending import outbox
from founder_inbox.app.sending.reply import queue_reply
from founder_inbox.app.sending.send import confirm_sent, deliver_due
from founder_inbox.app.workspace import Workspace, open_workspace
from founder_inbox.core.model import Status
from founder_inbox.core.tickets.facts import Then
from founder_inbox.store.outbox import OutboxItem, outbox_item
from tests.app.desk import Desk
from tests.app.letters import letter
from tests.servers.memory_smtp import Killed, MemoryServer, Step, Trouble
from tests.tui.company import Company

RUNS = 1_000
TICKETS = 100
SEED = int(os.environ.get("FOUNDER_INBOX_SEED", "20261123"))
START = datetime(2026, 11, 23, 9, 15, tzinfo=UTC)
STEPS, TROUBLES = tuple(Step), tuple(Trouble)


class World:
    """One database, one server, one clock; `chance` decides everything."""

    def __init__(self, config: str, chance: random.Random, server: MemoryServer) -> None:
        self.config = config
        self.chance = chance
        self.server = server
        self.moment = START
        self.stack = ExitStack()
        self.ws = self.begin()
        self.tickets = [ticket.id for ticket in Desk(self.ws).all()]

    def begin(self) -> Workspace:
        """A process begins: what a killed one left behind is settled first."""
        ws = self.stack.enter_context(open_workspace(self.config))
        # Nobody cuts the power here, and a disk that is asked ten thousand times is slow.
        ws.store.connection.execute("pragma synchronous = off")
        outbox.settle_interrupted(ws.store, self.moment)
        return ws

    def now(self) -> datetime:
        return self.moment

    def send(self) -> bool:
        """One run of the outbox; whether the process was killed in it, and another one begins."""
        self.moment += timedelta(minutes=61)
        try:
            deliver_due(self.ws, self.now, looked=True)
        except Killed:
            self.stack.close()
            self.ws = self.begin()
            return True
        return False


@pytest.fixture
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    chance = random.Random(SEED)

    def plan() -> tuple[Step, Trouble]:
        if chance.random() < 0.3:
            return Step.QUIT, Trouble.NONE
        return chance.choice(STEPS), chance.choice(TROUBLES)

    company = Company(tmp_path)
    company.write_config(hours='["mon-sun 00:00-24:00"]')
    server = MemoryServer(plan)
    monkeypatch.setattr(socket, "create_connection", server.connect)
    monkeypatch.setattr(keyring, "get_password", lambda *_: "secret")
    with open_workspace(company.config) as ws:
        question = "How do I export my list?"
        mails = [
            (1.0, letter(f"Q {n}", question, sender=f"c{n}@x.test", message_id=f"<{n}@x.test>"))
            for n in range(TICKETS)
        ]
        Desk(ws).receive(*mails)
    found = World(company.config, chance, server)
    with found.stack:
        yield found


def live(world: World, number: int, seen: Counter[str]) -> None:
    """One reply's life, until it is sent, taken back, or left in the outbox."""
    then = world.chance.choice((Then.WAIT, Then.CLOSE))
    ticket = Desk(world.ws).ticket(world.tickets[number % TICKETS])
    words = f"Hi,\n\nanswer {number}.\n\nAna"
    item = queue_reply(world.ws, ticket, words, world.now(), then=then, hold=False)
    for _attempt in range(6):
        killed = world.send()
        after = outbox_item(world.ws.store, item.id)
        assert after is not None
        check(world, after)
        seen[f"{after.state}{' after a kill' if killed else ''}"] += 1
        if after.state == "sent" or not decide(world, after, seen):
            return
    # Nobody waits for ever: what has not left by now is taken back.
    outbox.cancel(world.ws, item.id, world.now())
    assert item.message_id not in world.server.delivered
    seen["given up"] += 1


def check(world: World, item: OutboxItem) -> None:
    """What must hold at any moment."""
    times = world.server.delivered.get(item.message_id, 0)
    story = f"seed {SEED}: {item.message_id} is {item.state} ({item.answer}), delivered {times}"
    assert times <= 1, story
    assert item.state in {"sent", "uncertain"} if times else item.state != "sent", story
    stands = Desk(world.ws).ticket(item.ticket or "").state
    if item.state != "sent":
        assert stands.status is not Status.CLOSED, story
    elif item.then is Then.CLOSE:
        assert stands.status is Status.CLOSED, story
    if item.state == "failed":
        assert stands.delivery_failed, story
        assert item.answer, story


def decide(world: World, item: OutboxItem, seen: Counter[str]) -> bool:
    """What the founder does about it; whether the life goes on."""
    arrived = item.message_id in world.server.delivered
    if item.state == "uncertain":
        if arrived:
            # It is in Sent, or the customer says so.
            confirm_sent(world.ws, item, world.now())
            seen["found in Sent"] += 1
            return False
        outbox.retry(world.ws, item.id, world.now())
        seen["sent again by hand"] += 1
    elif item.state == "failed":
        if world.chance.random() < 0.5:
            outbox.cancel(world.ws, item.id, world.now())
            assert not arrived
            seen["taken back"] += 1
            return False
        outbox.retry(world.ws, item.id, world.now())
    return True


def test_in_a_thousand_lives_each_reply_arrives_at_most_once_and_sent_means_sent(
    world: World,
) -> None:
    sys.stdout.write(f"FOUNDER_INBOX_SEED={SEED}\n")
    seen = Counter[str]()

    for number in range(RUNS):
        live(world, number, seen)

    assert max(world.server.delivered.values()) == 1
    assert outbox.list_outbox(world.ws.store) == []
    sent = {i.message_id for i in outbox.list_outbox(world.ws.store, everything=True)}
    assert sent <= set(world.server.delivered), f"seed {SEED}"
    # The lives were not all easy ones.
    for ending in ("sent", "failed", "uncertain", "uncertain after a kill", "queued after a kill"):
        assert seen[ending] >= 20, f"seed {SEED}: {seen}"
    assert seen["found in Sent"] >= 20, f"seed {SEED}: {seen}"
