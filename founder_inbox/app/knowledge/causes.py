"""Causes: named when a bug is closed, counted in minutes, and good news for everybody hit."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from founder_inbox.app.knowledge.named import one_named
from founder_inbox.app.queue.triage import record, record_act
from founder_inbox.app.sending.canned import fill_reply, find_reply, used_reply
from founder_inbox.app.sending.mailing import Letter, as_letter, put_out
from founder_inbox.app.sending.tongues import Words, by_language, tongue_of, words_for
from founder_inbox.app.workspace import Workspace
from founder_inbox.core.display import safe_line
from founder_inbox.core.hours.error_lines import error_lines
from founder_inbox.core.hours.work import Worked, time_per_ticket
from founder_inbox.core.knowledge.causes import (
    Cause,
    CauseKind,
    causes,
    check_in_due,
    minutes_by_kind,
)
from founder_inbox.core.knowledge.questions import asks_the_same, index_words, read_question
from founder_inbox.core.letters.reply_draft import mailbox
from founder_inbox.core.model import Lane
from founder_inbox.core.tickets.entry import Ticket
from founder_inbox.core.tickets.facts import Role, Then
from founder_inbox.core.tickets.journal import EventKind, Json, effective
from founder_inbox.core.times import to_text
from founder_inbox.errors import BadInput
from founder_inbox.store import asked, events, messages
from founder_inbox.store.drafts import draft_of
from founder_inbox.store.ideas import Person, people_in
from founder_inbox.store.outbox import outbox_item
from founder_inbox.store.settings import machine_of
from founder_inbox.store.tickets import ticket_with_key

# "Did it hold?" is asked so long after the fix.
CHECK_IN = timedelta(days=3)
_LOOK_BACK = timedelta(days=90)
_LONGEST = 500
_FIXED, _CHECK_IN = "fixed", "checkin"
_KINDS = (
    EventKind.CAUSE_NAMED,
    EventKind.CAUSE_LINKED,
    EventKind.CAUSE_UNLINKED,
    EventKind.CAUSE_CHANGED,
    EventKind.CAUSE_FIXED,
)
_ACTS = (
    *(EventKind.CLOSED, EventKind.QUEUED, EventKind.HANDED_OFF, EventKind.SNOOZED),
    *(EventKind.REOPENED, EventKind.LANE, EventKind.NOTE, EventKind.TAGGED, EventKind.PARKED),
    *(EventKind.TAKEN_BACK, EventKind.CAUSE_NAMED, EventKind.QUICK_FIX_FINISHED),
)


@dataclass(frozen=True, slots=True)
class Hit:
    """A cause with those it hit, each ticket once."""

    cause: Cause
    people: tuple[Person, ...]


@dataclass(frozen=True, slots=True)
class Month:
    """What each kind of cause took in a month, the most first; `first` is its first day."""

    first: datetime
    spent: dict[CauseKind, timedelta]


@dataclass(frozen=True, slots=True)
class Toll:
    """What a cause took in some span; `customers`: how many it has hit in all."""

    cause: Cause
    customers: int
    spent: timedelta


def list_causes(ws: Workspace) -> list[Hit]:
    """Every cause, the newest first."""
    known = _causes(ws)
    people = people_in(ws.store, [ticket for cause in known for ticket in cause.tickets])
    found = []
    for cause in known:
        hit = {people[t].key: people[t] for t in cause.tickets if t in people}
        found.append(Hit(cause, tuple(hit.values())))
    return found[::-1]


def find_cause(ws: Workspace, given: str) -> Hit:
    """The cause that a name, or its beginning, says. Raises NotFound and BadInput."""
    return one_named(given, list_causes(ws), lambda one: one.cause.name, "cause")


def cause_of(ws: Workspace, ticket: Ticket) -> Cause | None:
    """The cause of a ticket's trouble, where it is known."""
    found = (h.cause for h in list_causes(ws) if any(p.key == ticket.key for p in h.people))
    return next(found, None)


def name_cause(
    ws: Workspace,
    ticket: Ticket,
    kind: CauseKind,
    what: str,
    now: datetime,
    *,
    link: str = "",
    test: bool = False,
    others: Sequence[Ticket] = (),
) -> Cause:
    """Write down what caused a ticket's trouble, and who else it hit, as one act.

    Raises BadInput for a link that is none, and where the cause is known already.
    """
    known = cause_of(ws, ticket)
    if known is not None:
        raise BadInput(f"#{ticket.id} has a cause already: {known.what} ({known.name}).")
    _check_link(link)
    data: dict[str, Json] = {
        "kind": kind,
        "what": safe_line(what, _LONGEST) or safe_line(ticket.state.subject, _LONGEST),
        "link": safe_line(link, _LONGEST),
        "test": test,
    }
    with ws.store.write():
        first = record_act(ws, ticket, EventKind.CAUSE_NAMED, data, now)
        more: dict[str, Json] = {"cause": first.id, "act": first.id}
        record(ws, others, EventKind.CAUSE_LINKED, lambda _: dict(more), now)
    return next(cause for cause in _causes(ws) if cause.id == first.id)


