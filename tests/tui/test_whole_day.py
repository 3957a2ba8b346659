"""One working day on the screen, from the shut door at noon to the shut door at night."""

import pytest

from founder_inbox.core.tickets.journal import EventKind
from founder_inbox.store import events, outbox
from founder_inbox.tui.door_screen import DoorScreen
from founder_inbox.tui.main_screen import MainScreen
from founder_inbox.tui.wrap_up import WrapUp
from tests.tui.company import MONDAY, Company, Letter
from tests.tui.conftest import Session, Start

NOON = MONDAY.replace(hour=12, minute=10)
NEWS = Letter("Zelda Quist <zelda@quist.test>", "The zebra page is broken", "It shows zebras.", -2)


async def at(session: Session, company: Company, hour: int, minute: int) -> None:
    """Let the clock stand there, and the app notice it."""
    company.clock.moment = MONDAY.replace(hour=hour, minute=minute, second=0)
    await session.look()
    if isinstance(session.app.screen, DoorScreen):
        session.app.screen.refresh_words()
        await session.settle()


def screen(session: Session) -> type:
    return type(session.app.screen)


async def test_a_day_of_support_has_a_beginning_an_hour_and_an_end(
    start: Start, company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    company.clock.moment = NOON
    async with start() as session:
        rung: list[int] = []
        monkeypatch.setattr(session.app, "bell", lambda: rung.append(1))

        await wait_at_the_door(session, company)
        await sit_the_hour(session, company)
        assert rung == [1]
        await open_early(session, company)


async def wait_at_the_door(session: Session, company: Company) -> None:
    # Shut: reading is free, and what comes in now is nowhere to be seen.
    assert screen(session) is DoorScreen
    assert "It opens today 17:00, in 4 h 50 min" in session.text
    company.receive(session.ws, NEWS)
    await session.look()
    await session.press("r")
    before = session.subjects()
    await session.press("/")
    await session.type("zebra")
    assert NEWS.subject not in session.text + " ".join(before)
    await session.press("escape", "escape")
    assert screen(session) is DoorScreen

    # Written at the door, it waits for the opening.
    await session.press("r", "2", "r")
    await session.type("Refunded")
    await session.press("ctrl+s")
    assert "today 17:00" in session.text
    await session.press("enter", "escape", "escape")
    [waiting] = outbox.live_items(session.ws.store)
    assert waiting.not_before == MONDAY.replace(hour=17, minute=0)

    await at(session, company, 16, 52)
    assert "in 8 min" in session.text


async def sit_the_hour(session: Session, company: Company) -> None:
    # Open: everything is there, and two sentences say what came.
    await at(session, company, 17, 0)
    assert screen(session) is MainScreen
    assert NEWS.subject in session.subjects()
    assert "came in" in session.text
    await session.press("1", "e", "e")
    await session.press("3", "B")
    assert "1 parked" in session.text

    # The last ten minutes offer no ideas; at five it rings, once.
    await at(session, company, 17, 51)
    assert "Idea: a dark mode" not in session.subjects()
    await at(session, company, 17, 55)
    await at(session, company, 17, 56)

    # Over: the ticket in hand is finished, and no other begun.
    await session.press("2", "r")
    await session.type("On it")
    await at(session, company, 18, 1)
    assert screen(session) is MainScreen
    await session.press("ctrl+s", "enter")
    await session.look()
    assert screen(session) is WrapUp
    assert "closed 2" in session.text
    await session.press("4", "enter")
    assert screen(session) is DoorScreen
    assert "tomorrow 09:00" in session.text


async def open_early(session: Session, company: Company) -> None:
    # An early opening takes a reason, is written down, and ends by itself.
    await at(session, company, 20, 0)
    await session.press("o")
    await session.type("fire")
    await session.press("enter")
    assert screen(session) is not MainScreen
    await session.type(" in the kitchen")
    await session.press("enter")
    await session.look()
    assert screen(session) is MainScreen
    recorded = [e.kind for e in events.events_since(session.ws.store, NOON)]
    assert recorded.count(EventKind.OVERRIDE_OPENED) == 1
    await at(session, company, 20, 31)
    assert screen(session) is not MainScreen
    await session.press("enter")
    assert screen(session) is DoorScreen
