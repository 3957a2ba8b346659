"""What is owed, as the tickets' rows say it."""

from datetime import timedelta

from founder_inbox.core.model import Lane, Status
from founder_inbox.core.tickets.facts import FixClock, Promise, TicketState
from founder_inbox.store import owed, tickets
from founder_inbox.store.database import Store
from tests.store.conftest import NOON, at
from tests.store.filing import add_ticket


def state_of(store: Store, key: int) -> TicketState:
    ticket = tickets.ticket_with_key(store, key)
    assert ticket is not None
    return ticket.state


def promise(minute: float) -> Promise:
    return Promise(f"event-{minute}", at(minute), "bis Freitag, ehrlich", at(0))


def test_promises_and_clock_come_back_as_they_were_written(store: Store) -> None:
    promises = (promise(5), promise(9))
    clock = FixClock(10, timedelta(minutes=3), at(4))
    state = state_of(store, add_ticket(store, promises=promises, quick_fix=True, fix_clock=clock))

    assert (state.promises, state.fix_clock) == (promises, clock)
    plain = state_of(store, add_ticket(store))
    assert (plain.promises, plain.fix_clock) == ((), FixClock())


def test_promises_come_first_then_the_longest_overdue_whosever_turn_it_is(store: Store) -> None:
    late = add_ticket(store, update_due_at=at(-1))
    later = add_ticket(store, status=Status.HANDED_OFF, update_due_at=at(-9))
    closed = add_ticket(store, status=Status.CLOSED, update_due_at=at(-5), promises=(promise(-5),))
    add_ticket(store, update_due_at=at(1))
    add_ticket(store, lane=Lane.AUTOMATIC, update_due_at=at(-1))
    add_ticket(store, status=Status.SNOOZED, update_due_at=at(-1))

    assert owed.owed_keys(store, NOON) == [closed, later, late]
    assert tickets.count_queue(store, NOON).owed == 3


def test_what_is_put_off_shows_again_only_for_a_promise_that_came_due_since(
    store: Store,
) -> None:
    since = add_ticket(
        store,
        status=Status.SNOOZED,
        moved_at=at(-60),
        update_due_at=at(-5),
        promises=(promise(-5),),
    )
    add_ticket(
        store,
        status=Status.SNOOZED,
        moved_at=at(-1),
        update_due_at=at(-5),
        promises=(promise(-5),),
    )

    assert owed.owed_keys(store, NOON) == [since]


def test_promises_are_listed_by_their_date(store: Store) -> None:
    second = add_ticket(store, update_due_at=at(9), promises=(promise(9),))
    first = add_ticket(store, update_due_at=at(5), promises=(promise(5), promise(20)))
    add_ticket(store, update_due_at=at(1))

    assert owed.keys_with_promises(store) == [first, second]


def test_open_quick_fixes_come_longest_waiting_first(store: Store) -> None:
    new = add_ticket(store, quick_fix=True, waiting_since=at(-1))
    old = add_ticket(store, quick_fix=True, waiting_since=at(-9), status=Status.SNOOZED)
    add_ticket(store, quick_fix=True, status=Status.CLOSED)
    add_ticket(store)

    assert owed.keys_with_open_fixes(store) == [old, new]
