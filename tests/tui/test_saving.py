"""`y` keeps an answer as a canned reply."""

from founder_inbox.app.sending.saving_replies import check_replies
from tests.app.desk import Desk
from tests.app.letters import letter
from tests.tui.company import Company, Letter
from tests.tui.conftest import Start

QUESTION = Letter("Tom Okafor <tom@bees.test>", "Export?", "How do I export my list?", 3)
ANSWER = letter(
    "Re: Export?",
    "Hi Tom,\n\nplease open the settings, Tom.\n\nAna",
    sender="Ana <support@acme.test>",
    to="tom@bees.test",
    message_id="<two@acme.test>",
    references="<letter-1@customers.test>",
)


async def test_y_asks_a_name_and_saves_the_answer(start: Start, company: Company) -> None:
    async with start(letters=(QUESTION,)) as session:
        Desk(session.ws).receive((2, ANSWER), role="sent")
        await session.press("g", "a")
        await session.press("y")
        assert "Keep as a canned reply" in session.text
        await session.type("Nope!")
        assert "is not a name" in session.text
        await session.press("ctrl+u")
        await session.type("steps")
        await session.press("enter")
        assert "Open it in your editor?" in session.text
        await session.press("escape")

        path = company.folder / "replies" / "steps.en.md"
        assert "please open the settings, {{ first_name | there }}." in path.read_text()
        assert all(not problem.grave for problem in check_replies(session.ws))


async def test_without_an_answer_of_ours_y_says_so(start: Start) -> None:
    async with start(letters=(QUESTION,)) as session:
        await session.press("y")
        assert "has no answer of yours yet" in session.text
