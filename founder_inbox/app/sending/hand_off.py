"""Handing a ticket to the teammate: one act, two mails, and the ticket out of the queue."""

from datetime import datetime

from founder_inbox.app.queue.triage import record_act
from founder_inbox.app.reading.attachments import file_bytes, files_of_message
from founder_inbox.app.sending import letters
from founder_inbox.app.sending.canned import load_replies, ticket_language, values_for
from founder_inbox.app.workspace import Workspace
from founder_inbox.core.letters import handoff, letter, reply_draft
from founder_inbox.core.letters.compose import Draft, File
from founder_inbox.core.letters.handoff import Author, TicketFacts
from founder_inbox.core.letters.own_ids import OwnKind
from founder_inbox.core.model import Address
from founder_inbox.core.tickets.entry import Ticket
from founder_inbox.core.tickets.facts import Role, Then
from founder_inbox.core.tickets.journal import MACHINE, EventKind, Json
from founder_inbox.errors import BadInput, NotFound
from founder_inbox.store import events, messages
from founder_inbox.store.messages import Message
from founder_inbox.system.config import Teammate

USUAL_REASON = "You know this better than I do."
MOST_ATTACHED = 15_000_000


def hand_off(
    ws: Workspace,
    ticket: Ticket,
    note: str,
    now: datetime,
    to: str | None = None,
    *,
    hold: bool = True,
    act: str | None = None,
) -> str:
    """Hand a ticket over; returns words for the screen. `z` takes it back while it is held.

    Without `hold` the undo time is left out. `act`: the event it is to be undone together with.
    Raises BadInput (no teammate, a customer among the recipients, handed off already).
    """
    mate = find_teammate(ws, to)
    if ticket.state.assignee:
        raise BadInput(f"#{ticket.id} is with {ticket.state.assignee} already.")
    reason = note.strip() or last_reason(ws)
    person = _reachable(ws, ticket, mate)
    seconds = ws.config.sending.undo_seconds if hold else 0
    with ws.store.write():
        sent = [_brief(ws, ticket, person, reason, now, seconds)]
        introduced = _introduction(ws, ticket, mate, now, seconds)
        sent += [introduced] if introduced is not None else []
        data: dict[str, Json] = {"to": mate.name, "address": mate.address, "note": reason}
        data["outbox"] = list(sent)
        if act:
            data["act"] = act
        record_act(ws, ticket, EventKind.HANDED_OFF, data, now)
    return f"Handed to {mate.name}; {letters.hold_words(ws, now, seconds)}"


def hand_off_by_rule(ws: Workspace, ticket: Ticket, reason: str, now: datetime) -> None:
    """Hand a ticket to the first teammate, by a rule and not by a person.

    Its mail leaves although the door is closed; the customer gets none from here. Raises BadInput
    as `hand_off` does.
    """
    mate = find_teammate(ws, None)
    person = _reachable(ws, ticket, mate)
    with ws.store.write():
        sent = _brief(ws, ticket, person, reason, now, 0, by_rule=True)
        data: dict[str, Json] = {
            "to": mate.name,
            "address": mate.address,
            "note": reason,
            "outbox": [sent],
            "by_rule": True,
        }
        record_act(ws, ticket, EventKind.HANDED_OFF, data, now, actor=MACHINE)


def _reachable(ws: Workspace, ticket: Ticket, mate: Teammate) -> Address:
    """The teammate as a recipient. Raises BadInput when that would be the customer."""
    person = Address(mate.name, mate.address)
    handoff.check_recipients([person], letters.customers_of(ws, ticket))
    return person


def find_teammate(ws: Workspace, name: str | None) -> Teammate:
    """The teammate with this name, the first one without a name. Raises BadInput."""
    mates = ws.config.teammates
    if not mates:
        raise BadInput(
            "There is no teammate in the configuration yet. Add [[teammates]] with a name and "
            "an address, and one key hands off."
        )
    if name is None:
        return mates[0]
    for mate in mates:
        if name.casefold() in {mate.name.casefold(), mate.address.casefold()}:
            return mate
    known = ", ".join(mate.name for mate in mates)
    raise BadInput(f"There is no teammate {name!r}. In the configuration: {known}.")


def last_reason(ws: Workspace) -> str:
    """The reason given last time, to be used or changed."""
    recent = events.last_events(ws.store, 400)
    acts = (e for e in recent if e.kind is EventKind.HANDED_OFF and e.actor != MACHINE)
    given = (str(e.data.get("note", "")) for e in acts)
    return next((reason for reason in given if reason), USUAL_REASON)


