"""Trying two servers live, a step at a time: setup shows it, and doctor does the same again."""

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from founder_inbox.app.setup.round_trip import SECONDS, NotBack, Note, round_trip
from founder_inbox.core.checks import Check, State
from founder_inbox.core.display import safe_line
from founder_inbox.core.hours.time_words import counted
from founder_inbox.core.setup import steps
from founder_inbox.core.setup.places import Login
from founder_inbox.core.setup.providers import Provider
from founder_inbox.core.setup.steps import NEEDED, Step
from founder_inbox.errors import FounderInboxError, LoginRefused
from founder_inbox.mail import smtp
from founder_inbox.mail.discovery import has_address
from founder_inbox.mail.imap import ImapServer, ImapSession
from founder_inbox.mail.imap_server import connect, let_go
from founder_inbox.mail.smtp import Session, Submission

COMMAND_SECONDS = 30.0
_WANTED = ("CONDSTORE", "IDLE", "MOVE", "UIDPLUS")


@dataclass(frozen=True, slots=True)
class Candidate:
    """What is tried: both servers with their passwords, and the mail to oneself if there is one.

    `open_imap` and `open_smtp` log in; a token may be renewed in there.
    """

    imap: ImapServer
    smtp: Submission
    provider: Provider | None = None
    note: Note | None = None
    open_imap: Callable[[], ImapSession] | None = None
    open_smtp: Callable[[], Session] | None = None


def try_servers(candidate: Candidate, now: Callable[[], datetime]) -> Iterator[Check]:
    """Each step when it is done; what can't work any more after a failure is left out."""
    with contextlib.ExitStack() as at_the_end:
        trial = _Trial(candidate, now, at_the_end)
        acts: dict[Step, Callable[[], Check]] = {
            Step.NAME: trial.name,
            Step.TLS: trial.encryption,
            Step.LOGIN: trial.login,
            Step.INBOX: trial.inbox,
            Step.SENT: trial.sent,
            Step.SMTP: trial.sending,
        }
        if candidate.note is not None:
            acts[Step.ROUND_TRIP] = trial.to_oneself
        failed: set[Step] = set()
        for step, act in acts.items():
            if failed & set(NEEDED[step]):
                continue
            check = _caught(step, act, candidate)
            if check.state is State.FAILED:
                failed.add(step)
            yield check


def _caught(step: Step, act: Callable[[], Check], candidate: Candidate) -> Check:
    """The check of one step, with its error made into what to do."""
    try:
        return act()
    except LoginRefused as error:
        login = candidate.provider.login if candidate.provider else Login.OWN
        is_token = candidate.imap.is_token
        advice = "" if is_token else steps.login_refused(candidate.provider, login)
        return _failed(step, str(error), advice, error.exit_code)
    except FounderInboxError as error:
        place = candidate.smtp if step is Step.SMTP else candidate.imap
        words, advice = steps.not_encrypted(place.port, str(error))
        asked = step in {Step.TLS, Step.SMTP}
        return _failed(step, words, advice if asked else "", error.exit_code)


@dataclass(slots=True)
class _Trial:
    candidate: Candidate
    now: Callable[[], datetime]
    at_the_end: contextlib.ExitStack
    session: ImapSession | None = None
    submission: Session | None = None
    roles: dict[str, str] = field(default_factory=dict)

    def name(self) -> Check:
        for server in (self.candidate.imap, self.candidate.smtp):
            if not has_address(server.host):
                words, advice = steps.name_unknown(server.host)
                return _failed(Step.NAME, words, advice, 69)
        hosts = dict.fromkeys((self.candidate.imap.host, self.candidate.smtp.host))
        return _ok(Step.NAME, f"found: {', '.join(hosts)}")

    def encryption(self) -> Check:
        imap = self.candidate.imap
        let_go(connect(imap))
        how = {"tls": "from the first byte", "starttls": "by STARTTLS"}.get(imap.security)
        if how is None:
            return Check(Step.TLS, State.NOTE, "none, inside this machine")
        pinned = ", with the certificate you named" if imap.fingerprint else ""
        return _ok(Step.TLS, f"{imap.place}, {how}{pinned}")

    def login(self) -> Check:
        open_ = self.candidate.open_imap or (lambda: ImapSession(self.candidate.imap))
        self.session = open_()
        self.session.command_seconds = COMMAND_SECONDS
        self.at_the_end.callback(self.session.close)
        able = self.session
        missing = [name for name in _WANTED if not able.can(name)]
        words = f"{self.candidate.imap.host} lets {self.candidate.imap.username} in"
        if missing:
            words = f"{words}, without {', '.join(missing)}"
            return Check(Step.LOGIN, State.NOTE, words, "It works; syncing takes a little longer.")
        return _ok(Step.LOGIN, words)

    def inbox(self) -> Check:
        assert self.session is not None  # noqa: S101 - the login was before
        opened = self.session.open("INBOX")
        return _ok(Step.INBOX, f"{counted(opened.exists, 'mail')} in it")

    def sent(self) -> Check:
        assert self.session is not None  # noqa: S101 - the login was before
        self.roles = self.session.roles()
        if "sent" in self.roles:
            return _ok(Step.SENT, safe_line(self.roles["sent"]))
        words, advice = steps.no_sent_mailbox()
        return Check(Step.SENT, State.NOTE, words, advice)

    def sending(self) -> Check:
        server = self.candidate.smtp
        open_ = self.candidate.open_smtp or (lambda: smtp.connect(server))
        self.submission = open_()
        self.at_the_end.callback(smtp.leave, self.submission)
        return _ok(Step.SMTP, f"{server.host} takes mail from {server.username}")

    def to_oneself(self) -> Check:
        assert self.session is not None  # noqa: S101 - the login was before
        assert self.submission is not None  # noqa: S101 - and this, too
        assert self.candidate.note is not None  # noqa: S101 - or this is no step
        try:
            seconds = round_trip(
                self.session, self.submission, self.candidate.note, self.roles, self.now
            )
        except NotBack as late:
            words, advice = steps.not_back(int(SECONDS)) if not late.refusal else (late.refusal, "")
            advice = advice or "Your provider refuses it; founder-inbox could not send either."
            state = State.FAILED if late.refusal else State.NOTE
            return Check(Step.ROUND_TRIP, state, words, advice, 1 if late.refusal else 0)
        return _ok(Step.ROUND_TRIP, f"sent, and back after {seconds:.0f} s; it is gone again")


def _ok(step: Step, words: str) -> Check:
    return Check(step, State.OK, words)


def _failed(step: Step, words: str, advice: str, code: int) -> Check:
    return Check(step, State.FAILED, safe_line(words, 1_000), advice, code)
