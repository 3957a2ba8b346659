"""A mail that may have arrived: the founder decides, and is asked before it goes twice."""

from founder_inbox.app.sending.outbox import list_outbox
from founder_inbox.app.workspace import open_workspace
from founder_inbox.core.tickets.outbox import OutboxState
from founder_inbox.store.outbox import move_item
from tests.tui.company import Company
from tests.tui.conftest import Session, Start


async def lose_the_line(session: Session, company: Company) -> None:
    """A reply whose line broke after the last byte."""
    await session.press("2", "r", *"Done", "ctrl+s", "enter")
    [item] = list_outbox(session.ws.store)
    with open_workspace(company.config) as other:
        move_item(other.store, item.id, OutboxState.UNCERTAIN, session.app.now(), answer="broke")
    await session.settle()
    await session.press("g", "o")


def states(session: Session) -> list[str]:
    return [item.state for item in list_outbox(session.ws.store, everything=True)]


async def test_it_arrived_is_one_key(start: Start, company: Company) -> None:
    async with start() as session:
        await lose_the_line(session, company)
        await session.press("a")

        assert states(session) == ["sent"]


async def test_it_is_not_sent_again_without_a_yes(start: Start, company: Company) -> None:
    async with start() as session:
        await lose_the_line(session, company)
        await session.press("r")
        assert "It may have arrived" in session.text
        await session.press("escape")
        assert states(session) == ["uncertain"]

        await session.press("r", "y")
        assert states(session) == ["queued"]


async def test_it_is_not_a_draft_again_without_a_yes(start: Start, company: Company) -> None:
    async with start() as session:
        await lose_the_line(session, company)
        await session.press("c")
        assert "They may have read it already." in session.text
        await session.press("y")

        assert states(session) == []


async def test_what_waits_cannot_have_arrived(start: Start) -> None:
    async with start() as session:
        await session.press("2", "r", *"Done", "ctrl+s", "enter", "g", "o", "a")

        assert "Only a mail whose line broke" in session.text
        assert states(session) == ["held"]


async def test_one_key_takes_a_mail_back_into_the_composer(start: Start) -> None:
    async with start() as session:
        await session.press("2", "r", *"Done", "ctrl+s", "enter", "g", "o", "e")
        assert session.app.main.writing
        assert "Done" in session.text
        assert states(session) == []


async def test_an_uncertain_one_is_edited_only_after_a_yes(start: Start, company: Company) -> None:
    async with start() as session:
        await lose_the_line(session, company)
        await session.press("e")
        assert "They may have read it already." in session.text
        await session.press("y")
        assert session.app.main.writing
        assert states(session) == []
