"""Mail out: the due part of the outbox, one mail after the other, each step written down first."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from founder_inbox.app.logins import open_smtp
from founder_inbox.app.reading.project import project_tickets
from founder_inbox.app.reading.rehome import rehome
from founder_inbox.app.sending.due import due_to_leave
from founder_inbox.app.workspace import Workspace
from founder_inbox.core.mime.version import PARSER_VERSION
from founder_inbox.core.model import Direction, Lane, Mail, Verdict
from founder_inbox.core.tickets import outbox as rules
from founder_inbox.core.tickets import threading
from founder_inbox.core.tickets.facts import Then
from founder_inbox.core.tickets.journal import MACHINE, EventKind, Json
from founder_inbox.core.tickets.outbox import NotReached, OutboxState, Outcome, Step
from founder_inbox.core.tickets.roles import role_of_own
from founder_inbox.errors import FounderInboxError
from founder_inbox.mail import smtp
from founder_inbox.store import actions, events, mailboxes, messages, moves, outbox, threads
from founder_inbox.store.draft_files import forget_sent
from founder_inbox.store.outbox import OutboxItem
from founder_inbox.store.outgoing import forget_left
from founder_inbox.store.tickets import key_of_id

# The server's own copy in Sent may need a moment (research: 20 s, Outlook up to 15 min).
LOOK_FOR_COPY_AFTER = timedelta(seconds=20)
_BRIEF_FIRST = "It leaves when it is known that your teammate has the hand-off."
Now = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class SendReport:
    """What a run of the outbox did: how many were accepted, and why it stopped if it did."""

    sent: int = 0
    trouble: FounderInboxError | None = None


def deliver_due(
    ws: Workspace, now: Now, *, looked: bool = False, named: Collection[int] = ()
) -> SendReport:
    """Send what is due, if the door is open; otherwise only what a rule wrote.

    What was written outside the hours waits until it was `looked` for new mail, unless it is
    `named`. Never raises for the server's or the line's sake: `trouble` says what was in the way.
    """
    due = due_to_leave(ws, now(), looked=looked, named=named)
    if not due:
        return SendReport()
    try:
        session = open_smtp(ws)
    except FounderInboxError as error:
        _postpone(ws, due, error, now)
        return SendReport(0, error)
    sent = 0
    try:
        for item in due:
            if item.then is Then.INTRODUCTION and not outbox.brief_has_left(ws.store, item):
                _let_wait(ws, item, now())
                continue
            sent += _attempt(ws, session, item, now)
    finally:
        smtp.leave(session)
    return SendReport(sent)


def _attempt(ws: Workspace, session: smtp.Session, item: OutboxItem, now: Now) -> int:
    """One mail; returns 1 when it was accepted."""
    outbox.move_item(
        ws.store, item.id, OutboxState.SENDING, now(), step=Step.CONNECTING, count_attempt=True
    )
    step = Step.CONNECTING

    def before_data() -> None:
        nonlocal step
        step = Step.DATA
        outbox.move_item(ws.store, item.id, OutboxState.SENDING, now(), step=Step.DATA)

    is_automatic = item.then is Then.AUTOMATIC
    letter = smtp.Letter(item.sender, item.recipients, item.mime, null_sender=is_automatic)
    outcome = smtp.deliver(session, letter, before_data)
    return _settle(ws, replace(item, attempts=item.attempts + 1), step, outcome, now())


def _let_wait(ws: Workspace, item: OutboxItem, now: datetime) -> None:
    """Nobody is announced who has not heard of it; the outbox says so."""
    if item.answer != _BRIEF_FIRST:
        outbox.move_item(ws.store, item.id, item.state, now, answer=_BRIEF_FIRST)


def _settle(ws: Workspace, item: OutboxItem, step: Step, outcome: Outcome, now: datetime) -> int:
    following = rules.after(step, outcome)
    code, words = getattr(outcome, "code", None), _words(outcome)
    with ws.store.write():
        if following.state is OutboxState.SENT:
            _accepted(ws, item, now)
        retry_at = rules.retry_at(item.attempts, now, outcome) if following.retry else None
        outbox.move_item(
            ws.store,
            item.id,
            following.state,
            now,
            code=code,
            answer=words or None,
            not_before=retry_at,
        )
        key = key_of_id(ws.store, item.ticket) if item.ticket else None
        if key is not None:
            project_tickets(ws.store, [key], now)
    return int(following.state is OutboxState.SENT)


def confirm_sent(ws: Workspace, item: OutboxItem, now: datetime, *, in_sent: bool = True) -> None:
    """An uncertain mail has arrived: it was found in Sent, or the founder knows (not `in_sent`).

    Raises ForbiddenMove for any other mail.
    """
    state = rules.move(OutboxState(item.state), rules.OutboxEvent.FOUND)
    with ws.store.write():
        _accepted(ws, item, now, copy=not in_sent)
        outbox.move_item(ws.store, item.id, state, now)
        key = key_of_id(ws.store, item.ticket) if item.ticket else None
        if key is not None:
            project_tickets(ws.store, [key], now)


def _accepted(ws: Workspace, item: OutboxItem, now: datetime, *, copy: bool = True) -> None:
    """The mail is now a message of its ticket; the server is told about the answer and Sent."""
    forget_sent(ws.store, item.id)
    forget_left(ws.store, item.id)
    mail = _mail_of(item)
    key = _home_of(ws, item, mail, now)
    if key is None:
        return
    thread = _thread_for(ws, key, mail)
    if messages.outgoing_with_id(ws.store, mail.message_id) is None:
        _file_own(ws, key, thread, item, mail, now)
    messages.tie_ids(ws.store, thread, threading.candidate_ids(mail))
    project_tickets(ws.store, rehome(ws.store, {thread}, now), now)
    events.append_event(
        ws.store,
        now,
        MACHINE if item.by_rule else ws.actor,
        threads.thread_with_key(ws.store, thread).id,
        EventKind.SENT,
        {"message_id": item.message_id, "then": item.then, "seen": item.seen} | _level(ws),
    )
    if item.then not in {Then.INTERNAL, Then.AUTOMATIC}:
        actions.queue_answered(ws.store, key, now)
    if item.then == Then.CLOSE and ws.archives:
        moves.queue_move(ws.store, key, "archive", now)
    if copy:
        actions.queue_sent_copy(ws.store, item.id, now, now + LOOK_FOR_COPY_AFTER)


def _level(ws: Workspace) -> dict[str, Json]:
    """At level two a sent answer ends the hand-off; at level one nothing is said."""
    return {"level": 2} if ws.config.level == 2 else {}


def _home_of(ws: Workspace, item: OutboxItem, mail: Mail, now: datetime) -> int | None:
    """The key of the mail's ticket; one that answers nobody begins it now."""
    key = key_of_id(ws.store, item.ticket) if item.ticket else None
    begins = item.then in {Then.WAIT, Then.CLOSE} and not mail.references
    if key is None and item.ticket and begins:
        return threads.create_thread(ws.store, item.message_id, now, item.ticket)
    return key


