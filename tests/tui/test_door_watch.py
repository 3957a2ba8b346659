"""The door on the screen: shut, reading only, opened early, a window's end and the next one."""

from datetime import timedelta

import pytest

from founder_inbox.app.hours.time_off import break_taken
from founder_inbox.app.queue import tickets
from founder_inbox.core.model import Status
from founder_inbox.store.drafts import draft_of
from founder_inbox.tui.door.door_screen import DoorScreen
from founder_inbox.tui.door.override_form import OverrideForm
from founder_inbox.tui.door.wrap_up import WrapUp
from founder_inbox.tui.main_screen import MainScreen
from founder_inbox.tui.queue.header import Header
from tests.tui.company import MONDAY, Company
from tests.tui.conftest import Session, Start

EVENING = MONDAY + timedelta(hours=3)


def at_the_door(session: Session) -> bool:
    return isinstance(session.app.screen, DoorScreen)


def screen_of(session: Session) -> type:
    return type(session.app.screen)


def open_tickets(session: Session) -> int:
    return tickets.count_queue(session.ws.store, session.app.now()).statuses[Status.OPEN]


async def test_outside_the_hours_there_is_the_door_and_no_subject(
    start: Start, company: Company
) -> None:
    company.clock.moment = EVENING
    async with start() as session:
        assert at_the_door(session)
        assert "It opens today 17:00, in 4 h 50 min." in session.text
        assert "Charged twice" not in session.text
        assert session.sync.runs


async def test_reading_is_free_and_deciding_is_refused_with_kind_words(
    start: Start, company: Company
) -> None:
    company.clock.moment = EVENING
    async with start() as session:
        await session.press("r", "2", "enter")
        assert "reading only" in session.text
        assert "I was charged twice in November" in session.text

        await session.press("e")
        assert "Support opens today 17:00" in session.text
        assert open_tickets(session) == 8

        await session.press("escape", "escape")
        assert at_the_door(session)


async def test_a_reply_written_at_the_door_waits_for_the_next_window(
    start: Start, company: Company
) -> None:
    company.clock.moment = EVENING
    async with start() as session:
        await session.press("r", "2", "r")
        await session.type("Refunded")
        await session.press("ctrl+s", "enter")

        assert "when support opens, today 17:00" in session.text


async def test_opening_early_takes_a_length_and_a_reason(start: Start, company: Company) -> None:
    company.clock.moment = EVENING
    async with start() as session:
        await session.press("o")
        await session.type("fire")
        await session.press("enter")
        assert screen_of(session) is OverrideForm

        await session.type(" in the kitchen")
        await session.press("enter")
        await session.look()

        assert screen_of(session) is MainScreen
        assert "opened early" in session.text
        assert session.sync.runs


async def test_a_strict_door_stays_shut(start: Start, company: Company) -> None:
    company.write_config(strict=True)
    company.clock.moment = EVENING
    async with start() as session:
        await session.press("o", "enter")
        await session.look()

        assert at_the_door(session)


async def test_the_door_opens_by_itself_when_the_window_begins(
    start: Start, company: Company
) -> None:
    company.clock.moment = EVENING
    async with start() as session:
        company.clock.moment = MONDAY.replace(hour=17, minute=0)
        await session.look()

        assert screen_of(session) is MainScreen
        assert "60 min left" in session.text or "1 h left" in session.text
        assert session.sync.runs


async def test_at_the_end_of_the_window_come_the_wrap_up_and_then_the_door(
    start: Start, company: Company
) -> None:
    async with start() as session:
        await session.press("e")
        company.clock.moment = MONDAY.replace(hour=10, minute=0)
        await session.look()
        assert isinstance(session.app.screen, WrapUp)

        await session.press("4", "enter")

        assert at_the_door(session)
        assert session.sync.runs


async def test_the_ticket_in_hand_may_be_finished_and_the_draft_is_safe(
    start: Start, company: Company
) -> None:
    async with start() as session:
        await session.press("2", "r")
        await session.type("Refunded")
        company.clock.moment = MONDAY.replace(hour=10, minute=1)
        await session.look()

        assert screen_of(session) is MainScreen
        assert "Finish this one in peace" in session.text
        assert "Refunded" in (draft_of(session.ws.store, session.ticket.id) or "")

        await session.press("ctrl+s", "enter")
        await session.look()
        assert isinstance(session.app.screen, WrapUp)


async def test_a_look_at_the_door_draws_nothing_when_nothing_has_changed(start: Start) -> None:
    async with start() as session:
        header = session.app.main.query_one(Header)
        before = header.visual
        session.app.watch_door.look()

        assert header.visual is before


async def test_ending_the_session_by_hand_shows_the_wrap_up(start: Start) -> None:
    async with start() as session:
        session.app.main.run("end_session")
        await session.settle()

        assert isinstance(session.app.screen, WrapUp)


async def test_days_off_are_taken_in_words_and_ended_at_the_door(
    start: Start, company: Company
) -> None:
    company.clock.moment = EVENING
    async with start() as session:
        await session.press("d")
        await session.type("whenever")
        assert "I don't know when" in session.text
        await session.press(*["backspace"] * 8)
        await session.type("in 2 weeks")
        assert "Closed from" in session.text
        await session.press("enter")
        await session.look()
        assert at_the_door(session)
        assert "A day off" in session.text

        await session.press("d", "enter")
        await session.look()
        assert "A day off" not in session.text
        assert at_the_door(session)


async def test_the_automatic_reply_is_switched_on_for_one_break_at_the_door(
    start: Start, company: Company
) -> None:
    company.clock.moment = EVENING
    async with start() as session:
        await session.press("d")
        await session.type("friday with reply")
        assert "Each sender gets one automatic reply." in session.text
        await session.press("enter")
        taken = break_taken(session.ws, EVENING)
        assert taken is not None
        assert taken.auto_reply


@pytest.mark.parametrize("switched_on", [True, False])
async def test_a_reply_that_cannot_leave_is_told_when_the_break_begins(
    start: Start, company: Company, switched_on: bool
) -> None:
    """Asked for, it keeps the break from beginning; from the configuration it does not."""
    company.clock.moment = EVENING
    folder = company.folder / "replies"
    folder.mkdir()
    (folder / "away.en.md").write_text("---\nname: away\n---\nBack {{ ask.when: When? }}.\n")
    path = company.folder / "config.toml"
    if switched_on:
        path.write_text(path.read_text() + "\n[break]\nauto_reply = true\n")
    async with start() as session:
        await session.press("d")
        await session.type("friday" if switched_on else "friday with reply")
        await session.press("enter")
        taken = break_taken(session.ws, EVENING)
        told = [notification.message for notification in session.app._notifications]
        assert any("nobody is there to answer" in words for words in told)
        assert (taken is not None) is switched_on
        assert taken is None or not taken.auto_reply


async def test_days_off_taken_in_a_session_end_it(start: Start, company: Company) -> None:
    async with start() as session:
        await session.press("ctrl+p")
        await session.type("days off")
        await session.press("enter")
        await session.type("tomorrow")
        await session.press("enter")
        await session.look()

        assert screen_of(session) is WrapUp
