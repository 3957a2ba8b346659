"""What the syncing process does for tickets that are with a teammate: pass on, and bring back.

Both only after new mail was looked for, so that an answer which is already there counts.
"""

import logging
from datetime import datetime
from itertools import takewhile

from founder_inbox.app.hours.time_off import hours_with_days_off
from founder_inbox.app.queue.triage import record_act
from founder_inbox.app.reading.attachments import files_of_message
from founder_inbox.app.reading.project import blocks_of
from founder_inbox.app.sending import letters
from founder_inbox.app.sending.files_along import files_along
from founder_inbox.app.sending.hand_off import MOST_ATTACHED
from founder_inbox.app.workspace import Workspace
from founder_inbox.core.hours.schedule import windows_between
from founder_inbox.core.letters import handoff
from founder_inbox.core.letters.compose import Draft
from founder_inbox.core.letters.own_ids import OwnKind
from founder_inbox.core.model import Address, Status
from founder_inbox.core.tickets.blocking import Blocks, is_blocked
from founder_inbox.core.tickets.entry import Ticket
from founder_inbox.core.tickets.facts import Then
from founder_inbox.core.tickets.handed import Heard, Why, is_given_up, last_hand_off, untold
from founder_inbox.core.tickets.journal import MACHINE, Event, EventKind, Json
from founder_inbox.core.tickets.outbox import OutboxState
from founder_inbox.errors import FounderInboxError
from founder_inbox.store import events, messages, outbox
from founder_inbox.store.messages import Message
from founder_inbox.store.tickets import Choice, queue_keys, ticket_with_key
from founder_inbox.system.team import Teammate

log = logging.getLogger(__name__)

# What is ours in a mail that is passed on: the rest are the customer's words, fields and all.
_AGAIN = "They have written again."


def tend_handed_off(ws: Workspace, now: datetime, *, away: bool = False) -> int:
    """Look after every ticket that is with a teammate; returns how many mails now wait to leave.

    What customers wrote again is passed on, each mail once; a ticket without an answer within
    the configured windows comes back. Level two tends nothing: level one does. While the founder
    is `away` only what a rule handed off is looked after.
    """
    if ws.config.level == 2:
        return 0
    keys = queue_keys(ws.store, Choice(Status.HANDED_OFF))
    blocks = blocks_of(ws.store) if keys else {}
    return sum(_tend(ws, key, blocks, now, away=away) for key in keys)


def _tend(ws: Workspace, key: int, blocks: Blocks, now: datetime, *, away: bool) -> int:
    with ws.store.write():
        ticket = ticket_with_key(ws.store, key)
        recorded = events.events_of_ticket(ws.store, key)
        handed = last_hand_off(recorded)
        if ticket is None or handed is None or (away and not handed.data.get("by_rule")):
            return 0
        left = _left_at(ws, handed)
        if left is None:
            return 0
        mate = _mate(ws, handed)
        if mate is None:
            _bring_back(ws, ticket, handed, {"why": Why.NO_LONGER}, now)
            return 0
        if _is_given_up(ws, left, now):
            windows = ws.config.handoff.windows
            _bring_back(ws, ticket, handed, {"why": Why.NO_ANSWER, "windows": windows}, now)
            return 0
        history = messages.messages_of_ticket(ws.store, key)
        wanted = set(untold(_heard(history, blocks), recorded, handed, mate.address))
        mails = [message for message in history if message.message_id in wanted]
        return sum(
            1 for _ in takewhile(lambda m: _pass_on(ws, ticket, handed, mate, m, now), mails)
        )


def _left_at(ws: Workspace, handed: Event) -> datetime | None:
    """When the hand-off's mail left, as far as this machine knows; None while it is on its way."""
    numbers = handed.data.get("outbox")
    first = numbers[0] if isinstance(numbers, list) and numbers else None
    item = outbox.outbox_item(ws.store, first) if isinstance(first, int) else None
    if item is None or item.ticket != handed.ticket or item.then is not Then.INTERNAL:
        return handed.at  # it was written on another machine
    return item.moved_at if item.state == OutboxState.SENT else None


def _mate(ws: Workspace, handed: Event) -> Teammate | None:
    """The teammate as configured: no address is taken from the journal alone."""
    address = str(handed.data.get("address", "")).casefold()
    mates = ws.config.teammates
    return next((mate for mate in mates if mate.address.casefold() == address), None)


def _is_given_up(ws: Workspace, left: datetime, now: datetime) -> bool:
    hours = hours_with_days_off(ws, now)
    ended = [(w.start, w.end) for w in windows_between(hours, left, now) if w.end <= now]
    return is_given_up(ended, left, ws.config.handoff.windows)


def _bring_back(
    ws: Workspace, ticket: Ticket, handed: Event, data: dict[str, Json], now: datetime
) -> None:
    said: dict[str, Json] = {"from": str(handed.data.get("to", ""))}
    record_act(ws, ticket, EventKind.TAKEN_BACK, said | data, now, actor=MACHINE)


def _heard(history: list[Message], blocks: Blocks) -> list[Heard]:
    return [
        Heard(
            m.message_id,
            m.at,
            m.role,
            tuple(person.address for person in (*m.to, *m.cc)),
            is_blocked(blocks, m.sender.address, m.at),
        )
        for m in history
    ]


def _pass_on(
    ws: Workspace, ticket: Ticket, handed: Event, mate: Teammate, message: Message, now: datetime
) -> bool:
    """Put the customer's mail into the outbox for the teammate, or bring the ticket back."""
    person = Address(mate.name, mate.address)
    by_rule = bool(handed.data.get("by_rule"))
    try:
        handoff.check_recipients([person], letters.customers_of(ws, ticket))
        draft = _draft(ws, ticket, person, message)
        number = letters.put_in_outbox(
            ws,
            ticket,
            draft,
            Then.INTERNAL,
            now,
            body=draft.body,
            undo_seconds=0,
            written=_AGAIN,
            by_rule=by_rule,
        )
    except FounderInboxError as error:
        log.warning("not passed on to the teammate: %s", error)
        _bring_back(ws, ticket, handed, {"why": Why.NOT_TOLD}, now)
        return False
    data: dict[str, Json] = {
        "to": mate.name,
        "address": mate.address,
        "message_id": message.message_id,
        "outbox": [number],
    }
    record_act(ws, ticket, EventKind.PASSED_ON, data, now, actor=MACHINE)
    return True


def _draft(ws: Workspace, ticket: Ticket, mate: Address, message: Message) -> Draft:
    us = Address(ws.config.account.name, ws.config.account.address)
    names = [file.attachment.name for file in files_of_message(ws, message)]
    who = message.sender.name or message.sender.address
    return Draft(
        sender=us,
        to=(mate,),
        reply_to=(us,),
        subject=handoff.subject_for(ticket.id, ticket.state.subject),
        body=handoff.again(who, mate.name, message.new_text or message.text, names),
        references=(letters.own_reference(ws, ticket, OwnKind.HAND_OFF),),
        attachments=files_along(ws, [message], MOST_ATTACHED),
    )
