"""Handing in mail, step by step, against a real server."""

import smtplib
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from founder_inbox.core.tickets.outbox import Accepted, LineLost, Permanent, Temporary
from founder_inbox.errors import LoginRefused, ServerUnreachable
from founder_inbox.mail import smtp
from founder_inbox.mail.smtp import Letter, Submission
from tests.app.letters import letter
from tests.servers.account import Account
from tests.servers.smtp import SmtpServer, Step

NOTHING: Callable[[], None] = lambda: None  # noqa: E731 - a name for a callback


@pytest.fixture
def server(smtp_server: SmtpServer, account: Account) -> Submission:
    return Submission(
        smtp_server.host, smtp_server.smtps_port, "tls", account.username, account.password,
        str(smtp_server.ca_file), None,
    )  # fmt: skip


@pytest.fixture
def session(server: Submission) -> Iterator[smtplib.SMTP]:
    opened = smtp.connect(server)
    yield opened
    smtp.leave(opened)


@pytest.fixture
def mail(account: Account, teammate: Account) -> Letter:
    return Letter(account.address, [teammate.address], letter())


def test_a_mail_arrives_with_its_envelope_and_the_bytes_unchanged(
    session: smtplib.SMTP, mail: Letter, smtp_server: SmtpServer
) -> None:
    written: list[int] = []
    outcome = smtp.deliver(session, mail, lambda: written.append(len(smtp_server.received)))

    assert isinstance(outcome, Accepted)
    assert written == [0]
    [received] = smtp_server.received
    assert (received.sender, list(received.recipients)) == (mail.sender, list(mail.recipients))
    assert received.content == mail.mime


def test_dots_and_long_lines_and_eight_bit_bytes_survive(
    session: smtplib.SMTP, mail: Letter, smtp_server: SmtpServer
) -> None:
    body = b".\r\n..\r\n.. two\r\n" + b"x" * 990 + b"\r\n\xff\xfe caf\xc3\xa9\r\n.\r\n.end\r\n"
    mime = letter().partition(b"\r\n\r\n")[0] + b"\r\n\r\n" + body

    assert isinstance(smtp.deliver(session, replace(mail, mime=mime), NOTHING), Accepted)
    assert smtp_server.received[0].content == mime


def test_bare_line_breaks_can_not_smuggle_a_second_mail(
    session: smtplib.SMTP, mail: Letter, smtp_server: SmtpServer
) -> None:
    for trick in (b"\n.\n", b"\r.\r", b"\n.\r\n", b"\r\n.\n", b"\r.\r\n"):
        evil = mail.mime + trick + b"MAIL FROM:<evil@x>\r\nRCPT TO:<a@b>\r\nDATA\r\n"
        assert isinstance(smtp.deliver(session, replace(mail, mime=evil), NOTHING), Accepted)

    assert {received.sender for received in smtp_server.received} == {mail.sender}
    assert len(smtp_server.received) == 5


def test_a_mail_without_a_last_line_break_gets_one(
    session: smtplib.SMTP, mail: Letter, smtp_server: SmtpServer
) -> None:
    smtp.deliver(session, replace(mail, mime=b"From: a\r\n\r\nend"), NOTHING)

    assert smtp_server.received[0].content == b"From: a\r\n\r\nend\r\n"


@pytest.mark.parametrize("step", [Step.MAIL, Step.RCPT, Step.DATA, Step.DOT])
@pytest.mark.parametrize(
    ("reply", "outcome"),
    [("451 4.3.0 Try later", Temporary), ("550 5.1.1 No such person", Permanent)],
)
def test_a_refusal_at_any_step_is_told_in_the_servers_words_and_the_next_mail_goes_through(
    session: smtplib.SMTP,
    mail: Letter,
    smtp_server: SmtpServer,
    step: Step,
    reply: str,
    outcome: type[Temporary] | type[Permanent],
) -> None:
    smtp_server.refuse(step, reply)

    answer = smtp.deliver(session, mail, NOTHING)
    assert isinstance(answer, outcome)
    assert answer.code == int(reply[:3])
    assert reply[10:] in answer.text
    assert smtp_server.received == []
    assert isinstance(smtp.deliver(session, mail, NOTHING), Accepted)


