"""Lines of the journal merged in any order, any grouping, any number of times: the same journal."""

from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from founder_inbox.core.tickets.journal import EventKind
from founder_inbox.store import sharing
from founder_inbox.store.database import Store
from founder_inbox.store.events import append_event, events_of_kinds
from founder_inbox.store.waiting import waiting_elsewhere

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
KINDS = ("closed", "note", "tagged", "undone", "outbox", "hugged")


def record(number: int, machine: int, kind: str) -> dict[str, Any]:
    """A line with fields enough for its kind; the number is its place in time."""
    data: dict[str, Any] = {"text": f"note {number}", "add": "vip"}
    data["events"] = [f"019aa5b3{number - 1:04x}-0000-{machine:08x}"] if number else []
    if kind == "outbox":
        data = {"message_id": f"<{number % 3}@acme.test>", "state": ("held", "gone")[number % 2]}
    return {
        "id": f"019aa5b3{number:04x}-0000-{machine:08x}",
        "at": "2026-11-23T12:00:00Z",
        "actor": "Ana",
        "ticket": f"k7f3q2{number % 4}",
        "kind": kind,
        "data": data,
    }


LINES = st.lists(
    st.builds(record, st.integers(0, 40), st.integers(1, 3), st.sampled_from(KINDS)),
    max_size=25,
    unique_by=lambda line: line["id"],
)


def journal(store: Store) -> list[tuple[object, ...]]:
    lines = store.rows("select id, at, actor, ticket, kind, data from event order by id")
    waiting = store.rows("select message_id, word, state, data from waiting_mail order by 1")
    notes = store.rows("select event, text from search_notes order by event")
    return [tuple(row) for row in (*lines, *waiting, *notes)]


def merged(store: Store, batches: list[list[dict[str, Any]]]) -> list[tuple[object, ...]]:
    with store.write():
        for table in ("event", "waiting_mail", "journal_place", "search_notes"):
            store.run(f"delete from {table}")
        for uid, batch in enumerate(batches, 1):
            sharing.take_in(store, uid, batch)
    return journal(store)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(lines=LINES, chance=st.randoms(use_true_random=False))
def test_merging_is_commutative_associative_and_idempotent(
    store: Store, lines: list[dict[str, Any]], chance: Random
) -> None:
    in_order = merged(store, [lines])
    shuffled = chance.sample(lines, len(lines))
    cut = chance.randint(0, len(lines))
    again = chance.sample(lines, cut)

    assert merged(store, [shuffled[:cut], shuffled[cut:], again, lines]) == in_order
    assert merged(store, [shuffled[cut:], again, shuffled[:cut]]) == in_order


def test_a_line_goes_up_without_the_numbers_of_this_outbox(store: Store) -> None:
    append_event(store, NOON, "Ana", "k7f3q2d", EventKind.QUEUED, {"outbox": [7], "then": "wait"})

    (line,) = sharing.unshared_records(store, 10)

    assert line["data"] == {"then": "wait"}


def test_what_lay_in_a_message_that_is_gone_has_to_go_up_again(store: Store) -> None:
    first = append_event(store, NOON, "Ana", "k7f3q2d", EventKind.CLOSED)
    with store.write():
        sharing.take_in(store, 1, sharing.unshared_records(store, 10))
        sharing.note_mail(store, 1, "read")
    assert sharing.count_unshared(store) == 0

    sharing.forget_mails(store, [1])

    assert [line["id"] for line in sharing.unshared_records(store, 10)] == [first.id]


def test_a_line_of_this_machine_follows_what_it_has_read_though_its_clock_is_behind(
    store: Store,
) -> None:
    append_event(store, NOON, "Ana", None, EventKind.CLOSED)
    ahead = f"{int((NOON + timedelta(minutes=9)).timestamp() * 1000):012x}-0000-0000000a"
    with store.write():
        sharing.take_in(store, 1, [record(1, 1, "closed") | {"id": ahead}])

    mine = append_event(store, NOON + timedelta(minutes=1), "Ana", None, EventKind.REOPENED)

    assert mine.id > ahead
    assert [e.id for e in events_of_kinds(store, EventKind.REOPENED)] == [mine.id]


def test_only_the_last_word_about_a_waiting_mail_counts(store: Store) -> None:
    with store.write():
        sharing.take_in(store, 1, [record(4, 1, "outbox"), record(1, 1, "outbox")])

    (mail,) = waiting_elsewhere(store, "ffffffff")
    assert (mail.message_id, mail.state, mail.machine) == ("<1@acme.test>", "held", "00000001")
