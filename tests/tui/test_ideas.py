"""Ideas on the screen: a key writes one down and asks why, a list decides and tells."""

from founder_inbox.store import outbox
from founder_inbox.tui.composing.composer import Composer
from founder_inbox.tui.knowledge.idea_form import IdeaForm
from founder_inbox.tui.outages.outage_review import OutageReview
from tests.tui.conftest import Start


async def test_a_wish_is_written_down_its_why_is_asked_and_its_voter_is_told(start: Start) -> None:
    async with start() as session:
        await session.press("4", "F")
        assert isinstance(session.app.screen, IdeaForm)
        assert "add a dark mode" in session.text
        await session.press("ctrl+s")
        assert "What were you trying to get done" in session.app.main.query_one(Composer).body
        await session.press("escape", "g", "f")
        assert "   1  asked why       Idea: a dark mode" in session.text
        assert "asked why" in session.text

        await session.press("p", "s")
        await session.type("In Settings.")
        await session.press("enter")
        assert isinstance(session.app.screen, OutageReview)
        assert "A while ago you wrote" in session.text
        await session.press("enter")
        [item] = outbox.live_items(session.ws.store)
        assert item.recipients == ("nils@aalto.test",)
        assert "shipped" in session.text
        await session.press("escape", "z")
        assert outbox.live_items(session.ws.store) == []
