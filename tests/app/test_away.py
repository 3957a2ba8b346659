"""During a break: what is urgent goes to the teammate, each sender hears once, by rule alone."""

import signal
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from founder_inbox.app.hours.time_off import end_days_off, take_days_off
from founder_inbox.app.queue import triage
from founder_inbox.app.queue.tickets import Choice, list_tickets, view_ticket
from founder_inbox.app.sending import outbox
from founder_inbox.app.session.away import act_while_away, check_away_reply
from founder_inbox.app.session.burnout import read_burnout
from founder_inbox.app.syncing.sync import SyncReport
from founder_inbox.app.workspace import Workspace
from founder_inbox.core.mime import reader
from founder_inbox.core.model import Lane, MailKind, Status
from founder_inbox.core.tickets.entry import EntryKind, Ticket
from founder_inbox.core.tickets.journal import EventKind
from founder_inbox.errors import BadInput
from founder_inbox.store import events
from founder_inbox.system import clock
from tests.app.letters import letter
from tests.app.test_crash import run_sync
from tests.servers.account import Account
from tests.servers.config_file import ConfigFile
from tests.servers.dovecot import DovecotServer
from tests.servers.smtp import SmtpServer, Step

Sync = Callable[..., SyncReport]
URGENT = "I was charged twice this month, please give me the money back."
# Urgent to the sorter, but by no rule.
SOUNDS_URGENT = "Please look at this soon, the totals are wrong and payroll is today."
QUESTION = "Where do I change the colour of a label?"
AUTO_REPLY = "\n[break]\nauto_reply = true\n"


@pytest.fixture
def customer(dovecot: DovecotServer) -> Iterator[Account]:
    """A customer with a mailbox on the same server."""
    with dovecot.user() as fresh:
        yield fresh


@pytest.fixture
def answering(
    account: Account,
    teammate: Account,
    config_file: ConfigFile,
    open_with: Callable[[Path], Workspace],
) -> Workspace:
    """A workspace with automatic replies switched on."""
    return open_with(config_file(account, teammates=[teammate], extra=AUTO_REPLY))


def ask(
    account: Account, customer: Account, text: str, number: int = 1, *, at: datetime | None = None
) -> None:
    mail = letter(
        f"Question {number}",
        text,
        sender=f"Tom Okafor <{customer.address}>",
        to=account.address,
        message_id=f"<{number}@okafor.test>",
        date=clock.now(),
    )
    account.append(f"Return-Path: <{customer.address}>\r\n".encode() + mail, at=at)


def away(ws: Workspace, sync: Sync) -> None:
    """The first round is behind us, and the break has begun."""
    sync(ws)
    now = clock.now()
    take_days_off(ws, now.date() + timedelta(days=3), now)


def tickets(ws: Workspace) -> list[Ticket]:
    return list_tickets(ws.store, Choice(everything=True), clock.now(), None)


def test_an_urgent_ticket_goes_to_the_teammate_behind_the_closed_door(
    ws: Workspace, account: Account, customer: Account, teammate: Account, sync: Sync
) -> None:
    away(ws, sync)
    ask(account, customer, URGENT)
    sync(ws)
    sync(ws)

    [ticket] = tickets(ws)
    assert ticket.state.status is Status.HANDED_OFF
    [brief] = teammate.messages()
    mail = reader.parse(brief.raw)
    assert f"[hand-off #{ticket.id}]" in mail.subject
    assert "Ana is away until" in mail.text
    assert "charged twice" in mail.text
    assert customer.messages() == []
    [event] = events.events_since(ws.store, clock.now() - timedelta(hours=1), EventKind.HANDED_OFF)
    assert event.actor == "founder-inbox"
    assert event.data["by_rule"] is True


def test_what_only_sounds_urgent_or_came_before_stays(
    ws: Workspace, account: Account, customer: Account, teammate: Account, sync: Sync
) -> None:
    # The server's times are whole seconds.
    ask(account, customer, URGENT, 1, at=clock.now() - timedelta(seconds=2))
    away(ws, sync)
    ask(account, customer, SOUNDS_URGENT, 2)
    sync(ws)

    states = [ticket.state for ticket in tickets(ws)]
    assert [state.status for state in states] == [Status.OPEN] * 2
    assert {state.verdict.lane for state in states} == {Lane.URGENT}
    assert teammate.messages() == []


