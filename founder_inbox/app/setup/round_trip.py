"""A mail to oneself, out through one server and in through the other, and away again."""

import contextlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from founder_inbox.core.tickets.outbox import Accepted
from founder_inbox.errors import FounderInboxError
from founder_inbox.mail import smtp
from founder_inbox.mail.imap import ImapSession
from founder_inbox.system import clock

SECONDS = 40.0
_LOOK_SECONDS = 1.0
_LAST = 20  # how far back in Sent a copy is looked for


@dataclass(frozen=True, slots=True)
class Note:
    """The mail: whom it is from and to, its Message-ID, and its bytes."""

    address: str
    message_id: str
    mime: bytes


class NotBack(Exception):
    """The mail did not arrive in time; `refusal`: what the server said where it took none."""

    def __init__(self, refusal: str = "") -> None:
        super().__init__(refusal)
        self.refusal = refusal


def round_trip(
    session: ImapSession,
    submission: smtp.Session,
    note: Note,
    roles: Mapping[str, str],
    now: Callable[[], datetime],
) -> float:
    """Send it, wait for it, remove it; how many seconds it took. Raises NotBack.

    INBOX has to be open. It leaves as an automatic mail, so that nobody answers it.
    """
    first = session.open("INBOX").uidnext
    started = now()
    letter = smtp.Letter(note.address, [note.address], note.mime)
    outcome = smtp.deliver(submission, letter, lambda: None)
    if not isinstance(outcome, Accepted):
        raise NotBack(getattr(outcome, "text", "") or "the line broke before it was taken")
    until = clock.monotonic() + SECONDS
    while clock.monotonic() < until:
        session.call("noop")
        # SEARCH for an id lags behind at some providers; the newest mails' own ids don't.
        if found := _with_id(session, session.uids(first), note.message_id):
            took = (now() - started).total_seconds()
            _clear_away(session, "INBOX", found, roles)
            _clear_copy(session, note.message_id, roles)
            return took
        _wait(session, min(_LOOK_SECONDS, max(until - clock.monotonic(), 0.1)))
    raise NotBack


def _with_id(session: ImapSession, uids: list[int], message_id: str) -> list[int]:
    known = session.own_ids(uids[-_LAST:]) if uids else {}
    return [uid for uid, ids in known.items() if message_id in ids]


def _wait(session: ImapSession, seconds: float) -> None:
    if session.can("IDLE"):
        session.wait_for_news(seconds, lambda: False)
    else:
        clock.wait(min(seconds, 1.0))


def _clear_copy(session: ImapSession, message_id: str, roles: Mapping[str, str]) -> None:
    """Some servers file a copy of what was sent by themselves."""
    if sent := roles.get("sent"):
        with contextlib.suppress(FounderInboxError):
            session.open(sent)
            if found := _with_id(session, session.uids()[-_LAST:], message_id):
                _clear_away(session, sent, found, roles)


def _clear_away(
    session: ImapSession, mailbox: str, uids: list[int], roles: Mapping[str, str]
) -> None:
    """Into the trash where there is one; where that is refused it lies there as a small mail."""
    with contextlib.suppress(FounderInboxError):
        session.open_to_write(mailbox)
        if trash := roles.get("trash"):
            session.move(uids, trash)
        else:
            session.delete(uids)
