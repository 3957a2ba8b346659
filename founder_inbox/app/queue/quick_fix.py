"""Quick fixes (handbook ch. 8): flag, start the clock, put aside, finish; and what they took."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from founder_inbox.app.queue.triage import record, record_act
from founder_inbox.app.workspace import Workspace
from founder_inbox.core.hours.time_words import counted
from founder_inbox.core.letters.letter import elapsed
from founder_inbox.core.tickets import quick_fix as rules
from founder_inbox.core.tickets.entry import RunningFix, Ticket
from founder_inbox.core.tickets.journal import EventKind, effective
from founder_inbox.errors import BadInput
from founder_inbox.store import actions, events, owed
from founder_inbox.store.database import Store
from founder_inbox.store.tickets import tickets_with_keys

# How far back the figures look.
MONTH = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Finished:
    """What a finished quick fix tells the customer: time since they asked, and time worked."""

    asked: timedelta
    worked: timedelta


def open_fixes(store: Store) -> list[Ticket]:
    """What is flagged and not closed, the longest waiting first."""
    return tickets_with_keys(store, owed.keys_with_open_fixes(store))


def running_fix(ws: Workspace) -> RunningFix | None:
    """The fix whose clock runs; the one started last, should two machines have started one."""
    running = [(at, t) for t in open_fixes(ws.store) if (at := t.state.fix_clock.started_at)]
    if not running:
        return None
    _, ticket = max(running, key=lambda pair: pair[0])
    limit = timedelta(minutes=usual_minutes(ws))
    return RunningFix(ticket.key, ticket.state.subject, ticket.state.fix_clock, limit)


def flag(
    ws: Workspace, tickets: Sequence[Ticket], now: datetime, minutes: int | None = None
) -> None:
    """Flag as quick fixes, on the server too. `minutes`: the estimate; None is the usual one.

    Raises BadInput when more than three would be open.
    """
    open_ = open_fixes(ws.store)
    here = {ticket.key for ticket in open_}
    fresh = [ticket for ticket in tickets if ticket.key not in here]
    if fresh and len(open_) + len(fresh) > rules.MOST_OPEN:
        raise BadInput(_too_many(open_))
    estimate = usual_minutes(ws) if minutes is None else minutes
    with ws.store.write():
        record(ws, tickets, EventKind.QUICK_FIX, lambda _: {"on": True, "minutes": estimate}, now)
        for ticket in tickets:
            actions.queue_flagged(ws.store, ticket.key, True, now)


def unflag(ws: Workspace, tickets: Sequence[Ticket], now: datetime) -> None:
    """Take the flag off, on the server too; a clock that runs stands."""
    with ws.store.write():
        record(ws, tickets, EventKind.QUICK_FIX, lambda _: {"on": False}, now)
        for ticket in tickets:
            actions.queue_flagged(ws.store, ticket.key, False, now)


def start(ws: Workspace, ticket: Ticket, now: datetime) -> None:
    """Start the clock, and put aside what ran before. Raises BadInput for what is not flagged."""
    if not ticket.state.quick_fix:
        raise BadInput(f"#{ticket.id} is not flagged as a quick fix.")
    others = [
        other
        for other in open_fixes(ws.store)
        if other.state.fix_clock.started_at and other.key != ticket.key
    ]
    with ws.store.write():
        begun = record_act(ws, ticket, EventKind.QUICK_FIX_STARTED, {}, now)
        for other in others:
            record_act(ws, other, EventKind.QUICK_FIX_STOPPED, {"act": begun.id}, now)


def put_aside(ws: Workspace, ticket: Ticket, now: datetime) -> None:
    """Stop the clock; what it says is kept. Raises BadInput when it does not run."""
    if ticket.state.fix_clock.started_at is None:
        raise BadInput(f"The clock of #{ticket.id} does not run.")
    record_act(ws, ticket, EventKind.QUICK_FIX_STOPPED, {}, now)


def finish(ws: Workspace, ticket: Ticket, now: datetime) -> Finished:
    """It is live: the flag comes off, the true times are recorded and returned.

    Raises BadInput for what is not flagged.
    """
    if not ticket.state.quick_fix:
        raise BadInput(f"#{ticket.id} is not flagged as a quick fix.")
    done = Finished(asked_for(ticket, now), ticket.state.fix_clock.read(now))
    with ws.store.write():
        record_act(
            ws,
            ticket,
            EventKind.QUICK_FIX_FINISHED,
            {
                "worked": int(done.worked.total_seconds()),
                "asked": int(done.asked.total_seconds()),
            },
            now,
        )
        actions.queue_flagged(ws.store, ticket.key, False, now)
    return done


def asked_for(ticket: Ticket, now: datetime) -> timedelta:
    """How long ago they asked: the first mail of theirs that has no answer, else their last."""
    state = ticket.state
    since = state.waiting_since or state.last_customer_at or state.opened_at or now
    return max(now - since, timedelta())


def figures(ws: Workspace, now: datetime, since: datetime | None = None) -> rules.FixFigures:
    """How many were finished since a moment (else in the last thirty days), and the medians."""
    kinds = (EventKind.QUICK_FIX_FINISHED, EventKind.UNDONE)
    found = effective(events.events_since(ws.store, since or now - MONTH, *kinds))
    return rules.figures([fix for event in found if (fix := rules.finished_fix(event))])


def open_words(ws: Workspace, now: datetime) -> str:
    """At the end of a window: "2 quick fixes, about 25 min: one now?"; empty without any."""
    clocks = [ticket.state.fix_clock for ticket in open_fixes(ws.store)]
    if not clocks:
        return ""
    minutes = rules.minutes_left(clocks, usual_minutes(ws), now)
    which = "now?" if len(clocks) == 1 else "one now?"
    return f"{counted(len(clocks), 'quick fix', 'quick fixes')}, about {minutes} min: {which}"


def fixed_words(ws: Workspace, since: datetime, now: datetime) -> str:
    """In the wrap-up: how long this session's took from asked to live; empty without any."""
    here, month = figures(ws, now, since), figures(ws, now)
    if here.asked_to_live is None or month.asked_to_live is None:
        return ""
    words = f"From asked to live: {elapsed(here.asked_to_live, 'en')}"
    usual = f"; in thirty days {elapsed(month.asked_to_live, 'en')} in the median"
    return f"{words}{usual if month.finished > here.finished else ''}."


def figures_words(found: rules.FixFigures) -> str:
    """The figures of thirty days in one line; empty without any."""
    if found.asked_to_live is None or found.worked is None:
        return ""
    return (
        f"{counted(found.finished, 'quick fix', 'quick fixes')} in thirty days: "
        f"{elapsed(found.asked_to_live, 'en')} from asked to live, "
        f"{elapsed(found.worked, 'en')} of work, in the median."
    )


def usual_minutes(ws: Workspace) -> int:
    """How long a quick fix may take."""
    return ws.config.quick_fix.minutes


def _too_many(open_: Sequence[Ticket]) -> str:
    named = ", ".join(f"“{ticket.state.subject}”" for ticket in open_)
    return (
        f"Three quick fixes are open: {named}. "
        "Finish one first, or take its flag off; a fourth would be a list of work."
    )
