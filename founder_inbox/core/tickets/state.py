"""A ticket's state: what its mails and events say, walked through in the order of time.

Nothing here is remembered between calls: the same facts give the same state on every machine.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from founder_inbox.core.lanes import ranks as lanes
from founder_inbox.core.model import Lane, MailKind, Status, Topic, Verdict
from founder_inbox.core.tickets.event_steps import Step, answered, event_step, outcome_of, team_told
from founder_inbox.core.tickets.facts import (
    FixClock,
    MessageFact,
    Outcome,
    OutgoingFact,
    Role,
    Then,
    TicketState,
)
from founder_inbox.core.tickets.journal import LEARNED, Event, EventKind, effective
from founder_inbox.core.tickets.merged_state import combine, last_merge, parts_before
from founder_inbox.core.tickets.owed import WindowOver, update_due
from founder_inbox.core.tickets.promises import open_promises
from founder_inbox.core.tickets.quick_fix import read_clock


def project(
    messages: Sequence[MessageFact],
    events: Sequence[Event],
    outgoing: Sequence[OutgoingFact],
    *,
    quiet_before: datetime | None,
    now: datetime,
    window_over: WindowOver | None = None,
) -> TicketState:
    """The state that these facts add up to at `now`.

    `quiet_before`: what ended before it arrived closed with the first import, unless acted upon.
    `window_over`: when a whole window has passed since a moment, for what is urgent.
    """
    count = effective(events)
    state = _settle(_fold(messages, count, outgoing, quiet_before), now)
    begun = state.quick_fix and state.status is not Status.CLOSED
    state = replace(
        state,
        fix_clock=read_clock(count) if begun else FixClock(),
        promises=open_promises(messages, count),
    )
    return replace(state, update_due_at=_update_due(state, window_over))


def _update_due(state: TicketState, window_over: WindowOver | None) -> datetime | None:
    heard = state.last_reply_at or state.opened_at
    if heard is None:
        return None
    spoken = state.last_reply_at and state.last_reply_at >= (state.last_customer_at or heard)
    return update_due(
        state.status,
        state.verdict.lane,
        heard,
        state.promises,
        window_over,
        asks=state.waiting_since is not None,
        in_work=bool(spoken) and state.verdict.topic is Topic.BUG,
    )


def _fold(
    messages: Sequence[MessageFact],
    events: Sequence[Event],
    outgoing: Sequence[OutgoingFact],
    quiet_before: datetime | None,
) -> TicketState:
    """The state after all facts; merged tickets went their own ways until they were merged."""
    merge = last_merge(events)
    if merge is None:
        state = _walk(TicketState(), messages, events, outgoing)
        acted = any(e.kind is not EventKind.SPLIT and e.kind not in LEARNED for e in events)
        if quiet_before and not acted and state.moved_at and state.moved_at < quiet_before:
            return replace(state, status=Status.CLOSED, waiting_since=None)
        return state
    kept, other, since = parts_before(merge, messages, events)
    states = [_fold(part.messages, part.events, (), quiet_before) for part in (kept, other)]
    one, two = (_settle(state, merge.moment) for state in states)
    return _walk(combine(one, two), since.messages, since.events, outgoing)


def _walk(
    state: TicketState,
    messages: Sequence[MessageFact],
    events: Sequence[Event],
    outgoing: Sequence[OutgoingFact],
) -> TicketState:
    then = _outcomes(events) | _of_teammates(messages, events)
    for at, *_place, step in _timeline(messages, events, outgoing, then):
        state = step(_woken(state, at))
    return state


def _settle(state: TicketState, now: datetime) -> TicketState:
    state = _woken(state, now)
    if state.status is Status.OPEN and state.waiting_since is None:
        state = replace(state, waiting_since=state.last_customer_at or state.opened_at)
    if state.status is not Status.SNOOZED:
        state = replace(state, snoozed_until=None)
    if state.status is not Status.HANDED_OFF:
        state = replace(state, assignee=None)
    return state


BLOCKED = Verdict(Lane.AUTOMATIC, None, ("you blocked this address",), sure=True)


def _woken(state: TicketState, at: datetime) -> TicketState:
    if state.status is Status.SNOOZED and state.snoozed_until and state.snoozed_until <= at:
        return replace(state, status=Status.OPEN, snoozed_until=None, reminds=False)
    return state


def _timeline(
    messages: Sequence[MessageFact],
    events: Sequence[Event],
    outgoing: Sequence[OutgoingFact],
    then: dict[str, Outcome],
) -> list[tuple[datetime, int, tuple[object, ...], Step]]:
    """Every fact's step in its place; what has one second takes an order all machines agree on."""
    steps: list[tuple[datetime, int, tuple[object, ...], Step]] = []
    places = _places(messages)
    steps += [
        (at, 0, (depth, *_content(m)), _message_step(m, then))
        for m, (at, depth) in zip(messages, places, strict=True)
    ]
    steps += [(e.moment, 1, (e.id,), event_step(e)) for e in events]
    steps += [(o.at, 2, (o.failed, o.then), _outgoing_step(o)) for o in outgoing]
    return sorted(steps, key=lambda step: step[:3])


