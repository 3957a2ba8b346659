"""Handing one mail to the submission server, step by step (RFC 5321, RFC 6409).

`smtplib.sendmail` hides at which step a line broke; whether a mail may be sent again depends on
exactly that, so the steps are taken one by one here.
"""

import base64
import contextlib
import re
import smtplib
import socket
import ssl
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from founder_inbox.core.display import safe_line
from founder_inbox.core.tickets.outbox import LineLost, Outcome, Permanent, Temporary, outcome_of
from founder_inbox.errors import LoginRefused, ServerUnreachable
from founder_inbox.mail.sasl import login_advice, token_answers, token_mechanism
from founder_inbox.mail.tls import check_fingerprint, make_context

Session = smtplib.SMTP

CONNECT_SECONDS = 15
COMMAND_SECONDS = 300  # RFC 5321, 4.5.3.2
# smtplib takes anything for an address and says what it makes of it; beyond ASCII only RFC 6531.
_SAYABLE = re.compile(r"[!-;=?-~\u00a1-\U0010ffff]{1,320}")
_NO_SMTPUTF8 = (
    "your mail server can't write to an address with such letters before the @ (it has no "
    "SMTPUTF8). Ask for another address"
)
CLOSING = 421  # RFC 5321, 3.8: the server hangs up, and so do we
DOT_SECONDS = 600  # RFC 5321, 4.5.3.2.6: a shorter wait makes duplicates (RFC 1047)


@dataclass(frozen=True, slots=True)
class Submission:
    """Where mail is handed in, and as whom. `password` never leaves this record.

    `is_token`: it is an access token (OAuth2).
    """

    host: str
    port: int
    security: str
    username: str | None
    password: str | None
    ca_file: str | None
    fingerprint: str | None
    is_token: bool = False

    def __repr__(self) -> str:
        """Without the password: records end up in tracebacks."""
        return f"Submission({self.host!r}, {self.port}, {self.security!r})"


@dataclass(frozen=True, slots=True)
class Letter:
    """An envelope and the bytes in it, CRLF, dots not doubled yet.

    `null_sender`: leave as `MAIL FROM:<>`, so that nothing comes back (RFC 3834, 3.3); `sender`
    only where the server refuses that.
    """

    sender: str
    recipients: Sequence[str]
    mime: bytes
    null_sender: bool = False


def connect(server: Submission) -> smtplib.SMTP:
    """A logged-in session. Raises ServerUnreachable and LoginRefused."""
    try:
        session = _greet(server)
    except (OSError, smtplib.SMTPException) as error:
        raise ServerUnreachable(
            f"{server.host}:{server.port} (SMTP) does not answer: {_reason(error)}. Nothing was "
            "sent; your replies wait in the outbox and go out when it is back."
        ) from error
    try:
        if server.username and server.password is not None:
            _login(session, server, server.username, server.password)
    except smtplib.SMTPAuthenticationError as error:
        session.close()
        raise LoginRefused(
            f"{server.host} (SMTP) refused the login of {server.username} ({error.smtp_code}). "
            f"Nothing was sent; your replies wait in the outbox. {login_advice(server.is_token)}"
        ) from None
    except (OSError, ValueError, smtplib.SMTPException) as error:
        session.close()
        raise ServerUnreachable(
            f"{server.host} (SMTP) broke off at the login: {_reason(error)}. Nothing was sent."
        ) from error
    return session


def _login(session: smtplib.SMTP, server: Submission, username: str, password: str) -> None:
    if server.is_token:
        mechanism = token_mechanism(session.esmtp_features.get("auth", "").upper().split())
        if mechanism is None or not username.isascii():
            session.close()
            raise LoginRefused(
                f"{server.host} (SMTP) takes no access token for {username}, so nothing was sent "
                "to it; your replies wait in the outbox. Give [smtp] a password_command."
            )
        says = token_answers(mechanism, username, password, server.host, server.port)
        session.auth(mechanism, lambda challenge=None: says(challenge).decode())
        return
    if (username + password).isascii():
        session.login(username, password)
        return
    # smtplib can only say ASCII; AUTH PLAIN is UTF-8 (RFC 4616).
    words = base64.b64encode(f"\0{username}\0{password}".encode()).decode()
    code, answer = session.docmd("AUTH", f"PLAIN {words}")
    if code != 235:
        raise smtplib.SMTPAuthenticationError(code, answer)


def deliver(session: smtplib.SMTP, letter: Letter, before_data: Callable[[], None]) -> Outcome:
    """Hand in one mail; every recipient or nobody.

    `before_data` runs before the first byte of the mail goes out; what it writes down must be
    durable when it returns. Never raises for what the server or the line does.
    """
    try:
        refused = _envelope(session, letter)
    except (OSError, smtplib.SMTPException) as error:
        return Temporary(0, _reason(error))
    if refused is not None:
        return refused
    before_data()
    try:
        refused = _begin(session)
    except (OSError, smtplib.SMTPException) as error:
        return Temporary(0, _reason(error))  # not a byte of the mail has gone
    if refused is not None:
        return refused
    try:
        code, answer = _data(session, letter.mime)
    except (OSError, smtplib.SMTPException) as error:
        return LineLost(_reason(error))
    outcome = _judge(code, answer)
    if isinstance(outcome, LineLost) or code == CLOSING:
        session.close()  # what it says next would be taken for an answer about the next mail
    return outcome