def change_cause(
    ws: Workspace,
    cause: Cause,
    now: datetime,
    *,
    kind: CauseKind | None = None,
    what: str | None = None,
    link: str | None = None,
    test: bool | None = None,
) -> Cause:
    """Say anew what a cause is; None leaves a part as it is, an empty link takes it away.

    Raises BadInput for a link that is none, for no words, and where nothing would change.
    """
    _check_link(link or "")
    if what is not None and not what.strip():
        raise BadInput("What it was: a few words you know it by.")
    said: dict[str, Json] = {
        "kind": kind,
        "what": None if what is None else safe_line(what, _LONGEST),
        "link": None if link is None else safe_line(link, _LONGEST),
        "test": test,
    }
    changed = {k: v for k, v in said.items() if v is not None and v != getattr(cause, k)}
    if not changed:
        raise BadInput("It is so already; nothing was changed.")
    data: dict[str, Json] = {"cause": cause.id, **changed}
    events.append_event(ws.store, now, ws.actor, None, EventKind.CAUSE_CHANGED, data)
    return next(one for one in _causes(ws) if one.id == cause.id)


def link_cause(ws: Workspace, cause: Cause, tickets: Sequence[Ticket], now: datetime) -> None:
    """These were hit by it, too."""
    record(ws, tickets, EventKind.CAUSE_LINKED, lambda _: {"cause": cause.id}, now)


def unlink_cause(ws: Workspace, cause: Cause, tickets: Sequence[Ticket], now: datetime) -> None:
    """These were not hit by it after all."""
    record(ws, tickets, EventKind.CAUSE_UNLINKED, lambda _: {"cause": cause.id}, now)


def others_hit(ws: Workspace, ticket: Ticket, now: datetime) -> list[Ticket]:
    """Tickets of the last 90 days that say the same, or show the same error line."""
    history = messages.messages_of_ticket(ws.store, ticket.key, 20)
    first = next((m for m in history if m.role is Role.CUSTOMER), None)
    if first is None:
        return []
    question = read_question(first.subject, first.new_text)
    lines = error_lines(first.new_text)
    words = index_words(first.subject, question)
    for row in lines:
        words |= index_words(row, read_question("", row))
    near = asked.asked_since(ws.store, words, now - _LOOK_BACK, ticket.key)
    keys = [
        one.ticket
        for one in near
        if error_lines(one.text) & lines
        or asks_the_same(question.terms, read_question(one.subject, one.text).terms)
    ]
    found = (ticket_with_key(ws.store, key) for key in dict.fromkeys(keys))
    return [other for other in found if other is not None][:20]


def letters_about(ws: Workspace, hit: Hit, change: Words, now: datetime) -> list[Letter]:
    """One mail for each person hit who was not told yet: it is fixed, in their language.

    `change` may be there in several. Raises BadInput.
    """
    said = by_language(change)
    if not said:
        raise BadInput("What changed, in plain words? That is what they read.")
    people = people_to_tell(ws, hit)
    if not people:
        raise BadInput("Everybody it hit has been told.")
    return [_letter(ws, person, ticket, said, now) for person, ticket in people.items()]


def people_to_tell(ws: Workspace, hit: Hit) -> dict[str, Ticket]:
    """Who was hit and has not been told that it is fixed, by mailbox, each with a ticket."""
    told = _told(ws, hit.cause)
    tickets = (ticket_with_key(ws.store, person.key) for person in hit.people)
    return {
        mailbox(ticket.state.customer.address): ticket
        for ticket in tickets
        if ticket is not None and mailbox(ticket.state.customer.address) not in told
    }


def _letter(
    ws: Workspace, person: str, ticket: Ticket, said: Mapping[str, str], now: datetime
) -> Letter:
    language, change = words_for(said, tongue_of(ws, ticket))
    reply = find_reply(ws, _FIXED, language)
    words = fill_reply(ws, ticket, reply, {"change": change}, now).text
    return as_letter(ws, person, ticket, words, reply.language)


