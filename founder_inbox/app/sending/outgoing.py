"""Mail that answers nobody: a ticket passed on, and a new mail. Begin, keep, look at it, send.

A forward changes nothing in its ticket, and the customer is not told. A new mail begins a ticket
of its own, which waits for an answer, once the server has accepted it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from founder_inbox.app.queue.promises import promised, promises_in
from founder_inbox.app.queue.temper import harsh_in
from founder_inbox.app.queue.tickets import find_ticket
from founder_inbox.app.queue.triage import record_act
from founder_inbox.app.reading.attachments import files_of_message
from founder_inbox.app.sending import letters
from founder_inbox.app.sending.files_along import files_along
from founder_inbox.app.sending.reply import Preview, says_something
from founder_inbox.app.workspace import Workspace
from founder_inbox.core.display import safe_line
from founder_inbox.core.hours.time_words import counted
from founder_inbox.core.letters import compose, letter, reply_draft
from founder_inbox.core.letters.compose import Draft
from founder_inbox.core.letters.files import DraftFile, reminder
from founder_inbox.core.letters.forward import Passed, forward_subject, forwarded_text
from founder_inbox.core.letters.language import language_of
from founder_inbox.core.letters.own_ids import OwnKind
from founder_inbox.core.letters.recipients import read_recipients
from founder_inbox.core.model import Address
from founder_inbox.core.tickets.entry import Ticket
from founder_inbox.core.tickets.facts import Role, Then
from founder_inbox.core.tickets.journal import EventKind, Json
from founder_inbox.errors import BadInput, NotFound
from founder_inbox.store import draft_files, drafts, events, messages, outbox, outgoing
from founder_inbox.store.messages import Message
from founder_inbox.store.outbox import OutboxItem
from founder_inbox.store.outgoing import Outgoing, OutgoingKind

if TYPE_CHECKING:
    from founder_inbox.core.promises.finder import FoundPromise

_NO_SUBJECT = "It has no subject."


@dataclass(frozen=True, slots=True)
class Words:
    """What the founder has written: the text, the line of people, the subject."""

    body: str
    people: str = ""
    subject: str = ""


@dataclass(frozen=True, slots=True)
class OutgoingStart:
    """An opened composer for mail that answers nobody. `quoted` is what is passed on below."""

    mail: Outgoing
    words: Words
    sender: Address
    quoted: str
    files: tuple[DraftFile, ...]


def begin_forward(
    ws: Workspace,
    ticket: Ticket,
    now: datetime,
    *,
    message: int | None = None,
    fresh: bool = False,
) -> OutgoingStart:
    """The forward of this ticket, or of one mail, that was left; else a new one with its files.

    `message` is a row; with `fresh` it is a new one in any case. Raises BadInput for a ticket
    without a mail.
    """
    for mail in () if fresh else outgoing.unfinished(ws.store):
        if (mail.kind, mail.ticket, mail.message) == (OutgoingKind.FORWARD, ticket.id, message):
            return go_on(ws, mail)
    history = _passed_on(ws, ticket, message)
    subject = forward_subject(history[-1].subject if message else ticket.state.subject)
    found = files_along(ws, history)
    with ws.store.write():
        mail = outgoing.add_outgoing(
            ws.store,
            OutgoingKind.FORWARD,
            now,
            ticket=ticket.id,
            message=message,
            subject=subject,
        )
        for file in found:
            draft_files.add_draft_file(ws.store, mail.draft, file, now)
    return go_on(ws, mail)


def begin_new(ws: Workspace, now: datetime) -> OutgoingStart:
    """A new mail. One that was begun and has nothing in it yet is gone on with."""
    for mail in outgoing.unfinished(ws.store):
        empty = not (mail.people or mail.subject or drafts.draft_of(ws.store, mail.draft))
        if mail.kind is OutgoingKind.NEW and empty and not _files(ws, mail):
            return go_on(ws, mail)
    return go_on(ws, outgoing.add_outgoing(ws.store, OutgoingKind.NEW, now))


def go_on(ws: Workspace, mail: Outgoing) -> OutgoingStart:
    """Open it as it was left."""
    kept = drafts.draft_of(ws.store, mail.draft)
    fresh = letter.letter("", "", ws.config.account.signature, "en")
    words = Words(fresh if kept is None else kept, mail.people, mail.subject)
    return OutgoingStart(mail, words, _sender(ws, mail), _below(ws, mail), _files(ws, mail))


def outgoing_named(ws: Workspace, draft: str) -> Outgoing | None:
    """The forward or new mail whose draft has this name, or None."""
    number = draft.rpartition("-")[2]
    mail = outgoing.outgoing_with_id(ws.store, int(number)) if number.isdecimal() else None
    return mail if mail and mail.draft == draft else None


def keep_outgoing(ws: Workspace, mail: Outgoing, words: Words, now: datetime) -> None:
    """Save what is typed; survives everything that happens after this returns.

    What is still as it was begun is no draft.
    """
    untouched = words.body.split() == _fresh_words(ws)
    with ws.store.write():
        outgoing.head_outgoing(ws.store, mail, words.people, words.subject)
        drafts.replace_draft(ws.store, mail.draft, "" if untouched else words.body, now)


def give_up(ws: Workspace, mail: Outgoing, now: datetime) -> None:
    """Throw a draft away, its files with it."""
    with ws.store.write():
        for file in _files(ws, mail):
            draft_files.remove_draft_file(ws.store, mail.draft, file.id)
        drafts.replace_draft(ws.store, mail.draft, "", now)
        outgoing.drop_outgoing(ws.store, mail)


def preview_outgoing(ws: Workspace, mail: Outgoing, words: Words, now: datetime) -> Preview:
    """The mail as it would leave, and what still stands in its way."""
    files = _files(ws, mail)
    draft, problems = _checked(ws, mail, words)
    no_subject = "" if words.subject.strip() else _NO_SUBJECT
    seconds = _hold_seconds(ws, words.body)
    return Preview(
        draft.sender,
        draft.to,
        (),
        draft.subject,
        words.body,
        _below(ws, mail),
        letters.hold_words(ws, now, seconds),
        problems,
        "",
        files,
        reminder(words.body, files) or no_subject,
        promises_of(ws, mail, words.body, letters.leaves_at(ws, now, seconds)),
    )


def promises_of(
    ws: Workspace, mail: Outgoing, body: str, leaves_at: datetime
) -> "tuple[FoundPromise, ...]":
    """The promises in a new mail. What a forward says is said to no customer."""
    return promises_in(ws, body, leaves_at) if mail.kind is OutgoingKind.NEW else ()


def queue_outgoing(
    ws: Workspace,
    mail: Outgoing,
    words: Words,
    now: datetime,
    *,
    then: Then = Then.WAIT,
    hold: bool = True,
    promises: "Sequence[FoundPromise]" = (),
) -> OutboxItem:
    """Put it into the outbox, in one step with the journal and the end of the draft.

    Without `hold` the undo time is left out. `then` and `promises` (those the founder has said
    yes to) are for a new mail. Raises BadInput when it must not leave.
    """
    draft, problems = _checked(ws, mail, words)
    if problems:
        raise BadInput(problems[0])
    files = _files(ws, mail)
    draft = replace(draft, attachments=draft_files.read_files(ws.store, files))
    ticket = find_ticket(ws.store, mail.ticket) if mail.ticket else None
    seconds = _hold_seconds(ws, words.body) if hold else 0
    with ws.store.write():
        outgoing.head_outgoing(ws.store, mail, words.people, words.subject)
        number = letters.put_in_outbox(
            ws,
            ticket,
            draft,
            then if ticket is None else Then.INTERNAL,
            now,
            body=words.body,
            undo_seconds=seconds,
            written=words.body,
        )
        drafts.replace_draft(ws.store, mail.draft, "", now)
        draft_files.send_along(ws.store, files, number)
        outgoing.leave_as(ws.store, mail, number)
        item = outbox.outbox_item(ws.store, number)
        if item is None:
            raise LookupError(number)
        act = _record(ws, ticket, item, then, draft.to, now)
        if ticket is None:
            leaves_at = letters.leaves_at(ws, now, seconds)
            for data in promised(promises, item.message_id, act, leaves_at):
                name = item.ticket  # which is not there before it has left
                events.append_event(ws.store, now, ws.actor, name, EventKind.PROMISED, data)
    return item


def _record(
    ws: Workspace,
    ticket: Ticket | None,
    item: OutboxItem,
    then: Then,
    to: Sequence[Address],
    now: datetime,
) -> str:
    """Note in the journal what leaves; returns the event's id."""
    if ticket is not None:
        people = ", ".join(person.name or person.address for person in to)
        passed: dict[str, Json] = {"to": safe_line(people), "outbox": [item.id]}
        return record_act(ws, ticket, EventKind.FORWARDED, passed, now).id
    data: dict[str, Json] = {"outbox": [item.id], "then": then}
    return events.append_event(ws.store, now, ws.actor, item.ticket, EventKind.QUEUED, data).id


