"""Causes on the screen: closing a bug asks, a list tells, and `r` asks whether it held."""

from founder_inbox.app.knowledge import causes
from founder_inbox.tui.composing.composer import Composer
from founder_inbox.tui.outages.outage_review import OutageReview
from founder_inbox.tui.triage.cause_form import CauseForm
from tests.tui.company import Company, Letter
from tests.tui.conftest import Start

BUG = "The export crashes: TypeError at export.js. It is broken since this morning."
LETTERS = (
    Letter("Tom Okafor <tom@bees.test>", "Export crashes", BUG, 5),
    Letter("Paul <paul@letters.test>", "How do I export?", "How do I export my list?", 6),
)


async def test_closing_a_bug_asks_and_everybody_hears_that_it_is_fixed_and_is_asked_later(
    start: Start, company: Company
) -> None:
    async with start(letters=LETTERS) as session:
        assert session.subject == "Export crashes"
        await session.press("e")
        assert isinstance(session.app.screen, CauseForm)
        await session.press("3", "f2", "enter")
        [hit] = causes.list_causes(session.ws)
        assert (hit.cause.kind, hit.cause.test) == ("interface", True)

        await session.press("e")
        assert not isinstance(session.app.screen, CauseForm)
        await session.press("g", "b", "e")
        assert isinstance(session.app.screen, CauseForm)
        await session.press("1", "enter")
        assert "Changed." in session.text
        assert causes.list_causes(session.ws)[0].cause.kind == "bug"
        await session.press("f")
        await session.type("It works again.")
        await session.press("enter")
        assert isinstance(session.app.screen, OutageReview)
        await session.press("enter", "escape")

        company.clock.pass_by(days=4)
        from founder_inbox.app.reading.project import wake_snoozed

        wake_snoozed(session.ws.store, company.clock())
        await session.settle()
        await session.press("g", "a", "home")
        assert session.subject == "Export crashes"
        await session.press("r")
        body = session.app.main.query_one(Composer).body
        assert "A few days ago I fixed “Export crashes” for you. Has it held?" in body
