"""The test servers are real: what they promise, an ordinary mail program gets."""

import select
import smtplib
import ssl
import tomllib
from datetime import UTC, datetime, timedelta, timezone

import pytest
from imapclient import IMAPClient
from imapclient.exceptions import LoginError

from tests.servers.account import Account
from tests.servers.config_file import ConfigFile
from tests.servers.dovecot import DovecotServer
from tests.servers.smtp import SmtpServer, Step

MAIL = b"From: ana@ruiz.test\r\nSubject: Charged twice\r\n\r\nHello\r\n"


def trust(server: DovecotServer | SmtpServer) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=str(server.ca_file))


def submit(server: SmtpServer, sender: Account, *recipients: str) -> dict[str, tuple[int, bytes]]:
    """Send MAIL as any mail program would; the recipients that were refused."""
    with smtplib.SMTP_SSL(
        server.host, server.smtps_port, timeout=10, context=trust(server)
    ) as client:
        client.login(sender.username, sender.password)
        return client.sendmail(sender.address, recipients, MAIL)


def test_a_login_is_encrypted_and_the_certificate_checked(
    dovecot: DovecotServer, account: Account
) -> None:
    stranger = ssl.create_default_context()

    with pytest.raises(ssl.SSLCertVerificationError):
        IMAPClient(dovecot.host, dovecot.imaps_port, ssl_context=stranger)

    assert account.client().list_folders()


def test_a_wrong_password_is_refused(dovecot: DovecotServer, account: Account) -> None:
    account.password = "wrong"

    with pytest.raises(LoginError):
        account.client()


def test_the_plain_port_offers_starttls_and_the_log_tells_who_used_it(
    dovecot: DovecotServer, account: Account, teammate: Account
) -> None:
    for mailbox, encrypted in ((account, True), (teammate, False)):
        with IMAPClient(dovecot.host, dovecot.imap_port, ssl=False) as client:
            if encrypted:
                client.starttls(trust(dovecot))
            client.login(mailbox.username, mailbox.password)

    assert dovecot.logged_in_with_tls(account)
    assert not dovecot.logged_in_with_tls(teammate)


def test_a_new_mailbox_has_the_special_folders_and_the_extensions(account: Account) -> None:
    client = account.client()
    special = {
        name: flags[-1] for flags, _, name in client.list_folders() if b"\\HasNoChildren" in flags
    }

    assert special["Sent"] == b"\\Sent"
    assert special["Archive"] == b"\\Archive"
    assert {name for _, _, name in client.list_sub_folders()} >= {"Sent", "Drafts", "Trash", "Junk"}
    assert set(client.capabilities()) >= {b"CONDSTORE", b"QRESYNC", b"MOVE", b"UIDPLUS", b"IDLE"}


def test_a_message_is_kept_as_it_was_appended(account: Account) -> None:
    received = datetime(2026, 3, 2, 9, 30, tzinfo=timezone(timedelta(hours=1)))

    uid = account.append(MAIL, flags=(r"\Seen", "$Lane"), at=received)

    (stored,) = account.messages()
    assert (stored.uid, stored.raw) == (uid, MAIL)
    assert stored.flags == {r"\Seen", "$Lane"}
    assert stored.at == received.astimezone(UTC)


def test_many_messages_are_appended_in_order(account: Account) -> None:
    account.append_many([b"Subject: %d\r\n\r\n" % number for number in range(201)])

    assert [message.raw.split()[1] for message in account.messages()] == [
        b"%d" % number for number in range(201)
    ]


def test_two_accounts_do_not_see_each_others_mail(account: Account, teammate: Account) -> None:
    account.append(MAIL)

    assert account.address != teammate.address
    assert teammate.messages() == []


def test_idle_tells_of_new_mail(account: Account) -> None:
    watcher = account.client()
    watcher.select_folder("INBOX")
    watcher.idle()
    account.append(MAIL)

    readable, _, _ = select.select([watcher.socket()], [], [], 10)
    _, answers = watcher.idle_done()

    assert readable
    assert (1, b"EXISTS") in answers


def test_mail_sent_is_in_the_mailbox_of_every_recipient_when_the_server_says_so(
    smtp_server: SmtpServer, account: Account, teammate: Account
) -> None:
    refused = submit(smtp_server, account, account.address, teammate.address)

    assert refused == {}
    for mailbox in (account, teammate):
        (stored,) = mailbox.messages()
        assert stored.raw.endswith(MAIL)
    (received,) = smtp_server.received
    assert received.content == MAIL
    assert received.username == account.username
    assert received.recipients == (account.address, teammate.address)