def _places(messages: Sequence[MessageFact]) -> list[tuple[datetime, int]]:
    """When each mail counts: an answer comes after what it answers, whatever the clocks said.

    Mailboxes keep whole seconds, and some programs file a Sent copy under their own clock.
    """
    found: dict[str, tuple[datetime, int]] = {}
    places = [(fact.at, 0) for fact in messages]
    # A mail names more ids than the one it answers, so parents come first, and loops end.
    order = {index: (len(m.references), m.at, _content(m)) for index, m in enumerate(messages)}
    for index in sorted(order, key=order.__getitem__):
        fact = messages[index]
        latest = max((found[ref] for ref in fact.references if ref in found), default=None)
        if latest is not None and latest[0] >= fact.at:
            places[index] = (latest[0], latest[1] + 1)
        found[fact.message_id] = places[index]
    return places


def _content(fact: MessageFact) -> tuple[object, ...]:
    """Everything that tells two mails of one second apart, in an order all machines agree on."""
    verdict = (fact.verdict.lane, str(fact.verdict.topic), fact.verdict.reasons, fact.verdict.sure)
    who = (fact.message_id, fact.person.address, fact.person.name, fact.role, fact.kind)
    return (*who, fact.subject, verdict, fact.delivery_failed, fact.references, fact.seen)


def _message_step(fact: MessageFact, then: dict[str, Outcome]) -> Step:
    def step(state: TicketState) -> TicketState:
        state = _count(state, fact)
        if fact.delivery_failed:
            return _undelivered(state)
        return _BY_ROLE[fact.role](state, fact, then)

    return step


def _count(state: TicketState, fact: MessageFact) -> TicketState:
    first = state.messages == 0
    return replace(
        state,
        subject=fact.subject if first else state.subject,
        customer=fact.person if first or not state.customer.address else state.customer,
        opened_at=state.opened_at or fact.at,
        messages=state.messages + 1,
        unread=state.unread or not fact.seen,
        moved_at=fact.at,
    )


def _customer_wrote(
    state: TicketState, fact: MessageFact, _then: dict[str, Outcome]
) -> TicketState:
    if fact.blocked:
        return _blocked_wrote(state, fact)
    first = state.customer_messages == 0
    owed = state.status is Status.OPEN and not first
    verdict = lanes.combine(None if first else state.verdict, owed, fact.verdict)
    state = replace(
        state,
        customer=fact.person if first else state.customer,
        customer_messages=state.customer_messages + 1,
        last_customer_at=fact.at,
        waiting_since=state.waiting_since or fact.at,
    )
    stays_quiet = state.status is Status.HANDED_OFF or (
        state.status is Status.SNOOZED and fact.verdict.lane is Lane.THANKS
    )
    if stays_quiet:
        return state
    return replace(
        state,
        status=Status.OPEN,
        verdict=verdict,
        snoozed_until=None,
        reminds=False,
        delivery_failed=False,
    )


