"""Whatever happens on the server and to the line: in the end both sides hold the same."""

import hashlib
import random
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from founder_inbox.app.syncing.sync import SyncReport
from founder_inbox.app.workspace import Workspace
from founder_inbox.errors import ServerUnreachable
from founder_inbox.store.mailboxes import all_mailboxes, known_uids
from tests.app.letters import letter
from tests.servers.account import Account
from tests.servers.config_file import ConfigFile
from tests.servers.scripted import ScriptedServer, Step, Then

Sync = Callable[..., SyncReport]
STEPS = 25
FLAGS = (r"\Seen", r"\Flagged", r"\Answered", "$Later")


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    with ScriptedServer() as running:
        yield running
        assert running.surprises == []


@pytest.fixture
def ws(
    server: ScriptedServer,
    account: Account,
    config_file: ConfigFile,
    open_with: Callable[[Path], Workspace],
) -> Workspace:
    return open_with(config_file(account, security="none", imap_port=server.port))


class World:
    """Other mail programs, the server's owner and the network, by chance."""

    def __init__(self, server: ScriptedServer, seed: int) -> None:
        self.server = server
        self.dice = random.Random(seed)
        self.written: dict[bytes, None] = {}

    def happen(self) -> None:
        usual = [self.arrive] * 4 + [self.flag] * 3 + [self.vanish, self.move]
        self.dice.choice([*usual, self.renumber, self.rebuild, self.cut, self.refuse])()

    def arrive(self) -> None:
        number = len(self.written)
        raw = letter(f"Question {number}", message_id=f"<{number}@x.test>")
        self.written[raw] = None
        self.put("INBOX", raw)

    def put(self, name: str, raw: bytes) -> None:
        box = self.server.boxes[name]
        box.highest = max(box.highest, *box.mails, 0) + self.dice.choice([1, 1, 7])
        box.mails[box.highest] = raw

    def vanish(self) -> None:
        if uid := self.some():
            del self.server.inbox.mails[uid]

    def flag(self) -> None:
        if uid := self.some():
            chosen = self.dice.sample(FLAGS, self.dice.randrange(len(FLAGS)))
            self.server.inbox.flags[uid] = " ".join(chosen)

    def move(self) -> None:
        if uid := self.some():
            self.put("Sent", self.server.inbox.mails.pop(uid))

    def renumber(self) -> None:
        """A new number, and nothing else."""
        self.server.inbox.uidvalidity += 1

    def rebuild(self) -> None:
        """A new number, and other UIDs, or the same ones for other mails."""
        box = self.server.inbox
        uids, raws = list(box.mails), list(box.mails.values())
        self.dice.shuffle(raws)
        if self.dice.random() < 0.5:
            box.mails = dict(zip(uids, raws, strict=True))
        else:
            box.mails, box.highest = {}, self.dice.randrange(50)
            for raw in raws:
                self.put("INBOX", raw)
        box.flags = {}
        box.uidvalidity += 1

    def cut(self) -> None:
        command = self.dice.choice(
            ["LIST", "EXAMINE", "UID SEARCH", "UID FETCH", "UID FETCH .*BODY"]
        )
        self.server.steps = [Step(command, None, Then.CLOSE)]

    def refuse(self) -> None:
        self.server.steps = [Step("UID FETCH .*BODY", b"{tag} NO not now\r\n")]

    def some(self) -> int:
        uids = sorted(self.server.inbox.mails)
        return self.dice.choice(uids) if uids else 0


@pytest.mark.parametrize("seed", range(8))
def test_both_sides_are_equal_in_the_end_and_no_mail_is_lost_or_doubled(
    ws: Workspace, server: ScriptedServer, sync: Sync, seed: int
) -> None:
    world = World(server, seed)
    seen_by_us: set[bytes] = set()
    for _ in range(STEPS):
        for _ in range(world.dice.randrange(1, 5)):
            world.happen()
        try:
            report = sync(ws)
        except ServerUnreachable:
            continue
        if report.question is None:
            seen_by_us |= set(server.inbox.mails.values())
    server.steps = []
    sync(ws, full=True)
    again = sync(ws)

    assert (again.fetched, again.updated, again.removed, again.question) == (0, 0, 0, None)
    for row in all_mailboxes(ws.store):
        here = known_uids(ws.store, row)
        box = server.boxes[row.name]
        assert here.keys() == box.mails.keys()
        assert {uid for uid, flags in here.items() if flags.seen} == {
            uid for uid in box.mails if r"\Seen" in box.flags.get(uid, "")
        }
        wrong = ws.store.rows(
            "select uid from location join raw on raw.id = raw join message on message.id = "
            "raw.message where mailbox = ? and gone_at is null and uidvalidity = ? "
            "and message_id <> '<' || replace(subject, 'Question ', '') || '@x.test>'",
            row.id,
            row.uidvalidity,
        )
        assert wrong == []
    messages = ws.store.rows("select message_id from message")
    assert len(messages) == len({m["message_id"] for m in messages})
    assert len(messages) <= len(world.written)
    kept = {row["sha256"] for row in ws.store.rows("select sha256 from raw")}
    assert {hashlib.sha256(raw).hexdigest() for raw in seen_by_us} <= kept
    assert len(seen_by_us) > 2
