"""Lane, topic, missed windows, then the oldest: age never lifts a ticket over a lane."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from founder_inbox.core.hours.schedule import missed_before, parse_hours
from founder_inbox.core.lanes.ranks import lane_rank
from founder_inbox.core.model import Lane, Status, Topic, Verdict
from founder_inbox.core.tickets.facts import TicketState
from founder_inbox.core.tickets.queue_order import has_missed_window, queue_place

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
HOURS = parse_hours("UTC", ["mon-fri 09:00-10:00", "mon-fri 17:00-18:00"], [])


def waiting(lane: Lane, hours_before: float, topic: Topic | None = None) -> TicketState:
    since = MONDAY - timedelta(hours=hours_before)
    return replace(
        TicketState(), status=Status.OPEN, verdict=Verdict(lane, topic, (), True),
        waiting_since=since,
    )  # fmt: skip


tickets = st.builds(
    waiting,
    st.sampled_from(Lane),
    st.floats(-40, 300, allow_nan=False),
    st.sampled_from([None, *Topic]),
)


def test_who_wrote_before_the_last_window_was_over_has_missed_it() -> None:
    friday_evening = MONDAY - timedelta(hours=63)  # the window ended at 18:00
    before = missed_before(HOURS, MONDAY)
    assert before == friday_evening
    assert has_missed_window(waiting(Lane.HOWTO, 64), before)
    assert not has_missed_window(waiting(Lane.HOWTO, 62), before)
    assert has_missed_window(waiting(Lane.HOWTO, 62), missed_before(HOURS, MONDAY.replace(hour=11)))


def test_machines_and_those_who_do_not_wait_miss_nothing() -> None:
    before = missed_before(HOURS, MONDAY)
    assert not has_missed_window(waiting(Lane.AUTOMATIC, 90), before)
    assert not has_missed_window(replace(waiting(Lane.HOWTO, 90), waiting_since=None), before)
    closed = replace(waiting(Lane.HOWTO, 90), status=Status.CLOSED)
    assert not has_missed_window(closed, before)
    assert not has_missed_window(waiting(Lane.HOWTO, 90), None)


@given(tickets, tickets, st.integers(0, 200))
def test_age_lifts_no_ticket_over_a_lane_or_a_topic(
    one: TicketState, other: TicketState, later: int
) -> None:
    before = missed_before(HOURS, MONDAY + timedelta(hours=later))
    place, place_of_other = queue_place(one, before), queue_place(other, before)
    ranks = lane_rank(one.verdict.lane), lane_rank(other.verdict.lane)
    if ranks[0] != ranks[1]:
        assert (place < place_of_other) == (ranks[0] < ranks[1])
    elif one.verdict.topic is Topic.BILLING and other.verdict.topic is Topic.BUG:
        assert place < place_of_other


@given(st.lists(tickets, max_size=20), st.integers(0, 200))
def test_the_oldest_first_puts_missed_windows_first_as_well(
    found: list[TicketState], later: int
) -> None:
    before = missed_before(HOURS, MONDAY + timedelta(hours=later))

    def by_age(state: TicketState) -> tuple[object, ...]:
        place = queue_place(state, before)
        return (*place[:4], place[5])

    places = [queue_place(state, before) for state in sorted(found, key=by_age)]
    assert places == sorted(places)
