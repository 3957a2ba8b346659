"""What each kind of event does to a ticket's state."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from founder_inbox.core.model import Lane, Status, Verdict
from founder_inbox.core.tickets.elsewhere import Did, did_of, settles
from founder_inbox.core.tickets.facts import Outcome, Then, TicketState
from founder_inbox.core.tickets.journal import Event, EventKind
from founder_inbox.core.times import from_text

Step = Callable[[TicketState], TicketState]


def event_step(event: Event) -> Step:
    """The step that an event is; none for what says nothing about a ticket's state."""
    change = _BY_EVENT.get(event.kind)

    def step(state: TicketState) -> TicketState:
        if change is None or _overtaken(state, event):
            return state
        try:
            return replace(change(state, event), moved_at=event.at)
        except (KeyError, ValueError):  # written by another version: it says nothing here
            return state

    return step


_NEEDS_SIGHT = frozenset(
    {
        EventKind.CLOSED,
        EventKind.SNOOZED,
        EventKind.PARKED,
        EventKind.TRASHED,
        EventKind.SPAM,
        EventKind.ELSEWHERE,
    }
)


def _overtaken(state: TicketState, event: Event) -> bool:
    """Whether a customer's mail that the actor had not seen stands before this event."""
    seen = event.data.get("seen")
    return event.kind in _NEEDS_SIGHT and isinstance(seen, int) and state.customer_messages > seen


def _close(state: TicketState, _event: Event) -> TicketState:
    return replace(
        state,
        status=Status.CLOSED,
        waiting_since=None,
        snoozed_until=None,
        quick_fix=False,
        assignee=None,
        back_from=None,
        delivery_failed=False,
    )


def _reopen(state: TicketState, event: Event) -> TicketState:
    since = state.waiting_since or state.last_customer_at or event.at
    return replace(state, status=Status.OPEN, waiting_since=since, snoozed_until=None)


def _snooze(state: TicketState, event: Event) -> TicketState:
    until = from_text(str(event.data["until"]))
    reminds = bool(event.data.get("if_no_answer"))
    return replace(state, status=Status.SNOOZED, snoozed_until=until, reminds=reminds)


def _move(state: TicketState, event: Event) -> TicketState:
    lane = Lane(str(event.data["lane"]))
    topic = state.verdict.topic if lane is Lane.URGENT else None
    return replace(state, verdict=Verdict(lane, topic, ("you moved it here",), sure=True))


def _flag(state: TicketState, event: Event) -> TicketState:
    return replace(state, quick_fix=bool(event.data.get("on", True)))


def _tag(state: TicketState, event: Event) -> TicketState:
    add, remove = event.data.get("add"), event.data.get("remove")
    tags = state.tags | ({str(add)} if add else set())
    return replace(state, tags=tags - ({str(remove)} if remove else set()))


def _hand_off(state: TicketState, event: Event) -> TicketState:
    return replace(state, status=Status.HANDED_OFF, assignee=str(event.data["to"]), back_from=None)


def team_told(event: Event) -> list[str]:
    """The teammates' addresses, as a hand-off wrote them down: any of them may answer for us."""
    team = event.data.get("team")
    given = [event.data.get("address"), *(team if isinstance(team, list) else [])]
    return [address for address in given if isinstance(address, str)]


def _take_back(state: TicketState, event: Event) -> TicketState:
    if "why" in event.data and state.status is not Status.HANDED_OFF:
        return state  # a rule's: another machine, or a person, was first
    return replace(state, status=Status.OPEN, assignee=None, back_from=state.assignee)


def answered(state: TicketState, outcome: Outcome, at: datetime) -> TicketState:
    """The state after a mail of ours to the customer left at a moment."""
    if outcome.seen is not None and state.customer_messages > outcome.seen:
        # They wrote again before our answer left: that mail is still owed one.
        return replace(state, last_reply_at=at, delivery_failed=False)
    if outcome.then is Then.INTRODUCTION:
        return replace(state, last_reply_at=at)
    if outcome.then is Then.UPDATE:
        return replace(state, last_reply_at=at, delivery_failed=False)
    status = Status.CLOSED if outcome.then is Then.CLOSE else Status.WAITING
    handed = state.status is Status.HANDED_OFF and not outcome.by_level_two
    stays = handed or (state.status is Status.SNOOZED and state.reminds)
    return replace(
        state,
        status=state.status if stays and status is not Status.CLOSED else status,
        waiting_since=None,
        last_reply_at=at,
        delivery_failed=False,
        back_from=None,
    )


def _elsewhere(state: TicketState, event: Event) -> TicketState:
    """What another mail program did, as far as it means something here."""
    did = did_of(event)
    if settles(did, state):
        return _close(state, event)
    if did is Did.BROUGHT_BACK and state.status is Status.CLOSED:
        return _reopen(state, event)
    if did in {Did.FLAGGED, Did.UNFLAGGED} and state.status is not Status.CLOSED:
        return replace(state, quick_fix=did is Did.FLAGGED)
    return state


def _sent(state: TicketState, event: Event) -> TicketState:
    if event.data.get("then") in (Then.INTERNAL, Then.AUTOMATIC):
        return state
    return answered(state, outcome_of(event), event.at)


def outcome_of(event: Event) -> Outcome:
    """What an accepted mail of ours means for its ticket."""
    seen = event.data.get("seen")
    then = event.data.get("then")
    known = Then(str(then)) if then in list(Then) else Then.WAIT
    by_level_two = event.data.get("level") == 2
    return Outcome(known, seen if isinstance(seen, int) else None, by_level_two)


_BY_EVENT: dict[EventKind, Callable[[TicketState, Event], TicketState]] = {
    EventKind.CLOSED: _close,
    EventKind.TRASHED: _close,
    EventKind.SPAM: _close,
    EventKind.REOPENED: _reopen,
    EventKind.SNOOZED: _snooze,
    EventKind.PARKED: _snooze,
    EventKind.LANE: _move,
    EventKind.QUICK_FIX: _flag,
    EventKind.QUICK_FIX_FINISHED: lambda state, _event: replace(state, quick_fix=False),
    EventKind.TAGGED: _tag,
    EventKind.HANDED_OFF: _hand_off,
    EventKind.TAKEN_BACK: _take_back,
    EventKind.SENT: _sent,
    EventKind.ELSEWHERE: _elsewhere,
}
