"""Asked before, on the screen: said beside the ticket, one key answers, another writes the FAQ."""

from founder_inbox.core.sync.mailbox import Fetched, Flags
from founder_inbox.store import mailboxes
from founder_inbox.tui.composing.composer import Composer
from tests.app.letters import letter
from tests.tui.company import MONDAY, Letter
from tests.tui.conftest import Session, Start

QUESTION = "How do I export my list as CSV?"
LETTERS = (
    Letter("Rosa <rosa@pictures.test>", "Export", QUESTION, 30),
    Letter("Tom Okafor <tom@bees.test>", "CSV export", QUESTION, 3),
)
ANSWER = "Open Lists, press Export and choose CSV. That is all there is to it."


def answer_rosa(session: Session) -> None:
    """Ana has answered Rosa; it was found in Sent."""
    from founder_inbox.app.reading.intake import take_in_all

    box = mailboxes.add_mailbox(session.ws.store, "Sent", "sent", 1)
    raw = letter(
        "Re: Export",
        f"Hi Rosa,\n\n{ANSWER}\n\nAna",
        sender="Ana from Acme <support@acme.test>",
        to="rosa@pictures.test",
        message_id="<answer@acme.test>",
        references="<letter-1@customers.test>",
    )
    flags = Flags(seen=True, answered=False, flagged=False)
    mailboxes.add_fetched(session.ws.store, box, [Fetched(1, raw, len(raw), MONDAY, flags)])
    take_in_all(session.ws, MONDAY)


async def test_the_second_is_marked_one_key_answers_it_and_another_makes_an_article(
    start: Start,
) -> None:
    async with start(letters=LETTERS) as session:
        answer_rosa(session)
        await session.settle()
        assert session.subject == "CSV export"
        assert "asked 2×: A answers as before" in session.text

        await session.press("A")
        body = session.app.main.query_one(Composer).body
        assert body.startswith("Hi Tom,")
        assert ANSWER in body

        await session.press("escape", "K")
        assert "It will be faq/csv-export.md" in session.text
        await session.press("enter")
        article = session.ws.paths.faq / "csv-export.md"
        assert "draft: true" in article.read_text(encoding="utf-8")
        await session.press("escape", "z")
        assert not article.exists()