def test_a_ticket_taken_back_in_the_break_is_not_handed_off_again(
    ws: Workspace, account: Account, customer: Account, teammate: Account, sync: Sync
) -> None:
    away(ws, sync)
    ask(account, customer, URGENT)
    sync(ws)
    triage.take_back(ws, tickets(ws)[0], clock.now())
    account.append(
        letter(
            "Re: Question 1",
            URGENT,
            sender=customer.address,
            to=account.address,
            message_id="<again@okafor.test>",
            references="<1@okafor.test>",
        )
    )
    sync(ws)

    assert tickets(ws)[0].state.status is Status.OPEN
    assert len(teammate.messages()) == 1


def test_undo_takes_back_the_founders_act_and_not_the_rules(
    ws: Workspace, account: Account, customer: Account, sync: Sync
) -> None:
    away(ws, sync)
    ask(account, customer, QUESTION, 1)
    sync(ws)
    [question] = tickets(ws)
    triage.close(ws, [question], clock.now())
    ask(account, customer, URGENT, 2)
    sync(ws)

    assert triage.undo(ws, clock.now()).tickets == (question.id,)


def test_without_a_teammate_or_when_switched_off_nothing_is_handed_off(
    account: Account,
    customer: Account,
    teammate: Account,
    config_file: ConfigFile,
    open_with: Callable[[Path], Workspace],
    sync: Sync,
) -> None:
    off = "\n[break]\nhandoff_urgent = false\n"
    ws = open_with(config_file(account, teammates=[teammate], extra=off))
    away(ws, sync)
    ask(account, customer, URGENT)
    sync(ws)
    assert tickets(ws)[0].state.status is Status.OPEN

    alone = open_with(config_file(account))
    ask(account, customer, URGENT, 2)
    sync(alone)
    assert {t.state.status for t in tickets(alone)} == {Status.OPEN}
    assert teammate.messages() == []


def test_a_customer_who_is_the_teammate_gets_no_internal_mail(
    ws: Workspace, account: Account, teammate: Account, sync: Sync
) -> None:
    away(ws, sync)
    ask(account, teammate, URGENT)
    sync(ws)

    assert teammate.messages() == []
    assert tickets(ws)[0].state.status is Status.OPEN


def test_nothing_is_answered_unless_it_is_switched_on(
    ws: Workspace, account: Account, customer: Account, sync: Sync
) -> None:
    away(ws, sync)
    ask(account, customer, QUESTION)
    sync(ws)
    assert customer.messages() == []


def test_an_automatic_reply_leaves_once_and_answers_nothing(
    answering: Workspace,
    account: Account,
    customer: Account,
    sync: Sync,
    smtp_server: SmtpServer,
) -> None:
    ws = answering
    away(ws, sync)
    ask(account, customer, QUESTION, 1)
    sync(ws)
    ask(account, customer, QUESTION, 2)
    sync(ws)
    sync(ws)

    [received] = smtp_server.received
    assert received.sender == ""
    assert received.recipients == (customer.address,)
    mail = reader.parse(received.content)
    assert mail.kind is MailKind.AUTOMATIC
    assert mail.subject == "Auto: Question 1"
    assert mail.references[0] == "<1@okafor.test>"
    assert "Hi Tom" in mail.text
    assert "away until" in mail.text
    assert "{{" not in mail.text
    first = next(t for t in tickets(ws) if t.state.subject == "Question 1")
    assert first.state.status is Status.OPEN
    assert first.state.last_reply_at is None
    assert first.state.customer.address == customer.address
    said = [e.text for e in view_ticket(ws.store, first).history if e.kind is EntryKind.EVENT]
    assert said == [f"automatic reply to {customer.address}"]
    assert not any(r"\Answered" in m.flags for m in account.messages())
    assert read_burnout(ws, clock.now()).points == 0


def test_a_copy_in_sent_is_no_answer_on_another_machine_either(
    answering: Workspace,
    account: Account,
    customer: Account,
    sync: Sync,
    config_file: ConfigFile,
    open_with: Callable[[Path], Workspace],
    smtp_server: SmtpServer,
    tmp_path: Path,
) -> None:
    away(answering, sync)
    ask(account, customer, QUESTION)
    sync(answering)
    later = clock.now() + timedelta(minutes=2)
    account.append(smtp_server.received[0].content, "Sent")
    path = config_file(account)
    path.write_text(path.read_text().replace(str(tmp_path / "data"), str(tmp_path / "other")))
    other = open_with(path)
    sync(other)

    [ticket] = list_tickets(other.store, Choice(everything=True), later, None)
    assert ticket.state.messages == 2
    assert ticket.state.status is Status.OPEN
    assert ticket.state.last_reply_at is None


