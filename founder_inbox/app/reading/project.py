"""Writing down what a ticket's facts add up to, after any of them changed."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from founder_inbox.app.reading.present_hours import at_present_hours, hours_changed
from founder_inbox.core.tickets.blocking import Blocks, blocks_in, is_blocked
from founder_inbox.core.tickets.facts import TicketState
from founder_inbox.core.tickets.journal import Event, EventKind
from founder_inbox.core.tickets.state import project
from founder_inbox.core.times import from_text_or_none
from founder_inbox.store.database import Store
from founder_inbox.store.events import append_event, block_events, events_of_ticket
from founder_inbox.store.messages import facts_of_ticket
from founder_inbox.store.outbox import outgoing_facts
from founder_inbox.store.settings import get_setting, machine_of, set_setting
from founder_inbox.store.stale import catch_up, leave_behind, stale_tickets
from founder_inbox.store.threads import threads_named
from founder_inbox.store.tickets import due_snoozes, due_some_day, save_state, ticket_with_key
from founder_inbox.store.waiting import waiting_facts

QUIET_BEFORE = "quiet_before"


def state_of(store: Store, key: int, now: datetime, blocks: Blocks) -> TicketState:
    """What a ticket's mails, events and outgoing mails add up to, as this connection sees them."""
    facts = facts_of_ticket(store, key)
    hours = store.hours() if store.hours else None
    if blocks:
        facts = [
            replace(fact, blocked=is_blocked(blocks, fact.person.address, fact.at))
            for fact in facts
        ]
    return project(
        facts,
        at_present_hours(_with_present_names(store, events_of_ticket(store, key)), hours, now),
        [*outgoing_facts(store, key), *waiting_facts(store, key, machine_of(store))],
        quiet_before=quiet_before(store),
        now=now,
        window_over=store.window_over,
    )


def project_ticket(store: Store, key: int, now: datetime, blocks: Blocks | None = None) -> None:
    """Work out a ticket's state from its mails, events and outbox, and save it."""
    if ticket_with_key(store, key) is None:
        return
    state = state_of(store, key, now, blocks_of(store) if blocks is None else blocks)
    if state.opened_at is not None:
        save_state(store, key, state)
    catch_up(store, key)


def _with_present_names(store: Store, events: list[Event]) -> list[Event]:
    """A merge names the other ticket as it was called then; its thread may have a new name."""
    merged = {str(e.data.get("other")) for e in events if e.kind is EventKind.MERGED}
    if not merged:
        return events
    known = threads_named(store, merged)
    return [
        replace(e, data={**e.data, "other": known[str(e.data["other"])].id})
        if e.kind is EventKind.MERGED and str(e.data.get("other")) in known
        else e
        for e in events
    ]


def project_tickets(store: Store, keys: Iterable[int], now: datetime) -> None:
    """The same for several, in one transaction."""
    with store.write():
        blocks = blocks_of(store)
        for key in sorted(set(keys)):
            project_ticket(store, key, now, blocks)


def project_filed(store: Store, filed: Mapping[int, int], now: datetime) -> None:
    """The same for tickets in which so many mails were filed, and more may come.

    Long ones are left for later: whoever calls this ends with `project_stale`, also when
    something fails on the way.
    """
    with store.write():
        project_tickets(store, filed.keys() - leave_behind(store, filed), now)


def project_stale(store: Store, now: datetime) -> None:
    """Work out what `project_filed` left for later."""
    if stale := stale_tickets(store):
        project_tickets(store, stale, now)


def blocks_of(store: Store) -> Blocks:
    """Which addresses are blocked, and since when."""
    return blocks_in(block_events(store))


def wake_snoozed(store: Store, now: datetime) -> int:
    """Bring back the tickets whose snooze is over; returns how many. Behind the veil none.

    After a change of the support hours what is due is worked out anew first.
    """
    if store.veil is not None:
        return 0
    if hours_changed(store):
        project_tickets(store, due_some_day(store), now)
    due = due_snoozes(store, now)
    if due:
        project_tickets(store, due, now)
    return len(due)


def quiet_before(store: Store) -> datetime | None:
    """What ended before this moment arrived closed with the first import."""
    return from_text_or_none(get_setting(store, QUIET_BEFORE))


def remember_first_import(store: Store, actor: str, now: datetime, before: str) -> None:
    """Note once, and in the journal, from when on old mail counts as settled."""
    if get_setting(store, QUIET_BEFORE) is None:
        with store.write():
            set_setting(store, QUIET_BEFORE, before)
            append_event(store, now, actor, None, EventKind.IMPORTED, {"quiet_before": before})
