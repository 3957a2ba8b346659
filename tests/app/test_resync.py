"""Servers that tell what vanished (RFC 7162, QRESYNC) are believed where it adds up."""

import random
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from founder_inbox.app.syncing.sync import SyncReport, connect, prepare, sync_round
from founder_inbox.app.workspace import Workspace, open_workspace
from founder_inbox.core.sync.mailbox import Flags
from founder_inbox.mail.imap import ImapSession
from founder_inbox.store.mailboxes import all_mailboxes, known_uids
from founder_inbox.system import clock
from tests.app.letters import letter
from tests.servers.account import Account
from tests.servers.config_file import ConfigFile
from tests.servers.dovecot import DovecotServer
from tests.servers.proxy import STRONG, ImapProxy, Profile
from tests.servers.scripted import OK, ScriptedServer, Step

Open = Callable[[Path], Workspace]
Sync = Callable[..., SyncReport]
CONDSTORE_ONLY = Profile("condstore only", frozenset({"QRESYNC"}))
MARKS = (rb"\Seen", rb"\Flagged", rb"\Answered", b"$Later")
TURNS = 12


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    with ScriptedServer(offers="IDLE CONDSTORE QRESYNC ENABLE") as running:
        for box in running.boxes.values():
            box.modseq = 10
        running.inbox.mails = {
            uid: letter(f"Question {uid}", message_id=f"<{uid}@x.test>") for uid in (3, 5, 9)
        }
        yield running
        assert running.steps == []
        assert running.surprises == []


@pytest.fixture
def ws(
    server: ScriptedServer, account: Account, config_file: ConfigFile, open_with: Open
) -> Workspace:
    return open_with(config_file(account, security="none", imap_port=server.port))


def places(ws: Workspace) -> dict[str, dict[int, Flags]]:
    return {row.name: known_uids(ws.store, row) for row in all_mailboxes(ws.store)}


class OtherProgram:
    """Whatever else is done to the mailbox, by chance."""

    def __init__(self, account: Account, seed: int) -> None:
        self.account = account
        self.client = account.client()
        self.dice = random.Random(seed)
        self.written = 0

    def act(self) -> None:
        self.client.select_folder("INBOX")
        uids = self.client.search("ALL")
        self.dice.choice([self.write, self.write, self.mark, self.remove, self.move])(uids)
        self.client.unselect_folder()

    def write(self, _uids: list[int]) -> None:
        for _ in range(self.dice.randrange(1, 4)):
            self.written += 1
            self.account.append(letter(f"Q {self.written}", message_id=f"<{self.written}@x.test>"))

    def mark(self, uids: list[int]) -> None:
        for uid in self.dice.sample(uids, min(3, len(uids))):
            mark = self.dice.choice(MARKS)
            if self.dice.random() < 0.7:
                self.client.add_flags([uid], [mark], silent=True)
            else:
                self.client.remove_flags([uid], [mark], silent=True)

    def remove(self, uids: list[int]) -> None:
        if uids:
            some = self.dice.sample(uids, min(2, len(uids)))
            self.client.delete_messages(some, silent=True)
            self.client.uid_expunge(some)

    def move(self, uids: list[int]) -> None:
        if uids:
            self.client.move([self.dice.choice(uids)], self.dice.choice(["Sent", "Trash"]))


@pytest.mark.parametrize("seed", range(3))
def test_the_same_script_leaves_the_same_store_with_and_without_resync(
    dovecot: DovecotServer, account: Account, tmp_path: Path, smtp_server: object, seed: int
) -> None:
    with ExitStack() as stack:
        worlds: list[tuple[Workspace, ImapSession, ImapProxy]] = []
        for profile in (STRONG, CONDSTORE_ONLY):
            folder = tmp_path / profile.name
            folder.mkdir()
            proxy = stack.enter_context(ImapProxy(dovecot, profile))
            write = ConfigFile(folder, dovecot, smtp_server)  # type: ignore[arg-type]
            ws = stack.enter_context(
                open_workspace(str(write(account, imap_port=proxy.imaps_port)))
            )
            prepare(ws, clock.now())
            session = connect(ws)
            stack.callback(session.close)
            worlds.append((ws, session, proxy))
        other = OtherProgram(account, seed)
        for _ in range(TURNS):
            other.act()
            for ws, session, _ in worlds:
                assert sync_round(ws, session, clock.now).question is None
            assert places(worlds[0][0]) == places(worlds[1][0])

        (with_it, _, strong), (_, _, plain) = worlds
        on_server = {m.uid: m.flags for m in account.messages()}
        here = places(with_it)["INBOX"]
        assert here.keys() == on_server.keys()
        assert {uid for uid, f in here.items() if f.seen} == {
            uid for uid, flags in on_server.items() if r"\Seen" in flags
        }
        asked = [command for command in strong.commands if b"VANISHED)" in command]
        assert len(asked) > 5
        listed = [sum(b"UID SEARCH" in c for c in proxy.commands) for _, _, proxy in worlds]
        assert listed[0] < listed[1]
        assert [c for c in plain.commands if plain.profile.refuses(c)] == []


