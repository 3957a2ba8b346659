"""The founder is told what became of a reply."""

from datetime import datetime

import pytest

from founder_inbox.app.sending.outbox import list_outbox
from founder_inbox.app.workspace import open_workspace
from founder_inbox.core.tickets.outbox import OutboxState
from founder_inbox.store.outbox import move_item
from founder_inbox.tui.queue.footer import Footer
from tests.tui.company import Company
from tests.tui.conftest import Session, Start


async def send(session: Session) -> int:
    await session.press("2", "r")
    await session.type("It is fixed now.")
    await session.press("ctrl+s", "enter")
    [item] = list_outbox(session.ws.store)
    return item.id


def settle(company: Company, number: int, state: OutboxState, now: datetime) -> None:
    """As the syncing process does it, over a connection of its own."""
    with open_workspace(company.config) as other:
        move_item(other.store, number, state, now, answer="no such person")


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (OutboxState.SENT, "Sent to"),
        (OutboxState.FAILED, "no such person"),
        (OutboxState.UNCERTAIN, "no such person"),
    ],
)
async def test_the_last_line_says_what_became_of_it(
    start: Start, company: Company, state: OutboxState, words: str
) -> None:
    async with start() as session:
        number = await send(session)
        footer = session.app.main.query_one(Footer)
        assert "goes out in" in footer.message

        settle(company, number, state, session.app.now())
        await session.settle()

        assert words in footer.message


async def test_a_later_message_is_not_talked_over(start: Start, company: Company) -> None:
    async with start() as session:
        number = await send(session)
        session.app.main.say("Something else.")
        settle(company, number, OutboxState.SENT, session.app.now())
        await session.settle()

        assert session.app.main.query_one(Footer).message == "Something else."
