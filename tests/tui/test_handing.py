"""To the other level and back: who, why, and with which advice."""

from founder_inbox.core.tickets.journal import EventKind
from founder_inbox.store.events import events_of_kinds
from tests.app.desk import Desk
from tests.app.letters import letter
from tests.tui.company import Company, Letter
from tests.tui.conftest import Start

QUESTIONS = (
    Letter("Tom Okafor <tom@bees.test>", "Export?", "How do I export my list?", 3),
    Letter("Rosa <rosa@rose.test>", "How do I change my name?", "How do I change it?", 2),
)
ANSWER = letter(
    "Re: Export?",
    "Hi Tom,\n\nplease open the settings.\n\nAna",
    sender="Ana <support@acme.test>",
    to="tom@bees.test",
    message_id="<two@acme.test>",
    references="<letter-1@customers.test>",
)
MARISSA = """
[[teammates]]
name = "Marissa"
address = "marissa@acme.test"
topics = ["billing"]

[storage]"""


async def test_the_teammate_and_the_reason_are_chosen(start: Start, company: Company) -> None:
    path = company.folder / "config.toml"
    path.write_text(path.read_text().replace("\n[storage]", MARISSA))
    async with start() as session:
        await session.press("2", "g", "H")
        assert "2  Marissa   billing" in session.text
        assert "enter Marissa" in session.text
        await session.press("1")
        assert "Why does it go to Vlad?" in session.text
        await session.press("ctrl+u")
        await session.type("It is the database.")
        await session.press("enter")

        assert "Handed to Vlad" in session.text
        assert "with the team 1" in session.text
        [event] = events_of_kinds(session.ws.store, EventKind.HANDED_OFF)
        assert (event.data["to"], event.data["note"]) == ("Vlad", "It is the database.")
        await session.press("g", "h")
        assert "billing: handed off 1 time" in session.text


async def test_level_two_sees_what_was_handed_up_and_sends_it_back(
    start: Start, company: Company
) -> None:
    async with start() as session:
        await session.press("2", "H")
        subject = "Charged twice this month"
    path = company.folder / "config.toml"
    path.write_text("level = 2\n" + path.read_text())
    async with start() as session:
        assert session.subjects() == [subject]
        await session.press("k")
        assert "H send back" in session.text
        await session.press("H")
        await session.type("Refund one of them.")
        await session.press("ctrl+s")

        assert session.subjects() == []
        assert "with your advice" in session.text
        found = session.app.main.desk.ws.store
        [back] = events_of_kinds(found, EventKind.TAKEN_BACK)
        assert back.data["why"] == "advice"


async def test_what_goes_up_most_becomes_a_canned_reply_of_the_newest_answer(
    start: Start, company: Company
) -> None:
    async with start(letters=QUESTIONS) as session:
        await session.press("H")
        await session.press("g", "m", "u")
        assert "howto         1 ticket" in session.text
        await session.press("w")
        assert "None of these has an answer of yours yet." in session.text
        await session.press("escape", "escape")
        Desk(session.ws).receive((9, ANSWER), role="sent")
        await session.press("H")

        await session.press("g", "m", "u")
        assert "howto         2 tickets     a canned reply is worth its writing" in session.text
        await session.press("enter")
        assert sorted(session.subjects()) == ["Export?", "How do I change my name?"]
        await session.press("g", "m", "u", "w")
        assert "Keep as a canned reply" in session.text
        await session.press("enter")
        reply = company.folder / "replies" / "howto.en.md"
        assert "please open the settings." in reply.read_text()