def vanished(server: ScriptedServer, *uids: int) -> None:
    for uid in uids:
        del server.inbox.mails[uid]
    server.inbox.modseq += 1


ASKED = r"UID FETCH 1:\* .*VANISHED"


@pytest.mark.parametrize(
    "told", [b"5", b"4:8", b"5,4000000000", b"4:8,6:7", b"10:4000000000,5", b"8:4"]
)
def test_what_vanished_is_noted_in_one_round_trip_whatever_else_is_named(
    ws: Workspace, server: ScriptedServer, sync: Sync, told: bytes
) -> None:
    sync(ws)
    vanished(server, 5)
    listed = server.asked("UID SEARCH")
    server.steps = [Step(ASKED, b"* VANISHED (EARLIER) " + told + b"\r\n" + OK)]

    report = sync(ws)

    assert (report.removed, report.question) == (1, None)
    assert places(ws)["INBOX"].keys() == {3, 9}
    assert server.asked("UID SEARCH") == listed


@pytest.mark.parametrize(
    "told", [b"1:*", b"5:", b"five", b"0", b"(EARLIER) ", b"3,5", b"5 3", b"99999999999", b""]
)
def test_a_vanished_that_does_not_add_up_is_not_believed(
    ws: Workspace, server: ScriptedServer, sync: Sync, told: bytes
) -> None:
    sync(ws)
    vanished(server, 5)
    server.steps = [Step(ASKED, b"* VANISHED (EARLIER) " + told + b"\r\n" + OK)]

    report = sync(ws)

    assert (report.removed, report.question) == (1, None)
    assert places(ws)["INBOX"].keys() == {3, 9}
    assert server.asked("UID SEARCH") >= 2


def test_a_mailbox_that_vanishes_at_once_is_asked_about_here_too(
    ws: Workspace, server: ScriptedServer, sync: Sync
) -> None:
    server.inbox.mails = {
        uid: letter(f"Question {uid}", message_id=f"<{uid}@x.test>") for uid in range(1, 41)
    }
    sync(ws)
    vanished(server, *range(5, 41))
    server.steps = [Step(ASKED, b"* VANISHED (EARLIER) 5:4294967295\r\n" + OK)]

    report = sync(ws)

    assert report.removed == 0
    assert "36 of 40 mails have vanished" in (report.question or "")
    assert len(places(ws)["INBOX"]) == 40


def test_a_vanished_heard_while_waiting_leads_to_a_look_also_if_it_is_never_repeated(
    ws: Workspace, server: ScriptedServer
) -> None:
    prepare(ws, clock.now())
    session = connect(ws)
    sync_round(ws, session, clock.now)
    session.open("INBOX")
    server.steps = [Step("IDLE", b"+ idling\r\n* VANISHED 5\r\n")]
    assert session.wait_for_news(30, lambda: False)
    vanished(server, 5)
    server.steps = [Step(ASKED, OK)]

    report = sync_round(ws, session, clock.now)
    session.drop()

    assert (report.removed, report.question) == (1, None)


def test_changed_flags_and_new_mails_come_with_the_same_answer(
    ws: Workspace, server: ScriptedServer, sync: Sync
) -> None:
    sync(ws)
    server.inbox.flags[3] = r"\Seen"
    server.inbox.mails[12] = letter("New", message_id="<12@x.test>")
    server.inbox.modseq += 1
    listed = server.asked("UID SEARCH")

    report = sync(ws)

    assert (report.fetched, report.updated, report.removed) == (1, 1, 0)
    assert server.asked("UID SEARCH") == listed


def test_a_server_known_for_its_bad_answers_is_never_asked(
    ws: Workspace, server: ScriptedServer, sync: Sync, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("founder_inbox.core.sync.providers._BAD_RESYNC", (server.host,))
    sync(ws)
    vanished(server, 5)

    assert sync(ws).removed == 1
    assert server.asked(".*(VANISHED|QRESYNC)") == 0
    assert server.asked("ENABLE CONDSTORE") == 2


@pytest.mark.parametrize("mails", [300, 5_000])
@pytest.mark.parametrize("offers", ["IDLE CONDSTORE QRESYNC ENABLE", "IDLE CONDSTORE ENABLE"])
def test_a_round_with_nothing_new_takes_at_most_three_round_trips_at_any_size(
    ws: Workspace, server: ScriptedServer, mails: int, offers: str
) -> None:
    server.offers = offers
    server.inbox.mails = dict.fromkeys(range(1, mails + 1), letter())
    prepare(ws, clock.now())
    session = connect(ws)
    assert sync_round(ws, session, clock.now).fetched == mails
    before = len(server.commands)

    report = sync_round(ws, session, clock.now)

    session.drop()
    assert (report.fetched, report.updated, report.removed, report.question) == (0, 0, 0, None)
    assert 0 < len(server.commands) - before <= 3
