"""The list of drafts, and the marks in the queue."""

import pytest

from founder_inbox.app.queue.drafts import list_drafts
from founder_inbox.tui.composing.composer import Composer
from founder_inbox.tui.composing.drafts_screen import DraftsScreen
from tests.tui.conftest import Session, Start


async def write_three(session: Session) -> None:
    """A reply, a forward and a new mail, each left unfinished."""
    await session.press("2", "r", *"Reply", "escape", "escape")
    await session.press("3", "f")
    await session.type("vlad@acme.test")
    await session.press("enter", "enter", "enter", *"Look", "escape", "escape")
    await session.press("c")
    await session.type("kim@books.test")
    await session.press("enter", *"Lunch", "escape")


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_drafts_of_every_kind_stand_side_by_side_and_one_is_gone_on_with(
    start: Start, size: tuple[int, int]
) -> None:
    async with start(size=size) as session:
        await write_three(session)
        await session.press("g", "d")
        assert isinstance(session.app.screen, DraftsScreen)
        for words in (
            "reply to Ana Ruiz",
            "forward to Vlad <vlad@acme.test>",
            "mail to kim@books.test",
        ):
            assert words in session.text
        kinds = [draft.kind for draft in list_drafts(session.ws)]
        assert sorted(kinds) == ["forward", "new", "reply"]
        await session.press(*["down"] * kinds.index("forward"), "enter")

        composer = session.app.main.query_one(Composer)
        assert composer.address.people == "Vlad <vlad@acme.test>, "
        assert "Look" in composer.body


async def test_a_reply_is_gone_on_with_from_wherever_its_ticket_is(start: Start) -> None:
    async with start() as session:
        await session.press("2", "r", *"Reply", "escape", "e", "escape")
        await session.press("g", "d", "enter")

        assert "Reply" in session.app.main.query_one(Composer).body
        assert session.subject == "Charged twice this month"


async def test_a_draft_is_thrown_away_after_a_question(start: Start) -> None:
    async with start() as session:
        await session.press("2", "r", *"Reply", "escape", "escape", "g", "d", "d")
        assert "Throw this draft away?" in session.text
        await session.press("enter")
        assert len(list_drafts(session.ws)) == 1
        await session.press("y")

        assert list_drafts(session.ws) == []
        assert "No drafts." in session.text


async def test_a_ticket_with_a_draft_says_so_in_the_list_until_it_is_sent(start: Start) -> None:
    async with start() as session:
        await session.press("2")
        assert "draft" not in session.text
        await session.press("r", *"Reply", "escape", "escape")
        assert " draft " in session.text
        await session.press("r", "ctrl+s", "enter", "g", "w")

        assert " draft " not in session.text
