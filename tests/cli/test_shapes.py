"""The JSON shapes: exactly the contract's keys, and times in UTC."""

from datetime import UTC, datetime, timedelta, timezone

from founder_inbox.app.syncing.sync import SyncReport
from founder_inbox.cli.plain import as_json, for_terminal
from founder_inbox.cli.shapes import (
    door_shape,
    entry_shape,
    item_shape,
    reading_shape,
    sync_shape,
    ticket_shape,
    verdict_shape,
)
from founder_inbox.core.hours.burnout import HOW_COUNTED, Level, Reading, Signal
from founder_inbox.core.hours.door import Door, DoorState, Override
from founder_inbox.core.hours.schedule import Window
from founder_inbox.core.model import Address, Attachment, Direction, Lane, Topic, Verdict
from founder_inbox.core.tickets.entry import Entry, EntryKind, Ticket
from founder_inbox.core.tickets.facts import Then, TicketState
from founder_inbox.store.outbox import OutboxItem

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
BERLIN = timezone(timedelta(hours=1))


def test_a_new_ticket_has_null_for_what_is_not_known() -> None:
    shape = ticket_shape(Ticket(1, "k7f3q2d", TicketState(opened_at=NOON.astimezone(BERLIN))))

    assert shape["opened_at"] == "2026-11-22T12:00:00Z"
    assert shape["customer"] == {"name": "", "address": ""}
    assert {name for name, value in shape.items() if value is None} == {
        *("topic", "assignee", "last_customer_at", "last_reply_at", "snoozed_until"),
        *("update_due_at", "quick_fix_clock"),
    }


def test_a_mail_in_the_history() -> None:
    entry = Entry(
        kind=EntryKind.MESSAGE,
        at=NOON,
        sender=Address("Tom", "tom@x.test"),
        text="hi\n> quoted",
        new_text="hi",
        direction=Direction.IN,
        message_id="<1@x.test>",
        to=(Address("", "support@acme.test"),),
        attachments=(Attachment("a.png", "image/png", 4, 2),),
    )
    shape = entry_shape(entry)

    assert shape["from"] == {"name": "Tom", "address": "tom@x.test"}
    assert shape["to"] == [{"name": "", "address": "support@acme.test"}]
    assert shape["attachments"] == [{"name": "a.png", "type": "image/png", "size": 4}]
    assert (shape["kind"], shape["direction"], shape["state"]) == ("message", "in", None)


def test_a_note_has_no_direction() -> None:
    note = Entry(kind=EntryKind.NOTE, at=NOON, sender=Address("Ana", ""), text="think")

    assert entry_shape(note)["direction"] is None


def test_an_outbox_item() -> None:
    item = OutboxItem(
        id=3,
        ticket="k7f3q2d",
        message_id="<m@acme.test>",
        mime=b"",
        sender="support@acme.test",
        recipients=("tom@x.test",),
        subject="Re: hi",
        body="hello",
        then=Then.CLOSE,
        by_rule=False,
        seen=1,
        state="held",
        step="",
        not_before=NOON,
        attempts=0,
        created_at=NOON,
        moved_at=NOON,
        code=None,
        answer=None,
    )
    shape = item_shape(item)

    assert shape["to"] == ["tom@x.test"]
    assert shape["not_before"] == "2026-11-22T12:00:00Z"
    assert (shape["id"], shape["state"], shape["then"]) == (3, "held", "close")
    assert "hello" not in shape.values()


def test_the_door_with_an_override() -> None:
    window = Window(NOON, NOON + timedelta(minutes=10))
    override = Override(NOON, window.end, 10, "locked out")
    shape = door_shape(Door(DoorState.OPEN, window, None, override), "Europe/Berlin")

    assert shape["window"] == {"start": "2026-11-22T12:00:00Z", "end": "2026-11-22T12:10:00Z"}
    assert shape["next"] is None
    assert shape["override"] == {
        "start": "2026-11-22T12:00:00Z",
        "until": "2026-11-22T12:10:00Z",
        "minutes": 10,
        "reason": "locked out",
    }


def test_a_burnout_reading() -> None:
    reading = Reading(Level.AMBER, 6, (Signal("ran_over", 6, "You went on."),), ("Stop.",))

    assert reading_shape(reading) == {
        "level": "amber",
        "points": 6,
        "signals": [{"name": "ran_over", "points": 6, "sentence": "You went on."}],
        "advice": ["Stop."],
        "thresholds": {"amber": 6, "red": 12},
        "rules": HOW_COUNTED,
        "hire": None,
    }


def test_a_sync_report_and_a_verdict() -> None:
    assert sync_shape(SyncReport(1, 2, 3, 4, 5, 6), 0.12345) == {
        "fetched": 1,
        "updated": 2,
        "removed": 3,
        "sent": 4,
        "tickets_new": 5,
        "tickets_updated": 6,
        "arrived_closed": 0,
        "seconds": 0.123,
    }
    verdict = Verdict(Lane.URGENT, Topic.BILLING, ("charged twice",), sure=True)
    assert verdict_shape(verdict) == {
        "lane": "urgent",
        "topic": "billing",
        "reasons": ["charged twice"],
        "sure": True,
    }


def test_json_keeps_foreign_letters_and_drops_what_a_terminal_would_obey() -> None:
    assert as_json({"a": ["田中\x1b[31m\u202e", None, 1, True]}) == '{"a": ["田中", null, 1, true]}'
    assert for_terminal("\x1b]0;title\x07ok\n") == "ok\n"