def _checked(ws: Workspace, mail: Outgoing, words: Words) -> tuple[Draft, tuple[str, ...]]:
    """The mail without its files, and what is in its way."""
    draft = _draft(ws, mail, words)
    try:
        draft = replace(draft, to=read_recipients(words.people))
        compose.check(draft, words.body)
        _check_people(ws, mail, draft.to)
    except BadInput as error:
        return draft, (str(error),)
    if mail.kind is OutgoingKind.NEW and not says_something(words.body, ws):
        return draft, ("The mail has a greeting and a name but no words yet. The draft is kept.",)
    return draft, ()


def _check_people(ws: Workspace, mail: Outgoing, to: Sequence[Address]) -> None:
    """A forward is not for the customer: they would read what is meant for somebody else."""
    if mail.ticket is None:
        return
    ticket = find_ticket(ws.store, mail.ticket)
    theirs = {reply_draft.mailbox(address) for address in letters.customers_of(ws, ticket)}
    for person in to:
        if reply_draft.mailbox(person.address) in theirs:
            raise BadInput(
                f"Not forwarded: {person.address} is this ticket's customer. Answer them with a "
                "reply, or choose somebody else. The draft is kept."
            )


def _draft(ws: Workspace, mail: Outgoing, words: Words) -> Draft:
    below = _below(ws, mail)
    body = f"{words.body.rstrip()}\n\n{below}" if below else words.body
    subject = safe_line(words.subject, 250)
    if mail.ticket is None:
        return Draft(sender=_sender(ws, mail), to=(), subject=subject, body=body)
    ticket = find_ticket(ws.store, mail.ticket)
    own_id = letters.own_reference(ws, ticket, OwnKind.REPLY)
    return Draft(
        sender=_sender(ws, mail),
        to=(),
        subject=subject,
        body=body,
        references=reply_draft.thread_of(letters.parent_of(ws, ticket), own_id),
    )