def test_one_refused_recipient_means_nobody_gets_it(
    session: smtplib.SMTP, mail: Letter, account: Account, smtp_server: SmtpServer
) -> None:
    both = replace(mail, recipients=[account.address, *mail.recipients])
    smtp_server.refuse(Step.RCPT, "550 5.1.1 Unknown", recipient=mail.recipients[0])

    answer = smtp.deliver(session, both, NOTHING)
    assert isinstance(answer, Permanent)
    assert mail.recipients[0] in answer.text
    assert smtp_server.received == []


@pytest.mark.parametrize("step", [Step.MAIL, Step.RCPT])
def test_a_line_cut_before_the_mail_is_no_doubt(
    session: smtplib.SMTP, mail: Letter, smtp_server: SmtpServer, step: Step
) -> None:
    smtp_server.cut(step)
    begun: list[bool] = []

    outcome = smtp.deliver(session, mail, lambda: begun.append(True))
    assert isinstance(outcome, Temporary | LineLost)
    assert begun == []
    assert isinstance(smtp.deliver(session, mail, NOTHING), Temporary | LineLost)


def test_a_line_cut_before_the_first_byte_of_the_mail_is_no_doubt(
    session: smtplib.SMTP, mail: Letter, smtp_server: SmtpServer
) -> None:
    smtp_server.cut(Step.DATA)

    outcome = smtp.deliver(session, mail, NOTHING)
    assert outcome == Temporary(0, "the server closed the connection")
    assert smtp_server.received == []


@pytest.mark.parametrize("delivered", [True, False])
def test_a_line_cut_after_the_dot_is_in_doubt(
    session: smtplib.SMTP, mail: Letter, smtp_server: SmtpServer, delivered: bool
) -> None:
    smtp_server.cut(Step.DOT, delivered=delivered)

    assert isinstance(smtp.deliver(session, mail, NOTHING), LineLost)
    assert len(smtp_server.received) == delivered


