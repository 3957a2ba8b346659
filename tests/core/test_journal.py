"""The journal's clock and what undoing leaves of the events."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from founder_inbox.core.tickets.journal import UNDOABLE, Event, EventKind, effective, next_id

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
MACHINES = st.sampled_from(["00000000", "7a3f09bc", "ffffffff"])
CLOCKS = st.lists(st.tuples(st.integers(-5_000, 5_000), MACHINES), min_size=2, max_size=30)


def event(number: int, kind: EventKind = EventKind.NOTE, **data: object) -> Event:
    event_id = next_id(None, NOON + timedelta(seconds=number), "7a3f09bc")
    return Event(event_id, NOON, "Ana", "k7f3q2d", kind, data)  # type: ignore[arg-type]


@given(CLOCKS)
def test_ids_grow_even_when_clocks_go_back_or_differ_between_machines(
    clocks: list[tuple[int, str]],
) -> None:
    ids: list[str] = []
    for seconds, machine in clocks:
        ids.append(next_id(max(ids, default=None), NOON + timedelta(seconds=seconds), machine))

    assert ids == sorted(ids)
    assert len(set(ids)) == len(ids)


def test_an_id_holds_the_time_to_the_millisecond() -> None:
    moment = NOON + timedelta(milliseconds=123)

    assert (
        next_id(None, moment, "7a3f09bc") == f"{int(moment.timestamp() * 1000):012x}-0000-7a3f09bc"
    )


def test_a_second_event_in_the_same_millisecond_counts_on() -> None:
    first = next_id(None, NOON, "7a3f09bc")

    assert next_id(first, NOON, "00000000").split("-")[1:] == ["0001", "00000000"]


def test_an_undone_event_and_its_undoing_do_not_count() -> None:
    kept, undone = event(1), event(2, EventKind.CLOSED)
    undoing = event(3, EventKind.UNDONE, events=[undone.id])

    assert effective([undoing, undone, kept]) == [kept]


def test_an_undoing_that_arrives_before_what_it_undoes_still_counts() -> None:
    undone = event(2, EventKind.CLOSED)
    undoing = event(1, EventKind.UNDONE, events=[undone.id])

    assert effective([undoing, undone]) == []


def test_an_undoing_with_damaged_data_undoes_nothing() -> None:
    kept = event(1)

    for damaged in (None, 7, {"a": 1}, [1, None], "text"):
        assert effective([kept, event(2, EventKind.UNDONE, events=damaged)]) == [kept]
    assert effective([kept, event(2, EventKind.UNDONE)]) == [kept]


@given(st.permutations(range(6)))
def test_the_effective_events_are_the_same_in_any_order(order: list[int]) -> None:
    facts = [event(n) for n in range(4)]
    facts += [event(4, EventKind.UNDONE, events=[facts[1].id]), event(5, EventKind.CLOSED)]

    assert effective(facts[n] for n in order) == effective(facts)


def test_what_reached_other_people_can_not_be_undone() -> None:
    assert EventKind.SENT not in UNDOABLE
    assert EventKind.UNDONE not in UNDOABLE
    assert EventKind.OVERRIDE_OPENED not in UNDOABLE
