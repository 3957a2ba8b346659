"""Whose certificate is taken, and that nobody on the way gets a word in: IMAP and SMTP alike."""

import hashlib
import ssl
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
import trustme

from founder_inbox.core.tickets.outbox import Accepted
from founder_inbox.errors import ServerUnreachable
from founder_inbox.mail import smtp
from founder_inbox.mail.imap import ImapServer, ImapSession
from founder_inbox.mail.smtp import Letter, Submission
from tests.app.letters import letter
from tests.servers.account import Account
from tests.servers.dovecot import DovecotServer
from tests.servers.impostor import Impostor
from tests.servers.smtp import SmtpServer

HOST = Impostor.host
PASSWORD = "correct-horse"
IN_2020, IN_2021 = (datetime(year, 1, 1, tzinfo=UTC) for year in (2020, 2021))
IMAP_HELLO, SMTP_HELLO = b"* OK ready\r\n", b"220 ready\r\n"


@dataclass(frozen=True, slots=True)
class Authority:
    """Who vouches, and the file that says so."""

    ca: trustme.CA
    file: Path

    def context(
        self, *names: str, not_before: datetime | None = None, not_after: datetime | None = None
    ) -> ssl.SSLContext:
        """A server's, with a certificate for these names."""
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        self.ca.issue_cert(*names, not_before=not_before, not_after=not_after).configure_cert(
            context
        )
        return context


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    ca = trustme.CA()
    file = tmp_path_factory.mktemp("ca") / "ca.pem"
    ca.cert_pem.write_to_path(str(file))
    return Authority(ca, file)


def log_in_imap(port: int, security: str, ca: str | None, pin: str | None = None) -> None:
    ImapSession(ImapServer(HOST, port, security, "ana@acme.test", PASSWORD, ca, pin)).close()


def log_in_smtp(port: int, security: str, ca: str | None, pin: str | None = None) -> None:
    smtp.leave(smtp.connect(Submission(HOST, port, security, "ana", PASSWORD, ca, pin)))


LOG_IN: dict[str, Callable[..., None]] = {"imap": log_in_imap, "smtp": log_in_smtp}
HELLO = {"imap": IMAP_HELLO, "smtp": SMTP_HELLO}


def of_another_authority(_: Authority) -> ssl.SSLContext:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    trustme.CA().issue_cert(HOST).configure_cert(context)
    return context


def of_another_host(authority: Authority) -> ssl.SSLContext:
    return authority.context("mail.other.test")


def of_years_ago(authority: Authority) -> ssl.SSLContext:
    return authority.context(HOST, not_before=IN_2020, not_after=IN_2021)


def of_the_future(authority: Authority) -> ssl.SSLContext:
    return authority.context(HOST, not_before=datetime(2096, 1, 1, tzinfo=UTC))


def that_speaks_old_tls(authority: Authority) -> ssl.SSLContext:
    context = authority.context(HOST)
    context.set_ciphers("ALL:@SECLEVEL=0")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        context.minimum_version = ssl.TLSVersion.TLSv1
        context.maximum_version = ssl.TLSVersion.TLSv1_1
    return context


@pytest.mark.parametrize("protocol", LOG_IN)
@pytest.mark.parametrize("security", ["tls", "starttls"])
@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        (of_another_authority, "not trusted"),
        (of_another_host, "not trusted.*(?i:ip address mismatch|doesn't match|not valid for)"),
        (of_years_ago, "not trusted.*expired"),
        (of_the_future, "not trusted.*not yet valid"),
        (that_speaks_old_tls, "(?i)protocol|alert|version"),
    ],
)
def test_a_certificate_that_is_not_right_is_named_and_gets_no_password(
    authority: Authority,
    protocol: str,
    security: str,
    bad: Callable[[Authority], ssl.SSLContext],
    reason: str,
) -> None:
    greeting = HELLO[protocol] if security == "starttls" else b""
    with (
        Impostor(bad(authority), greeting=greeting) as server,
        pytest.raises(ServerUnreachable, match=reason) as refused,
    ):
        LOG_IN[protocol](server.port, security, str(authority.file))

    assert HOST in str(refused.value)
    assert server.heard == b""
    assert PASSWORD.encode() not in server.clear
    assert PASSWORD not in str(refused.value)


