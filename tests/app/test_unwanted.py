"""Deleting, spam and archiving, told to servers that can do all of it or next to nothing."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from founder_inbox.app.queue import triage, unwanted
from founder_inbox.app.queue.tickets import Choice, list_tickets
from founder_inbox.app.syncing.sync import SyncReport
from founder_inbox.app.workspace import Workspace
from founder_inbox.core.model import Lane, Status
from founder_inbox.core.tickets.entry import Ticket
from founder_inbox.errors import BadInput
from founder_inbox.store import actions
from founder_inbox.store.sync_state import read_sync_state
from founder_inbox.system import clock
from tests.app.desk import Desk
from tests.app.letters import letter
from tests.servers.account import Account
from tests.servers.config_file import ConfigFile
from tests.servers.dovecot import DovecotServer
from tests.servers.proxy import BARE, OUTLOOK, STRONG, YAHOO, ImapProxy

Sync = Callable[..., SyncReport]
PROFILES = {profile.name: profile for profile in (STRONG, OUTLOOK, YAHOO, BARE)}


@pytest.mark.parametrize("act", [triage.close, unwanted.delete, unwanted.mark_spam])
def test_what_is_put_away_unread_is_read_at_once(
    open_desk: Callable[[str], Desk], act: Callable[..., None]
) -> None:
    desk = open_desk("one")
    desk.receive((1, letter()))
    [ticket] = desk.all()
    assert ticket.state.unread

    act(desk.ws, [ticket], desk.now)

    assert not desk.all()[0].state.unread


@pytest.fixture(params=PROFILES)
def proxy(request: pytest.FixtureRequest, dovecot: DovecotServer) -> Iterator[ImapProxy]:
    with ImapProxy(dovecot, PROFILES[request.param]) as running:
        yield running
        used = [command for command in running.commands if running.profile.refuses(command)]
        assert used == []
        assert [c for c in running.commands if c.upper().startswith((b"EXPUNGE", b"CLOSE"))] == []


@pytest.fixture
def any_ws(
    account: Account,
    config_file: ConfigFile,
    open_with: Callable[[Path], Workspace],
    proxy: ImapProxy,
) -> Workspace:
    """A workspace on each kind of server."""
    return open_with(config_file(account, imap_port=proxy.imaps_port))


def tickets(ws: Workspace) -> list[Ticket]:
    return list_tickets(ws.store, Choice(everything=True), clock.now(), None)


def named(ws: Workspace, subject: str) -> Ticket:
    [ticket] = [t for t in tickets(ws) if t.state.subject == subject]
    return ticket


def two_mails(account: Account) -> None:
    account.append(letter(), at=clock.now() - timedelta(hours=1))
    account.append(letter("Kept", message_id="<kept@x.test>"), at=clock.now() - timedelta(hours=1))


def lying(account: Account, folder: str = "INBOX") -> list[str]:
    """The subjects in a folder, without what only stands there marked as deleted."""
    return sorted(
        mail.raw.partition(b"Subject: ")[2].partition(b"\r\n")[0].decode()
        for mail in account.messages(folder)
        if r"\Deleted" not in mail.flags
    )


def test_a_deleted_ticket_leaves_the_queue_and_lies_in_trash_with_the_next_sync(
    any_ws: Workspace, account: Account, sync: Sync
) -> None:
    two_mails(account)
    sync(any_ws)
    unwanted.delete(any_ws, [named(any_ws, "Export is empty")], clock.now())
    assert named(any_ws, "Export is empty").state.status is Status.CLOSED
    sync(any_ws)

    assert lying(account, "Trash") == ["Export is empty"]
    assert lying(account) == ["Kept"]
    again = sync(any_ws)
    assert (again.fetched, again.removed, again.question) == (0, 0, None)
    assert len(tickets(any_ws)) == 2
    assert named(any_ws, "Kept").state.status is Status.OPEN


def test_undoing_before_the_server_was_told_moves_nothing(
    any_ws: Workspace, account: Account, sync: Sync, proxy: ImapProxy
) -> None:
    two_mails(account)
    sync(any_ws)
    unwanted.delete(any_ws, [named(any_ws, "Export is empty")], clock.now())
    undone = triage.undo(any_ws, clock.now())
    sync(any_ws)

    assert undone.words == "Taken back: deleted"
    assert named(any_ws, "Export is empty").state.status is Status.OPEN
    assert lying(account) == ["Export is empty", "Kept"]
    assert not [c for c in proxy.commands if b"MOVE" in c or b"COPY" in c]


@pytest.mark.parametrize("how", ["undo", "reopen"])
def test_undoing_or_opening_again_later_brings_the_mail_back_into_the_inbox(
    any_ws: Workspace, account: Account, sync: Sync, how: str
) -> None:
    two_mails(account)
    sync(any_ws)
    unwanted.mark_spam(any_ws, [named(any_ws, "Export is empty")], clock.now())
    sync(any_ws)
    assert lying(account, "Junk") == ["Export is empty"]

    if how == "undo":
        triage.undo(any_ws, clock.now())
    else:
        triage.reopen(any_ws, [named(any_ws, "Export is empty")], clock.now())
    sync(any_ws)

    assert lying(account, "Junk") == []
    assert lying(account) == ["Export is empty", "Kept"]
    sync(any_ws)
    again = sync(any_ws)
    assert (again.fetched, again.removed, again.question) == (0, 0, None)
    assert len(tickets(any_ws)) == 2
    assert named(any_ws, "Export is empty").state.status is Status.OPEN


def test_deleted_again_after_it_came_back_it_lies_in_trash_once(
    any_ws: Workspace, account: Account, sync: Sync
) -> None:
    two_mails(account)
    sync(any_ws)
    for _ in range(2):
        unwanted.delete(any_ws, [named(any_ws, "Export is empty")], clock.now())
        sync(any_ws)
        triage.undo(any_ws, clock.now())
        sync(any_ws)
    unwanted.delete(any_ws, [named(any_ws, "Export is empty")], clock.now())
    sync(any_ws)

    assert lying(account, "Trash") == ["Export is empty"]
    assert lying(account) == ["Kept"]


def test_a_new_mail_of_the_customer_brings_a_deleted_ticket_back(
    ws: Workspace, account: Account, sync: Sync
) -> None:
    two_mails(account)
    sync(ws)
    unwanted.delete(ws, [named(ws, "Export is empty")], clock.now() - timedelta(minutes=1))
    sync(ws)
    account.append(letter("Re: Export", message_id="<two@x.test>", references="<one@okafor.test>"))
    sync(ws)

    assert named(ws, "Export is empty").state.status is Status.OPEN
    assert named(ws, "Export is empty").state.messages == 2


def test_a_mail_nobody_had_seen_keeps_the_ticket_in_the_queue(
    ws: Workspace, account: Account, sync: Sync
) -> None:
    two_mails(account)
    sync(ws)
    looked_at = named(ws, "Export is empty")
    account.append(letter("More", message_id="<two@x.test>", references="<one@okafor.test>"))
    sync(ws)
    unwanted.delete(ws, [looked_at], clock.now() + timedelta(seconds=2))

    assert named(ws, "Export is empty").state.status is Status.OPEN


def test_mail_of_a_blocked_address_arrives_closed_among_machine_mail_until_it_is_let_in(
    ws: Workspace, account: Account, sync: Sync
) -> None:
    two_mails(account)
    sync(ws)
    spam = named(ws, "Export is empty")
    unwanted.mark_spam(ws, [spam], clock.now() - timedelta(minutes=30), block=True)
    account.append(letter("Buy now", message_id="<buy@x.test>", sender="TOM@okafor.test"))
    sync(ws)

    state = named(ws, "Buy now").state
    assert (state.status, state.verdict.lane, state.unread) == (
        Status.CLOSED,
        Lane.AUTOMATIC,
        True,
    )
    assert state.verdict.reasons == ("you blocked this address",)
    assert lying(account) == ["Buy now", "Kept"]
    assert unwanted.blocked_addresses(ws) == ["tom@okafor.test"]

    with pytest.raises(BadInput, match=r"Blocked are: tom@okafor\.test"):
        unwanted.unblock(ws, "tim@okafor.test", clock.now())
    assert unwanted.unblock(ws, "Tom@okafor.test", clock.now() - timedelta(minutes=1))
    account.append(letter("Please", message_id="<please@x.test>"))
    sync(ws)
    assert named(ws, "Please").state.status is Status.OPEN
    assert unwanted.blocked_addresses(ws) == []


def test_undoing_spam_unblocks_and_opens_what_came_meanwhile(
    ws: Workspace, account: Account, sync: Sync
) -> None:
    two_mails(account)
    sync(ws)
    spam = named(ws, "Export is empty")
    unwanted.mark_spam(ws, [spam], clock.now() - timedelta(minutes=30), block=True)
    account.append(letter("Please", message_id="<please@x.test>"))
    sync(ws)
    assert named(ws, "Please").state.status is Status.CLOSED

    triage.undo(ws, clock.now())

    assert {t.state.status for t in tickets(ws)} == {Status.OPEN}


def test_neither_we_nor_the_teammate_are_ever_blocked(
    ws: Workspace, account: Account, teammate: Account, sync: Sync
) -> None:
    account.append(letter(sender=f"Vlad <{teammate.address}>", message_id="<v@acme.test>"))
    account.append(letter("Us", sender=f"Us <{account.address}>", message_id="<u@acme.test>"))
    sync(ws)
    unwanted.mark_spam(ws, tickets(ws), clock.now(), block=True)

    assert unwanted.blocked_addresses(ws) == []


def test_what_is_done_goes_to_archive_if_the_founder_wants_it(
    account: Account,
    config_file: ConfigFile,
    open_with: Callable[[Path], Workspace],
    sync: Sync,
) -> None:
    path = config_file(account)
    path.write_text(path.read_text().replace("[imap]", '[imap]\narchive = "done"'))
    ws = open_with(path)
    two_mails(account)
    sync(ws)
    triage.close(ws, [named(ws, "Export is empty")], clock.now())
    sync(ws)
    assert (lying(account), lying(account, "Archive")) == (["Kept"], ["Export is empty"])

    triage.reopen(ws, [named(ws, "Export is empty")], clock.now())
    sync(ws)
    assert lying(account, "Archive") == ["Export is empty"]
    unwanted.delete(ws, [named(ws, "Export is empty")], clock.now())
    sync(ws)
    assert (lying(account, "Archive"), lying(account, "Trash")) == ([], ["Export is empty"])


def test_what_is_done_stays_in_the_inbox_otherwise(
    ws: Workspace, account: Account, sync: Sync
) -> None:
    two_mails(account)
    sync(ws)
    triage.close(ws, [named(ws, "Export is empty")], clock.now())
    sync(ws)

    assert lying(account) == ["Export is empty", "Kept"]


def test_a_move_by_another_mail_program_stands_and_is_said(
    any_ws: Workspace, account: Account, sync: Sync
) -> None:
    two_mails(account)
    sync(any_ws)
    unwanted.delete(any_ws, [named(any_ws, "Export is empty")], clock.now())
    client = account.client()
    client.select_folder("INBOX")
    client.move(client.search(["SUBJECT", "Export"]), "Archive")
    sync(any_ws)

    assert (lying(account, "Archive"), lying(account, "Trash")) == (["Export is empty"], [])
    assert "“Export is empty” into Archive before" in (read_sync_state(any_ws.store).error or "")
    assert actions.count_actions(any_ws.store, "queued") == 0


def test_what_another_mail_program_deleted_for_good_leaves_the_queue_empty(
    any_ws: Workspace, account: Account, sync: Sync
) -> None:
    two_mails(account)
    sync(any_ws)
    unwanted.delete(any_ws, [named(any_ws, "Export is empty")], clock.now())
    client = account.client()
    client.select_folder("INBOX")
    uids = client.search(["SUBJECT", "Export"])
    client.delete_messages(uids, silent=True)
    client.uid_expunge(uids)
    sync(any_ws)

    assert actions.count_actions(any_ws.store, "queued") == 0
    assert (lying(account), lying(account, "Trash")) == (["Kept"], [])


def test_a_mail_deleted_on_the_server_leaves_its_ticket_open(
    any_ws: Workspace, account: Account, sync: Sync
) -> None:
    two_mails(account)
    sync(any_ws)
    client = account.client()
    client.select_folder("INBOX")
    uids = client.search(["SUBJECT", "Export"])
    client.delete_messages(uids, silent=True)
    client.uid_expunge(uids)
    sync(any_ws)

    assert named(any_ws, "Export is empty").state.status is Status.OPEN


def test_a_mailbox_that_is_not_there_is_made(ws: Workspace, account: Account, sync: Sync) -> None:
    client = account.client()
    client.delete_folder("Trash")
    two_mails(account)
    sync(ws)
    unwanted.delete(ws, [named(ws, "Export is empty")], clock.now())
    sync(ws)

    assert lying(account, "Trash") == ["Export is empty"]


def test_mails_without_a_message_id_are_moved_and_come_back_too(
    any_ws: Workspace, account: Account, sync: Sync
) -> None:
    raw = letter().replace(b"Message-ID: <one@okafor.test>\r\n", b"")
    account.append(raw, at=clock.now() - timedelta(hours=1))
    account.append(letter("Kept", message_id="<kept@x.test>"))
    sync(any_ws)
    unwanted.delete(any_ws, [named(any_ws, "Export is empty")], clock.now())
    sync(any_ws)
    assert lying(account, "Trash") == ["Export is empty"]
    triage.undo(any_ws, clock.now())
    sync(any_ws)

    assert (lying(account), lying(account, "Trash")) == (["Export is empty", "Kept"], [])
