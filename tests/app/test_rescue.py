"""Customers whom a spam filter took: found by their headers, and brought back only when told to."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from founder_inbox.app.health.doctor import examine
from founder_inbox.app.queue import unwanted
from founder_inbox.app.queue.tickets import Choice, list_tickets
from founder_inbox.app.syncing.junk import bring_from_junk, known_in_junk
from founder_inbox.app.syncing.sync import SyncReport
from founder_inbox.app.workspace import Workspace
from founder_inbox.core.checks import State
from founder_inbox.core.model import Status
from founder_inbox.core.sync.junk import junk_words
from founder_inbox.core.tickets.entry import Ticket
from founder_inbox.store import actions
from founder_inbox.system import clock
from tests.app.letters import letter
from tests.servers.account import Account
from tests.servers.config_file import ConfigFile
from tests.servers.dovecot import DovecotServer
from tests.servers.proxy import BARE, STRONG, ImapProxy

Sync = Callable[..., SyncReport]


@pytest.fixture(params=[STRONG, BARE], ids=lambda profile: profile.name)
def proxy(request: pytest.FixtureRequest, dovecot: DovecotServer) -> Iterator[ImapProxy]:
    with ImapProxy(dovecot, request.param) as running:
        yield running


@pytest.fixture
def ws(
    account: Account,
    config_file: ConfigFile,
    open_with: Callable[[Path], Workspace],
    proxy: ImapProxy,
    sync: Sync,
) -> Workspace:
    """Tom has asked and was answered; Eve has asked and was not."""
    opened = open_with(config_file(account, imap_port=proxy.imaps_port))
    account.append(letter())
    account.append(letter("Hello", sender="Eve <eve@nobody.test>", message_id="<eve@nobody.test>"))
    answer = letter(
        "Re: Export is empty",
        sender=account.address,
        to="tom@okafor.test",
        message_id="<answer@acme.test>",
        references="<one@okafor.test>",
    )
    account.append(answer, "Sent")
    sync(opened)
    return opened


def next_day(ws: Workspace, sync: Sync) -> SyncReport:
    with ws.store.write():
        ws.store.run("delete from setting where name = 'junk'")
    return sync(ws)


def filtered(account: Account, number: int = 1, sender: str = "Tom <Tom@okafor.test>") -> None:
    account.append(
        letter("Still empty", sender=sender, message_id=f"<junk{number}@okafor.test>"), "Junk"
    )


def tickets(ws: Workspace) -> list[Ticket]:
    return list_tickets(ws.store, Choice(everything=True), clock.now(), None)


def toms(ws: Workspace) -> Ticket:
    [found] = [t for t in tickets(ws) if t.state.subject == "Export is empty"]
    return found


def test_only_people_we_have_answered_are_found_in_the_last_days_of_junk(
    ws: Workspace, account: Account, sync: Sync
) -> None:
    filtered(account)
    filtered(account, 2, "Eve <eve@nobody.test>")
    filtered(account, 3, "Prince <prince@riches.test>")
    filtered(account, 4, "tom@okafor.test <prince@riches.test>")
    filtered(account, 5, account.address)
    account.append(
        letter(message_id="<old@okafor.test>"), "Junk", at=clock.now() - timedelta(days=20)
    )
    account.append(b"From: \xff<<\r\nSubject: =?x?q?\r\n\r\n", "Junk")
    account.append(letter(message_id="<trash@okafor.test>"), "Trash")

    report = next_day(ws, sync)

    [mail] = known_in_junk(ws)
    assert (mail.name, mail.address, mail.subject) == ("Tom", "Tom@okafor.test", "Still empty")
    assert report.fetched == 0
    assert len(account.messages("Junk")) == 7


def test_junk_is_looked_into_once_a_day(
    ws: Workspace, account: Account, sync: Sync, proxy: ImapProxy
) -> None:
    filtered(account)
    before = len(proxy.commands)
    sync(ws)
    assert known_in_junk(ws) == []
    assert not [c for c in proxy.commands[before:] if b"Junk" in c]

    next_day(ws, sync)
    assert len(known_in_junk(ws)) == 1


def test_what_the_founder_marked_as_spam_is_not_brought_up_again(
    ws: Workspace, account: Account, sync: Sync
) -> None:
    unwanted.mark_spam(ws, [toms(ws)], clock.now())
    sync(ws)
    assert len(account.messages("Junk")) == 1
    next_day(ws, sync)
    assert known_in_junk(ws) == []


def test_a_blocked_customer_stays_in_junk_unmentioned(
    ws: Workspace, account: Account, sync: Sync
) -> None:
    unwanted.mark_spam(ws, [toms(ws)], clock.now(), block=True)
    filtered(account)
    next_day(ws, sync)
    assert known_in_junk(ws) == []


def test_a_mail_that_is_brought_back_opens_its_customers_ticket_and_others_stay(
    ws: Workspace, account: Account, sync: Sync
) -> None:
    account.append(
        letter("Re: Export is empty", message_id="<j@okafor.test>", references="<one@okafor.test>"),
        "Junk",
    )
    filtered(account, 3, "Prince <prince@riches.test>")
    next_day(ws, sync)
    assert toms(ws).state.status is Status.WAITING

    bring_from_junk(ws, known_in_junk(ws), clock.now())
    assert known_in_junk(ws) == []
    sync(ws)

    assert toms(ws).state.status is Status.OPEN
    assert len(account.messages()) == 3
    left = [m for m in account.messages("Junk") if r"\Deleted" not in m.flags]
    assert [b"prince@riches.test" in mail.raw for mail in left] == [True]
    next_day(ws, sync)
    assert known_in_junk(ws) == []


def test_a_rescue_whose_answer_was_lost_is_not_done_twice(
    ws: Workspace, account: Account, sync: Sync, proxy: ImapProxy
) -> None:
    filtered(account)
    next_day(ws, sync)
    bring_from_junk(ws, known_in_junk(ws), clock.now())
    client = account.client()
    client.select_folder("Junk")
    if proxy.profile.offers("MOVE"):
        client.move(client.search("ALL"), "INBOX")
    else:
        client.copy(client.search("ALL"), "INBOX")
    with ws.store.write():
        ws.store.run("update action set attempts = 1")
    sync(ws)

    assert len(account.messages()) == 3
    assert actions.count_actions(ws.store, "queued") == 0


def test_a_mail_that_somebody_else_took_out_of_junk_is_no_trouble(
    ws: Workspace, account: Account, sync: Sync
) -> None:
    filtered(account)
    next_day(ws, sync)
    bring_from_junk(ws, known_in_junk(ws), clock.now())
    client = account.client()
    client.select_folder("Junk")
    client.delete_messages(client.search("ALL"), silent=True)
    client.expunge()

    assert sync(ws).question is None
    assert actions.count_actions(ws.store, "queued") == 0
    assert actions.count_untold(ws.store, clock.now()) == 0


def test_doctor_says_who_lies_in_junk(ws: Workspace, account: Account, sync: Sync) -> None:
    filtered(account)
    filtered(account, 2)
    next_day(ws, sync)

    [check] = [c for c in examine(str(ws.paths.config), clock.now()) if c.name == "junk"]
    assert (check.state, check.words) == (State.NOTE, "2 mails from people you know lie in Junk")
    assert junk_words(1).startswith("1 mail from somebody you know lies")
    assert junk_words(0) == ""
