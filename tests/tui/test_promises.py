"""Who is owed a word, the update without news, and the promises, on the screens."""

from datetime import timedelta

from founder_inbox.app.queue.promises import add_promise, list_promises
from founder_inbox.app.queue.tickets import Choice, list_tickets
from founder_inbox.core.hours.when import When
from founder_inbox.core.model import Status
from founder_inbox.tui.composing.composer import Composer
from founder_inbox.tui.queue.desk import Place, Section
from founder_inbox.tui.queue.footer import Footer
from founder_inbox.tui.queue.header import Header
from tests.tui.company import LETTERS, MONDAY, Company, Letter
from tests.tui.conftest import Session, Start

OLD = Letter("Mia <mia@slow.test>", "Slow export", "How do I speed up the export?", 80)


def said(session: Session) -> str:
    return str(session.app.main.query_one(Footer).message)


def sections(session: Session) -> list[Section]:
    return [name for _, name in session.app.desk.sections]


def promise_to(session: Session, name: str, hours: float) -> None:
    now = MONDAY
    found = list_tickets(session.ws.store, Choice(), now, None)
    ticket = next(ticket for ticket in found if ticket.state.customer.name == name)
    add_promise(session.ws, ticket, When(now + timedelta(hours=hours), "Monday"), now)


async def test_who_is_owed_an_update_stands_on_top_of_urgent_and_is_one_key_away(
    start: Start,
) -> None:
    async with start(letters=(*LETTERS, OLD)) as session:
        assert sections(session)[:3] == [Section.THANKS, Section.OWED, Section.URGENT]
        assert "Owed an update 1" in session.text
        assert "1 owed an update" in str(session.app.main.query_one(Header).render())
        await session.press("g", "u")
        assert session.subject == "Slow export"
        assert session.subjects().count("Slow export") == 1
        await session.press("enter")
        assert "has not heard from us yet" in session.text


async def test_without_anybody_it_says_so(start: Start) -> None:
    async with start() as session:
        await session.press("g", "u")

        assert "Nobody is waiting for a word from you." in said(session)


async def test_the_update_asks_one_thing_gives_the_next_date_and_keeps_the_ticket_ours(
    start: Start, company: Company
) -> None:
    async with start(letters=(*LETTERS, OLD)) as session:
        await session.press("g", "u", "N")
        await session.type("The index is being rebuilt.")
        await session.press("enter")
        body = session.app.main.query_one(Composer).body
        assert "The index is being rebuilt." in body
        assert "I will write again on Wednesday, 25 November" in body

        await session.press("ctrl+s")
        assert "“on Wednesday”: Wednesday 25 Nov 09:00? enter keeps it in mind" in session.text
        assert "send, stays with you" in session.text
        await session.press("enter")

        assert Section.OWED not in sections(session)
        assert "Slow export" in session.subjects()
        [open_] = list_promises(session.ws.store)
        assert (open_.promise.words, open_.ticket.state.status) == ("on Wednesday", Status.OPEN)


async def test_a_promise_in_a_reply_is_taken_with_enter_left_with_p_and_undone_with_the_reply(
    start: Start,
) -> None:
    async with start() as session:
        await session.press("2", "r")
        await session.type("I will fix it by Friday.")
        await session.press("ctrl+s")
        assert "promise “by Friday”: Friday 27 Nov 09:00? enter keeps it in mind" in (
            session.text.lower().replace("friday", "Friday").replace("nov", "Nov")
        )
        await session.press("p")
        assert "not kept in mind" in session.text
        await session.press("enter")
        assert list_promises(session.ws.store) == []
        await session.press("z")

        await session.press("ctrl+s")
        await session.press("enter")
        assert [p.promise.words for p in list_promises(session.ws.store)] == ["by Friday"]
        await session.press("z")
        assert list_promises(session.ws.store) == []


async def test_a_reply_without_a_date_asks_nothing(start: Start) -> None:
    async with start() as session:
        await session.press("2", "r")
        await session.type("It works again.")
        await session.press("ctrl+s")

        assert "keeps it in mind" not in session.text


async def test_promises_have_a_list_and_are_marked_as_kept(start: Start, company: Company) -> None:
    async with start() as session:
        promise_to(session, "Paul", 30)
        promise_to(session, "Ana Ruiz", 5)
        await session.press("g", "p")
        assert session.app.desk.place is Place.PROMISES
        assert session.subjects() == [
            "Charged twice this month",
            "How do I change the sender name?",
        ]
        await session.press("enter")
        assert "promise due today 14:10" in session.text

        await session.press("escape", "t", "p")
        assert session.subjects() == ["How do I change the sender name?"]
        await session.press("z")
        assert len(session.subjects()) == 2


async def test_a_due_promise_opens_the_window_and_stands_in_the_strip(
    start: Start, company: Company
) -> None:
    async with start() as session:
        promise_to(session, "Paul", 5)
        await session.press("3")
    company.clock.moment = MONDAY.replace(hour=17)
    async with start(letters=()) as session:
        assert said(session).startswith("1 promise is due")
        await session.press("g", "u")
        assert session.subject == "How do I change the sender name?"


async def test_an_empty_list_of_promises_is_kind(start: Start) -> None:
    async with start() as session:
        await session.press("g", "p")

        assert "You owe nobody a date." in session.text


async def test_a_date_given_on_the_phone_is_kept_in_mind_with_one_key(start: Start) -> None:
    async with start() as session:
        await session.press("2", "P")
        await session.type("friday")
        assert "Friday 27 Nov 09:00" in session.text
        await session.press("enter")
        assert "Kept in mind: Friday 27 Nov 09:00" in said(session)
        [promise] = list_promises(session.ws.store)
        assert promise.ticket.state.subject == "Charged twice this month"
