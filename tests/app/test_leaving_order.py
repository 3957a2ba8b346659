"""What was written outside the hours: it leaves at the next opening, in the order written."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from email import message_from_bytes
from pathlib import Path

import pytest

from founder_inbox.app.hours import door
from founder_inbox.app.hours.time_off import end_days_off, take_days_off
from founder_inbox.app.queue import triage
from founder_inbox.app.queue.tickets import Choice, list_tickets
from founder_inbox.app.sending import hand_off, outbox, reply
from founder_inbox.app.session import sessions
from founder_inbox.app.syncing.sync import connect, prepare, sync_round
from founder_inbox.app.syncing.turns import deliver_now
from founder_inbox.app.workspace import Workspace
from founder_inbox.core.hours.when import parse_when
from founder_inbox.core.model import Status
from founder_inbox.core.tickets.entry import Ticket
from founder_inbox.core.tickets.outbox import CROSSED
from tests.app.letters import letter
from tests.servers.account import Account
from tests.servers.config_file import ConfigFile
from tests.servers.smtp import SmtpServer

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)  # a Monday
EVENING, END = NOON.replace(hour=17), NOON.replace(hour=18)
TUESDAY = NOON.replace(hour=9) + timedelta(days=1)
WORDS = "Hi,\n\nit works again.\n\nAna"
PEOPLE = ("ada", "bob", "cyd", "dan")
REASON = "the invoices are on fire"


@dataclass
class Desk:
    """A founder at work, with a clock set by hand and real servers."""

    ws: Workspace
    account: Account
    server: SmtpServer
    moment: datetime = NOON

    def sync(self) -> int:
        """One `founder-inbox sync`; how many mails left."""
        prepare(self.ws, self.moment)
        session = connect(self.ws)
        try:
            return sync_round(self.ws, session, lambda: self.moment).sent
        finally:
            session.close()

    def ask(self, name: str, number: int = 1) -> None:
        first = f"<{name}-1@x.test>"
        raw = letter(
            f"Question of {name}",
            f"Can you help me, please? ({number})",
            sender=f"{name} <{name}@x.test>",
            to=self.account.address,
            message_id=f"<{name}-{number}@x.test>",
            references=first if number > 1 else "",
        )
        self.account.append(raw, at=self.moment)

    def ticket(self, name: str) -> Ticket:
        every = list_tickets(self.ws.store, Choice(everything=True), self.moment, None)
        return next(t for t in every if t.state.subject == f"Question of {name}")

    def answer(self, name: str, **span: int) -> int:
        self.moment += timedelta(**span)
        return reply.queue_reply(self.ws, self.ticket(name), WORDS, self.moment).id

    def left(self) -> list[str]:
        """The customers whose tickets' mails the server took, in its order."""
        subjects = [str(message_from_bytes(r.content)["Subject"]) for r in self.server.received]
        return [subject.rpartition("of ")[2] for subject in subjects]

    def waits_until(self) -> set[datetime]:
        return {item.not_before for item in outbox.list_outbox(self.ws.store)}


@pytest.fixture
def desk(
    account: Account,
    teammate: Account,
    config_file: ConfigFile,
    smtp_server: SmtpServer,
    open_with: Callable[[Path], Workspace],
) -> Desk:
    """Four questions came in the morning; it is noon, and support is closed."""
    windows = ["mon-fri 09:00-10:00", "mon-fri 17:00-18:00"]
    path = config_file(account, teammates=[teammate], windows=windows)
    made = Desk(open_with(path), account, smtp_server)
    made.moment = NOON.replace(hour=9, minute=30)
    for name in PEOPLE:
        made.ask(name)
    made.sync()
    made.moment = NOON
    return made


def write_outside(desk: Desk) -> None:
    """Three replies and, in between, a hand-off."""
    desk.answer("cyd", minutes=1)
    desk.answer("ada", minutes=1)
    desk.moment += timedelta(minutes=1)
    hand_off.hand_off(desk.ws, desk.ticket("dan"), "It is about the database.", desk.moment)
    desk.answer("bob", minutes=1)


# The hand-off is two mails: all of it to the teammate, and a word to the customer.
IN_ORDER = ["cyd", "ada", "dan", "dan", "bob"]


def test_a_sync_at_the_opening_sends_it_all_in_the_order_written(desk: Desk) -> None:
    write_outside(desk)
    assert desk.sync() == 0
    assert desk.waits_until() == {EVENING}

    desk.moment = EVENING - timedelta(seconds=1)
    assert desk.sync() == 0
    desk.moment = EVENING
    assert desk.sync() == 5
    assert desk.left() == IN_ORDER
    assert outbox.list_outbox(desk.ws.store) == []


