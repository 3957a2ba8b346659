"""Two machines and one outbox each: no customer gets two answers, no rule acts twice."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest

from founder_inbox.app.hours.time_off import take_days_off
from founder_inbox.app.queue.tickets import find_ticket
from founder_inbox.app.sending import outbox
from founder_inbox.app.sending.reply import queue_reply
from founder_inbox.app.sending.takeover import list_elsewhere, take_over
from founder_inbox.app.syncing.turns import deliver_now
from founder_inbox.core.model import Status
from founder_inbox.core.tickets.identity import ticket_id
from founder_inbox.core.tickets.outbox import ANSWERED
from founder_inbox.errors import NotFound
from founder_inbox.store.outbox import live_items, move_item
from tests.app.letters import letter
from tests.app.machines import Machine
from tests.servers.account import Account
from tests.servers.dovecot import DovecotServer
from tests.servers.smtp import SmtpServer

Make = Callable[..., Machine]
ONE = ticket_id("<one@okafor.test>")
AWAY = "\n[break]\nauto_reply = true\n"
SLOW = "\n[sending]\nundo_seconds = 60\n"


@pytest.fixture
def customer(dovecot: DovecotServer) -> Iterator[Account]:
    """A customer with a mailbox on the same server."""
    with dovecot.user() as fresh:
        yield fresh


def ask(account: Account, customer: Account) -> None:
    mail = letter(sender=f"Tom <{customer.address}>", to=account.address)
    account.append(f"Return-Path: <{customer.address}>\r\n".encode() + mail)


def answer(on: Machine, words: str, *, hold: bool = False) -> int:
    """A reply in the outbox of a machine, that may be taken back first or leaves at once."""
    return queue_reply(on.ws, find_ticket(on.ws.store, ONE), words, on.now(), hold=hold).id


def pair(machine: Make, extra: str = "") -> tuple[Machine, Machine]:
    laptop, desktop = machine("laptop", extra=extra), machine("desktop", extra=extra)
    for one in (laptop, desktop, laptop):
        one.sync()
    return laptop, desktop


def test_of_two_replies_written_offline_the_second_is_held_and_the_first_shown(
    machine: Make, account: Account, customer: Account, smtp_server: SmtpServer
) -> None:
    ask(account, customer)
    laptop, desktop = pair(machine)
    answer(laptop, "It is mended now.")
    number = answer(desktop, "I look into it.")

    laptop.sync()
    desktop.sync()

    held = outbox.item_named(desktop.ws.store, number)
    assert (held.state, held.answer) == ("held", ANSWERED)
    assert len(customer.messages()) == 1
    outbox.try_again(desktop.ws, number, desktop.now())
    desktop.sync()
    assert len(customer.messages()) == 2


def test_a_reply_from_the_command_line_asks_what_the_other_machine_has_sent_just_now(
    machine: Make, account: Account, customer: Account, smtp_server: SmtpServer
) -> None:
    ask(account, customer)
    laptop, desktop = pair(machine)
    deliver_now(laptop.ws, [answer(laptop, "It is mended now.")], laptop.now)
    number = answer(desktop, "I look into it.")

    deliver_now(desktop.ws, [number], desktop.now)

    assert outbox.item_named(desktop.ws.store, number).answer == ANSWERED
    assert len(customer.messages()) == 1


def test_two_machines_on_days_off_answer_once(
    machine: Make, account: Account, customer: Account, smtp_server: SmtpServer
) -> None:
    laptop, desktop = pair(machine, AWAY)
    last = (laptop.now() + timedelta(days=5)).date()
    take_days_off(laptop.ws, last, laptop.now() - timedelta(minutes=5))
    laptop.sync()
    desktop.sync()
    ask(account, customer)
    # Both look before either has told: the rounds are one in the other.
    for one in (laptop, desktop):
        one.take_in_only()
    for one in (laptop, desktop, laptop, desktop):
        one.sync()

    assert len(customer.messages()) == 1
    assert [live_items(one.ws.store) for one in (laptop, desktop)] == [[], []]


def test_what_waits_on_one_machine_is_seen_on_the_other_and_never_sent_by_it(
    machine: Make, account: Account, customer: Account, smtp_server: SmtpServer
) -> None:
    ask(account, customer)
    laptop, desktop = pair(machine, SLOW)
    answer(laptop, "Tomorrow.", hold=True)
    laptop.sync()

    for _ in range(2):
        desktop.sync()

    state = find_ticket(desktop.ws.store, ONE).state
    assert state.status is Status.WAITING
    assert desktop.picture() == laptop.picture()
    assert customer.messages() == []
    assert [machine for _, machine in list_elsewhere(desktop.ws)] == ["laptop"]

    (item,) = take_over(desktop.ws, ONE, desktop.now())
    desktop.sync()
    laptop.sync()

    assert (item.state, live_items(laptop.ws.store)) == ("held", [])
    assert [mail.message_id for mail, _ in list_elsewhere(laptop.ws)] == [item.message_id]
    outbox.try_again(desktop.ws, item.id, desktop.now())
    for one in (desktop, laptop, desktop):
        one.sync()
    assert len(customer.messages()) == 1
    assert list_elsewhere(laptop.ws) == list_elsewhere(desktop.ws) == []


def test_what_may_be_on_its_way_elsewhere_can_not_be_taken_over(
    machine: Make, account: Account, customer: Account, smtp_server: SmtpServer
) -> None:
    ask(account, customer)
    laptop, desktop = pair(machine, SLOW)
    number = answer(laptop, "Tomorrow.", hold=True)
    move_item(laptop.ws.store, number, "uncertain", laptop.now())
    laptop.sync()
    desktop.sync()

    assert [mail.state for mail, _ in list_elsewhere(desktop.ws)] == ["uncertain"]
    with pytest.raises(NotFound, match="sent only by the machine"):
        take_over(desktop.ws, None, desktop.now())
