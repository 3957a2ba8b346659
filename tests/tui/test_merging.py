"""`M`: merging tickets and splitting a mail off, with what will be said before it is."""

import pytest
from textual.widgets import OptionList, Static

from founder_inbox.app.queue.tickets import find_ticket
from founder_inbox.app.workspace import Workspace
from founder_inbox.core.tickets.identity import ticket_id
from founder_inbox.tui.triage.merging import MergePicker
from tests.tui.company import Company, Letter
from tests.tui.conftest import Session, Start

ANA = "Ana Ruiz <ana@ruiz.test>"
CHARGED, AGAIN = ticket_id("<letter-5@customers.test>"), ticket_id("<letter-1@customers.test>")


@pytest.fixture
def more(company: Company, ws: Workspace) -> None:
    """Ana wrote anew instead of answering; somebody else answered her first mail."""
    company.receive(
        ws,
        Letter(ANA, "\x1b[31mRefund, please\x1b]0;x\x07", "Charged twice: please refund.", 1),
        Letter(
            "Eve <eve@evil.test>",
            "Re: Charged twice this month",
            "I was charged twice, too.",
            0.5,
            reply_to="<letter-5@customers.test>",
        ),
    )


def rows(session: Session) -> list[str]:
    options = session.app.screen.query_one(OptionList)
    return [str(options.get_option_at_index(i).prompt) for i in range(options.option_count)]


def outlook(session: Session) -> str:
    return str(session.app.screen.query_one(".outlook", Static).render())


async def test_the_same_customers_ticket_is_offered_first_merged_and_undone(
    start: Start, more: None
) -> None:
    async with start() as session:
        await session.press("2")
        assert session.ticket.id == CHARGED
        await session.press("M")
        assert isinstance(session.app.screen, MergePicker)
        assert rows(session)[0].startswith(f"#{AGAIN} Refund, please  Ana Ruiz")
        assert f"All of it becomes #{CHARGED}" in outlook(session)
        await session.press("enter")
        store = session.app.desk.ws.store
        assert find_ticket(store, AGAIN).id == CHARGED
        assert "Refund, please" not in session.subjects()
        await session.press("z")
        assert find_ticket(store, AGAIN).id == AGAIN
        assert "Refund, please" in session.subjects()


async def test_what_is_typed_finds_by_id_or_words_and_strangers_are_asked_about(
    start: Start, more: None
) -> None:
    async with start() as session:
        await session.press("2", "M")
        await session.type("dark mode")
        assert len(rows(session)) == 1
        assert "Idea: a dark mode" in rows(session)[0]
        assert "would see what the other wrote" in outlook(session)
        await session.press("enter", "enter", "n")
        nils = ticket_id("<letter-10@customers.test>")
        assert find_ticket(session.app.desk.ws.store, nils).id == nils
        await session.press("M")
        await session.type(f"#{nils[:5]}")
        assert len(rows(session)) == 1
        await session.press("enter", "y")
        assert find_ticket(session.app.desk.ws.store, nils).state.messages == 3


async def test_in_an_open_ticket_a_mail_can_be_split_off(start: Start, more: None) -> None:
    async with start() as session:
        await session.press("2", "enter", "M")
        splits = [row for row in rows(session) if row.startswith("Split off mail 2, Eve: I was")]
        assert len(splits) == 1
        await session.press(*["down"] * rows(session).index(splits[0]))
        assert "a ticket of its own" in outlook(session)
        await session.press("enter")
        made = find_ticket(session.app.desk.ws.store, ticket_id("<letter-2@customers.test>"))
        assert made.state.customer.address == "eve@evil.test"
        await session.press("z")
        found = find_ticket(session.app.desk.ws.store, CHARGED)
        assert found.state.messages == 2


async def test_all_selected_tickets_merge_at_once_and_come_apart_at_once(
    start: Start, more: None
) -> None:
    async with start() as session:
        before = session.subjects()
        await session.press("2", "x", "j", "x", "M")
        assert "Merge 2 tickets with" in session.text
        await session.type("dark mode")
        await session.press("enter", "y")
        assert len(session.subjects()) == len(before) - 2
        await session.press("z")
        assert session.subjects() == before


@pytest.mark.parametrize(("bound", "hint"), [("M", "M merges"), ("f12", "f12 merges")])
async def test_the_head_names_the_key_that_merges_with_what_a_ticket_belongs_to(
    company: Company, start: Start, bound: str, hint: str
) -> None:
    company.write_config(keys=f'merge = "{bound}"')
    twice = "Charged twice this month"
    letters = (Letter(ANA, twice, "Refund?", 5), Letter(ANA, f"{twice} again", "Refund?", 1))
    async with start(letters=letters) as session:
        if session.subject == twice:
            await session.press("j")
        [first] = [
            t
            for t in session.app.desk.ws.store.rows("select id, subject from ticket")
            if t["subject"] == twice
        ]
        assert f"belongs to #{first['id']}? {hint}" in session.text