def _sender(ws: Workspace, mail: Outgoing) -> Address:
    """Who it is from: a forward from the address that was written to."""
    if mail.ticket is None:
        return Address(ws.config.account.name, ws.config.account.address)
    return letters.sender_for(ws, letters.parent_of(ws, find_ticket(ws.store, mail.ticket)))


def _below(ws: Workspace, mail: Outgoing) -> str:
    """What is passed on, as text."""
    if mail.ticket is None:
        return ""
    history = _passed_on(ws, find_ticket(ws.store, mail.ticket), mail.message)
    passed = [
        Passed(letters.mail_of(m), tuple(file.attachment.name for file in files_of_message(ws, m)))
        for m in history
    ]
    return forwarded_text(passed, ws.hours.zone)


def _passed_on(ws: Workspace, ticket: Ticket, message: int | None) -> list[Message]:
    """The mails of a ticket that others may read: none of those between us and the team."""
    history = messages.messages_of_ticket(ws.store, ticket.key)
    outside = [m for m in history if m.role not in {Role.INTERNAL, Role.TEAMMATE}]
    chosen = [m for m in outside if message in (None, m.id)]
    if not chosen:
        raise BadInput(f"#{ticket.id} has no mail to forward.")
    return chosen


def mail_numbered(ws: Workspace, ticket: Ticket, number: int) -> int:
    """The row of a ticket's mail, counted from 1 as `show` does. Raises NotFound."""
    history = messages.messages_of_ticket(ws.store, ticket.key)
    if not 1 <= number <= len(history):
        mails = counted(len(history), "mail")
        raise NotFound(f"#{ticket.id} has {mails}, so there is no mail {number}.")
    return history[number - 1].id


def _files(ws: Workspace, mail: Outgoing) -> tuple[DraftFile, ...]:
    return tuple(draft_files.files_of_draft(ws.store, mail.draft))


def _fresh_words(ws: Workspace) -> list[str]:
    return letter.letter("", "", ws.config.account.signature, "en").split()


def _hold_seconds(ws: Workspace, body: str) -> int:
    """The undo time; longer for harsh words, as for a reply."""
    sending = ws.config.sending
    return max(sending.undo_seconds, sending.hot_seconds if harsh_in(body) else 0)


def worded(ws: Workspace, text: str, to: Sequence[Address]) -> str:
    """A text from the command line as a letter: greeting above, signature below."""
    name = to[0].name if len(to) == 1 else ""
    return letter.letter(text, name, ws.config.account.signature, language_of(text))
