"""What another help desk gave out about itself becomes tickets here, notes and tags included."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path

from founder_inbox.app.data.helpdesk_files import read_values
from founder_inbox.app.queue.tickets import load_tickets
from founder_inbox.app.queue.triage import LONGEST_NOTE
from founder_inbox.app.reading.intake import take_in_waiting
from founder_inbox.app.reading.project import project_stale, project_tickets
from founder_inbox.app.syncing.turns import sync_lock
from founder_inbox.app.workspace import Workspace
from founder_inbox.core.display import safe_text
from founder_inbox.core.helpdesk.conversation import (
    Broken,
    Conversation,
    Entry,
    Found,
    LeftOut,
    State,
    Voice,
)
from founder_inbox.core.helpdesk.mails import mail_of, message_id_of
from founder_inbox.core.helpdesk.reading import Place, read_files
from founder_inbox.core.model import Address, Status
from founder_inbox.core.tickets import tags
from founder_inbox.core.tickets.entry import Ticket
from founder_inbox.core.tickets.journal import Event, EventKind, Json
from founder_inbox.errors import BadInput, FounderInboxError, NotFound
from founder_inbox.store.events import append_event, events_of_ticket
from founder_inbox.store.imported import FoundMail, add_imported, known_mails
from founder_inbox.store.search import known_tags
from founder_inbox.system.locks import hold

_BATCH = 20
_A_MOMENT = timedelta(seconds=1)
MOST_TOLD = 20


@dataclass(slots=True)
class TakenOver:
    """What an export held, and what of it was new here. `broken` says what could not be read.

    `left_out`: conversations that are spam, deleted, drafts or merged into others.
    """

    mails: int = 0
    new: int = 0
    tickets: int = 0
    closed: int = 0
    notes: int = 0
    left_out: int = 0
    broken: list[str] = field(default_factory=list)


def import_conversations(
    ws: Workspace, path: Path, now: datetime, tell: Callable[[int], None]
) -> TakenOver:
    """Take in every conversation of an export. `tell` hears how many mails have been read.

    What is here already stays as it is, and a note does not come twice. Nothing is sent, and the
    mail server is not touched. Raises NotFound, AlreadyRunning, and BadInput where nothing in it
    could be read.
    """
    if not path.exists():
        raise NotFound(f"There is no file {path}.")
    done = TakenOver()
    with hold(sync_lock(ws), "The sync"):
        # One act, so that one undo takes it back.
        act: list[Event] = []
        found = read_files(read_values(path))
        try:
            while batch := list(islice(_readable(found, done), _BATCH)):
                _take_over(ws, batch, path.name, now, done, act)
                tell(done.mails)
        finally:
            project_stale(ws.store, now)
    if done.broken and not done.mails:
        raise BadInput(f"Nothing came in from {path}. {done.broken[0]}")
    return done


def _readable(
    found: Iterator[tuple[Place, Found]], done: TakenOver
) -> Iterator[tuple[Place, Conversation]]:
    for place, one in found:
        if isinstance(one, LeftOut):
            done.left_out += 1
        elif isinstance(one, Broken):
            done.broken.append(f"{place}: {one.words}.")
        elif all(entry.voice is Voice.NOTE for entry in one.entries):
            done.broken.append(f"{place}: nobody wrote a mail in it.")
        else:
            yield place, one


def _take_over(
    ws: Workspace,
    batch: Sequence[tuple[Place, Conversation]],
    source: str,
    now: datetime,
    done: TakenOver,
    act: list[Event],
) -> None:
    mails: list[FoundMail] = []
    for _, conversation in batch:
        spoken = [entry for entry in conversation.entries if entry.voice is not Voice.NOTE]
        known = known_mails(ws.store, (message_id_of(conversation, one) for one in spoken))
        new = [one for one in spoken if message_id_of(conversation, one) not in known]
        mails += [_mail(ws, conversation, entry, now) for entry in new]
        done.mails += len(spoken)
    done.new += add_imported(ws.store, mails, source, now)
    taken = take_in_waiting(ws, now)
    if taken.trouble:
        raise taken.trouble
    project_stale(ws.store, now)
    done.tickets += len(taken.new)
    for place, conversation in batch:
        ids = [message_id_of(conversation, entry) for entry in conversation.entries]
        keys = [*known_mails(ws.store, ids).values()]
        if not keys:
            done.broken.append(f"{place}: its mails could not be filed.")
            continue
        _carry_on(ws, conversation, keys[0], keys[0] in taken.new, now, done, act)


def _mail(ws: Workspace, conversation: Conversation, entry: Entry, now: datetime) -> FoundMail:
    account = ws.config.account
    body = mail_of(conversation, entry, Address(account.name, account.address))
    role = "sent" if entry.voice is Voice.US else "inbox"
    return FoundMail(body, min(entry.at, now - _A_MOMENT), role)


def _carry_on(
    ws: Workspace,
    conversation: Conversation,
    key: int,
    new: bool,
    now: datetime,
    done: TakenOver,
    act: list[Event],
) -> None:
    """Notes, tags and, for a ticket that has just begun, whose turn it is."""
    [ticket] = load_tickets(ws.store, [key])
    last = min(conversation.entries[-1].at, now)

    def put_down(kind: EventKind, data: dict[str, Json], at: datetime, actor: str = "") -> None:
        shared: dict[str, Json] = {"act": act[0].id} if act else {}
        who = actor or ws.actor
        act.append(append_event(ws.store, now, who, ticket.id, kind, data | shared, at=at))

    with ws.store.write():
        known = {
            str(event.data.get("text"))
            for event in events_of_ticket(ws.store, key)
            if event.kind is EventKind.NOTE
        }
        for text, at, author in _notes(ws, conversation):
            if text and text not in known:
                put_down(EventKind.NOTE, {"text": text}, min(at, now), author)
                done.notes += 1
        for word in _new_tags(ws, conversation, ticket):
            put_down(EventKind.TAGGED, {"add": word}, last)
        if new and (kind := _settled(conversation, ticket)):
            put_down(kind, {"seen": ticket.state.customer_messages}, last)
            done.closed += kind is EventKind.CLOSED
        project_tickets(ws.store, [key], now)


def _settled(conversation: Conversation, ticket: Ticket) -> EventKind | None:
    """What makes it stand as it stood there: old questions that are open there stay open."""
    closed = ticket.state.status is Status.CLOSED
    if conversation.state is State.CLOSED:
        return EventKind.CLOSED
    spoken = [entry.voice for entry in conversation.entries if entry.voice is not Voice.NOTE]
    if conversation.state is State.OPEN and spoken[-1] is Voice.CUSTOMER and closed:
        return EventKind.REOPENED
    return None


def _notes(ws: Workspace, conversation: Conversation) -> Iterator[tuple[str, datetime, str]]:
    """Each note's words, time and author; who had it there is one, too."""
    for entry in conversation.entries:
        if entry.voice is Voice.NOTE:
            yield _words(ws, conversation, entry), entry.at, entry.author.name
    had_it = conversation.assignee
    name = had_it and (had_it.name or had_it.address)
    if had_it and name and had_it.address.casefold() not in ws.household.own:
        words = f"Assigned to {name} in {conversation.desk}."
        yield words, conversation.entries[-1].at, ""


def _words(ws: Workspace, conversation: Conversation, entry: Entry) -> str:
    """A note is read like a foreign mail: by the process that may be killed."""
    account = ws.config.account
    try:
        mail = ws.parser.parse(mail_of(conversation, entry, Address("", account.address)))
    except FounderInboxError:
        return safe_text(entry.text.strip(), LONGEST_NOTE)
    return safe_text(mail.text.strip(), LONGEST_NOTE)


def _new_tags(ws: Workspace, conversation: Conversation, ticket: Ticket) -> list[str]:
    known = known_tags(ws.store)
    words = dict.fromkeys(tags.spelled(tag, known) for tag in conversation.tags)
    return [word for word in words if word not in ticket.state.tags]
