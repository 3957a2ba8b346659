"""Selecting: one by one or a whole section, acted upon at once, taken back at once."""

import pytest
from textual.events import MouseScrollDown

from founder_inbox.core.model import Lane, Status
from founder_inbox.tui.queue.footer import Footer
from founder_inbox.tui.queue.queue_view import MOST_SELECTED
from tests.tui.company import Letter
from tests.tui.conftest import Session, Start


def questions(count: int) -> tuple[Letter, ...]:
    return tuple(
        Letter(f"P{n} <p{n}@x.test>", f"How do I {n}?", f"How do I do {n}?") for n in range(count)
    )


def chosen(session: Session) -> list[str]:
    return [ticket.state.subject for ticket in session.app.main.targets()]


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_a_section_is_selected_closed_and_taken_back_in_three_keys(
    start: Start, size: tuple[int, int]
) -> None:
    async with start(size=size) as session:
        before = session.subjects()
        await session.press("3", "X")
        assert len(chosen(session)) == 3
        assert "3 tickets selected; esc selects none." in session.text
        await session.press("e")
        assert session.app.desk.counts.lanes[Lane.HOWTO] == 0
        assert session.app.desk.counts.lanes[Lane.URGENT] == 2
        await session.press("z")

        assert session.subjects() == before


async def test_the_same_key_or_escape_selects_none(start: Start) -> None:
    async with start() as session:
        await session.press("3", "X", "X")
        assert session.app.main.queue.selected == set()
        await session.press("X", "escape")
        assert session.app.main.queue.selected == set()


async def test_a_list_without_sections_is_selected_whole(start: Start) -> None:
    async with start() as session:
        await session.press("3", "X", "e", "g", "a", "X")

        assert len(chosen(session)) == len(session.subjects())


async def test_no_slip_of_the_finger_takes_a_thousand(start: Start) -> None:
    async with start(letters=questions(MOST_SELECTED + 20)) as session:
        await session.press("3", "X")

        assert len(chosen(session)) == MOST_SELECTED
        assert f"The first {MOST_SELECTED} tickets selected" in session.text


async def test_in_an_empty_list_nothing_is_selected(start: Start) -> None:
    async with start(letters=()) as session:
        await session.press("X")

        assert session.app.main.queue.selected == set()
        assert "selected" not in session.app.main.query_one(Footer).message


async def test_a_tag_on_all_selected_is_one_act(start: Start) -> None:
    async with start() as session:
        await session.press("3", "X", "l")
        await session.type("beta")
        await session.press("enter", "3", "e", "z", "z")

        assert "[beta]" not in session.text
        assert session.ticket.state.status is Status.OPEN


async def test_the_wheel_scrolls_the_list_and_the_cursor_stays_on_its_ticket(start: Start) -> None:
    async with start(size=(80, 24), letters=questions(60)) as session:
        queue = session.app.main.queue
        here = session.subject
        for _ in range(5):
            queue.post_message(MouseScrollDown(queue, 5, 5, 0, 1, 0, False, False, False))
        await session.settle()

        assert queue.scroll_offset.y > 0
        assert session.subject == here
