"""What the server is told, when it refuses, breaks the line, or the process dies in the middle."""

import re
import signal
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from founder_inbox.app.health.doctor import examine
from founder_inbox.app.queue import quick_fix, triage, unwanted
from founder_inbox.app.queue.tickets import Choice, list_tickets
from founder_inbox.app.syncing.push import push_actions
from founder_inbox.app.syncing.sync import SyncReport, connect
from founder_inbox.app.syncing.sync_status import count_untold
from founder_inbox.app.workspace import Workspace
from founder_inbox.core.model import Status
from founder_inbox.core.tickets.entry import Ticket
from founder_inbox.mail.imap import LineBroken
from founder_inbox.store import actions
from founder_inbox.store.sync_state import read_sync_state
from founder_inbox.system import clock
from tests.app.letters import letter
from tests.app.test_crash import run_sync
from tests.servers.account import Account
from tests.servers.config_file import ConfigFile
from tests.servers.dovecot import DovecotServer
from tests.servers.proxy import BARE, STRONG, ImapProxy, Profile
from tests.servers.scripted import ScriptedServer, Step, Then

Sync = Callable[..., SyncReport]
MAILS = 60


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    with ScriptedServer(offers="IDLE MOVE UIDPLUS") as running:
        running.inbox.mails = {
            uid: letter(f"Question {uid}", message_id=f"<{uid}@x.test>") for uid in (3, 5, 9)
        }
        yield running
        assert running.surprises == []
        assert running.steps == []


@pytest.fixture
def scripted(
    server: ScriptedServer,
    account: Account,
    config_file: ConfigFile,
    open_with: Callable[[Path], Workspace],
) -> Workspace:
    return open_with(config_file(account, security="none", imap_port=server.port))


def tickets(ws: Workspace) -> list[Ticket]:
    found = list_tickets(ws.store, Choice(everything=True), clock.now(), None)
    return sorted(found, key=lambda ticket: int(ticket.state.subject.rpartition(" ")[2]))


def subjects(raws: list[bytes]) -> list[bytes]:
    return sorted(raw.partition(b"Subject: ")[2].partition(b"\r\n")[0] for raw in raws)


def test_where_there_is_no_trash_it_is_made_beside_the_others(
    scripted: Workspace, server: ScriptedServer, sync: Sync
) -> None:
    server.boxes["INBOX.Sent"] = server.boxes.pop("Sent")
    sync(scripted)
    unwanted.delete(scripted, tickets(scripted)[:1], clock.now())
    sync(scripted)

    assert subjects(list(server.boxes["INBOX.Trash"].mails.values())) == [b"Question 3"]
    assert server.inbox.mails.keys() == {5, 9}
    triage.undo(scripted, clock.now())
    sync(scripted)
    assert subjects(list(server.inbox.mails.values())) == [
        b"Question 3",
        b"Question 5",
        b"Question 9",
    ]
    assert sync(scripted).fetched == 0


def test_an_act_that_breaks_the_line_does_not_hold_up_the_others(
    scripted: Workspace, server: ScriptedServer, sync: Sync
) -> None:
    sync(scripted)
    server.boxes["Trash"] = server.boxes["Junk"] = type(server.inbox)(uidvalidity=9)
    now = clock.now()
    unwanted.delete(scripted, tickets(scripted)[:2], now)
    for _ in range(2):
        server.steps = [Step("UID MOVE 3 ", b"", Then.CLOSE)]
        with pytest.raises(LineBroken):
            sync(scripted)
    server.steps = []
    sync(scripted)

    assert server.inbox.mails.keys() == {3, 9}
    session = connect(scripted)
    push_actions(scripted, session, session.roles(), lambda: now + timedelta(minutes=10))
    session.close()
    assert server.inbox.mails.keys() == {9}
    assert actions.count_actions(scripted.store, "queued") == 0


def test_a_move_that_was_made_before_the_line_broke_is_not_made_again(
    scripted: Workspace, server: ScriptedServer, sync: Sync
) -> None:
    server.boxes["Trash"] = type(server.inbox)(uidvalidity=9)
    sync(scripted)
    unwanted.delete(scripted, tickets(scripted)[:1], clock.now())
    server.steps = [Step("UID MOVE", None, Then.CLOSE)]
    with pytest.raises(LineBroken):
        sync(scripted)
    sync(scripted)

    assert len(server.boxes["Trash"].mails) == 1
    assert actions.count_actions(scripted.store, "queued") == 0
    assert read_sync_state(scripted.store).error is None