def leave(session: smtplib.SMTP) -> None:
    """Say goodbye; an error now means nothing for what was accepted."""
    try:
        session.quit()
    except (OSError, smtplib.SMTPException):
        session.close()


def _greet(server: Submission) -> smtplib.SMTP:
    # Reading the system's authorities takes a while; on this machine nobody asks for them.
    encrypted = server.security != "none"
    context = make_context(server.ca_file, server.fingerprint) if encrypted else None
    session: smtplib.SMTP
    if server.security == "tls":
        session = smtplib.SMTP_SSL(
            server.host, server.port, timeout=CONNECT_SECONDS, context=context
        )
    else:
        session = smtplib.SMTP(server.host, server.port, timeout=CONNECT_SECONDS)
    try:
        if server.security == "starttls":
            session.starttls(context=context)
        if encrypted:
            check_fingerprint(session.sock, server.fingerprint, server.host)
        session.ehlo_or_helo_if_needed()
    except BaseException:
        session.close()
        raise
    _patience(session, COMMAND_SECONDS)
    return session


def _envelope(session: smtplib.SMTP, letter: Letter) -> Outcome | None:
    """MAIL and RCPT; the outcome if the server refuses, else None."""
    limit = session.esmtp_features.get("size", "")
    if limit.isdigit() and 0 < int(limit) < len(letter.mime):
        return Permanent(552, f"larger than the {int(limit) // 1_000_000} MB the server takes")
    for address in (letter.sender, *letter.recipients):
        if not (_SAYABLE.fullmatch(address) and address.isprintable()):
            return Permanent(
                553, f"{safe_line(address, 100)}: not an address that can be written to"
            )
        if not address.isascii() and not session.has_extn("smtputf8"):
            return Permanent(553, f"{safe_line(address, 100)}: {_NO_SMTPUTF8}")
    refused = _people(session, "" if letter.null_sender else letter.sender, letter.recipients)
    if letter.null_sender and isinstance(refused, Permanent):
        return _people(session, letter.sender, letter.recipients)
    return refused


def _people(session: smtplib.SMTP, sender: str, recipients: Sequence[str]) -> Outcome | None:
    """MAIL, and RCPT for each; many servers judge the sender only at the first RCPT."""
    # RFC 6531, 3.4: to be said for the envelope, and for the header that has the same addresses.
    beyond = not all(address.isascii() for address in (sender, *recipients))
    code, answer = session.mail(sender, ["SMTPUTF8"] if beyond else [])
    if code != 250:
        return _refused(session, code, answer)
    for recipient in recipients:
        code, answer = session.rcpt(recipient)
        if code not in {250, 251}:
            return _refused(session, code, answer, recipient)
    return None


def _refused(session: smtplib.SMTP, code: int, answer: bytes | str, recipient: str = "") -> Outcome:
    """What an answer before the mail means that is not the one that lets us go on: never a yes."""
    outcome = _judge(code, answer, recipient)
    if isinstance(outcome, Temporary | Permanent) and code != CLOSING:
        _start_over(session)
        return outcome
    # One answer too many, and each that follows would be taken for that to another question.
    session.close()
    if isinstance(outcome, Temporary):
        return outcome
    return Temporary(0, f"the server gave an answer to something else ({code})")


def _start_over(session: smtplib.SMTP) -> None:
    """Forget the mail in hand, or the server refuses the next one as "nested"."""
    with contextlib.suppress(OSError, smtplib.SMTPException):  # the next mail will notice
        session.rset()


def _begin(session: smtplib.SMTP) -> Outcome | None:
    """DATA; None when the server waits for the mail now."""
    code, answer = session.docmd("DATA")
    return None if code == 354 else _refused(session, code, answer)


def _data(session: smtplib.SMTP, mime: bytes) -> tuple[int, bytes]:
    """The mail and its final dot; the server's last word."""
    _patience(session, DOT_SECONDS)
    lines = mime.replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n")
    stuffed = b"\r\n".join(b"." + line if line.startswith(b".") else line for line in lines)
    session.send(stuffed + (b"" if stuffed.endswith(b"\r\n") else b"\r\n") + b".\r\n")
    return session.getreply()


def _judge(code: int, answer: bytes | str, recipient: str = "") -> Outcome:
    text = answer.decode("utf-8", "replace") if isinstance(answer, bytes) else answer
    return outcome_of(code, safe_line(f"{recipient}: {text}" if recipient else text, 300))


def _patience(session: smtplib.SMTP, seconds: float) -> None:
    if isinstance(session.sock, socket.socket):
        session.sock.settimeout(seconds)


def _reason(error: Exception) -> str:
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"its certificate is not trusted ({error.verify_message})"
    # smtplib wraps a time that is over, and has words of its own for a line that is closed.
    if isinstance(error, TimeoutError) or isinstance(error.__context__, TimeoutError):
        return "no answer in time"
    if isinstance(error, smtplib.SMTPServerDisconnected):
        return "the server closed the connection"
    return safe_line(str(error) or type(error).__name__, 200)
