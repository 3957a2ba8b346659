"""A mail that may have arrived: the founder decides, and is asked before it goes twice."""

from founder_inbox.app.sending.outbox import list_outbox
from founder_inbox.app.workspace import open_workspace
from founder_inbox.core.tickets.outbox import OutboxState
from founder_inbox.core.times import to_text
from founder_inbox.store.machines import note_machine
from founder_inbox.store.outbox import move_item
from founder_inbox.store.sharing import Record, take_in
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


async def test_what_waits_on_another_machine_is_listed_with_its_name_and_brought_here_after_a_yes(
    start: Start,
) -> None:
    async with start() as session:
        store, now = session.ws.store, to_text(session.app.now())
        data: Record = {
            "state": "held",
            "message_id": "<1@acme.test>",
            "sender": "support@acme.test",
        }
        data |= {"recipients": ["tom@bees.test"], "subject": "Re: Export?", "body": "Tomorrow."}
        data |= {"then": "close", "not_before": now, "created_at": now, "mime": "SGVsbG8="}
        head = {"id": "019aa5b3c1d2-0000-1f2e3d4c", "at": now, "actor": "Ana", "ticket": None}
        with store.write():
            take_in(store, 1, [head | {"kind": "outbox", "data": data | {"machine": "1f2e3d4c"}}])
            note_machine(store, "1f2e3d4c", {"1f2e3d4c": "desktop"}, session.app.now())
        await session.press("g", "o")
        assert "waits in the outbox on desktop" in session.text
        await session.press("t", "escape")
        assert states(session) == []
        await session.press("t", "y")

        assert states(session) == ["held"]
        assert "on desktop" not in session.text
        assert "Taken over from another machine." in session.text