def test_what_the_server_refuses_for_good_stands_here_and_is_shown_until_it_takes_it(
    scripted: Workspace, server: ScriptedServer, sync: Sync
) -> None:
    server.boxes["Trash"] = type(server.inbox)(uidvalidity=9)
    sync(scripted)
    unwanted.delete(scripted, tickets(scripted)[:1], clock.now())
    server.steps = [Step("UID MOVE", b"{tag} NO [CANNOT] this is a shared mailbox\r\n")]
    sync(scripted)

    assert tickets(scripted)[0].state.status is Status.CLOSED
    assert "this is a shared mailbox" in (read_sync_state(scripted.store).error or "")
    assert count_untold(scripted.store, clock.now()) == 1
    assert count_untold(scripted.store, clock.now() + timedelta(days=8)) == 0
    said = [c.words for c in examine(str(scripted.paths.config), clock.now()) if c.name == "server"]
    assert len(said) == 1
    assert "move trash of “Question 3”. 127.0.0.1 (IMAP) would not do that" in said[0]

    sync(scripted)
    assert count_untold(scripted.store, clock.now()) == 1
    sync(scripted, full=True)
    assert count_untold(scripted.store, clock.now()) == 0
    assert server.inbox.mails.keys() == {5, 9}


def test_in_a_mailbox_that_was_renumbered_the_right_mail_is_moved(
    scripted: Workspace, server: ScriptedServer, sync: Sync
) -> None:
    server.boxes["Trash"] = type(server.inbox)(uidvalidity=9)
    sync(scripted)
    unwanted.delete(scripted, tickets(scripted)[:1], clock.now())
    box = server.inbox
    box.mails = {3: box.mails[9], 5: box.mails[3], 9: box.mails[5]}
    box.uidvalidity += 1
    sync(scripted)
    assert len(server.inbox.mails) == 3
    with scripted.store.write():
        scripted.store.run("update action set not_before = '2020-01-01T00:00:00Z'")
    sync(scripted)

    assert subjects(list(server.boxes["Trash"].mails.values())) == [b"Question 3"]


def test_acts_on_one_mail_are_told_in_their_order_also_after_a_refusal(
    scripted: Workspace, server: ScriptedServer, sync: Sync
) -> None:
    server.boxes["Trash"] = type(server.inbox)(uidvalidity=9)
    sync(scripted)
    first, second, _ = tickets(scripted)
    quick_fix.flag(scripted, [first], clock.now())
    unwanted.delete(scripted, [first, second], clock.now())
    server.steps = [Step(r"UID STORE 3 .*Flagged", b"{tag} NO not now\r\n")]
    sync(scripted)

    assert server.asked("UID MOVE 3 ") == 0
    assert server.asked("UID MOVE 5 ") == 1


def test_a_flag_set_here_stands_against_an_older_answer_of_the_server(
    scripted: Workspace, server: ScriptedServer, sync: Sync
) -> None:
    sync(scripted)
    triage.mark_read(scripted, tickets(scripted)[0], clock.now())
    server.steps = [Step("UID STORE", b"{tag} NO not now\r\n")]
    sync(scripted)  # and the server says that the mail is unread

    assert not tickets(scripted)[0].state.unread


@pytest.mark.parametrize("profile", [STRONG, BARE], ids=lambda profile: profile.name)
@pytest.mark.parametrize("act", [unwanted.delete, unwanted.mark_spam])
def test_moves_of_a_process_killed_again_and_again_are_made_once_each(
    account: Account,
    config_file: ConfigFile,
    open_with: Callable[[Path], Workspace],
    dovecot: DovecotServer,
    sync: Sync,
    profile: Profile,
    act: Callable[..., None],
) -> None:
    account.append_many([letter(f"Question {n}", message_id=f"<{n}@x.test>") for n in range(MAILS)])
    with ImapProxy(dovecot, profile) as proxy:
        ws = open_with(config_file(account, imap_port=proxy.imaps_port))
        sync(ws)
        act(ws, tickets(ws), clock.now())
        ends = []
        for told in (1, 20, 40):
            with run_sync(ws) as process:
                while process.poll() is None and actions.count_actions(ws.store, "done") < told:
                    pass
                process.kill()
                ends.append(process.wait())
        for _ in range(3):
            sync(ws)
        assert re.search("MOVE|COPY", str(proxy.commands))
    assert ends.count(-signal.SIGKILL) >= 2
    there = account.messages("Trash" if act is unwanted.delete else "Junk")
    left = [mail for mail in account.messages() if r"\Deleted" not in mail.flags]

    assert Counter(subjects([mail.raw for mail in there])).most_common(1)[0][1] == 1
    assert (len(there), len(left)) == (MAILS, 0)
    assert actions.count_actions(ws.store, "queued") == 0
    assert len(tickets(ws)) == MAILS
