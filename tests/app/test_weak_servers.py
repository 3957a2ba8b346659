"""Mail in and out where the server can do less than Dovecot."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest

from founder_inbox.app.queue import quick_fix, triage
from founder_inbox.app.queue.tickets import Choice, list_tickets
from founder_inbox.app.sending import reply
from founder_inbox.app.syncing.push import push_actions
from founder_inbox.app.syncing.sync import SyncReport, connect
from founder_inbox.app.workspace import Workspace
from founder_inbox.core.model import Status
from founder_inbox.core.tickets.entry import Ticket
from founder_inbox.store import moves
from founder_inbox.system import clock
from tests.app.letters import letter
from tests.servers.account import Account
from tests.servers.dovecot import DovecotServer
from tests.servers.proxy import BARE, OUTLOOK, STRONG, YAHOO, ImapProxy

Sync = Callable[..., SyncReport]
PROFILES = {profile.name: profile for profile in (STRONG, OUTLOOK, YAHOO, BARE)}


@pytest.fixture(params=PROFILES)
def proxy(request: pytest.FixtureRequest, dovecot: DovecotServer) -> Iterator[ImapProxy]:
    with ImapProxy(dovecot, PROFILES[request.param]) as running:
        yield running


@pytest.fixture
def ws(proxy: ImapProxy, open_at: Callable[[int], Workspace]) -> Workspace:
    return open_at(proxy.imaps_port)


@pytest.fixture(autouse=True)
def never_takes_what_is_not_offered(proxy: ImapProxy) -> Iterator[None]:
    yield
    used = [command for command in proxy.commands if proxy.profile.refuses(command)]
    assert used == []
    assert [c for c in proxy.commands if c.upper().startswith((b"EXPUNGE", b"CLOSE"))] == []


def tickets(ws: Workspace) -> list[Ticket]:
    return list_tickets(ws.store, Choice(everything=True), clock.now(), None)


def later(ws: Workspace, sync: Sync) -> SyncReport:
    """A round ten minutes on, when everything is looked at again."""
    with ws.store.write():
        ws.store.run("update mailbox set checked_at = '2020-01-01T00:00:00Z'")
    return sync(ws)


def nothing_happens(ws: Workspace, sync: Sync) -> bool:
    report = sync(ws)
    return (report.fetched, report.updated, report.removed, report.question) == (0, 0, 0, None)


def test_new_mail_comes_in_once(ws: Workspace, account: Account, sync: Sync) -> None:
    account.append_many([letter(f"Q {n}", message_id=f"<{n}@x.test>") for n in range(60)])
    assert sync(ws).fetched == 60
    account.append(letter("One more", message_id="<more@x.test>"))

    assert sync(ws).fetched == 1
    assert nothing_happens(ws, sync)
    assert len(tickets(ws)) == 61


def test_flags_of_another_mail_program_arrive_also_on_old_mails(
    ws: Workspace, account: Account, sync: Sync, proxy: ImapProxy
) -> None:
    account.append_many([letter(f"Q {n}", message_id=f"<{n}@x.test>") for n in range(450)])
    sync(ws)
    client = account.client()
    client.select_folder("INBOX")
    uids = client.search("ALL")
    client.add_flags([uids[0], uids[-1]], [rb"\Seen"], silent=True)

    at_once = sync(ws).updated
    afterwards = later(ws, sync).updated

    assert at_once + afterwards == 2
    assert at_once == (2 if proxy.profile.offers("CONDSTORE") else 1)
    assert sum(not ticket.state.unread for ticket in tickets(ws)) == 2


def test_what_is_removed_on_the_server_is_noted_and_kept(
    ws: Workspace, account: Account, sync: Sync
) -> None:
    uid = account.append(letter())
    account.append(letter("Another", message_id="<two@x.test>"))
    sync(ws)
    client = account.client()
    client.select_folder("INBOX")
    client.delete_messages([uid], silent=True)
    client.uid_expunge([uid])

    assert sync(ws).removed == 1
    assert nothing_happens(ws, sync)
    assert len(tickets(ws)) == 2


def test_one_mail_in_and_one_out_between_two_looks_are_both_seen(
    ws: Workspace, account: Account, sync: Sync
) -> None:
    uid = account.append(letter())
    sync(ws)
    account.append(letter("Another", message_id="<two@x.test>"))
    client = account.client()
    client.select_folder("INBOX")
    client.delete_messages([uid], silent=True)
    client.uid_expunge([uid])

    report = sync(ws)

    assert (report.fetched, report.removed) == (1, 1)


def test_a_mail_that_moves_to_another_mailbox_is_no_loss(
    ws: Workspace, account: Account, sync: Sync
) -> None:
    account.append_many([letter(f"Q {n}", message_id=f"<{n}@x.test>") for n in range(30)])
    sync(ws)
    client = account.client()
    client.select_folder("INBOX")
    client.move(client.search("ALL"), "Sent")

    report = sync(ws)

    assert (report.removed, report.question) == (0, None)
    assert nothing_happens(ws, sync)
    assert len(tickets(ws)) == 30


def test_a_rebuilt_mailbox_brings_no_ticket_twice_and_costs_no_fetch(
    ws: Workspace, account: Account, sync: Sync, proxy: ImapProxy
) -> None:
    for number in range(3):
        account.append(letter(f"Question {number}", message_id=f"<{number}@x.test>"))
    sync(ws)
    mails = account.messages()
    client = account.client()
    client.select_folder("INBOX")
    client.delete_messages(client.search("ALL"), silent=True)
    client.expunge()
    client.unselect_folder()
    with ws.store.write():
        ws.store.run("update mailbox set uidvalidity = uidvalidity - 1 where role = 'inbox'")
        ws.store.run("update location set uidvalidity = uidvalidity - 1")
    for mail in reversed(mails):
        account.append(mail.raw, flags=[r"\Seen"], at=mail.at)
    account.append(mails[0].raw + b"More\r\n", at=mails[0].at)
    before = len(proxy.commands)

    report = sync(ws)

    assert (report.fetched, report.tickets_new) == (1, 0)
    assert len([c for c in proxy.commands[before:] if b"BODY.PEEK[]" in c]) == 1
    assert len(tickets(ws)) == 3
    assert sum(not ticket.state.unread for ticket in tickets(ws)) == 2
    assert nothing_happens(ws, sync)


def test_a_new_number_for_the_same_mails_costs_no_fetch(
    ws: Workspace, account: Account, sync: Sync, proxy: ImapProxy
) -> None:
    for number in range(25):
        account.append(letter(f"Question {number}", message_id=f"<{number}@x.test>"))
    sync(ws)
    with ws.store.write():
        ws.store.run("update mailbox set uidvalidity = uidvalidity - 1 where role = 'inbox'")
        ws.store.run("update location set uidvalidity = uidvalidity - 1")
    before = len(proxy.commands)

    assert nothing_happens(ws, sync)
    assert not [c for c in proxy.commands[before:] if b"BODY.PEEK[]" in c]


def test_what_the_founder_did_is_told(
    ws: Workspace, account: Account, teammate: Account, sync: Sync
) -> None:
    account.append(letter(sender=f"Tom <{teammate.address}>", to=account.address))
    sync(ws)
    triage.mark_read(ws, tickets(ws)[0], clock.now())
    quick_fix.flag(ws, tickets(ws), clock.now())
    reply.queue_reply(ws, tickets(ws)[0], "It works again.", clock.now(), hold=False)
    sync(ws)
    sync(ws)

    told = {r"\Seen", r"\Answered", r"\Flagged", "$FounderInboxWaiting"}
    assert account.messages()[0].flags == told
    assert len(teammate.messages()) == 1
    assert tickets(ws)[0].state.status is Status.WAITING
    assert nothing_happens(ws, sync)


def test_the_sent_copy_is_filed_once_also_when_the_line_breaks_before_the_answer(
    ws: Workspace, account: Account, teammate: Account, sync: Sync
) -> None:
    account.append(letter(sender=f"Tom <{teammate.address}>", to=account.address))
    sync(ws)
    reply.queue_reply(ws, tickets(ws)[0], "It works again.", clock.now(), hold=False)
    sync(ws)
    soon = clock.now() + timedelta(seconds=30)
    session = connect(ws)
    roles = session.roles()
    push_actions(ws, session, roles, lambda: soon)
    # As if the server's answer had never come:
    with ws.store.write():
        ws.store.run("update action set state = 'queued' where kind = 'append_sent'")
    push_actions(ws, session, roles, lambda: soon)
    session.close()

    [copy] = account.messages("Sent")
    assert b"It works again." in copy.raw
    assert sync(ws).fetched == 1
    assert tickets(ws)[0].state.messages == 2


def test_a_move_leaves_the_mail_in_one_place_or_marked_deleted(
    ws: Workspace, account: Account, sync: Sync, proxy: ImapProxy
) -> None:
    account.append(letter())
    kept = account.append(letter("Kept", message_id="<kept@x.test>"), flags=[r"\Deleted"])
    sync(ws)
    [first] = [t for t in tickets(ws) if t.state.subject == "Export is empty"]
    moves.queue_move(ws.store, first.key, "archive", clock.now())
    sync(ws)
    sync(ws)

    assert len(account.messages("Archive")) == 1
    left = account.messages()
    assert kept in {message.uid for message in left}
    if proxy.profile.offers("MOVE") or proxy.profile.offers("UIDPLUS"):
        assert len(left) == 1
    else:
        assert all(r"\Deleted" in message.flags for message in left)
        assert len(left) == 2


def test_a_copy_whose_answer_was_lost_is_not_made_twice(
    ws: Workspace, account: Account, sync: Sync, proxy: ImapProxy
) -> None:
    account.append(letter())
    sync(ws)
    if not proxy.profile.offers("MOVE"):
        # As if the line had broken after COPY.
        client = account.client()
        client.select_folder("INBOX")
        client.copy(client.search("ALL"), "Archive")
    moves.queue_move(ws.store, tickets(ws)[0].key, "archive", clock.now())
    with ws.store.write():
        ws.store.run("update action set attempts = 1")
    sync(ws)

    assert len(account.messages("Archive")) == 1
    assert all(r"\Deleted" in message.flags for message in account.messages())