def test_days_off_taken_meanwhile_keep_it_and_coming_back_early_lets_it_go(desk: Desk) -> None:
    write_outside(desk)
    take_days_off(desk.ws, date(2026, 12, 6), desk.moment)
    assert desk.waits_until() == {datetime(2026, 12, 7, 9, tzinfo=UTC)}

    desk.moment = EVENING
    assert desk.sync() == 0
    desk.moment += timedelta(hours=2)
    end_days_off(desk.ws, desk.moment)
    assert desk.waits_until() == {TUESDAY}
    desk.moment = TUESDAY
    assert desk.sync() == 5
    assert desk.left() == IN_ORDER


def test_what_an_early_opening_does_not_get_out_waits_for_the_window_again(desk: Desk) -> None:
    write_outside(desk)
    door.open_early(desk.ws, 10, REASON, desk.moment)
    desk.moment += timedelta(minutes=10)
    assert desk.sync() == 0
    assert desk.waits_until() == {EVENING}

    desk.moment = EVENING
    assert desk.sync() == 5
    assert desk.left() == IN_ORDER


def test_an_early_opening_that_is_closed_at_once_lets_nothing_out(desk: Desk) -> None:
    write_outside(desk)
    door.open_early(desk.ws, 10, REASON, desk.moment)
    door.close_door(desk.ws, desk.moment)
    assert desk.waits_until() == {EVENING}
    desk.moment += timedelta(minutes=1)
    assert desk.sync() == 0


def test_what_waits_leaves_in_an_early_opening_also_where_the_window_is_near(desk: Desk) -> None:
    desk.answer("cyd")
    desk.moment = EVENING - timedelta(minutes=5)
    door.open_early(desk.ws, 10, REASON, desk.moment)
    desk.answer("ada", minutes=1)
    desk.moment += timedelta(minutes=1)
    assert desk.sync() == 2
    assert sorted(desk.left()) == ["ada", "cyd"]


def test_a_reply_that_crossed_a_mail_nobody_had_fetched_is_held_and_shown_with_it(
    desk: Desk,
) -> None:
    write_outside(desk)
    desk.ask("ada", 2)
    desk.moment = EVENING
    assert desk.sync() == 4
    assert desk.left() == ["cyd", "dan", "dan", "bob"]

    [held] = outbox.list_outbox(desk.ws.store)
    assert (held.state, held.answer) == ("held", CROSSED)
    assert desk.ticket("ada").state.status is Status.OPEN
    assert desk.ticket("bob").state.status is Status.WAITING

    outbox.retry(desk.ws, held.id, desk.moment)
    assert deliver_now(desk.ws, [held.id], lambda: desk.moment) is None
    assert desk.left()[-1] == "ada"


def test_a_command_that_sends_its_own_mail_does_not_send_what_may_have_crossed(
    desk: Desk,
) -> None:
    desk.answer("ada")
    desk.ask("ada", 2)
    desk.moment = EVENING
    fresh = desk.answer("bob", minutes=1)
    desk.moment += timedelta(minutes=1)
    deliver_now(desk.ws, [fresh], lambda: desk.moment)
    assert desk.left() == ["bob"]
    assert desk.sync() == 0
    assert outbox.list_outbox(desk.ws.store)[0].answer == CROSSED


def test_the_last_reply_of_a_session_leaves_although_the_wrap_up_came_before_its_undo_time(
    desk: Desk,
) -> None:
    desk.moment = EVENING + timedelta(minutes=20)
    sessions.start_session(desk.ws, desk.moment)
    desk.moment = END + timedelta(minutes=3)
    desk.answer("ada")
    sessions.end_session(desk.ws, desk.moment)
    desk.answer("bob", seconds=5)  # from the command line, after the door has closed
    desk.moment += timedelta(seconds=10)
    assert desk.sync() == 1
    assert desk.left() == ["ada"]
    assert desk.waits_until() == {TUESDAY}


def test_a_snooze_that_comes_due_outside_the_hours_wakes_at_the_opening(desk: Desk) -> None:
    desk.moment = NOON.replace(hour=9, minute=40)
    when = parse_when("in 2h", desk.moment, desk.ws.hours.zone, desk.ws.hours)
    triage.snooze(desk.ws, [desk.ticket("ada")], when, desk.moment)

    for moment, status in ((NOON, Status.SNOOZED), (EVENING, Status.OPEN)):
        desk.moment = moment
        desk.sync()
        row = desk.ws.store.row("select status from ticket where subject = 'Question of ada'")
        assert row is not None
        assert row["status"] == status
