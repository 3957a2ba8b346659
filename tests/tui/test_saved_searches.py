"""Saved searches on the screen."""

import pytest

from founder_inbox.app.queue import searches
from founder_inbox.core.tickets.saved_searches import SavedSearch
from founder_inbox.tui.queue.desk import Place
from tests.tui.company import MONDAY
from tests.tui.conftest import Session, Start

CSV = SavedSearch("lists", "export")


def place(session: Session) -> Place:
    return session.app.desk.place


async def saved(session: Session) -> None:
    await session.press("slash")
    await session.type("export")
    await session.press("ctrl+s")
    await session.type("lists")
    await session.press("enter")


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_a_search_gets_a_name_and_is_found_by_it(start: Start, size: tuple[int, int]) -> None:
    async with start(size=size) as session:
        await saved(session)
        assert searches.saved_searches(session.ws) == (CSV,)

        await session.press("escape", "g", "slash")
        assert "lists   export" in session.text
        await session.press("enter")

        assert place(session) is Place.SEARCH
        assert session.subjects() == ["Wie exportiere ich meine Liste?"]
        await session.press("escape")
        assert place(session) is Place.QUEUE


async def test_it_is_named_where_one_searches_and_in_the_palette(start: Start) -> None:
    async with start(size=(200, 60)) as session:
        searches.save_search(session.ws, "lists", "export", MONDAY)
        await session.press("slash")
        assert "saved (g /): lists" in session.text
        await session.press("escape", "colon")
        await session.type("search: lists")
        assert "Search: lists" in session.text


async def test_forgetting_can_be_taken_back(start: Start) -> None:
    async with start() as session:
        searches.save_search(session.ws, "lists", "export", MONDAY)
        await session.press("g", "slash", "d")
        assert searches.saved_searches(session.ws) == ()
        assert "Forgotten: lists" in session.text
        await session.press("z")
        assert searches.saved_searches(session.ws) == (CSV,)


async def test_nothing_typed_and_nothing_saved_are_said_kindly(start: Start) -> None:
    async with start() as session:
        await session.press("ctrl+s")
        assert "Search for something first" in session.text
        await session.press("g", "slash")
        assert "None is saved yet." in session.text


async def test_the_mouse_runs_one_too(start: Start) -> None:
    async with start() as session:
        searches.save_search(session.ws, "lists", "export", MONDAY)
        await session.press("g", "slash")
        await session.pilot.click("OptionList", offset=(3, 0))
        await session.settle()

        assert session.subjects() == ["Wie exportiere ich meine Liste?"]
