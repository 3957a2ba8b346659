"""Red stands in the way of a session once, and each of its keys does what it says."""

from datetime import timedelta

import pytest

from founder_inbox.app.hours.time_off import days_off
from founder_inbox.app.queue.tickets import count_queue
from founder_inbox.app.sending.outbox import list_outbox
from founder_inbox.app.session.rest import Rest
from founder_inbox.app.workspace import Workspace
from founder_inbox.core.model import Lane, Status
from founder_inbox.core.tickets.journal import EventKind
from founder_inbox.store.events import events_since
from founder_inbox.tui.door.door_screen import DoorScreen
from founder_inbox.tui.door.rest_screen import RestScreen
from founder_inbox.tui.main_screen import MainScreen
from founder_inbox.tui.widgets.prompts import TextPrompt
from tests.tui.company import MONDAY, Company
from tests.tui.conftest import Session, Start
from tests.tui.weeks import make_amber, make_red


def screen_of(session: Session) -> type:
    return type(session.app.screen)


def chosen(ws: Workspace) -> list[str]:
    events = events_since(ws.store, MONDAY - timedelta(days=9), EventKind.REST)
    return [str(event.data["chosen"]) for event in events]


def howto(session: Session) -> int:
    return count_queue(session.ws.store, session.app.now()).lanes[Lane.HOWTO]


def sessions_begun(ws: Workspace) -> int:
    since = MONDAY - timedelta(days=9)
    return len(events_since(ws.store, since, EventKind.SESSION_STARTED))


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_red_stands_before_the_queue_with_its_reasons(
    start: Start, ws: Workspace, size: tuple[int, int]
) -> None:
    make_red(ws, MONDAY)
    async with start(size=size) as session:
        assert screen_of(session) is RestScreen
        assert "You opened outside your hours 3 times this week." in session.text
        assert "A session felt like 2 or less out of 5, 3 times this week." in session.text
        assert "hand the how-to lane to Vlad: 3 tickets" in session.text
        assert "not today; support opens today 17:00" in session.text
        assert "Charged twice" not in session.text
        assert sessions_begun(session.ws) == 0


async def test_amber_does_not_stand_in_the_way(start: Start, ws: Workspace) -> None:
    make_amber(ws, MONDAY)
    async with start() as session:
        assert screen_of(session) is MainScreen


async def test_amber_is_one_line_at_the_door(start: Start, ws: Workspace, company: Company) -> None:
    company.clock.moment = MONDAY.replace(hour=12)
    make_amber(ws, MONDAY)
    async with start(size=(80, 24), letters=()) as session:
        lines = [line.strip() for line in session.text.splitlines()]

        assert "You opened outside your hours 3 times this week." in lines


async def test_one_key_hands_the_how_to_lane_off_and_z_takes_all_of_it_back(
    start: Start, ws: Workspace
) -> None:
    make_red(ws, MONDAY)
    async with start() as session:
        await session.press("h")

        assert screen_of(session) is MainScreen
        assert "Handed 3 how-to tickets to Vlad; goes out in 10 seconds" in session.text
        assert howto(session) == 0
        to_vlad = [i for i in list_outbox(session.ws.store) if "vlad@acme.test" in i.recipients]
        assert len(to_vlad) == 3
        assert all(item.not_before - item.created_at == timedelta(seconds=10) for item in to_vlad)

        await session.press("z")

        assert howto(session) == 3
        assert list_outbox(session.ws.store) == []


async def test_days_off_ask_until_when_and_close_the_door_through_that_day(
    start: Start, ws: Workspace
) -> None:
    make_red(ws, MONDAY)
    async with start() as session:
        await session.press("d")
        assert screen_of(session) is TextPrompt
        await session.type("wednesday")
        assert "Days off through Wednesday 25 November 2026" in session.text
        await session.press("enter")

        assert screen_of(session) is DoorScreen
        assert "It opens Thursday 09:00" in session.text
        taken = days_off(session.ws, MONDAY)
        assert taken is not None
        assert taken.last.isoformat() == "2026-11-25"
        assert sessions_begun(session.ws) == 0
        assert session.sync.runs