def test_who_was_handed_off_hears_from_whom_they_will_hear(
    answering: Workspace, account: Account, customer: Account, teammate: Account, sync: Sync
) -> None:
    away(answering, sync)
    ask(account, customer, URGENT)
    sync(answering)

    [brief] = teammate.messages()
    [told] = customer.messages()
    name = teammate.address.partition("@")[0].capitalize()
    assert f"so {name} has it now" in reader.parse(told.raw).text
    assert tickets(answering)[0].state.status is Status.HANDED_OFF
    assert customer.address in reader.parse(brief.raw).text


def test_a_server_that_refuses_the_null_sender_gets_our_own(
    answering: Workspace,
    account: Account,
    customer: Account,
    sync: Sync,
    smtp_server: SmtpServer,
) -> None:
    away(answering, sync)
    ask(account, customer, QUESTION)
    smtp_server.refuse(Step.MAIL, "553 5.7.1 sender refused")
    sync(answering)

    [received] = smtp_server.received
    assert received.sender == account.address


def test_a_lost_line_never_makes_two_automatic_replies(
    answering: Workspace,
    account: Account,
    customer: Account,
    sync: Sync,
    smtp_server: SmtpServer,
) -> None:
    away(answering, sync)
    ask(account, customer, QUESTION)
    smtp_server.cut(Step.DOT, delivered=True)
    sync(answering)
    sync(answering)
    sync(answering)

    assert len(smtp_server.received) == 1
    assert len(customer.messages()) == 1


# Statements of the one transaction in which a mail is looked at, in their order.
MOMENTS = ("insert into outbox", "'handed_off'", "'auto_replied'", "break_looked")


def test_a_process_killed_while_it_looks_at_a_mail_sends_each_mail_once(
    answering: Workspace,
    account: Account,
    customer: Account,
    teammate: Account,
    sync: Sync,
    smtp_server: SmtpServer,
) -> None:
    away(answering, sync)
    ask(account, customer, URGENT)
    for moment in MOMENTS:
        process = run_sync(answering, moment)
        process.communicate()
        assert process.returncode == -signal.SIGKILL, moment
        assert outbox.list_outbox(answering.store) == []
    sync(answering)

    assert sorted(r.recipients for r in smtp_server.received) == sorted(
        [(teammate.address,), (customer.address,)]
    )
    recorded = events.events_of_ticket(answering.store, tickets(answering)[0].key)
    kinds = [event.kind for event in recorded]
    assert kinds.count(EventKind.HANDED_OFF) == kinds.count(EventKind.AUTO_REPLIED) == 1


def test_a_refused_automatic_reply_does_not_alarm(
    answering: Workspace,
    account: Account,
    customer: Account,
    sync: Sync,
    smtp_server: SmtpServer,
) -> None:
    away(answering, sync)
    ask(account, customer, QUESTION)
    smtp_server.refuse(Step.RCPT, "550 5.1.1 nobody here", times=2)
    sync(answering)

    assert not tickets(answering)[0].state.delivery_failed
    assert smtp_server.received == []


def test_after_the_break_nothing_is_sent_any_more(
    answering: Workspace, account: Account, customer: Account, sync: Sync
) -> None:
    away(answering, sync)
    end_days_off(answering, clock.now())
    ask(account, customer, URGENT)
    sync(answering)

    assert customer.messages() == []
    assert act_while_away(answering, clock.now()) == 0


def test_a_break_that_begins_later_answers_nothing_before(
    answering: Workspace, account: Account, customer: Account, sync: Sync
) -> None:
    sync(answering)
    now = clock.now()
    day = now.date() + timedelta(days=2)
    take_days_off(answering, day, now, first=day)
    ask(account, customer, URGENT)
    sync(answering)

    assert customer.messages() == []


def test_a_reply_that_asks_the_founder_is_refused_before_the_break(
    answering: Workspace, config_file: ConfigFile
) -> None:
    check_away_reply(answering)
    folder = config_file.folder / "replies"
    folder.mkdir()
    (folder / "away.en.md").write_text("---\nname: away\n---\nBack {{ ask.when: When? }}.\n")

    with pytest.raises(BadInput, match="nobody is there to answer"):
        check_away_reply(answering)