def _brief(
    ws: Workspace,
    ticket: Ticket,
    mate: Address,
    reason: str,
    now: datetime,
    seconds: int,
    *,
    by_rule: bool = False,
) -> int:
    history = messages.messages_of_ticket(ws.store, ticket.key)
    account = ws.config.account
    facts = _facts(ws, ticket, history)
    mail = handoff.brief(
        facts, reason, mate.name, account.signature or account.name, account.address, ws.hours.zone
    )
    draft = Draft(
        sender=Address(account.name, account.address),
        to=(mate,),
        reply_to=(Address(account.name, account.address),),
        subject=mail.subject,
        body=mail.body,
        references=(letters.own_reference(ws, ticket, OwnKind.HAND_OFF),),
        attachments=_files(ws, history),
    )
    return letters.put_in_outbox(
        ws,
        ticket,
        draft,
        Then.INTERNAL,
        now,
        body=mail.body,
        undo_seconds=seconds,
        written=reason,
        by_rule=by_rule,
    )


def _introduction(
    ws: Workspace, ticket: Ticket, mate: Teammate, now: datetime, seconds: int
) -> int | None:
    """The warm word to the customer: who will write, and by when. None if no reply exists."""
    language = ticket_language(ws, ticket) or "en"
    here = now.astimezone(ws.hours.zone)
    values = values_for(ws, ticket, now, language)
    values |= {"teammate": mate.name, "ask.date": handoff.by_when(here, language)}
    try:
        filled = handoff.introduction(load_replies(ws), language, values)
    except NotFound:
        return None
    parent = letters.parent_of(ws, ticket)
    body = letter.letter(
        filled.text, ticket.state.customer.name, ws.config.account.signature, language
    )
    draft = reply_draft.reply_draft(
        parent,
        sender=letters.sender_for(ws, parent),
        own=ws.household.own,
        body=body,
        own_id=letters.own_reference(ws, ticket, OwnKind.REPLY),
        zone=ws.hours.zone,
        language=language,
    )
    return letters.put_in_outbox(
        ws, ticket, draft, Then.WAIT, now, body=body, undo_seconds=seconds, written=body
    )


def _facts(ws: Workspace, ticket: Ticket, history: list[Message]) -> TicketFacts:
    theirs = [m for m in history if m.role is Role.CUSTOMER]
    return TicketFacts(
        id=ticket.id,
        subject=ticket.state.subject,
        customer=ticket.state.customer,
        known=_known(ticket, theirs),
        wants=theirs[-1].new_text if theirs else "",
        tried=tuple(m.new_text[:400] for m in history if letters.is_ours(m)),
        promised=(),
        entries=_entries(ws, ticket, history),
    )


def _known(ticket: Ticket, theirs: list[Message]) -> tuple[str, ...]:
    lane = ticket.state.verdict
    known = [f"{len(theirs)} mail{'s' if len(theirs) != 1 else ''} from them in this ticket"]
    if lane.reasons:
        known.append(f"{lane.lane}: {', '.join(lane.reasons)}")
    return tuple(known)


def _entries(ws: Workspace, ticket: Ticket, history: list[Message]) -> tuple[handoff.Entry, ...]:
    mails = [
        handoff.Entry(
            m.at,
            _AUTHORS[m.role],
            m.sender.name or m.sender.address,
            m.new_text or m.text,
            _names(ws, m),
        )
        for m in history
        if m.role is not Role.INTERNAL
    ]
    notes = [
        handoff.Entry(e.at, Author.NOTE, e.actor, str(e.data.get("text", "")))
        for e in events.events_of_ticket(ws.store, ticket.key)
        if e.kind is EventKind.NOTE
    ]
    return tuple(sorted([*mails, *notes], key=lambda entry: entry.at))


def _names(ws: Workspace, message: Message) -> tuple[str, ...]:
    """The names of a mail's files; a large one that nobody has fetched can't go along."""
    files = files_of_message(ws, message)
    return tuple(
        file.attachment.name if file.here else f"{file.attachment.name} (large, in the mailbox)"
        for file in files
    )


def _files(ws: Workspace, history: list[Message]) -> tuple[File, ...]:
    """The customer's attachments, as far as they are here and a mail can carry them."""
    files: list[File] = []
    room = MOST_ATTACHED
    for message in history:
        for file in files_of_message(ws, message):
            if not file.here or file.attachment.size > room:
                continue
            try:
                data = file_bytes(ws, file)
            except BadInput:  # the brief names it; a file that breaks things is not handed on
                continue
            if len(data) <= room:
                room -= len(data)
                files.append(File(file.attachment.name, file.attachment.type, data))
    return tuple(files)


_AUTHORS = {
    Role.CUSTOMER: Author.CUSTOMER,
    Role.US: Author.US,
    Role.TEAMMATE: Author.NOTE,
    Role.MACHINE: Author.NOTE,
}
