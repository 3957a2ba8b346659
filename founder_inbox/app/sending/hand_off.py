"""Handing a ticket to the teammate: one act, two mails, and the ticket out of the queue."""

from datetime import datetime

from founder_inbox.app.queue.promises import promises_in, record_promises
from founder_inbox.app.queue.triage import record_act
from founder_inbox.app.sending import letters
from founder_inbox.app.sending.brief import ticket_facts
from founder_inbox.app.sending.canned import load_replies, ticket_language, values_for
from founder_inbox.app.sending.files_along import files_along
from founder_inbox.app.workspace import Workspace
from founder_inbox.core.letters import handoff, letter, reply_draft
from founder_inbox.core.letters.compose import Draft
from founder_inbox.core.letters.own_ids import OwnKind
from founder_inbox.core.model import Address, Lane
from founder_inbox.core.tickets.entry import Ticket
from founder_inbox.core.tickets.facts import Role, Then
from founder_inbox.core.tickets.handed import by_topic, reasons_given
from founder_inbox.core.tickets.journal import MACHINE, EventKind, Json
from founder_inbox.errors import BadInput, NotFound
from founder_inbox.store import events, messages, outbox
from founder_inbox.system.team import Teammate

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
    if ws.config.level == 2:
        raise BadInput(
            "You are level two: there is nobody above you. Send it back with advice instead: "
            f"founder-inbox takeback {ticket.id} --note TEXT."
        )
    mate = teammate_for(ws, ticket, to)
    if ticket.state.assignee:
        raise BadInput(
            f"#{ticket.id} is with {ticket.state.assignee} already. Take it back first to give it "
            "to somebody else."
        )
    reason = note.strip() or last_reason(ws)
    person = _reachable(ws, ticket, mate)
    seconds = ws.config.sending.undo_seconds if hold else 0
    with ws.store.write():
        sent = [_brief(ws, ticket, person, reason, now, seconds)]
        introduced = _introduction(ws, ticket, mate, now, seconds)
        sent += [introduced.id] if introduced else []
        data: dict[str, Json] = {"to": mate.name, "address": mate.address, "note": reason}
        data |= {"told": told_of(ws, ticket), "team": _team(ws), "outbox": list(sent)}
        if act:
            data["act"] = act
        handed = record_act(ws, ticket, EventKind.HANDED_OFF, data, now)
        if introduced:
            leaves = letters.leaves_at(ws, now, seconds)
            promises = promises_in(ws, introduced.body, leaves)
            first = act or handed.id
            record_promises(ws, ticket, promises, introduced.message_id, first, now, leaves)
    return f"Handed to {mate.name}; {letters.hold_words(ws, now, seconds)}"


def hand_off_by_rule(ws: Workspace, ticket: Ticket, reason: str, now: datetime) -> None:
    """Hand a ticket to its teammate (topic, else the first), by a rule and not by a person.

    Its mail leaves although the door is closed; the customer gets none from here. Raises BadInput
    as `hand_off` does.
    """
    mate = teammate_for(ws, ticket)
    person = _reachable(ws, ticket, mate)
    with ws.store.write():
        sent = _brief(ws, ticket, person, reason, now, 0, by_rule=True)
        data: dict[str, Json] = {
            "to": mate.name,
            "address": mate.address,
            "note": reason,
            "outbox": [sent],
            "by_rule": True,
            "told": told_of(ws, ticket),
            "team": _team(ws),
        }
        record_act(ws, ticket, EventKind.HANDED_OFF, data, now, actor=MACHINE)


def teammate_for(ws: Workspace, ticket: Ticket, name: str | None = None) -> Teammate:
    """The teammate with this name; without one whose topic fits the ticket, else the first.

    Raises BadInput.
    """
    first = find_teammate(ws, name)
    if name is not None:
        return first
    place = by_topic(ticket.state, [mate.topics for mate in ws.config.teammates])
    return first if place is None else ws.config.teammates[place]


def _reachable(ws: Workspace, ticket: Ticket, mate: Teammate) -> Address:
    """The teammate as a recipient. Raises BadInput when that would be the customer."""
    person = Address(mate.name, mate.address)
    handoff.check_recipients([person], letters.customers_of(ws, ticket))
    return person


def told_of(ws: Workspace, ticket: Ticket) -> int:
    """How many of the customer's mails a hand-off's mail tells of when it is written now."""
    history = messages.messages_of_ticket(ws.store, ticket.key)
    return sum(message.role is Role.CUSTOMER for message in history)


def _team(ws: Workspace) -> list[Json]:
    return [mate.address for mate in ws.config.teammates]


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
    return last_reasons(ws)[0]


def last_reasons(ws: Workspace) -> tuple[str, ...]:
    """The reasons given for hand-offs, the last used first; never none."""
    given = reasons_given(events.events_of_kinds(ws.store, EventKind.HANDED_OFF), MACHINE)
    return given or (USUAL_REASON,)


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
    facts = ticket_facts(ws, ticket, history)
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
        attachments=files_along(ws, history, MOST_ATTACHED),
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
) -> outbox.OutboxItem | None:
    """The warm word to the customer: who will write, and by when. What it says is promised.

    None where the configuration switches it off, no reply exists, or a machine wrote.
    """
    if not ws.config.handoff.introduce or ticket.state.verdict.lane is Lane.AUTOMATIC:
        return None
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
    number = letters.put_in_outbox(
        ws, ticket, draft, Then.INTRODUCTION, now, body=body, undo_seconds=seconds, written=body
    )
    return outbox.outbox_item(ws.store, number)
