"""Tickets: the queue's order, ids and their beginnings, joining and renaming."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from founder_inbox.core.hours.schedule import missed_before, parse_hours
from founder_inbox.core.model import Address, Lane, Status, Topic
from founder_inbox.core.tickets.facts import TicketState
from founder_inbox.core.tickets.identity import ticket_id
from founder_inbox.core.tickets.journal import EventKind
from founder_inbox.core.tickets.queue_order import queue_place
from founder_inbox.store import threads, tickets
from founder_inbox.store.database import Store, open_store
from founder_inbox.store.events import append_event, events_of_ticket
from founder_inbox.store.messages import messages_of_ticket, threads_of
from founder_inbox.store.tickets import Choice
from tests.store.conftest import NOON, at
from tests.store.filing import add_ticket, make_mail


def state_of(store: Store, key: int) -> TicketState:
    found = tickets.ticket_with_key(store, key)
    assert found is not None
    return found.state


def test_the_queue_has_the_handbooks_order(store: Store) -> None:
    feature = add_ticket(store, lane=Lane.FEATURE, waiting_since=at(-90))
    machine = add_ticket(store, lane=Lane.AUTOMATIC, waiting_since=at(-99))
    howto_new = add_ticket(store, waiting_since=at(-1))
    howto_old = add_ticket(store, waiting_since=at(-50))
    bug = add_ticket(store, lane=Lane.URGENT, topic=Topic.BUG, waiting_since=at(-70))
    billing = add_ticket(store, lane=Lane.URGENT, topic=Topic.BILLING, waiting_since=at(-2))
    thanks = add_ticket(store, lane=Lane.THANKS)
    back = add_ticket(store, lane=Lane.HOWTO, back_from="Vlad")
    bounced = add_ticket(store, lane=Lane.FEATURE, delivery_failed=True)
    add_ticket(store, status=Status.CLOSED)

    assert tickets.queue_keys(store, Choice()) == [
        bounced, thanks, billing, bug, back, howto_old, howto_new, feature, machine,
    ]  # fmt: skip


CASES = st.tuples(
    st.sampled_from(Lane),
    st.sampled_from([None, *Topic]),
    st.integers(-9000, 9000),
    st.booleans(),
    st.sampled_from([None, None, "Vlad"]),
)


@settings(max_examples=15, deadline=None)
@given(st.lists(CASES, max_size=12), st.integers(0, 200))
def test_the_queue_is_in_the_order_that_the_core_describes(
    cases: list[tuple[Lane, Topic | None, int, bool, str | None]], later: int
) -> None:
    hours = parse_hours("UTC", ["mon-fri 09:00-10:00", "mon-fri 17:00-18:00"], [])
    before = missed_before(hours, at(60 * later))
    with TemporaryDirectory() as folder:
        store = open_store(Path(folder) / "inbox.db")
        for lane, topic, minutes, failed, back in cases:
            about = topic if lane is Lane.URGENT else None
            add_ticket(store, lane=lane, topic=about, waiting_since=at(minutes),
                       delivery_failed=failed, back_from=back)  # fmt: skip
        found = [state_of(store, key) for key in tickets.queue_keys(store, Choice())]
        store.close()
    places = [queue_place(state, before) for state in found]
    assert len(places) == len(cases)
    assert places == sorted(places)


def test_a_list_can_be_of_one_status_one_lane_quick_fixes_or_everything(store: Store) -> None:
    howto = add_ticket(store)
    urgent = add_ticket(store, lane=Lane.URGENT, quick_fix=True)
    closed = add_ticket(store, status=Status.CLOSED, moved_at=at(5))
    newer = add_ticket(store, status=Status.CLOSED, moved_at=at(6))
    soon = add_ticket(store, status=Status.SNOOZED, snoozed_until=at(10))
    sooner = add_ticket(store, status=Status.SNOOZED, snoozed_until=at(9))

    assert tickets.queue_keys(store, Choice(lane=Lane.URGENT)) == [urgent]
    assert tickets.queue_keys(store, Choice(quick_fix=True)) == [urgent]
    assert tickets.queue_keys(store, Choice(status=Status.CLOSED)) == [newer, closed]
    assert tickets.queue_keys(store, Choice(status=Status.SNOOZED)) == [sooner, soon]
    everything = tickets.queue_keys(store, Choice(everything=True))
    assert everything[:2] == [urgent, howto]
    assert set(everything[2:]) == {closed, newer, soon, sooner}


def test_a_state_comes_back_as_it_was_written(store: Store) -> None:
    key = add_ticket(
        store,
        make_mail(subject="Café ☕ 'quoted'"),
        lane=Lane.URGENT,
        topic=Topic.BILLING,
        tags=frozenset({"vip", "été"}),
        assignee="Vlad",
        last_reply_at=at(3),
        snoozed_until=at(4),
        update_due_at=at(5),
        customer_messages=7,
        unread=True,
    )
    state = state_of(store, key)

    assert (state.subject, state.assignee) == ("Café ☕ 'quoted'", "Vlad")
    assert state.tags == {"vip", "été"}
    assert (state.last_reply_at, state.snoozed_until, state.update_due_at) == (at(3), at(4), at(5))
    assert (state.verdict.topic, state.customer_messages, state.unread) == (Topic.BILLING, 7, True)


def test_tickets_come_in_the_order_of_the_keys_asked_for(store: Store) -> None:
    one, two = add_ticket(store), add_ticket(store)

    assert [t.key for t in tickets.tickets_with_keys(store, [two, 999, one])] == [two, one]


def test_an_id_that_is_taken_grows_by_a_letter(store: Store) -> None:
    first = add_ticket(store, make_mail(message_id="<a@x>"))
    with store.write():
        store.run("update ticket set root = '<other@x>' where key = ?", first)
    second = add_ticket(store, make_mail(message_id="<a@x>", text="another"))

    assert tickets.key_of_id(store, ticket_id("<a@x>")) == first
    assert tickets.key_of_id(store, ticket_id("<a@x>", 8)) == second


def test_a_ticket_is_found_by_the_beginning_of_any_of_its_ids(store: Store) -> None:
    key = add_ticket(store, make_mail(message_id="<b@x>"))
    old = ticket_id("<b@x>")
    threads.rename_to_root(store, key, "<a@x>")
    new = ticket_id("<a@x>")

    assert tickets.keys_with_prefix(store, new[:3]) == [key]
    assert tickets.keys_with_prefix(store, old[:3]) == [key]
    assert tickets.keys_with_prefix(store, "zzzzzzzz") == []
    assert tickets.key_of_id(store, old) == tickets.key_of_id(store, new) == key


def test_many_tickets_fit_an_empty_beginning_and_the_list_is_cut(store: Store) -> None:
    for _ in range(8):
        add_ticket(store)

    assert len(tickets.keys_with_prefix(store, "")) == 5


def test_a_renamed_ticket_keeps_what_was_recorded_under_its_old_id(store: Store) -> None:
    key = add_ticket(store, make_mail(message_id="<b@x>"))
    append_event(store, NOON, "Ana", ticket_id("<b@x>"), EventKind.NOTE, {"text": "a friend"})
    threads.rename_to_root(store, key, "<a@x>")
    threads.rename_to_root(store, key, "<a@x>")
    append_event(store, NOON, "Ana", ticket_id("<a@x>"), EventKind.CLOSED)

    kinds = [event.kind for event in events_of_ticket(store, key)]
    assert kinds == [EventKind.NOTE, EventKind.CLOSED]


def test_a_name_that_another_ticket_has_is_not_taken_from_it(store: Store) -> None:
    first = add_ticket(store, make_mail(message_id="<a@x>"))
    second = add_ticket(store, make_mail(message_id="<b@x>"))

    threads.rename_to_root(store, second, "<a@x>")

    assert tickets.key_of_id(store, ticket_id("<a@x>")) == first
    assert tickets.key_of_id(store, ticket_id("<b@x>")) == second


def test_a_ticket_renamed_away_and_back_again_has_its_first_id(store: Store) -> None:
    key = add_ticket(store, make_mail(message_id="<b@x>"))
    threads.rename_to_root(store, key, "<a@x>")
    threads.rename_to_root(store, key, "<b@x>")

    found = tickets.ticket_with_key(store, key)
    assert found is not None
    assert tickets.key_of_id(store, found.id) == key
    assert tickets.key_of_id(store, ticket_id("<a@x>")) == key


def test_joined_tickets_are_one_with_all_mails_ids_aliases_and_events(store: Store) -> None:
    keep = add_ticket(store, make_mail(message_id="<a@x>"))
    other = add_ticket(store, make_mail(message_id="<b@x>"), make_mail(message_id="<c@x>"))
    append_event(store, NOON, "Ana", ticket_id("<b@x>"), EventKind.NOTE)
    threads.rename_to_root(store, other, "<older@x>")

    threads.join_threads(store, keep, other)

    assert tickets.ticket_with_key(store, other) is None
    assert len(messages_of_ticket(store, keep)) == 3
    assert set(threads_of(store, ["<a@x>", "<b@x>", "<c@x>"]).values()) == {keep}
    for root in ("<a@x>", "<b@x>", "<older@x>"):
        assert tickets.key_of_id(store, ticket_id(root)) == keep
    assert len(events_of_ticket(store, keep)) == 1


def test_the_header_counts_lanes_billing_what_is_owed_and_what_failed(store: Store) -> None:
    add_ticket(store, lane=Lane.URGENT, topic=Topic.BILLING, update_due_at=at(-1))
    add_ticket(store, lane=Lane.URGENT, topic=Topic.BUG, update_due_at=at(1))
    add_ticket(store, lane=Lane.HOWTO, delivery_failed=True)
    add_ticket(store, status=Status.WAITING)
    add_ticket(store, status=Status.HANDED_OFF, update_due_at=at(-1))
    counts = tickets.count_queue(store, NOON)

    assert counts.lanes[Lane.URGENT] == 2
    assert counts.lanes[Lane.THANKS] == 0
    assert (counts.billing, counts.owed, counts.failed) == (1, 2, 1)
    assert counts.statuses == {Status.OPEN: 3, Status.WAITING: 1, Status.HANDED_OFF: 1}


def test_an_empty_database_counts_nothing(store: Store) -> None:
    counts = tickets.count_queue(store, NOON)

    assert (set(counts.lanes.values()), counts.owed, counts.failed) == ({0}, 0, 0)
    assert tickets.queue_keys(store, Choice(everything=True)) == []


def test_a_subject_finds_only_the_same_customers_newest_ticket(store: Store) -> None:
    add_ticket(store, make_mail(subject="Export"), moved_at=at(-9))
    newest = add_ticket(store, make_mail(subject="Re: Export"), moved_at=at(-1))
    add_ticket(store, make_mail(subject="Export", sender=Address("", "eve@evil.test")))

    match = tickets.subject_match(store, "tom@okafor.test", "AW: export")
    assert match is not None
    assert (match.ticket, match.moved_at) == (newest, at(-1))
    assert tickets.subject_match(store, "nobody@x.test", "Export") is None
    assert tickets.subject_match(store, "tom@okafor.test", "Re:") is None


def test_snoozes_are_due_to_the_second(store: Store) -> None:
    key = add_ticket(store, status=Status.SNOOZED, snoozed_until=at(10))

    assert tickets.due_snoozes(store, at(9.99)) == []
    assert tickets.due_snoozes(store, at(10)) == [key]


def test_a_ticket_without_a_beginning_is_refused(store: Store) -> None:
    with pytest.raises(ValueError, match="time"):
        tickets.create_ticket(store, "<a@x>", TicketState())
