"""Mail out and triage, against a real SMTP server that delivers into a real Dovecot."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from founder_inbox.app.hours import door
from founder_inbox.app.queue import quick_fix, triage
from founder_inbox.app.queue.tickets import Choice, find_ticket, list_tickets, view_ticket
from founder_inbox.app.sending import hand_off, letters, outbox, reply
from founder_inbox.app.session import burnout, sessions
from founder_inbox.app.syncing.sync import SyncReport
from founder_inbox.app.workspace import Workspace
from founder_inbox.core.hours.when import parse_when
from founder_inbox.core.model import Lane, Status
from founder_inbox.core.tickets.entry import EntryKind, Ticket
from founder_inbox.core.tickets.facts import Then
from founder_inbox.core.tickets.outbox import ForbiddenMove
from founder_inbox.errors import BadInput, Closed, FounderInboxError
from founder_inbox.system import clock
from tests.app.letters import letter
from tests.servers.account import Account
from tests.servers.config_file import ConfigFile
from tests.servers.dovecot import DovecotServer
from tests.servers.smtp import SmtpServer, Step

Sync = Callable[..., SyncReport]
WORDS = "Hi Tom,\n\nit works again: the export had a bug, and I fixed it.\n\nAna"


@pytest.fixture
def customer(dovecot: DovecotServer) -> Iterator[Account]:
    """A customer with a mailbox on the same server."""
    with dovecot.user() as fresh:
        yield fresh


def only(ws: Workspace) -> Ticket:
    [ticket] = list_tickets(ws.store, Choice(everything=True), clock.now(), None)
    return ticket


def ask(account: Account, customer: Account, **more: str) -> None:
    sender = f"Tom Okafor <{customer.address}>"
    message_id = more.get("message_id", "<one@okafor.test>")
    references = more.get("references", "")
    account.append(
        letter(sender=sender, to=account.address, message_id=message_id, references=references)
    )


def test_a_reply_reaches_the_customer_once_and_the_ticket_waits(
    ws: Workspace, account: Account, customer: Account, sync: Sync
) -> None:
    ask(account, customer)
    sync(ws)

    item = reply.queue_reply(ws, only(ws), WORDS, clock.now(), hold=False)
    assert item.state == "held"
    assert sync(ws).sent == 1
    assert sync(ws).sent == 0

    [received] = customer.messages()
    assert b"In-Reply-To: <one@okafor.test>" in received.raw
    assert b"it works again" in received.raw
    assert only(ws).state.status is Status.WAITING


def test_the_customers_mail_is_marked_answered_on_the_server(
    ws: Workspace, account: Account, customer: Account, sync: Sync
) -> None:
    ask(account, customer)
    sync(ws)
    reply.queue_reply(ws, only(ws), WORDS, clock.now(), hold=False)
    sync(ws)
    sync(ws)

    assert account.messages()[0].flags >= {r"\Answered", r"\Seen"}


def test_a_held_reply_does_not_leave_and_undo_makes_it_a_draft_again(
    ws: Workspace, account: Account, customer: Account, sync: Sync, smtp_server: SmtpServer
) -> None:
    ask(account, customer)
    sync(ws)
    reply.queue_reply(ws, only(ws), WORDS, clock.now())
    assert sync(ws).sent == 0

    undone = triage.undo(ws, clock.now())

    assert undone.draft == WORDS
    assert smtp_server.received == []
    assert outbox.list_outbox(ws.store) == []
    assert only(ws).state.status is Status.OPEN
    assert reply.begin_reply(ws, only(ws)).body == WORDS


def test_send_and_close_closes_only_when_the_server_has_accepted(
    ws: Workspace, account: Account, customer: Account, sync: Sync
) -> None:
    ask(account, customer)
    sync(ws)
    reply.queue_reply(ws, only(ws), WORDS, clock.now(), then=Then.CLOSE, hold=False)
    assert only(ws).state.status is Status.WAITING

    sync(ws)
    assert only(ws).state.status is Status.CLOSED


def test_a_refused_mail_comes_back_on_top_in_the_servers_words(
    ws: Workspace, account: Account, customer: Account, sync: Sync, smtp_server: SmtpServer
) -> None:
    ask(account, customer)
    sync(ws)
    smtp_server.refuse(Step.RCPT, "550 5.1.1 no such person here")
    reply.queue_reply(ws, only(ws), WORDS, clock.now(), hold=False)
    sync(ws)

    [item] = outbox.list_outbox(ws.store)
    assert item.state == "failed"
    assert "no such person here" in (item.answer or "")
    assert only(ws).state.status is Status.OPEN
    assert only(ws).state.delivery_failed


def test_a_line_cut_after_the_dot_is_uncertain_and_never_sent_again_by_itself(
    ws: Workspace, account: Account, customer: Account, sync: Sync, smtp_server: SmtpServer
) -> None:
    ask(account, customer)
    sync(ws)
    smtp_server.cut(Step.DOT, delivered=True)
    reply.queue_reply(ws, only(ws), WORDS, clock.now(), hold=False)
    sync(ws)

    [item] = outbox.list_outbox(ws.store)
    assert item.state == "uncertain"
    sync(ws)
    assert len(customer.messages()) == 1


def test_a_founder_who_knows_that_it_arrived_says_so(
    ws: Workspace, account: Account, customer: Account, sync: Sync, smtp_server: SmtpServer
) -> None:
    ask(account, customer)
    sync(ws)
    smtp_server.cut(Step.DOT, delivered=True)
    reply.queue_reply(ws, only(ws), WORDS, clock.now(), hold=False)
    sync(ws)
    [item] = outbox.list_outbox(ws.store)
    outbox.arrived(ws, item.id, clock.now())

    assert outbox.list_outbox(ws.store) == []
    assert only(ws).state.status is Status.WAITING
    with pytest.raises(ForbiddenMove):
        outbox.arrived(ws, item.id, clock.now())
    sync(ws)
    assert len(customer.messages()) == 1


def test_a_temporary_refusal_is_tried_again_later(
    ws: Workspace, account: Account, customer: Account, sync: Sync, smtp_server: SmtpServer
) -> None:
    ask(account, customer)
    sync(ws)
    smtp_server.refuse(Step.DATA, "451 4.3.0 try later")
    reply.queue_reply(ws, only(ws), WORDS, clock.now(), hold=False)
    sync(ws)

    [item] = outbox.list_outbox(ws.store)
    assert item.state == "queued"
    outbox.retry(ws, item.id, clock.now())
    assert sync(ws).sent == 1


def test_outside_the_hours_a_reply_waits_for_the_next_window(
    account: Account,
    customer: Account,
    config_file: ConfigFile,
    open_with: Callable[[Path], Workspace],
    sync: Sync,
) -> None:
    now = clock.now()
    later = (now + timedelta(hours=3)).strftime("%H:%M")
    end = (now + timedelta(hours=4)).strftime("%H:%M")
    ws = open_with(config_file(account, windows=[f"daily {later}-{end}"]))
    ask(account, customer)
    sync(ws)

    item = reply.queue_reply(ws, only(ws), WORDS, now, hold=False)
    assert sync(ws).sent == 0
    assert item.not_before - now > timedelta(hours=2, minutes=50)

    with pytest.raises(Closed, match="opens"):
        door.require_open(ws, now)
    door.open_early(ws, 10, "a customer can't work at all", now)
    assert outbox.list_outbox(ws.store)[0].not_before < now + timedelta(minutes=1)


def test_the_ticket_in_hand_is_finished_and_sent_after_the_window_has_ended(
    account: Account,
    customer: Account,
    config_file: ConfigFile,
    open_with: Callable[[Path], Workspace],
    sync: Sync,
) -> None:
    now = clock.now()
    begin, end = now - timedelta(minutes=50), now - timedelta(minutes=3)
    ws = open_with(config_file(account, windows=[f"daily {begin:%H:%M}-{end:%H:%M}"]))
    ask(account, customer)
    sync(ws)
    assert not door.door_now(ws, now).is_open

    sessions.start_session(ws, end - timedelta(minutes=40))
    reply.queue_reply(ws, only(ws), WORDS, now, hold=False)
    assert sync(ws).sent == 1

    sessions.end_session(ws, now)
    assert letters.leaves_at(ws, now, 0) > now


def test_strict_hours_are_not_opened_early(
    account: Account, config_file: ConfigFile, open_with: Callable[[Path], Workspace]
) -> None:
    now = clock.now()
    later = (now + timedelta(hours=3)).strftime("%H:%M")
    end = (now + timedelta(hours=4)).strftime("%H:%M")
    path = config_file(account, windows=[f"daily {later}-{end}"], enforcement="strict")
    ws = open_with(path)

    with pytest.raises(Closed):
        door.open_early(ws, 10, "a customer can't work at all", now)


def test_three_early_openings_in_a_week_are_said_in_words(
    account: Account, config_file: ConfigFile, open_with: Callable[[Path], Workspace]
) -> None:
    now = clock.now()
    later = (now + timedelta(hours=3)).strftime("%H:%M")
    end = (now + timedelta(hours=4)).strftime("%H:%M")
    ws = open_with(config_file(account, windows=[f"daily {later}-{end}"]))
    for days in (4, 2, 0):
        moment = now - timedelta(days=days)
        door.open_early(ws, 10, "a customer can't work at all", moment)

    reading = burnout.read_burnout(ws, now)
    assert reading.level == "amber"
    assert any("3 times" in signal.sentence for signal in reading.signals)


def test_a_hand_off_tells_the_teammate_everything_and_introduces_them_to_the_customer(
    ws: Workspace,
    account: Account,
    customer: Account,
    teammate: Account,
    sync: Sync,
) -> None:
    ask(account, customer)
    sync(ws)
    ticket = only(ws)
    hand_off.hand_off(ws, ticket, "It is about the database.", clock.now())
    outbox.release(ws, clock.now())
    assert sync(ws).sent == 2

    [brief] = teammate.messages()
    assert f"[hand-off #{ticket.id}]".encode() in brief.raw
    assert b"It is about the database." in brief.raw
    [introduction] = customer.messages()
    assert b"hand-off" not in introduction.raw
    state = only(ws).state
    assert state.status is Status.HANDED_OFF
    assert state.assignee


def test_the_teammates_answer_comes_back_as_a_note_on_top_of_the_lane(
    ws: Workspace, account: Account, customer: Account, teammate: Account, sync: Sync
) -> None:
    ask(account, customer)
    sync(ws)
    hand_off.hand_off(ws, only(ws), "It is stuck.", clock.now())
    outbox.release(ws, clock.now())
    sync(ws)
    ticket = only(ws)
    # Mailboxes keep whole seconds: the answer must not fall into the hand-off's own.
    account.append(
        letter(
            f"Re: [hand-off #{ticket.id}] Export is empty",
            "The nightly job was stuck. Tell them it is fixed.",
            sender=f"Vlad <{teammate.address}>",
            message_id="<vlad@acme.test>",
        ),
        at=clock.now() + timedelta(seconds=2),
    )
    sync(ws)

    state = only(ws).state
    assert state.status is Status.OPEN
    assert state.back_from
    notes = [e for e in view_ticket(ws.store, only(ws)).history if e.kind is EntryKind.NOTE]
    assert "The nightly job was stuck" in notes[-1].text


def test_a_hand_off_to_the_customer_is_refused_before_it_is_built(
    account: Account,
    customer: Account,
    config_file: ConfigFile,
    open_with: Callable[[Path], Workspace],
    sync: Sync,
) -> None:
    ws = open_with(config_file(account, teammates=[customer]))
    ask(account, customer)
    sync(ws)

    with pytest.raises(BadInput, match="is the customer"):
        hand_off.hand_off(ws, only(ws), "Please look", clock.now())
    assert outbox.list_outbox(ws.store) == []


def test_a_mail_that_came_after_the_founder_looked_keeps_the_ticket_open(
    ws: Workspace, account: Account, customer: Account, sync: Sync
) -> None:
    ask(account, customer)
    sync(ws)
    looked_at = only(ws)
    ask(account, customer, message_id="<two@x.test>", references="<one@okafor.test>")
    sync(ws)

    triage.close(ws, [looked_at], clock.now() + timedelta(seconds=2))

    assert only(ws).state.status is Status.OPEN


def test_triage_is_undone_one_act_at_a_time(
    ws: Workspace, account: Account, customer: Account, sync: Sync
) -> None:
    ask(account, customer)
    sync(ws)
    now = clock.now() + timedelta(seconds=2)
    when = parse_when("in 3 days", now, ws.hours.zone, ws.hours)
    triage.move_to_lane(ws, [only(ws)], Lane.FEATURE, now)
    quick_fix.flag(ws, [only(ws)], now)
    triage.snooze(ws, [only(ws)], when, now)
    assert only(ws).state.status is Status.SNOOZED

    triage.undo(ws, now)
    assert only(ws).state.status is Status.OPEN
    assert only(ws).state.quick_fix
    triage.undo(ws, now)
    assert not only(ws).state.quick_fix
    assert only(ws).state.verdict.lane is Lane.FEATURE
    triage.undo(ws, now)
    assert only(ws).state.verdict.lane is not Lane.FEATURE
    with pytest.raises(FounderInboxError, match="nothing to take back"):
        triage.undo(ws, now)


def test_a_mail_that_has_left_does_not_stand_in_the_way_of_undoing_what_was_before(
    ws: Workspace, account: Account, customer: Account, sync: Sync
) -> None:
    ask(account, customer)
    sync(ws)
    now = clock.now()
    triage.move_to_lane(ws, [only(ws)], Lane.FEATURE, now)
    reply.queue_reply(ws, only(ws), WORDS, now, hold=False)
    sync(ws)

    with pytest.raises(FounderInboxError, match="can't be called back"):
        triage.undo(ws, now + timedelta(seconds=30))
    triage.undo(ws, now + timedelta(minutes=3))
    assert only(ws).state.verdict.lane is not Lane.FEATURE
    assert only(ws).state.status is Status.WAITING


def test_a_snoozed_ticket_wakes_at_its_time(
    ws: Workspace, account: Account, customer: Account, sync: Sync
) -> None:
    ask(account, customer)
    sync(ws)
    now = clock.now() + timedelta(seconds=2)
    triage.snooze(ws, [only(ws)], parse_when("in 2h", now, ws.hours.zone, ws.hours), now)

    assert list_tickets(ws.store, Choice(), now + timedelta(minutes=119), None) == []
    [awake] = list_tickets(ws.store, Choice(), now + timedelta(hours=3), None)
    assert awake.state.status is Status.OPEN


def test_send_and_remind_comes_back_when_they_stay_silent_and_not_when_they_answer(
    ws: Workspace, account: Account, customer: Account, sync: Sync
) -> None:
    ask(account, customer)
    sync(ws)
    now = clock.now()
    by_monday = parse_when("if no answer by in 2 days", now, ws.hours.zone, ws.hours)
    reply.queue_reply(ws, only(ws), WORDS, now, hold=False)
    triage.snooze(ws, [only(ws)], by_monday, now)
    sync(ws)
    sync(ws)

    assert only(ws).state.status is Status.SNOOZED
    [reminded] = list_tickets(ws.store, Choice(), now + timedelta(days=3), None)
    assert reminded.state.status is Status.OPEN

    ask(account, customer, message_id="<two@x.test>", references="<one@okafor.test>")
    sync(ws)
    assert only(ws).state.status is Status.OPEN


def test_a_note_is_in_the_ticket_and_in_no_mail(
    ws: Workspace, account: Account, customer: Account, sync: Sync, smtp_server: SmtpServer
) -> None:
    ask(account, customer)
    sync(ws)
    triage.add_note(ws, only(ws), "He is a friend of \x1b[31mMarissa", clock.now())
    sync(ws)

    notes = [e for e in view_ticket(ws.store, only(ws)).history if e.kind is EntryKind.NOTE]
    assert "friend of" in notes[0].text
    assert "\x1b" not in notes[0].text
    assert smtp_server.received == []


def test_a_ticket_is_found_by_any_unique_beginning_of_its_id(
    ws: Workspace, account: Account, customer: Account, sync: Sync
) -> None:
    ask(account, customer)
    sync(ws)
    ticket = only(ws)

    assert find_ticket(ws.store, "#" + ticket.id[:3].upper()).key == ticket.key
    with pytest.raises(FounderInboxError, match="no ticket"):
        find_ticket(ws.store, "zzzzzzz")