def test_a_server_that_never_answers_the_dot_is_in_doubt(
    session: smtplib.SMTP,
    mail: Letter,
    smtp_server: SmtpServer,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(smtp, "DOT_SECONDS", 0.2)
    smtp_server.stall(Step.DOT, delivered=True)

    assert isinstance(smtp.deliver(session, mail, NOTHING), LineLost)


@pytest.mark.parametrize("reply", ["354 what", "999 who knows", "gibberish"])
def test_an_answer_to_the_dot_that_means_nothing_is_in_doubt(
    session: smtplib.SMTP, mail: Letter, smtp_server: SmtpServer, reply: str
) -> None:
    smtp_server.refuse(Step.DOT, reply)

    assert isinstance(smtp.deliver(session, mail, NOTHING), LineLost)


@pytest.mark.parametrize(
    ("step", "reply"),
    [
        (Step.MAIL, "220 hello"),
        (Step.MAIL, "354 go on"),
        (Step.RCPT, "235 logged in"),
        (Step.RCPT, "354 go on"),
        (Step.DATA, "250 2.1.5 OK"),
        (Step.DATA, "220 hello"),
    ],
)
def test_an_answer_out_of_step_is_never_a_yes(
    session: smtplib.SMTP, mail: Letter, smtp_server: SmtpServer, step: Step, reply: str
) -> None:
    """As after a line that nobody asked for: each answer is one to the question before."""
    smtp_server.refuse(step, reply)

    assert isinstance(smtp.deliver(session, mail, NOTHING), Temporary)
    assert isinstance(smtp.deliver(session, mail, NOTHING), Temporary)
    assert smtp_server.received == []


@pytest.mark.parametrize("step", [Step.MAIL, Step.RCPT, Step.DATA, Step.DOT])
def test_a_server_that_says_it_hangs_up_is_asked_nothing_more(
    session: smtplib.SMTP, mail: Letter, smtp_server: SmtpServer, step: Step
) -> None:
    smtp_server.refuse(step, "421 4.3.2 Going down")

    said = smtp.deliver(session, mail, NOTHING)
    assert isinstance(said, Temporary)
    assert said.code == 421
    assert smtp.deliver(session, mail, NOTHING) == Temporary(0, "the server closed the connection")
    assert smtp_server.received == []


def test_a_mail_over_the_servers_limit_is_not_even_begun(
    session: smtplib.SMTP, mail: Letter, smtp_server: SmtpServer
) -> None:
    session.esmtp_features["size"] = "1000"
    begun: list[bool] = []

    outcome = smtp.deliver(session, replace(mail, mime=b"x" * 1_001), lambda: begun.append(True))
    assert isinstance(outcome, Permanent)
    assert outcome.code == 552
    assert begun == []
    assert isinstance(smtp.deliver(session, mail, NOTHING), Accepted)


@pytest.mark.parametrize("address", ["tomás@okafor.test", "a\r\nRCPT TO:<evil@x>", "a\0@x"])
def test_an_address_that_can_not_be_said_is_refused_and_harms_no_other_mail(
    session: smtplib.SMTP, mail: Letter, smtp_server: SmtpServer, address: str
) -> None:
    for odd in (replace(mail, recipients=[address]), replace(mail, sender=address)):
        outcome = smtp.deliver(session, odd, NOTHING)
        assert isinstance(outcome, Permanent | Accepted)

    recipients = {r for received in smtp_server.received for r in received.recipients}
    assert not any("evil" in recipient for recipient in recipients - {address})
    assert isinstance(smtp.deliver(session, mail, NOTHING), Accepted)


def test_an_address_beyond_ascii_is_written_to_where_the_server_says_that_it_can(
    session: smtplib.SMTP, mail: Letter, smtp_server: SmtpServer
) -> None:
    smtp_server.refuse(Step.DATA, "554 5.0.0 not now", times=2)
    raw = mail.mime.replace(b"To: ", "To: jörg@okafor.test, ".encode(), 1)
    beyond = replace(mail, recipients=["jörg@okafor.test"], mime=raw)

    outcome = smtp.deliver(session, beyond, NOTHING)
    assert outcome == Permanent(554, "5.0.0 not now")  # so MAIL and RCPT were understood
    for plain in (mail, replace(mail, sender="")):
        assert not isinstance(smtp.deliver(session, plain, NOTHING), LineLost)


def test_where_the_server_can_not_it_is_said_and_the_next_mail_goes_through(
    session: smtplib.SMTP, mail: Letter, smtp_server: SmtpServer
) -> None:
    del session.esmtp_features["smtputf8"]
    begun: list[bool] = []
    beyond = replace(mail, recipients=["jörg@okafor.test"])

    outcome = smtp.deliver(session, beyond, lambda: begun.append(True))
    assert isinstance(outcome, Permanent)
    assert "jörg@okafor.test: your mail server can't write to an address" in outcome.text
    assert begun == []
    assert smtp_server.received == []
    assert isinstance(smtp.deliver(session, mail, NOTHING), Accepted)


@pytest.mark.parametrize("password", ["correct horse", "hörse", "a\r\nhorse"])
def test_a_wrong_password_is_refused_without_showing_it(server: Submission, password: str) -> None:
    wrong = replace(server, password=password)
    with pytest.raises(LoginRefused, match="wait in the outbox") as refused:
        smtp.connect(wrong)

    assert password not in str(refused.value) + repr(wrong)


def test_a_certificate_nobody_vouches_for_is_named_and_gets_no_password(
    server: Submission, smtp_server: SmtpServer
) -> None:
    for port, security in ((smtp_server.smtps_port, "tls"), (smtp_server.smtp_port, "starttls")):
        with pytest.raises(ServerUnreachable, match="certificate is not trusted"):
            smtp.connect(replace(server, ca_file=None, port=port, security=security))

    assert smtp_server.logins == []


def test_starttls_encrypts_before_the_login(
    server: Submission, smtp_server: SmtpServer, mail: Letter
) -> None:
    session = smtp.connect(replace(server, port=smtp_server.smtp_port, security="starttls"))

    assert isinstance(smtp.deliver(session, mail, NOTHING), Accepted)
    smtp.leave(session)
    assert len(smtp_server.logins) == 1


def test_a_wrong_fingerprint_gets_no_password(server: Submission, smtp_server: SmtpServer) -> None:
    with pytest.raises(ServerUnreachable, match="another certificate"):
        smtp.connect(replace(server, ca_file=None, fingerprint="sha256:" + "0" * 64))

    assert smtp_server.logins == []


def test_where_nobody_listens_nothing_was_sent(server: Submission) -> None:
    with pytest.raises(ServerUnreachable, match="Nothing was sent"):
        smtp.connect(replace(server, port=1))