def _blocked_wrote(state: TicketState, fact: MessageFact) -> TicketState:
    """Counted and kept where it can be read, and it opens nothing."""
    state = replace(state, customer_messages=state.customer_messages + 1, last_customer_at=fact.at)
    if state.messages > 1:
        return state
    return replace(state, customer=fact.person, status=Status.CLOSED, verdict=BLOCKED)


def _we_wrote(state: TicketState, fact: MessageFact, then: dict[str, Outcome]) -> TicketState:
    outcome = then.get(fact.message_id, Outcome(Then.WAIT, None))
    if outcome.then is Then.INTERNAL:  # a forward, found in Sent by another machine
        return state
    return answered(state, outcome, fact.at)


def _teammate_wrote(
    state: TicketState, fact: MessageFact, _then: dict[str, Outcome]
) -> TicketState:
    """What the team says to us alone brings the ticket up, whatever became of it meanwhile."""
    if fact.kind is not MailKind.CUSTOMER:
        return state
    back_from = state.assignee or fact.person.name or fact.person.address
    since = state.waiting_since or state.last_customer_at or fact.at
    return replace(
        state,
        status=Status.OPEN,
        back_from=back_from,
        assignee=None,
        waiting_since=since,
        reminds=False,
    )


def _undelivered(state: TicketState) -> TicketState:
    """A mail of ours did not arrive; with the teammate it is back, for it may have been theirs."""
    return replace(
        state,
        status=Status.OPEN,
        delivery_failed=True,
        back_from=state.assignee or state.back_from,
        assignee=None,
    )


def _machine_wrote(state: TicketState, fact: MessageFact, _then: dict[str, Outcome]) -> TicketState:
    if state.messages > 1:
        return state
    return replace(state, verdict=fact.verdict, waiting_since=fact.at)


def _unchanged(state: TicketState, _fact: MessageFact, _then: dict[str, Outcome]) -> TicketState:
    return state


_BY_ROLE: dict[Role, Callable[[TicketState, MessageFact, dict[str, Outcome]], TicketState]] = {
    Role.CUSTOMER: _customer_wrote,
    Role.US: _we_wrote,
    Role.TEAMMATE: _teammate_wrote,
    Role.INTERNAL: _unchanged,
    Role.MACHINE: _machine_wrote,
}


def _outgoing_step(fact: OutgoingFact) -> Step:
    def step(state: TicketState) -> TicketState:
        if fact.then is Then.AUTOMATIC:
            return state
        if fact.then in {Then.UPDATE, Then.INTRODUCTION} and not fact.failed:
            return state
        if fact.failed:
            return _undelivered(state)
        unread_mail = fact.seen is not None and state.customer_messages > fact.seen
        if fact.then is Then.INTERNAL or state.status is Status.HANDED_OFF or unread_mail:
            return state
        status = Status.SNOOZED if state.reminds else Status.WAITING
        return replace(state, status=status, delivery_failed=False, back_from=None)

    return step


def _of_teammates(messages: Sequence[MessageFact], events: Sequence[Event]) -> dict[str, Outcome]:
    """A teammate's own mail to the customer, with us in copy, is the answer."""
    mates = {
        address.casefold()
        for event in events
        if event.kind is EventKind.HANDED_OFF
        for address in team_told(event)
    }
    return {
        fact.message_id: Outcome(Then.WAIT, None, by_level_two=True)
        for fact in messages
        if fact.role is Role.US and fact.sender.casefold() in mates
    }


def _outcomes(events: Sequence[Event]) -> dict[str, Outcome]:
    return {
        str(event.data["message_id"]): outcome_of(event)
        for event in events
        if event.kind is EventKind.SENT and "message_id" in event.data
    }
