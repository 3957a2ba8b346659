"""What another mail program did, made acts in the journal: a phone's archive, flag or bin.

Everything is read from where mails lie and what the journal says. Several machines may see the
same act: each line names the place where a mail lies then, and the journal counts it once.
"""

import contextlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from founder_inbox.app.reading.project import project_tickets
from founder_inbox.app.syncing.moving import find_mail
from founder_inbox.app.syncing.share import share_journal
from founder_inbox.app.workspace import Workspace
from founder_inbox.core.model import Status
from founder_inbox.core.sync.plan import FEW
from founder_inbox.core.tickets.elsewhere import (
    ANOTHER_PROGRAM,
    LEFT_INBOX,
    Did,
    is_told,
    may_be_ours,
)
from founder_inbox.core.tickets.journal import EventKind, Json
from founder_inbox.mail.imap import ImapSession, ServerRefused
from founder_inbox.store import elsewhere, events, moves
from founder_inbox.store.elsewhere import Mark
from founder_inbox.store.sharing import knows_others
from founder_inbox.store.tickets import ticket_with_key

Now = Callable[[], datetime]
# What left the inbox longer ago was judged, or nobody was there to see it.
LOOKS_BACK = timedelta(days=3)
# Where a mail is looked for that has left the inbox, in this order.
_BINS = {"trash": Did.TRASHED, "junk": Did.JUNKED, "archive": Did.ARCHIVED}


@dataclass(frozen=True, slots=True)
class Changed:
    """What a look at the inbox showed: the UIDs whose flags changed, with what was said before.

    `low`: from this UID on mails are new there; None with the first look, which tells nothing.
    """

    mailbox: str
    low: int | None
    flagged: tuple[int, ...] = ()
    answered: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class _Act:
    ticket: int
    did: Did
    place: str
    mail: str
    at: datetime


def note_elsewhere(
    ws: Workspace,
    session: ImapSession,
    roles: dict[str, str],
    changed: Iterable[Changed],
    now: Now,
) -> int:
    """Record what others did since the last look; returns how many acts that are.

    Call it when new mail is understood. Raises LineBroken.
    """
    looks = list(changed)
    if not looks or not (any(True for _ in _acts(ws, looks, now())) or _gone(ws, now())):
        return 0
    if knows_others(ws.store):  # it may have been one of our own, whose word went up before
        share_journal(ws, session, now)
    found = list(_acts(ws, looks, now()))
    with contextlib.suppress(ServerRefused):  # then it is looked for when the inbox changes again
        found += _left(ws, session, roles, now())
    for act in found:
        _record(ws, act, now())
    return len(found)


def _acts(ws: Workspace, looks: Iterable[Changed], now: datetime) -> Iterator[_Act]:
    for look in looks:
        if look.low is not None:
            for mark in elsewhere.came_in(ws.store, look.mailbox, look.low):
                yield from _of_newcomer(ws, mark, now)
        for mark in elsewhere.marks_at(ws.store, look.mailbox, look.flagged):
            yield from _of_flag(ws, mark, now)
        for mark in elsewhere.marks_at(ws.store, look.mailbox, look.answered):
            yield from _of_answer(ws, mark, now)


def _of_newcomer(ws: Workspace, mark: Mark, now: datetime) -> Iterator[_Act]:
    """A mail that is new in the inbox: an old one that came back, or one with a flag already."""
    ticket = ticket_with_key(ws.store, mark.ticket)
    closed = ticket is not None and ticket.state.status is Status.CLOSED
    if mark.known_before:
        elsewhere.left_archive(ws.store, mark.raw, now)
        if closed and not mark.ours_waits:
            yield _act(mark, Did.BROUGHT_BACK, now)
    if mark.flagged:
        yield from _of_flag(ws, mark, now)
    if mark.answered and not mark.known_before:
        yield from _of_answer(ws, mark, now)


def _of_flag(ws: Workspace, mark: Mark, now: datetime) -> Iterator[_Act]:
    ticket = ticket_with_key(ws.store, mark.ticket)
    if ticket is None or mark.ours_waits or ticket.state.status is Status.CLOSED:
        return
    flagged = elsewhere.is_flagged(ws.store, mark.ticket)
    if flagged is not ticket.state.quick_fix:
        did = Did.FLAGGED if flagged else Did.UNFLAGGED
        before = events.events_of_ticket(ws.store, mark.ticket)
        times = sum(event.kind is EventKind.ELSEWHERE for event in before)
        yield _act(mark, did, now, again=f":{times}")


def _of_answer(ws: Workspace, mark: Mark, now: datetime) -> Iterator[_Act]:
    ours = mark.ours_waits or elsewhere.was_answered(ws.store, mark.ticket, mark.at)
    if mark.answered and not ours:
        yield _act(mark, Did.ANSWERED, now)


def _act(mark: Mark, did: Did, now: datetime, *, again: str = "") -> _Act:
    return _Act(mark.ticket, did, mark.place + again, mark.message_id, mark.gone_at or now)


def _gone(ws: Workspace, now: datetime) -> list[Mark]:
    """The tickets that left the inbox by no doing of ours that the journal knows."""
    found = elsewhere.left_inbox(ws.store, now - LOOKS_BACK)
    return [mark for mark in found if not _is_explained(ws, mark)]


def _is_explained(ws: Workspace, mark: Mark) -> bool:
    said = events.events_of_ticket(ws.store, mark.ticket)
    ours = any(may_be_ours(event) and event.at >= mark.at for event in said)
    return ours or is_told(said, mark.message_id)


def _left(
    ws: Workspace, session: ImapSession, roles: dict[str, str], now: datetime
) -> Iterator[_Act]:
    marks = _gone(ws, now)
    if len(marks) > FEW:  # somebody tidied up, or moved house: nobody says that all of it is done
        yield from (_act(mark, Did.MOVED_AWAY, now) for mark in marks)
        return
    for mark in marks:
        places = [p for p in moves.places_of(ws.store, mark.raw) if p.role in _BINS]
        place = f"{places[-1].role}:{places[-1].uidvalidity}:{places[-1].uid}" if places else ""
        place = place or _look_for(ws, session, roles, mark)
        did = _BINS.get(place.partition(":")[0], Did.DELETED)
        yield _Act(mark.ticket, did, place or mark.place, mark.message_id, mark.gone_at or now)


def _look_for(ws: Workspace, session: ImapSession, roles: dict[str, str], mark: Mark) -> str:
    """Where a mail lies that is in no mailbox we follow; empty when it is nowhere."""
    mail = moves.wanted_mail(ws.store, mark.raw)
    for role in _BINS if mail else ():
        if role in roles and mail:
            selected = session.open(roles[role])
            if found := find_mail(session, mail):
                return f"{role}:{selected.uidvalidity}:{found[-1]}"
    return ""


def _record(ws: Workspace, act: _Act, now: datetime) -> None:
    ticket = ticket_with_key(ws.store, act.ticket)
    if ticket is None:
        return
    data: dict[str, Json] = {"did": act.did, "place": act.place, "mail": act.mail}
    if act.did in LEFT_INBOX:
        data["seen"] = ticket.state.customer_messages
    with ws.store.write():
        events.append_event(
            ws.store, now, ANOTHER_PROGRAM, ticket.id, EventKind.ELSEWHERE, data, at=act.at
        )
        project_tickets(ws.store, [ticket.key], now)
