"""Tickets with a teammate, against real servers and with a clock set by hand."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default as modern
from pathlib import Path

import pytest

from founder_inbox.app.queue import triage
from founder_inbox.app.queue.promises import list_promises
from founder_inbox.app.queue.tickets import Choice, list_tickets, view_ticket
from founder_inbox.app.sending import hand_off, outbox, reply
from founder_inbox.app.syncing.sync import connect, prepare, sync_round
from founder_inbox.app.workspace import Workspace
from founder_inbox.core.model import Status
from founder_inbox.core.tickets.entry import EntryKind, Ticket
from founder_inbox.core.tickets.journal import EventKind, Json
from founder_inbox.errors import BadInput
from founder_inbox.store import events
from tests.app.letters import letter
from tests.servers.account import Account
from tests.servers.config_file import ConfigFile
from tests.servers.smtp import SmtpServer, Step

NOON = datetime(2026, 11, 16, 12, 0, tzinfo=UTC)  # a Monday; Dovecot takes no mail of tomorrow
WINDOWS = ["mon-fri 09:00-10:00", "mon-fri 17:00-18:00"]
CUSTOMER = "tom@okafor.test"
REASON = "It is about the database."


@dataclass
class Team:
    """A founder, a teammate and a customer; nobody's clock runs by itself."""

    ws: Workspace
    account: Account
    mate: Account
    server: SmtpServer
    moment: datetime

    def sync(self, **span: int) -> int:
        """One `founder-inbox sync` after some time; how many mails left."""
        self.moment += timedelta(**span)
        prepare(self.ws, self.moment)
        session = connect(self.ws)
        try:
            return sync_round(self.ws, session, lambda: self.moment).sent
        finally:
            session.close()

    @property
    def ticket(self) -> Ticket:
        """The only ticket there is."""
        [found] = list_tickets(self.ws.store, Choice(everything=True), self.moment, None)
        return found

    def asks(self, number: int = 1, **more: str) -> None:
        """The customer writes, now."""
        references = "<1@okafor.test>" if number > 1 else ""
        raw = letter(
            text=f"Words number {number} about my export.",
            to=more.pop("to", self.account.address),
            message_id=f"<{number}@okafor.test>",
            references=references,
            date=self.moment,
            **more,
        )
        self.account.append(raw, at=self.moment)

    def answers(self, text: str, *, to: str = "", **headers: str) -> None:
        """The teammate writes in the ticket, a minute later."""
        self.moment += timedelta(minutes=1)
        raw = letter(
            f"Re: [hand-off #{self.ticket.id}] Export is empty",
            text,
            sender=f"Vladimir <{self.mate.address}>",
            to=to or self.account.address,
            message_id=f"<{len(text)}@vlad.test>",
            date=self.moment,
            **headers,
        )
        self.account.append(raw, at=self.moment)

    def hand_off(self) -> None:
        """Hand it off and let both mails go."""
        hand_off.hand_off(self.ws, self.ticket, REASON, self.moment)
        self.sync(seconds=30)

    def got(self) -> list[EmailMessage]:
        """What lies in the teammate's mailbox."""
        return [message_from_bytes(m.raw, policy=modern) for m in self.mate.messages()]

    def history(self) -> str:
        """What the ticket's history says of acts."""
        entries = view_ticket(self.ws.store, self.ticket).history
        return "\n".join(e.text for e in entries if e.kind is EntryKind.EVENT)


MakeTeam = Callable[..., Team]


@pytest.fixture
def make_team(
    account: Account,
    teammate: Account,
    config_file: ConfigFile,
    smtp_server: SmtpServer,
    open_with: Callable[[Path], Workspace],
) -> MakeTeam:
    """Opens a team; Tom has asked at half past nine on a Monday, in the first of two windows."""

    def make(extra: str = "") -> Team:
        path = config_file(account, teammates=[teammate], windows=WINDOWS, extra=extra)
        team = Team(open_with(path), account, teammate, smtp_server, NOON.replace(hour=9))
        team.moment += timedelta(minutes=30)
        team.asks()
        team.sync()
        return team

    return make


@pytest.fixture
def team(make_team: MakeTeam) -> Team:
    return make_team()


