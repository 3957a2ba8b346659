"""The journal's table, drafts, and what the syncing process says."""

from founder_inbox.core.tickets.journal import EventKind
from founder_inbox.store.database import Store
from founder_inbox.store.drafts import (
    count_use,
    draft_of,
    save_draft,
    uses_of_replies,
)
from founder_inbox.store.events import (
    append_event,
    events_since,
    last_events,
)
from founder_inbox.store.facts import closed_times, news_since, opened_times
from founder_inbox.store.sync_state import read_sync_state, say, say_synced
from tests.store.conftest import NOON, at
from tests.store.filing import add_ticket


def test_an_event_comes_back_as_it_was_recorded(store: Store) -> None:
    data = {"text": "été ☕", "n": 3, "list": ["a"]}
    event = append_event(store, NOON, "Ana", "k7f3q2d", EventKind.NOTE, data)  # type: ignore[arg-type]

    assert last_events(store, 5) == [event]


def test_events_keep_their_order_when_the_clock_goes_back(store: Store) -> None:
    first = append_event(store, NOON, "Ana", None, EventKind.MOOD)
    second = append_event(store, at(-60), "Ana", None, EventKind.MOOD)

    assert first.id < second.id
    assert [event.id for event in last_events(store, 9)] == [second.id, first.id]


def test_the_later_word_wins_here_also_after_the_clock_was_put_right_by_hours(
    store: Store,
) -> None:
    first = append_event(store, at(8 * 60), "Ana", "k7f3q2d", EventKind.PARKED)
    second = append_event(store, NOON, "Ana", "k7f3q2d", EventKind.REOPENED)
    assert first.id < second.id


def test_a_word_from_years_ahead_takes_nobody_along(store: Store) -> None:
    far = append_event(store, at(400 * 24 * 60), "Ana", None, EventKind.MOOD)
    assert append_event(store, NOON, "Ana", None, EventKind.MOOD).id < far.id


def test_events_of_a_time_and_kind_are_found(store: Store) -> None:
    append_event(store, at(-1), "Ana", None, EventKind.MOOD)
    closed = append_event(store, NOON, "Ana", None, EventKind.CLOSED)
    mood = append_event(store, at(1), "Ana", None, EventKind.MOOD)

    assert [event.id for event in events_since(store, NOON)] == [closed.id, mood.id]
    assert [event.id for event in events_since(store, NOON, EventKind.MOOD)] == [mood.id]


def test_a_ticket_counts_as_closed_by_key_or_together_with_a_reply(store: Store) -> None:
    append_event(store, NOON, "Ana", "a", EventKind.CLOSED)
    append_event(store, at(1), "Ana", "b", EventKind.SENT, {"message_id": "<a>", "then": "close"})
    append_event(store, at(2), "Ana", "c", EventKind.SENT, {"message_id": "<b>", "then": "wait"})

    assert closed_times(store, NOON) == [NOON, at(1)]
    assert closed_times(store, at(1)) == [at(1)]


def test_news_are_counted_from_the_moment_on(store: Store) -> None:
    add_ticket(store, moved_at=at(-5))
    add_ticket(store, moved_at=at(5))

    assert news_since(store, NOON, at(9)).new == 1
    assert opened_times(store, NOON) == [at(5)]


def test_a_draft_is_kept_changed_and_removed_when_empty(store: Store) -> None:
    save_draft(store, "a", "Hi Tom,", NOON)
    save_draft(store, "b", "Hi Ana,", at(1))
    save_draft(store, "a", "Hi Tom, it works", at(2))

    assert draft_of(store, "a") == "Hi Tom, it works"
    assert draft_of(store, "b") == "Hi Ana,"
    save_draft(store, "a", " \n", at(3))
    assert draft_of(store, "a") is None


def test_uses_of_canned_replies_are_counted(store: Store) -> None:
    for name in ("refund", "thanks", "refund"):
        count_use(store, name, NOON)

    assert uses_of_replies(store) == {"refund": 2, "thanks": 1}


def test_the_last_good_sync_stays_known_while_offline(store: Store) -> None:
    assert read_sync_state(store).synced_at is None
    say_synced(store, 7, NOON)
    say(store, 7, "offline", "", "no answer")

    state = read_sync_state(store)
    assert (state.doing, state.error, state.synced_at) == ("offline", "no answer", NOON)
