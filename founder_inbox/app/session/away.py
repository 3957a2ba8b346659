"""What the syncing process does by itself during a break: hand off what is urgent, answer once.

Each mail is looked at once. What is done about it, and that it was looked at, is one transaction:
a process killed at any point has either done both or neither.
"""

import logging
from datetime import datetime, time, timedelta

from founder_inbox.app.hours.time_off import Break, back_on, break_of_level_one, take_days_off
from founder_inbox.app.sending import letters
from founder_inbox.app.sending.canned import AWAY, find_reply, ticket_language, values_for
from founder_inbox.app.sending.hand_off import hand_off_by_rule, teammate_for
from founder_inbox.app.workspace import Workspace
from founder_inbox.core.away.auto_reply import (
    QUIET,
    Answered,
    Away,
    No,
    People,
    Yes,
    may_auto_reply,
)
from founder_inbox.core.hours.days_off_words import Asked
from founder_inbox.core.lanes.by_rule import is_urgent_by_rule
from founder_inbox.core.letters import letter, reply_draft
from founder_inbox.core.letters.canned import CannedReply, fill
from founder_inbox.core.letters.compose import Draft
from founder_inbox.core.letters.own_ids import OwnKind
from founder_inbox.core.letters.placeholder_tags import VARIABLES
from founder_inbox.core.mime.answerable import read_facts
from founder_inbox.core.model import Address, Lane, Status, Verdict
from founder_inbox.core.tickets.entry import Ticket
from founder_inbox.core.tickets.facts import Then
from founder_inbox.core.tickets.journal import MACHINE, EventKind, Json
from founder_inbox.errors import BadInput, FounderInboxError
from founder_inbox.store import events, mailboxes, messages
from founder_inbox.store.messages import Message
from founder_inbox.store.settings import get_setting, set_setting
from founder_inbox.store.tickets import ticket_with_key

log = logging.getLogger(__name__)

# The break and the last mail that was looked at in it.
LOOKED = "break_looked"
_LONG_AGO = timedelta(days=36_500)


def act_while_away(ws: Workspace, now: datetime) -> int:
    """Look at the mail that came since the break began; returns how many mails now leave.

    Never raises for what a canned reply or a teammate's address is like: that is logged.
    """
    taken = break_of_level_one(ws, now)
    if taken is None:
        return 0
    queued = 0
    for key, message, verdict in messages.customer_mails_after(
        ws.store, _looked_until(ws, taken), taken.began
    ):
        with ws.store.write():
            handed_to = _hand_off(ws, taken, key, message, verdict, now)
            answered = taken.auto_reply and _answer(ws, taken, key, message, handed_to, now)
            queued += bool(handed_to) + answered
            set_setting(ws.store, LOOKED, f"{taken.id} {message.id}")
    return queued


def begin_break(ws: Workspace, asked: Asked, now: datetime) -> str:
    """Take the days off; returns what the founder should know about the automatic reply, or "".

    A reply `away` that can't leave as it is stops a break that asks for it (BadInput, NotFound);
    where only the configuration does, the break begins without it, and that is said.
    """
    auto_reply, trouble = asked.auto_reply, ""
    if auto_reply:
        check_away_reply(ws)
    elif auto_reply is None and ws.config.break_.auto_reply:
        try:
            check_away_reply(ws)
        except FounderInboxError as error:
            auto_reply, trouble = False, str(error)
    take_days_off(ws, asked.last, now, first=asked.first, auto_reply=auto_reply)
    return trouble


def check_away_reply(ws: Workspace) -> None:
    """Raise BadInput or NotFound when the founder's reply `away` can't leave as it is."""
    for language in ("en", "de"):
        reply = find_reply(ws, AWAY, language)
        filled = fill(reply, dict.fromkeys(VARIABLES, "x"))
        if filled.missing:
            raise BadInput(
                f"{reply.source} asks for {', '.join(filled.missing)}, and nobody is there to "
                "answer: give it a fallback. No automatic reply was switched on."
            )


def _looked_until(ws: Workspace, taken: Break) -> int:
    id_, _, last = (get_setting(ws.store, LOOKED) or "").rpartition(" ")
    return int(last) if id_ == taken.id else 0


