"""Tags on the screen: asked for with those that are known, shown in list and head."""

import pytest

from tests.tui.conftest import Start


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_a_tag_is_put_on_seen_and_taken_off(start: Start, size: tuple[int, int]) -> None:
    async with start(size=size) as session:
        await session.press("2", "l")
        await session.type("refund")
        assert "Puts on refund, a new tag" in session.text
        await session.press("enter")

        assert "[refund]" in session.text
        assert "Tagged refund" in session.text
        await session.press("enter")
        assert "tags: refund" in session.text
        await session.press("escape", "l")
        assert "Known: refund." in session.text
        await session.type("refund")
        assert "Takes off refund" in session.text
        await session.press("enter")
        assert "[refund]" not in session.text


async def test_tab_completes_a_known_tag(start: Start) -> None:
    async with start() as session:
        await session.press("2", "l")
        await session.type("refund")
        await session.press("enter", "j", "l")
        await session.type("re")
        assert "also: refund" in session.text
        await session.press("tab", "enter")

        assert session.ticket.state.tags == {"refund"}


async def test_all_selected_get_the_tag_in_one_act(start: Start) -> None:
    async with start() as session:
        await session.press("3", "x", "x", "l")
        await session.type("csv")
        await session.press("enter")
        assert session.text.count("[csv]") == 2
        await session.press("z")
        assert "[csv]" not in session.text


async def test_a_note_stands_in_the_ticket_and_is_found(start: Start) -> None:
    async with start() as session:
        await session.press("2", "m")
        await session.type("walrus")
        await session.press("ctrl+s")
        assert "Note · no customer sees it" in session.text
        await session.press("slash")
        await session.type("walr")

        assert session.subjects() == ["Charged twice this month"]
