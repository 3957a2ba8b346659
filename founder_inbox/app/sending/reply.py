"""Answering a customer: begin, keep the draft, look at it, send."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from founder_inbox.app.queue.promises import promises_in, record_promises
from founder_inbox.app.queue.temper import hold_for, note_harsh
from founder_inbox.app.queue.triage import record_act
from founder_inbox.app.sending import letters
from founder_inbox.app.sending.canned import ticket_language
from founder_inbox.app.workspace import Workspace
from founder_inbox.core.letters import compose, letter, reply_draft
from founder_inbox.core.letters.compose import Draft
from founder_inbox.core.letters.files import DraftFile, reminder
from founder_inbox.core.letters.own_ids import OwnKind
from founder_inbox.core.model import Address
from founder_inbox.core.promises.finder import FoundPromise
from founder_inbox.core.tickets.entry import Ticket
from founder_inbox.core.tickets.facts import Then
from founder_inbox.core.tickets.journal import EventKind
from founder_inbox.errors import BadInput
from founder_inbox.store import actions, draft_files, drafts, outbox
from founder_inbox.store.outbox import OutboxItem


@dataclass(frozen=True, slots=True)
class ReplyStart:
    """An opened composer: the words so far, and whom they will reach."""

    body: str
    sender: Address
    to: tuple[Address, ...]
    cc: tuple[Address, ...]
    subject: str
    quoted: str
    files: tuple[DraftFile, ...] = ()
    everyone: bool = False


@dataclass(frozen=True, slots=True)
class Preview:
    """A reply as it will leave. `problems` are sentences; with one of them it can't be sent.

    `caution`: why it is held for longer than usual, or "". `reminder`: that the words promise a
    file and none goes along, or "". `promises`: the dates that its words give.
    """

    sender: Address
    to: tuple[Address, ...]
    cc: tuple[Address, ...]
    subject: str
    body: str
    quoted: str
    hold: str
    problems: tuple[str, ...]
    caution: str = ""
    files: tuple[DraftFile, ...] = ()
    reminder: str = ""
    promises: tuple[FoundPromise, ...] = ()


def begin_reply(ws: Workspace, ticket: Ticket, *, everyone: bool = False) -> ReplyStart:
    """The draft that was left, or a new one with greeting and signature. Raises BadInput.

    A draft that was begun to everybody still goes to everybody.
    """
    everyone = everyone or drafts.goes_to_all(ws.store, ticket.id)
    parent = letters.parent_of(ws, ticket)
    language = ticket_language(ws, ticket)
    kept = drafts.draft_of(ws.store, ticket.id)
    account = ws.config.account
    fresh = letter.letter("", parent.sender.name, account.signature, language)
    to, cc = reply_draft.recipients(parent, ws.household.own, everyone=everyone)
    return ReplyStart(
        kept if kept is not None else fresh,
        letters.sender_for(ws, parent),
        to,
        cc,
        reply_draft.reply_subject(parent.subject),
        reply_draft.quoted(parent, ws.hours.zone, language),
        tuple(draft_files.files_of_draft(ws.store, ticket.id)),
        everyone,
    )


def keep_draft(
    ws: Workspace, ticket: Ticket, body: str, now: datetime, *, everyone: bool = False
) -> None:
    """Save what is typed; survives everything that happens after this returns."""
    drafts.replace_draft(ws.store, ticket.id, body, now, everyone=everyone)


def preview(
    ws: Workspace, ticket: Ticket, body: str, now: datetime, everyone: bool = False
) -> Preview:
    """The mail as it would leave, and what still stands in its way."""
    draft = draft_reply(ws, ticket, body, everyone)
    start = begin_reply(ws, ticket, everyone=everyone)
    hold = hold_for(ws, ticket, body)
    return Preview(
        draft.sender,
        draft.to,
        draft.cc,
        draft.subject,
        body,
        start.quoted,
        letters.hold_words(ws, now, hold.seconds),
        _problems(draft, body, ws),
        hold.why,
        start.files,
        reminder(body, start.files),
        promises_in(ws, body, letters.leaves_at(ws, now, hold.seconds)),
    )


def queue_reply(
    ws: Workspace,
    ticket: Ticket,
    body: str,
    now: datetime,
    *,
    then: Then = Then.WAIT,
    everyone: bool = False,
    hold: bool = True,
    files: Sequence[DraftFile] | None = None,
    promises: Sequence[FoundPromise] = (),
) -> OutboxItem:
    """Put the reply into the outbox, in one step with the journal and the end of the draft.

    Without `hold` the undo time is left out. `files`: those of the draft's that go along; None
    is all of them. `promises` are those the founder has said yes to. Raises BadInput when it must
    not leave.
    """
    if files is None:
        files = draft_files.files_of_draft(ws.store, ticket.id)
    attached = draft_files.read_files(ws.store, files)
    draft = replace(draft_reply(ws, ticket, body, everyone), attachments=attached)
    if problems := _problems(draft, body, ws):
        raise BadInput(problems[0])
    seconds = hold_for(ws, ticket, body).seconds if hold else 0
    with ws.store.write():
        number = letters.put_in_outbox(
            ws, ticket, draft, then, now, body=body, undo_seconds=seconds, written=body
        )
        drafts.replace_draft(ws.store, ticket.id, "", now)
        draft_files.send_along(ws.store, files, number)
        actions.queue_seen(ws.store, ticket.key, now, ticket.state.messages)
        note_harsh(ws, ticket, body, now)
        queued = record_act(ws, ticket, EventKind.QUEUED, {"outbox": [number], "then": then}, now)
        item = outbox.outbox_item(ws.store, number)
        if item is None:
            raise LookupError(number)
        leaves_at = letters.leaves_at(ws, now, seconds)
        record_promises(ws, ticket, promises, item.message_id, queued.id, now, leaves_at)
    return item


def draft_reply(ws: Workspace, ticket: Ticket, body: str, everyone: bool) -> Draft:
    """The mail that a body becomes, before it is built. Raises BadInput: nothing to answer."""
    parent = letters.parent_of(ws, ticket)
    return reply_draft.reply_draft(
        parent,
        sender=letters.sender_for(ws, parent),
        own=ws.household.own,
        body=body,
        everyone=everyone,
        own_id=letters.own_reference(ws, ticket, OwnKind.REPLY),
        zone=ws.hours.zone,
        language=ticket_language(ws, ticket),
    )


def _problems(draft: Draft, body: str, ws: Workspace) -> tuple[str, ...]:
    try:
        compose.check(draft, body)
    except BadInput as error:
        return (str(error),)
    if not says_something(body, ws):
        return ("The mail has a greeting and a name but no words yet. The draft is kept.",)
    return ()


def says_something(body: str, ws: Workspace) -> bool:
    """Whether there is more than the greeting and the signature we put there."""
    from founder_inbox.core.letters.greeting import without_greeting

    return without_greeting(body) not in {"", ws.config.account.signature.strip()}