def _thread_for(ws: Workspace, key: int, mail: Mail) -> int:
    """The thread of the mail that is answered, as far as it is in this ticket."""
    ids = threading.candidate_ids(mail)
    homes = messages.threads_of(ws.store, ids)
    near = (homes[ref] for ref in ids if ref in homes)
    here = (t for t in near if threads.thread_with_key(ws.store, t).ticket == key)
    return next(here, key)


def _mail_of(item: OutboxItem) -> Mail:
    # Most rounds send nothing, and start faster without it.
    from founder_inbox.core.mime.reader import parse

    return parse(item.mime)


def _file_own(
    ws: Workspace, key: int, thread: int, item: OutboxItem, mail: Mail, now: datetime
) -> None:
    raw = mailboxes.add_raw(ws.store, item.mime, now)
    message = messages.add_message(
        ws.store,
        key,
        messages.NewMessage(
            key=item.message_id,
            mail=mail,
            at=now,
            direction=Direction.OUT,
            role=role_of_own(item.then),
            verdict=Verdict(Lane.HOWTO, None, (), sure=False),
            outbox=item.id,
        ),
        thread,
    )
    mailboxes.mark_understood(ws.store, raw, message, PARSER_VERSION)


def _postpone(ws: Workspace, due: list[OutboxItem], error: FounderInboxError, now: Now) -> None:
    """The server could not be reached: nothing was said about any mail; all wait."""
    for item in due:
        moment = now()
        attempts = item.attempts + 1
        at = rules.retry_at(attempts, moment, NotReached(str(error)))
        outbox.move_item(
            ws.store,
            item.id,
            OutboxState.QUEUED,
            moment,
            answer=str(error),
            not_before=at,
            count_attempt=True,
        )


def _words(outcome: Outcome) -> str:
    return getattr(outcome, "text", "") or getattr(outcome, "reason", "")