async def test_days_off_end_an_early_opening_too(
    start: Start, ws: Workspace, company: Company
) -> None:
    company.clock.moment = MONDAY + timedelta(hours=3)
    make_red(ws, company.clock())
    async with start() as session:
        await session.press("o")
        await session.type("the site is down")
        await session.press("enter")
        await session.look()
        assert screen_of(session) is RestScreen
        await session.press("d", *"friday", "enter")
        await session.look()

        assert screen_of(session) is DoorScreen
        assert not session.app.session.door.is_open


async def test_leaving_the_question_for_the_days_goes_back_to_the_choice(
    start: Start, ws: Workspace
) -> None:
    make_red(ws, MONDAY)
    async with start() as session:
        await session.press("d", "escape")

        assert screen_of(session) is RestScreen
        assert days_off(session.ws, MONDAY) is None


async def test_not_today_closes_the_door_until_the_next_window(
    start: Start, ws: Workspace, company: Company
) -> None:
    make_red(ws, MONDAY)
    async with start() as session:
        await session.press("n")
        await session.look()

        assert screen_of(session) is DoorScreen
        assert "It opens today 17:00" in session.text
        assert sessions_begun(session.ws) == 0

        company.clock.moment = MONDAY.replace(hour=17, minute=0)
        await session.look()
        assert screen_of(session) is RestScreen
        assert chosen(session.ws) == [Rest.NOT_TODAY]


@pytest.mark.parametrize("key", ["c", "escape"])
async def test_going_on_is_quiet_and_it_is_asked_once_in_a_window(
    start: Start, ws: Workspace, key: str
) -> None:
    make_red(ws, MONDAY)
    async with start() as session:
        await session.press(key)
        await session.look()

        assert screen_of(session) is MainScreen
        assert session.sync.runs
        assert "Since" in session.text
    async with start(letters=()) as again:
        assert screen_of(again) is MainScreen
        assert chosen(again.ws) == [Rest.GO_ON]


async def test_without_a_teammate_it_says_what_to_add(
    start: Start, ws: Workspace, company: Company
) -> None:
    text = (company.folder / "config.toml").read_text()
    head, _, tail = text.partition("[[teammates]]")
    (company.folder / "config.toml").write_text(head + tail[tail.index("[storage]") :])
    make_red(ws, MONDAY)
    async with start(size=(80, 24)) as session:
        assert "no teammate is configured yet" in session.text
        await session.press("h")

        assert screen_of(session) is RestScreen
        assert "Add [[teammates]]" in session.text
        assert count_queue(ws.store, MONDAY).statuses[Status.OPEN] == 8


async def test_an_empty_lane_can_not_be_handed_off(start: Start, ws: Workspace) -> None:
    make_red(ws, MONDAY)
    async with start(letters=()) as session:
        await session.press("h")

        assert screen_of(session) is RestScreen
        assert "nothing to hand off" in session.text


async def test_a_ticket_that_can_not_be_handed_off_stays_and_is_named(
    start: Start, ws: Workspace, company: Company
) -> None:
    text = (company.folder / "config.toml").read_text()
    (company.folder / "config.toml").write_text(text.replace("vlad@acme.test", "paul@letters.test"))
    make_red(ws, MONDAY)
    async with start(size=(200, 40)) as session:
        await session.press("h")

        assert "Handed 2 how-to tickets to Vlad" in session.text
        assert howto(session) == 1


async def test_a_window_that_ends_while_it_is_asked_leads_to_the_door(
    start: Start, ws: Workspace, company: Company
) -> None:
    make_red(ws, MONDAY)
    async with start() as session:
        company.clock.moment = MONDAY.replace(hour=10, minute=1)
        await session.look()
        await session.press("c")

        assert screen_of(session) is DoorScreen
        assert sessions_begun(session.ws) == 0
