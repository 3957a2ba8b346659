"""After a change of the support hours, what is due is due at the new ones."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from founder_inbox.app.queue import triage
from founder_inbox.app.queue.promises import promises_in, record_promises
from founder_inbox.app.reading.present_hours import at_present_hours
from founder_inbox.app.workspace import open_workspace
from founder_inbox.core.hours.schedule import parse_hours
from founder_inbox.core.hours.when import parse_when
from founder_inbox.core.tickets.journal import Event, EventKind, Json
from founder_inbox.core.times import to_text
from tests.app.desk import NOW, TOM, Desk
from tests.app.letters import letter
from tests.tui.company import CONFIG

NINE, EIGHT = "mon-fri 09:00-10:00", "mon-fri 08:00-08:30"
TUESDAY_8 = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)


@pytest.fixture
def config(tmp_path: Path) -> Path:
    return tmp_path / "config.toml"


def support(config: Path, windows: str) -> None:
    config.write_text(CONFIG.format(hours=f'["{windows}"]', keys=""), "utf-8")


def reopened(config: Path, windows: str) -> str:
    support(config, windows)
    return str(config)


@pytest.fixture
def desk(config: Path) -> Iterator[Desk]:
    support(config, NINE)
    with open_workspace(str(config)) as ws:
        desk = Desk(ws)
        desk.receive((1, letter("The export fails", sender=TOM)))
        desk.all()
        yield desk


def test_what_was_put_off_comes_back_at_the_windows_there_are_now(desk: Desk, config: Path) -> None:
    [ticket] = desk.all()
    when = parse_when("tomorrow", NOW, desk.ws.hours.zone, desk.ws.hours)
    triage.snooze(desk.ws, [ticket], when, NOW)
    [asleep] = desk.all()
    assert asleep.state.snoozed_until == TUESDAY_8.replace(hour=9)

    with open_workspace(reopened(config, EIGHT)) as ws:
        [moved] = Desk(ws).all()
    assert moved.state.snoozed_until == TUESDAY_8


def test_a_promise_is_due_at_the_windows_there_are_now(desk: Desk, config: Path) -> None:
    [ticket] = desk.all()
    found = promises_in(desk.ws, "I will send it to you by tomorrow.", NOW)
    record_promises(desk.ws, ticket, found, "<ours@x.test>", "act", NOW, NOW)
    [promised] = desk.all()
    assert promised.state.update_due_at == TUESDAY_8.replace(hour=9)

    with open_workspace(reopened(config, EIGHT)) as ws:
        [moved] = Desk(ws).all()
    assert moved.state.update_due_at == TUESDAY_8


def test_who_is_owed_an_update_is_so_after_a_window_there_is_now(desk: Desk, config: Path) -> None:
    [urgent] = desk.all()
    assert urgent.state.update_due_at == NOW.replace(hour=10, minute=0)

    with open_workspace(reopened(config, EIGHT)) as ws:
        [moved] = Desk(ws).all()
    assert moved.state.update_due_at == TUESDAY_8.replace(minute=30)


def snoozed(**data: Json) -> Event:
    return Event("1", NOW, "Ana", "k7f3q2d", EventKind.SNOOZED, data)


HOURS = parse_hours("UTC", [EIGHT], [])


@pytest.mark.parametrize(
    "event",
    [
        snoozed(until=to_text(TUESDAY_8.replace(hour=9))),
        snoozed(until="soon", asked="tomorrow"),
        snoozed(asked="tomorrow"),
        snoozed(until=to_text(TUESDAY_8.replace(hour=9)), asked="whenever"),
        snoozed(until=to_text(NOW), asked="tomorrow"),
        Event("1", NOW, "Ana", None, EventKind.NOTE, {"text": "tomorrow"}),
    ],
)
def test_what_says_no_words_or_is_over_stays_as_it_was(event: Event) -> None:
    assert at_present_hours([event], HOURS, NOW) == [event]
