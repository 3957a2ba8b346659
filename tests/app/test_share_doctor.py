"""What doctor says about the other machines."""

from collections.abc import Callable
from datetime import timedelta

from founder_inbox.app.health.shared import look_at_shared
from founder_inbox.core.checks import State
from founder_inbox.core.report import write_report
from founder_inbox.core.tickets.journal import EventKind
from founder_inbox.store.events import append_event
from tests.app.letters import letter
from tests.app.machines import JOURNAL, Machine
from tests.servers.account import Account
from tests.servers.dovecot import DovecotServer
from tests.servers.proxy import NO_CREATE, ImapProxy

Make = Callable[..., Machine]


def said(on: Machine) -> list[tuple[State, str]]:
    return [(check.state, check.words) for check in look_at_shared(on.ws)]


def test_all_is_shared_after_a_sync(machine: Make) -> None:
    laptop = machine("laptop")
    laptop.sync()

    assert said(laptop) == [(State.OK, "all is shared")]


def test_the_machines_on_the_mailbox_are_listed_and_in_no_report(machine: Make) -> None:
    laptop, desktop = machine("laptop"), machine("desktop")
    for each in (laptop, desktop):
        append_event(each.ws.store, each.now(), "Ana", None, EventKind.NOTE, {"text": "Hello."})
        each.sync()
    [known] = [c for c in look_at_shared(desktop.ws) if c.words.startswith("known: ")]

    assert known.words == f"known: laptop (last wrote {laptop.now().date()})"
    assert "laptop" not in write_report([], [known], {})


def test_a_server_that_allows_no_mailbox_is_named_with_what_waits(
    machine: Make, dovecot: DovecotServer
) -> None:
    with ImapProxy(dovecot, NO_CREATE) as proxy:
        laptop = machine("laptop", imap_port=proxy.imaps_port)
        laptop.sync()

    (state, words), *more = said(laptop)
    assert (state, more) == (State.NOTE, [])
    assert words.startswith("what you do stays on this machine: 127.0.0.1")


def test_strangers_unreadable_messages_and_a_wrong_clock_are_told(
    machine: Make, account: Account
) -> None:
    machine("desktop").sync()
    account.append(b"Return-Path: <eve@evil.test>\r\n" + letter(), JOURNAL)
    account.append(letter(), JOURNAL)
    laptop = machine("laptop", ahead=timedelta(minutes=7))
    laptop.sync()

    words = [text for state, text in said(laptop) if state is State.NOTE]
    assert [text.split()[0] for text in words] == ["1", "1", "this"]
    assert "ahead of the mail server's" in words[2]