def body(mail: EmailMessage) -> str:
    part = mail.get_body(("plain",))
    assert part is not None
    return str(part.get_content())


def test_the_brief_says_who_they_are_what_was_promised_and_where_answers_go(team: Team) -> None:
    said = "Hi Tom,\n\nI am looking into it.\n\nAna"
    reply.queue_reply(team.ws, team.ticket, said, team.moment, hold=False)
    due: dict[str, Json] = {"due": "2026-11-20T09:00:00Z", "words": "by Friday"}
    triage.add_note(team.ws, team.ticket, "Stripe shows two.", team.moment)
    triage.add_note(team.ws, team.ticket, "A slip of the keys.", team.moment)
    triage.undo(team.ws, team.moment)
    team.sync(seconds=1)
    triage.record_act(team.ws, team.ticket, EventKind.PROMISED, due, team.moment)
    team.hand_off()

    [mail] = team.got()
    text = body(mail)
    for expected in (
        REASON,
        "Tom Okafor <tom@okafor.test>",
        "- at okafor.test",
        "- writes for the first time",
        "    Words number 1 about my export.",
        "I am looking into it.",
        "- 2026-11-20 09:00: by Friday",
        "Stripe shows two.",
        f"with {team.account.address} in copy",
    ):
        assert expected in text
    assert "A slip of the keys" not in text
    assert mail["Reply-To"].addresses[0].addr_spec == team.account.address


def test_the_customer_who_writes_again_is_passed_on_once_and_the_queue_stays_quiet(
    team: Team,
) -> None:
    team.hand_off()
    team.asks(2)
    assert team.sync(minutes=1) == 1
    assert team.sync(minutes=1) == 0

    _, mail = team.got()
    assert mail["Subject"] == f"[hand-off #{team.ticket.id}] Export is empty"
    assert "    Words number 2 about my export." in body(mail)
    assert CUSTOMER not in str(mail["To"])
    assert team.ticket.state.status is Status.HANDED_OFF
    assert "they wrote again; passed on to" in team.history()


def test_what_they_write_outside_the_hours_goes_to_the_teammate_at_the_opening(team: Team) -> None:
    team.hand_off()
    team.moment = NOON
    team.asks(2)
    assert team.sync() == 0
    team.moment = NOON.replace(hour=17)
    assert team.sync() == 1


def test_a_mail_that_went_to_the_teammate_too_is_not_sent_twice(team: Team) -> None:
    team.hand_off()
    team.asks(2, Cc=f"Vlad <{team.mate.address}>")

    assert team.sync(minutes=1) == 0
    assert team.ticket.state.status is Status.HANDED_OFF


def test_nothing_is_passed_on_before_the_hand_off_has_left(team: Team) -> None:
    hand_off.hand_off(team.ws, team.ticket, REASON, team.moment)
    team.asks(2)
    team.sync(seconds=1)
    assert team.got() == []
    triage.undo(team.ws, team.moment)
    team.sync(minutes=1)

    assert team.got() == []
    assert team.ticket.state.status is Status.OPEN


def test_without_an_answer_in_two_windows_it_is_back_and_says_why(team: Team) -> None:
    team.hand_off()
    team.moment = NOON.replace(hour=18)
    team.sync()
    assert team.ticket.state.status is Status.HANDED_OFF
    team.moment = NOON + timedelta(days=1, hours=5)
    team.sync()

    state = team.ticket.state
    assert (state.status, bool(state.back_from)) == (Status.OPEN, True)
    assert "back by itself: no answer from" in team.history()
    team.sync(minutes=1)
    recorded = events.events_of_ticket(team.ws.store, team.ticket.key)
    assert [e.kind for e in recorded].count(EventKind.TAKEN_BACK) == 1


def test_what_came_back_by_itself_is_nobodys_act_to_take_back(team: Team) -> None:
    team.hand_off()
    team.moment = NOON + timedelta(days=1, hours=5)
    team.sync()
    triage.add_note(team.ws, team.ticket, "Hm.", team.moment)
    triage.undo(team.ws, team.moment)

    assert team.ticket.state.status is Status.OPEN


