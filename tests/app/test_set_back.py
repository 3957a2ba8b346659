"""The clock was ahead and is put right: what waited by it waits no longer than it said."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from founder_inbox.app.hours.set_back import check_against_records, set_back_words
from founder_inbox.app.syncing.journal_box import TRY_AGAIN, Box
from founder_inbox.core.tickets.facts import Then
from founder_inbox.core.tickets.journal import EventKind
from founder_inbox.core.times import to_text
from founder_inbox.store import outbox
from founder_inbox.store.events import append_event
from founder_inbox.store.outbox import NewOutboxItem
from tests.app.desk import Desk
from tests.app.letters import letter

AHEAD = timedelta(hours=6)
AT = datetime(2026, 11, 23, 9, tzinfo=UTC)


@pytest.fixture
def desk(open_desk: Callable[[str], Desk]) -> Desk:
    return open_desk("one")


def put(desk: Desk, message_id: str, wait: timedelta) -> int:
    new = NewOutboxItem(
        ticket=None,
        message_id=message_id,
        mime=b"From: a\r\n\r\n.\r\n",
        sender="support@acme.test",
        recipients=("tom@okafor.test",),
        subject="Re: Export",
        body="It works.",
        then=Then.CLOSE,
        seen=None,
        not_before=desk.now + AHEAD + wait,
    )
    return outbox.add_to_outbox(desk.ws.store, new, desk.now + AHEAD)


def test_a_reply_held_for_ten_seconds_is_not_held_for_hours(desk: Desk) -> None:
    desk.receive((5, letter()))
    held = put(desk, "<1@acme.test>", timedelta(seconds=10))
    again = put(desk, "<2@acme.test>", timedelta(minutes=60))
    opening = put(desk, "<3@acme.test>", timedelta(hours=12))
    append_event(
        desk.ws.store, desk.now + AHEAD, "Ana", None, EventKind.DOOR_CLOSED, {"until": "x"}
    )

    assert outbox.due_items(desk.ws.store, desk.now) == []
    assert check_against_records(desk.ws, desk.now)
    assert [item.id for item in outbox.due_items(desk.ws.store, desk.now)] == [held, again]
    later = outbox.outbox_item(desk.ws.store, opening)
    assert later is not None
    assert later.not_before == desk.now + AHEAD + timedelta(hours=12)


def test_a_clock_that_was_wrong_on_another_machine_is_not_said_here(desk: Desk) -> None:
    append_event(desk.ws.store, desk.now, "Ana", None, EventKind.CLOCK_SET_BACK, {"seconds": 9_000})
    assert set_back_words(desk.ws, desk.now)
    desk.ws.store.connection.execute("update event set id = substr(id, 1, 18) || '1f2e3d4c'")

    assert not set_back_words(desk.ws, desk.now)


def test_a_rest_of_ten_minutes_never_lies_further_ahead() -> None:
    box = Box(trouble="No.", until=to_text(AT + TRY_AGAIN))

    assert box.rests(AT)
    assert not box.rests(AT - AHEAD)