@pytest.mark.parametrize("protocol", LOG_IN)
@pytest.mark.parametrize("security", ["tls", "starttls"])
def test_a_pinned_certificate_that_was_exchanged_gets_no_password_although_somebody_vouches(
    authority: Authority,
    protocol: str,
    security: str,
    dovecot: DovecotServer,
    smtp_server: SmtpServer,
) -> None:
    pin = "sha256:" + hashlib.sha256(b"the one before").hexdigest()
    inside, greeting = HELLO[protocol], b""
    if security == "starttls":
        inside, greeting = b"", inside
    is_imap = protocol == "imap"
    real = dovecot.imap_port if is_imap else smtp_server.smtps_port
    with (
        Impostor(
            authority.context(HOST), greeting=greeting, inside=inside, real=real, plain=is_imap
        ) as server,
        pytest.raises(ServerUnreachable, match="another certificate"),
    ):
        LOG_IN[protocol](server.port, security, str(authority.file), pin)

    assert PASSWORD.encode() not in server.heard + server.clear
    assert b"LOGIN" not in server.heard
    assert b"AUTH" not in server.heard


@pytest.mark.parametrize("protocol", LOG_IN)
def test_a_server_that_offers_no_starttls_gets_no_password(
    authority: Authority, protocol: str
) -> None:
    class Plain(Impostor):
        """Has never heard of it."""

        def _answer(self, tag: bytes, command: bytes) -> bytes:
            if tag.upper() == b"EHLO":
                return b"250-here\r\n250 AUTH PLAIN LOGIN\r\n"
            if tag.upper() == b"STARTTLS":
                return b"500 what\r\n"
            if command.startswith(b"CAPABILITY"):
                return b"* CAPABILITY IMAP4rev1 AUTH=PLAIN\r\n" + tag + b" OK done\r\n"
            return tag + b" BAD what\r\n"

    with (
        Plain(authority.context(HOST), greeting=HELLO[protocol]) as server,
        pytest.raises(ServerUnreachable),
    ):
        LOG_IN[protocol](server.port, "starttls", str(authority.file))

    assert PASSWORD.encode() not in server.clear
    assert b"ana" not in server.clear


def test_words_slipped_in_before_tls_are_no_answers_of_the_imap_server(
    authority: Authority, dovecot: DovecotServer, account: Account
) -> None:
    account.append(letter())
    slipped_in = (
        b"* CAPABILITY IMAP4rev1 AUTH=PLAIN X-EVIL\r\n"
        b'* LIST (\\HasNoChildren \\Sent) "/" "Evil"\r\n'
        b"* 99 EXISTS\r\n* OK [ALERT] Call this number\r\n"
    )
    with Impostor(
        authority.context(HOST),
        greeting=IMAP_HELLO,
        slipped_in=slipped_in,
        real=dovecot.imap_port,
        plain=True,
    ) as server:
        session = ImapSession(
            ImapServer(
                HOST, server.port, "starttls", account.username, account.password,
                str(authority.file), None,
            )
        )  # fmt: skip
        assert "Evil" not in session.roles().values()
        assert session.open("INBOX").exists == 1
        assert not session.can("X-EVIL")
        assert session.alerts == []
        session.close()

    assert server.clear.count(b"LOGIN") == 0
    assert b"LOGIN" in server.heard


def test_words_slipped_in_before_tls_are_no_answers_of_the_smtp_server(
    authority: Authority, smtp_server: SmtpServer, account: Account, teammate: Account
) -> None:
    slipped_in = b"250-evil\r\n250-AUTH EVIL\r\n250 SIZE 1\r\n250 2.0.0 Taken\r\n"
    with Impostor(
        authority.context(HOST),
        greeting=SMTP_HELLO,
        slipped_in=slipped_in,
        real=smtp_server.smtps_port,
    ) as server:
        session = smtp.connect(
            Submission(
                HOST, server.port, "starttls", account.username, account.password,
                str(authority.file), None,
            )
        )  # fmt: skip
        assert session.esmtp_features.get("auth", "").strip() != "EVIL"
        letters = Letter(account.address, [teammate.address], letter())
        assert isinstance(smtp.deliver(session, letters, lambda: None), Accepted)
        smtp.leave(session)

    assert len(smtp_server.received) == 1
    assert b"AUTH" not in server.clear