def test_sending_needs_a_login(smtp_server: SmtpServer, account: Account) -> None:
    with smtplib.SMTP_SSL(
        smtp_server.host, smtp_server.smtps_port, timeout=10, context=trust(smtp_server)
    ) as client:
        with pytest.raises(smtplib.SMTPSenderRefused) as refused:
            client.sendmail(account.address, [account.address], MAIL)
        with pytest.raises(smtplib.SMTPAuthenticationError):
            client.login(account.username, "wrong")

    assert refused.value.smtp_code == 530
    assert smtp_server.received == []


def test_the_plain_submission_port_wants_starttls_first(
    smtp_server: SmtpServer, account: Account
) -> None:
    with smtplib.SMTP(smtp_server.host, smtp_server.smtp_port, timeout=10) as client:
        with pytest.raises(smtplib.SMTPNotSupportedError):
            client.login(account.username, account.password)
        client.starttls(context=trust(smtp_server))
        client.login(account.username, account.password)
        client.sendmail(account.address, [account.address], MAIL)

    assert len(account.messages()) == 1


@pytest.mark.parametrize("step", [Step.MAIL, Step.RCPT, Step.DATA, Step.DOT])
def test_a_planned_refusal_happens_at_its_step_and_only_once(
    smtp_server: SmtpServer, account: Account, step: Step
) -> None:
    smtp_server.refuse(step, "451 4.3.0 Try again later")

    with pytest.raises(smtplib.SMTPException) as refused:
        submit(smtp_server, account, account.address)
    assert "451" in repr(refused.value)
    assert account.messages() == []

    submit(smtp_server, account, account.address)
    assert len(account.messages()) == 1


def test_a_login_can_be_put_off(smtp_server: SmtpServer, account: Account) -> None:
    """Twice, because smtplib tries PLAIN and then LOGIN."""
    smtp_server.refuse(Step.AUTH, "454 4.7.0 Temporary authentication failure", times=2)

    with pytest.raises(smtplib.SMTPAuthenticationError) as refused:
        submit(smtp_server, account, account.address)

    assert refused.value.smtp_code == 454
    assert smtp_server.logins == []


def test_one_recipient_can_be_refused_while_another_gets_the_mail(
    smtp_server: SmtpServer, account: Account, teammate: Account
) -> None:
    smtp_server.refuse(Step.RCPT, "550 5.1.1 No such user", recipient=teammate.address)

    refused = submit(smtp_server, account, account.address, teammate.address)

    assert refused == {teammate.address: (550, b"5.1.1 No such user")}
    assert (len(account.messages()), len(teammate.messages())) == (1, 0)


@pytest.mark.parametrize(("delivered", "arrived"), [(True, 1), (False, 0)])
def test_the_line_can_break_after_the_final_dot(
    smtp_server: SmtpServer, account: Account, delivered: bool, arrived: int
) -> None:
    smtp_server.cut(Step.DOT, delivered=delivered)

    with pytest.raises((smtplib.SMTPServerDisconnected, ConnectionError)):
        submit(smtp_server, account, account.address)

    assert len(account.messages()) == arrived


def test_a_stalled_server_leaves_the_client_waiting(
    smtp_server: SmtpServer, account: Account
) -> None:
    smtp_server.stall(Step.MAIL)
    client = smtplib.SMTP_SSL(
        smtp_server.host, smtp_server.smtps_port, timeout=10, context=trust(smtp_server)
    )
    client.login(account.username, account.password)
    assert client.sock is not None
    client.sock.settimeout(0.2)

    with pytest.raises(smtplib.SMTPServerDisconnected, match="timed out"):
        client.sendmail(account.address, [account.address], MAIL)
    client.close()

    assert len(smtp_server.logins) == 1
    assert smtp_server.received == []


def test_a_stopped_server_is_gone_and_comes_back_with_its_mail(
    dovecot: DovecotServer,
) -> None:
    certificate = dovecot.folder / "server.pem"
    with DovecotServer(certificate.read_bytes(), dovecot.ca_file.read_bytes()) as own:
        with own.user() as account:
            account.append(MAIL)
        own.stop_process()
        with own.user(account.address) as again, pytest.raises(ConnectionRefusedError):
            again.client()
        own.start()
        with own.user(account.address) as again:
            assert len(again.messages()) == 1
    assert not own.folder.exists()


@pytest.mark.parametrize("security", ["tls", "starttls"])
def test_a_config_file_is_toml_and_names_the_servers(
    config_file: ConfigFile,
    dovecot: DovecotServer,
    account: Account,
    teammate: Account,
    security: str,
) -> None:
    path = config_file(account, security=security, teammates=[teammate], extra="\n[quick_fix]\n")

    config = tomllib.loads(path.read_text())
    assert config["imap"]["port"] in {dovecot.imaps_port, dovecot.imap_port}
    assert config["teammates"][0]["address"] == teammate.address
    assert config["hours"]["windows"] == ["mon-sun 00:00-24:00"]