def test_an_answer_that_is_already_there_counts_before_the_windows_do(team: Team) -> None:
    team.hand_off()
    team.answers("Fixed. Tell them.")
    team.moment = NOON + timedelta(days=1, hours=5)
    team.sync()

    assert team.ticket.state.status is Status.OPEN
    assert "by itself" not in team.history()


def test_the_teammates_mail_to_the_customer_with_us_in_copy_is_our_answer(team: Team) -> None:
    team.hand_off()
    team.answers("Hi Tom, it works again.", to=f"Tom <{CUSTOMER}>", Cc=team.account.address)
    team.sync()

    assert team.ticket.state.status is Status.WAITING
    last = [e for e in view_ticket(team.ws.store, team.ticket).history if e.number][-1]
    assert (last.sender.name, last.kind) == ("Vladimir", EntryKind.MESSAGE)


def test_the_day_in_the_introduction_is_promised_until_the_teammate_has_written(team: Team) -> None:
    team.hand_off()
    [made] = list_promises(team.ws.store)
    team.answers("Hi Tom, it works again.", to=f"Tom <{CUSTOMER}>", Cc=team.account.address)
    team.sync()

    assert made.promise.words == "by 18 November 2026"
    assert made.promise.due.date() == NOON.date() + timedelta(days=2)
    assert list_promises(team.ws.store) == []


def test_a_hand_off_that_is_taken_back_in_time_promises_nothing(team: Team) -> None:
    hand_off.hand_off(team.ws, team.ticket, REASON, team.moment)
    assert len(list_promises(team.ws.store)) == 1
    triage.undo(team.ws, team.moment + timedelta(seconds=1))

    assert list_promises(team.ws.store) == []


def test_another_teammate_may_answer_for_the_one_who_has_it(make_team: MakeTeam) -> None:
    team = make_team(MARISSA)
    team.hand_off()
    assert team.ticket.state.assignee == "Marissa"
    team.answers("Hi Tom, I am quicker.", to=f"Tom <{CUSTOMER}>", Cc=team.account.address)
    team.sync()

    assert team.ticket.state.status is Status.WAITING


def test_an_out_of_office_is_a_note_and_the_ticket_stays(team: Team) -> None:
    team.hand_off()
    team.answers("I am on holiday.", Auto_Submitted="auto-replied")
    team.sync()

    assert team.ticket.state.status is Status.HANDED_OFF
    notes = [e for e in view_ticket(team.ws.store, team.ticket).history if e.kind is EntryKind.NOTE]
    assert "on holiday" in notes[-1].text


@pytest.mark.parametrize("done", ["closed", "answered"])
def test_a_teammates_late_word_brings_a_finished_ticket_up_again(team: Team, done: str) -> None:
    team.hand_off()
    triage.take_back(team.ws, team.ticket, team.moment)
    if done == "closed":
        triage.close(team.ws, [team.ticket], team.moment)
    else:
        reply.queue_reply(team.ws, team.ticket, "Hi,\n\ndone.\n\nAna", team.moment, hold=False)
        team.sync(seconds=5)
    team.answers("Wait: the other server, too.")
    team.sync()

    assert team.ticket.state.status is Status.OPEN
    assert team.ticket.state.back_from == "Vladimir"


def test_an_address_that_the_server_refuses_brings_it_back_and_says_so(team: Team) -> None:
    team.server.refuse(Step.RCPT, "550 5.1.1 No such user", recipient=team.mate.address)
    team.hand_off()

    state = team.ticket.state
    assert (state.status, state.delivery_failed) == (Status.OPEN, True)
    assert state.back_from
    refused, introduction = outbox.list_outbox(team.ws.store)
    assert "550" in f"{refused.code} {refused.answer}"
    assert (introduction.recipients, introduction.state) == ((CUSTOMER,), "held")
    outbox.retry(team.ws, refused.id, team.moment)
    assert team.sync(seconds=5) == 2
    assert team.ticket.state.status is Status.HANDED_OFF


def test_a_bounced_hand_off_is_back_and_says_that_it_did_not_arrive(team: Team) -> None:
    team.hand_off()
    [mail] = team.got()
    report = bounce(team.mate.address, team.account.address, str(mail["Message-ID"]))
    team.moment += timedelta(minutes=2)
    team.account.append(report, at=team.moment)
    team.sync()

    state = team.ticket.state
    assert (state.status, state.delivery_failed, bool(state.back_from)) == (Status.OPEN, True, True)


