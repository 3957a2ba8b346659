"""Archive, where telephones put what they are done with."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest

from founder_inbox.app.queue import unwanted
from founder_inbox.app.queue.tickets import Choice, list_tickets
from founder_inbox.app.reading.project import state_of
from founder_inbox.app.syncing.sync import SyncReport, connect, sync_round
from founder_inbox.app.workspace import Workspace
from founder_inbox.system import clock
from tests.app.letters import letter
from tests.servers.account import Account
from tests.servers.dovecot import DovecotServer
from tests.servers.proxy import BARE, STRONG, ImapProxy

Sync = Callable[..., SyncReport]


@pytest.fixture(params=[STRONG, BARE], ids=lambda profile: profile.name)
def proxy(request: pytest.FixtureRequest, dovecot: DovecotServer) -> Iterator[ImapProxy]:
    with ImapProxy(dovecot, request.param) as running:
        yield running


@pytest.fixture
def ws(proxy: ImapProxy, open_at: Callable[[int], Workspace]) -> Workspace:
    return open_at(proxy.imaps_port)


def archive_all(account: Account) -> None:
    client = account.client()
    client.select_folder("INBOX")
    client.move(client.search("ALL"), "Archive")


def test_what_a_telephone_archives_has_moved_and_can_be_deleted_here(
    ws: Workspace, account: Account, sync: Sync
) -> None:
    account.append(letter("Old", message_id="<old@x.test>"), "Archive")
    account.append_many([letter(f"Q {n}", message_id=f"<{n}@x.test>") for n in range(30)])
    sync(ws)
    archive_all(account)
    report = sync(ws)
    assert (report.fetched, report.removed, report.question) == (0, 0, None)

    tickets = list_tickets(ws.store, Choice(everything=True), clock.now(), None)
    assert len(tickets) == 30
    unwanted.delete(ws, tickets[:1], clock.now())
    sync(ws)
    assert len(account.messages("Trash")) == 1
    left = [mail for mail in account.messages("Archive") if r"\Deleted" not in mail.flags]
    assert len(left) == 30


def test_what_was_read_here_stays_read_when_a_telephone_was_quicker_to_archive_it(
    ws: Workspace, account: Account, sync: Sync
) -> None:
    account.append(letter())
    sync(ws)
    unwanted.delete(ws, list_tickets(ws.store, Choice(), clock.now(), None), clock.now())
    archive_all(account)
    sync(ws)
    sync(ws)

    [ticket] = list_tickets(ws.store, Choice(everything=True), clock.now(), None)
    assert not ticket.state.unread
    assert ticket.state == state_of(ws.store, ticket.key, clock.now(), {})


def test_what_was_archived_before_we_saw_it_comes_in_with_the_next_look(
    ws: Workspace, account: Account, sync: Sync
) -> None:
    sync(ws)
    account.append(letter())
    archive_all(account)
    assert sync(ws).fetched == 0
    with ws.store.write():
        ws.store.run("update mailbox set checked_at = '2020-01-01T00:00:00Z'")

    assert sync(ws).fetched == 1
    assert sync(ws).fetched == 0


def test_a_connected_round_with_nothing_new_takes_three_round_trips_at_most(
    ws: Workspace, account: Account, proxy: ImapProxy
) -> None:
    account.append_many([letter(f"Q {n}", message_id=f"<{n}@x.test>") for n in range(300)])
    session = connect(ws)
    sync_round(ws, session, clock.now)
    sync_round(ws, session, clock.now)
    before = len(proxy.commands)
    sync_round(ws, session, lambda: clock.now() + timedelta(seconds=30))
    asked = proxy.commands[before:]
    session.close()

    # Without CONDSTORE the newest flags have to be asked for, too.
    assert len(asked) <= (3 if proxy.profile is STRONG else 5), asked