def _hand_off(
    ws: Workspace, taken: Break, key: int, message: Message, verdict: Verdict, now: datetime
) -> str:
    """The teammate who has the ticket from now on, or nothing when it stays where it is."""
    ticket = ticket_with_key(ws.store, key)
    if ticket is None or not _is_for_the_teammate(ws, taken, ticket, message, verdict):
        return ""
    reason = f"{_founder(ws)} is away until {_back_on(ws, taken, now, 'en')}, and this is urgent."
    try:
        hand_off_by_rule(ws, ticket, reason, now)
    except FounderInboxError as error:
        log.warning("urgent, and not handed off: %s", error)
        return ""
    return teammate_for(ws, ticket).name


def _is_for_the_teammate(
    ws: Workspace, taken: Break, ticket: Ticket, message: Message, verdict: Verdict
) -> bool:
    """Urgent by a rule, open, in nobody's hands yet, and not handed off in this break before."""
    if ws.teammate is None or not ws.config.break_.handoff_urgent:
        return False
    state = ticket.state
    if state.status is not Status.OPEN or state.verdict.lane is not Lane.URGENT:
        return False
    if not is_urgent_by_rule(verdict, message.subject, message.new_text, ws.rules):
        return False
    before = events.events_of_ticket(ws.store, ticket.key)
    return not any(e.kind is EventKind.HANDED_OFF and e.at >= taken.began for e in before)


def _answer(
    ws: Workspace, taken: Break, key: int, message: Message, handed_to: str, now: datetime
) -> bool:
    """Put the one automatic reply into the outbox, if RFC 3834 lets us; says whether it did."""
    ticket = ticket_with_key(ws.store, key)
    if ticket is None or ticket.state.status is Status.CLOSED:  # blocked, or spam
        return False
    decision = _decide(ws, taken, message, now)
    if isinstance(decision, No):
        return False
    try:
        draft, body = _reply(ws, taken, ticket, message, decision, handed_to, now)
        number = letters.put_in_outbox(
            ws,
            ticket,
            draft,
            Then.AUTOMATIC,
            now,
            body=body,
            undo_seconds=0,
            written=body,
            by_rule=True,
        )
    except FounderInboxError as error:
        log.warning("no automatic reply: %s", error)
        return False
    data: dict[str, Json] = {"to": decision.to, "outbox": number}
    events.append_event(ws.store, now, MACHINE, ticket.id, EventKind.AUTO_REPLIED, data)
    return True


def _decide(ws: Workspace, taken: Break, message: Message, now: datetime) -> Yes | No:
    raw = mailboxes.raw_of_message(ws.store, message.id) or b""
    recent = events.events_since(ws.store, min(taken.began, now - QUIET), EventKind.AUTO_REPLIED)
    imports = events.events_since(ws.store, now - _LONG_AGO, EventKind.IMPORTED)
    return may_auto_reply(
        read_facts(raw, message.kind, message.at),
        [Answered(event.at, str(event.data.get("to", ""))) for event in recent],
        People(ws.household.own, ws.household.teammates),
        Away(taken.began, imports[0].at if imports else None),
        now,
    )


def _reply(
    ws: Workspace,
    taken: Break,
    ticket: Ticket,
    message: Message,
    decision: Yes,
    handed_to: str,
    now: datetime,
) -> tuple[Draft, str]:
    """The mail and its words; nothing of theirs is quoted in it."""
    language = ticket_language(ws, ticket) or "en"
    reply: CannedReply = find_reply(ws, AWAY, language)
    values = values_for(ws, ticket, now, language)
    values |= {"back_on": _back_on(ws, taken, now, language), "handed_to": handed_to}
    parent = letters.mail_of(message)
    body = letter.letter(
        fill(reply, values).text, message.sender.name, ws.config.account.signature, language
    )
    own_id = letters.own_reference(ws, ticket, OwnKind.REPLY)
    draft = Draft(
        sender=letters.sender_for(ws, parent),
        to=(Address("", decision.to),),
        # RFC 3834, 3.1.5
        subject=f"Auto: {reply_draft.reply_subject(parent.subject).removeprefix('Re:').strip()}",
        body=body,
        in_reply_to=parent.message_id,
        references=reply_draft.thread_of(parent, own_id),
        automatic=True,
    )
    return draft, body


def _back_on(ws: Workspace, taken: Break, now: datetime, language: str) -> str:
    return letter.day(datetime.combine(back_on(ws, taken, now), time.min), language)


def _founder(ws: Workspace) -> str:
    return ws.config.account.signature or ws.config.account.name or ws.config.account.address
