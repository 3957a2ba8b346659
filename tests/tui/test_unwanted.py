"""`#` and `!` at the screen: at once or after a question, and back with `z`."""

import pytest

from founder_inbox.app.queue import unwanted
from founder_inbox.core.model import Status
from tests.tui.conftest import Start
from tests.tui.test_main_screen import status_of


async def test_delete_is_done_at_once_and_taken_back(start: Start) -> None:
    async with start() as session:
        await session.press("#")

        assert session.subject == "Thank you so much"
        assert status_of(session, "Thanks!") is Status.CLOSED
        assert "Deleted: Thanks! · z takes it back" in session.text

        await session.press("z")

        assert status_of(session, "Thanks!") is Status.OPEN


async def test_deleting_several_asks_first(start: Start) -> None:
    async with start() as session:
        await session.press("x", "x", "#")
        assert "2 tickets into Trash" in session.text
        await session.press("escape")
        assert status_of(session, "Thanks!") is Status.OPEN

        await session.press("#", "enter")

        assert status_of(session, "Thanks!") is Status.CLOSED
        assert status_of(session, "Thank you so much") is Status.CLOSED


@pytest.mark.parametrize(("key", "blocked"), [("enter", 0), ("!", 0), ("b", 1)])
async def test_spam_asks_whether_to_block(start: Start, key: str, blocked: int) -> None:
    async with start() as session:
        await session.press("!")
        assert "Blocked," in session.text
        await session.press(key)

        assert status_of(session, "Thanks!") is Status.CLOSED
        assert len(unwanted.blocked_addresses(session.ws)) == blocked


async def test_spam_can_be_left(start: Start) -> None:
    async with start() as session:
        await session.press("!", "escape")

        assert status_of(session, "Thanks!") is Status.OPEN