def tell_fixed(ws: Workspace, hit: Hit, change: Words, now: datetime) -> list[Letter]:
    """Write to everybody hit, and come back in three days to ask whether it held, as one act.

    Who writes before that has said it themselves. Raises BadInput.
    """
    with ws.store.write():
        written = letters_about(ws, hit, change, now)
        if all(one.trouble for one in written):
            raise BadInput(f"Nobody was written to: {written[0].trouble}")
        numbers = put_out(ws, written, Then.WAIT, now)
        good = [one.ticket for one in written if one.ticket.id in numbers]
        acts = record(
            ws, good, EventKind.QUEUED, lambda t: {"outbox": [numbers[t.id]], "then": "wait"}, now
        )
        act = acts[0].id
        until = now + CHECK_IN

        def later(ticket: Ticket) -> dict[str, Json]:
            return {
                "until": to_text(until),
                "words": "did it hold?",
                "if_no_answer": True,
                "seen": ticket.state.customer_messages,
                "check_in": hit.cause.id,
                "act": act,
            }

        for ticket in good:
            record_act(ws, ticket, EventKind.SNOOZED, later(ticket), now)
        data: dict[str, Json] = {"cause": hit.cause.id, "act": act}
        mails: dict[str, Json] = {"tickets": [*numbers], "outbox": [*numbers.values()]}
        events.append_event(ws.store, now, ws.actor, None, EventKind.CAUSE_FIXED, data | mails)
        used_reply(ws, find_reply(ws, _FIXED, written[0].language or "en"), now)
    return written


def check_in_answers(ws: Workspace, ticket: Ticket, now: datetime) -> dict[str, str] | None:
    """What the reply `checkin` knows where it is time to ask whether a fix held; else None.

    A draft that is there already is gone on with.
    """
    if draft_of(ws.store, ticket.id) is not None:
        return None
    state = ticket.state
    found = events.events_of_ticket(ws.store, ticket.key)
    id_ = check_in_due(found, state.last_customer_at, state.last_reply_at, now)
    cause = next((c for c in _causes(ws) if c.id == id_), None) if id_ else None
    # Empty: the canned reply has words of its own for how long ago that was.
    return {"ask.what": f"“{cause.what}”", "ask.days": ""} if cause else None


def minutes_a_month(ws: Workspace, now: datetime, months: int = 6) -> list[Month]:
    """What each kind of cause took, month by month, the latest first; empty months are left out.

    The time before an act belongs to its ticket, ten minutes at most; a quick fix's clock counts.
    """
    known = _causes(ws)
    people = people_in(ws.store, [ticket for cause in known for ticket in cause.tickets])
    found = []
    start = now.astimezone(ws.hours.zone).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    end = now + timedelta(days=1)
    for _ in range(months):
        spent = _spent(ws, start, end)
        by_ticket = {
            given: spent[who.ticket] for given, who in people.items() if who.ticket in spent
        }
        if by_month := minutes_by_kind(known, by_ticket):
            found.append(Month(start, by_month))
        end, start = start, (start - timedelta(days=1)).replace(day=1)
    return found


def causes_between(ws: Workspace, start: datetime, end: datetime) -> list[Toll]:
    """The causes that took time in [`start`, `end`) or were named in it, the most minutes first."""
    spent = _spent(ws, start, end)
    found = []
    for hit in list_causes(ws):
        time = sum((spent.get(person.ticket, timedelta()) for person in hit.people), timedelta())
        if time or start <= hit.cause.opened_at < end:
            found.append(Toll(hit.cause, len({mailbox(p.address) for p in hit.people}), time))
    return sorted(found, key=lambda toll: (-toll.spent, -toll.customers))


def _check_link(link: str) -> None:
    if link and not link.startswith(("https://", "http://")):
        raise BadInput("A link begins with https://.")


def _spent(ws: Workspace, start: datetime, end: datetime) -> dict[str, timedelta]:
    since = events.events_since(ws.store, start, *_ACTS, EventKind.UNDONE)
    acts = [e for e in effective(since) if e.ticket and e.actor == ws.actor and e.at < end]
    worked = [Worked(e.at, str(e.ticket), Lane.URGENT, finishes=False) for e in acts]
    spent = time_per_ticket(worked)
    for event in acts:
        seconds = event.data.get("worked")
        if event.kind is EventKind.QUICK_FIX_FINISHED and isinstance(seconds, int):
            name = str(event.ticket)
            spent[name] = spent.get(name, timedelta()) + timedelta(seconds=seconds)
    return spent


def _causes(ws: Workspace) -> tuple[Cause, ...]:
    found = events.events_of_kinds(ws.store, *_KINDS)
    return causes([*found, *events.events_of_kinds(ws.store, EventKind.UNDONE)]) if found else ()


def _told(ws: Workspace, cause: Cause) -> set[str]:
    """The mailboxes that were told; a mail taken out of the outbox told nobody."""
    here = machine_of(ws.store)
    tickets = [
        ticket
        for ticket, number, machine in cause.told
        if machine != here or outbox_item(ws.store, number) is not None
    ]
    return {mailbox(person.address) for person in people_in(ws.store, tickets).values()}