def bounce(recipient: str, to: str, message_id: str) -> bytes:
    """A delivery status notification (RFC 3464)."""
    return f"""\
From: Mail Delivery System <mailer-daemon@acme.test>
To: {to}
Subject: Undelivered mail
Message-ID: <bounce@acme.test>
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

It did not arrive.
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; acme.test

Final-Recipient: rfc822; {recipient}
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 no such user
--b
Content-Type: text/rfc822-headers

Message-ID: {message_id}
Subject: hand-off
--b--
""".replace("\n", "\r\n").encode()


def test_two_hand_offs_in_a_row_need_a_taking_back_between_them(team: Team) -> None:
    team.hand_off()
    with pytest.raises(BadInput, match="already"):
        hand_off.hand_off(team.ws, team.ticket, "Again.", team.moment)
    triage.take_back(team.ws, team.ticket, team.moment)
    hand_off.hand_off(team.ws, team.ticket, "Again.", team.moment + timedelta(seconds=1))

    assert team.ticket.state.status is Status.HANDED_OFF
    assert hand_off.last_reasons(team.ws) == ("Again.", REASON)


def test_an_introduction_can_be_switched_off(make_team: MakeTeam) -> None:
    team = make_team("\n[handoff]\nintroduce = false\n")
    hand_off.hand_off(team.ws, team.ticket, REASON, team.moment)

    [item] = outbox.list_outbox(team.ws.store)
    assert item.recipients == (team.mate.address,)


MARISSA = '\n[[teammates]]\nname = "Marissa"\naddress = "m@acme.test"\ntopics = ["bug"]\n'


def test_a_topic_rule_chooses_whom_and_a_name_chooses_otherwise(make_team: MakeTeam) -> None:
    team = make_team(MARISSA)
    first = team.ws.config.teammates[0].name

    assert hand_off.teammate_for(team.ws, team.ticket).name == "Marissa"
    assert hand_off.teammate_for(team.ws, team.ticket, first.lower()).name == first


def test_a_teammate_who_has_left_the_configuration_keeps_no_ticket(make_team: MakeTeam) -> None:
    team = make_team(MARISSA)
    hand_off.hand_off(team.ws, team.ticket, REASON, team.moment)
    team.sync(seconds=30)
    team.ws.config.teammates[:] = team.ws.config.teammates[:1]
    team.sync(minutes=1)

    assert team.ticket.state.status is Status.OPEN
    assert "Marissa is no longer in the configuration" in team.history()


def test_level_two_answers_the_customer_and_the_ticket_waits_for_them(make_team: MakeTeam) -> None:
    team = make_team()
    team.hand_off()
    two = as_level_two(team)
    with pytest.raises(BadInput, match="level two"):
        hand_off.hand_off(two.ws, team.ticket, "Up.", team.moment)
    words = "Hi Tom,\n\nit works again.\n\nVlad"
    reply.queue_reply(two.ws, team.ticket, words, team.moment, hold=False)
    two.sync(seconds=5)

    assert two.ticket.state.status is Status.WAITING


def test_level_two_sends_it_back_with_advice_or_not_at_all(make_team: MakeTeam) -> None:
    team = make_team()
    team.hand_off()
    two = as_level_two(team)
    with pytest.raises(BadInput, match="level one should do"):
        triage.take_back(two.ws, team.ticket, team.moment)
    triage.take_back(two.ws, team.ticket, team.moment, "Ask for the log.")

    state = team.ticket.state
    assert (state.status, bool(state.back_from)) == (Status.OPEN, True)
    view = view_ticket(team.ws.store, team.ticket)
    assert "Ask for the log." in [e.text for e in view.history if e.kind is EntryKind.NOTE]
    assert "with advice" in team.history()
    triage.undo(two.ws, team.moment)
    assert team.ticket.state.status is Status.HANDED_OFF


def as_level_two(team: Team) -> Team:
    """The same mailbox and journal, as the teammate's program sees them."""
    import msgspec

    config = msgspec.structs.replace(team.ws.config, level=2)
    ws = Workspace(config, team.ws.paths, team.ws.store)
    return Team(ws, team.account, team.mate, team.server, team.moment)
