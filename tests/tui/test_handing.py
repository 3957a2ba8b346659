"""To the other level and back: who, why, and with which advice."""

from founder_inbox.core.tickets.journal import EventKind
from founder_inbox.store.events import events_of_kinds
from tests.tui.company import Company
from tests.tui.conftest import Start

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
        await session.press("H")
        await session.type("Refund one of them.")
        await session.press("ctrl+s")

        assert session.subjects() == []
        assert "with your advice" in session.text
        found = session.app.main.desk.ws.store
        [back] = events_of_kinds(found, EventKind.TAKEN_BACK)
        assert back.data["why"] == "advice"
