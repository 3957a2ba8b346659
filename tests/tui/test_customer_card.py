"""Who is writing: beside the ticket where there is room, one key away where there is none."""

from founder_inbox.app.queue import triage
from founder_inbox.tui.triage.customer_card import CustomerScreen
from founder_inbox.tui.triage.forget_screen import ForgetScreen
from tests.tui.company import LETTERS, MONDAY, Company, Letter
from tests.tui.conftest import Start

AGAIN = Letter(
    "Ana Ruiz <ana@ruiz.test>",
    "The export is broken again",
    "This is ridiculous!!! I am furious, you are useless. The export fails AGAIN.",
    70,
)


async def test_a_wide_screen_says_who_writes(start: Start) -> None:
    async with start(size=(200, 60), letters=(*LETTERS, AGAIN)) as session:
        await session.press("2")
        triage.add_note(session.ws, session.ticket, "Knows Paul from letters.test.", MONDAY)
        while session.subject != "Charged twice this month":
            await session.press("j")
        await session.settle()

        assert "ruiz.test" in session.text
        assert "Rough ticket 2 d ago" in session.text
        assert "go gently" in session.text
        assert "Your notes" in session.text
        assert "Earlier" in session.text


async def test_at_any_size_a_key_shows_it_and_enter_lists_all_their_tickets(
    start: Start,
) -> None:
    async with start(size=(80, 24), letters=(*LETTERS, AGAIN)) as session:
        await session.press("2", "i")
        assert isinstance(session.app.screen, CustomerScreen)
        assert "2 mails in 2 tickets" in session.text
        await session.press("enter")

        assert sorted(session.subjects()) == [
            "Charged twice this month",
            "The export is broken again",
        ]


async def test_g_c_lists_them_at_once_and_back_goes_back(start: Start) -> None:
    async with start(letters=(*LETTERS, AGAIN)) as session:
        await session.press("2", "g", "c")
        assert len(session.subjects()) == 2
        await session.press("escape")

        assert len(session.subjects()) == len(LETTERS) + 1
        await session.press("2", "g", "C")
        assert len(session.subjects()) == 2


async def test_what_a_stranger_calls_himself_is_only_shown(start: Start, company: Company) -> None:
    hostile = Letter("[/x]\x1b[2J <eve@[@click=app.quit].test>", "[/x]", "Hello? How do I …")
    async with start(size=(200, 60), letters=(hostile,)) as session:
        await session.press("i")

        assert session.app.is_running
        assert "\x1b" not in session.text


async def test_a_customer_is_forgotten_only_when_the_address_is_typed(start: Start) -> None:
    async with start(letters=(*LETTERS, AGAIN)) as session:
        await session.press("2", "i", "D")
        assert isinstance(session.app.screen, ForgetScreen)
        assert "Their data first: founder-inbox export" in session.text
        assert "2 mails, theirs and yours to them" in session.text
        await session.type("ana@ruiz")
        await session.press("enter")
        assert "That is not ana@ruiz.test; nothing is erased." in session.text
        assert len(session.subjects()) == len(LETTERS) + 1
        before = session.sync.asked
        await session.type(".test")
        await session.press("enter")

        assert "Forgotten: 2 mails" in session.text
        assert len(session.subjects()) == len(LETTERS) - 1
        assert session.sync.asked == before + 1
        await session.press("z")
        assert len(session.subjects()) == len(LETTERS) - 1


async def test_without_a_ticket_there_is_nobody(start: Start) -> None:
    async with start(letters=()) as session:
        await session.press("i")
        assert "There is no ticket here." in session.text
        await session.press("g", "c")
        assert session.app.is_running


async def test_what_is_good_to_know_is_written_down_found_and_taken_back(start: Start) -> None:
    async with start(size=(200, 60), letters=(*LETTERS, AGAIN)) as session:
        await session.press("2", "i", "I")
        await session.type("Prefers the telephone")
        await session.press("ctrl+s")
        assert "Good to know" in session.text
        assert "Prefers the telephone" in session.text

        await session.press("slash", *"telephone", "enter")
        assert len(session.subjects()) == 2
        await session.press("escape", "z")
        assert "Good to know" not in session.text
        assert "note about them" in session.text


async def test_what_was_given_is_noted_with_a_key_and_stands_on_their_card(start: Start) -> None:
    async with start(size=(200, 50)) as session:
        await session.press("3", "$")
        await session.type("20 credit for the wait")
        assert "20 EUR credit: for the wait; 20 EUR this month" in session.text
        await session.press("enter")

        assert "Noted: 20 EUR credit" in session.text
        await session.press("i")
        assert "Given: 20 EUR" in session.text
