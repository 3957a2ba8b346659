"""Take five: a ticket is put aside with its draft, and comes back by itself in its place."""

import pytest

from founder_inbox.core.model import Status
from founder_inbox.store.drafts import draft_of
from founder_inbox.tui.composing.composer import Composer
from tests.tui.company import MONDAY, Company, Letter
from tests.tui.conftest import Session, Start

HOT = "Charged twice this month"


def statuses(session: Session) -> dict[str, Status]:
    tickets = (session.app.desk.ticket(i) for i in range(len(session.app.desk.keys)))
    return {t.state.subject: t.state.status for t in tickets if t}


async def test_one_key_puts_a_ticket_aside_and_shows_the_next(start: Start) -> None:
    async with start() as session:
        await session.press("2", "B")

        assert HOT not in session.subjects()
        assert session.subject == "Everything is down"
        assert "Breathe. Back at 09:15: Charged twice this month" in session.text
        assert "1 parked, back at 09:15" in session.text


async def test_after_five_minutes_it_is_back_in_its_place_by_itself(
    start: Start, company: Company
) -> None:
    async with start() as session:
        before = session.subjects()
        await session.press("2", "B", "j")
        company.clock.pass_by(minutes=4, seconds=59)
        await session.settle()
        assert HOT not in session.subjects()

        company.clock.pass_by(seconds=1)
        await session.settle()

        assert session.subjects() == before
        assert "parked" not in session.text


async def test_in_an_open_ticket_the_next_one_is_opened(start: Start) -> None:
    async with start() as session:
        await session.press("2", "enter", "B")

        assert session.app.main.reading
        assert session.subject == "Everything is down"


async def test_the_composer_has_it_too_and_the_draft_waits(start: Start, company: Company) -> None:
    async with start() as session:
        await session.press("2", "r")
        await session.type("Calm")
        ticket = session.ticket
        await session.press("ctrl+t")

        assert not session.app.main.writing
        assert HOT not in session.subjects()
        assert "Calm" in (draft_of(session.ws.store, ticket.id) or "")

        company.clock.pass_by(minutes=5)
        await session.settle()
        await session.press("escape", "2", "r")
        assert "Calm" in session.app.main.query_one(Composer).body


async def test_it_survives_a_restart(start: Start, company: Company) -> None:
    async with start() as session:
        await session.press("2", "B")
    async with start(letters=()) as again:
        assert HOT not in again.subjects()
        assert "1 parked, back at 09:15" in again.text
        company.clock.pass_by(minutes=5)
        await again.settle()
        assert HOT in again.subjects()


async def test_z_brings_it_back_at_once(start: Start) -> None:
    async with start() as session:
        await session.press("2", "B", "z")

        assert session.subject == HOT
        assert "parked, back" not in session.text


async def test_all_selected_go_aside_and_come_back_together(start: Start) -> None:
    async with start() as session:
        await session.press("3", "x", "j", "x", "B")
        assert "2 parked, back at 09:15" in session.text

        await session.press("z")
        assert len(session.subjects()) == 8


async def test_the_customer_brings_it_back_earlier(start: Start, company: Company) -> None:
    async with start() as session:
        await session.press("2", "B")
        again = Letter(
            "Ana Ruiz <ana@ruiz.test>",
            f"Re: {HOT}",
            "Any news?",
            hours_ago=-0.02,
            reply_to="<letter-3@customers.test>",
        )
        company.clock.pass_by(minutes=2)
        company.receive(session.ws, again)
        session.app.main.reread()
        await session.settle()

        assert HOT in session.subjects()
        assert "parked, back" not in session.text


async def test_what_is_not_open_can_not_be_put_aside(start: Start) -> None:
    async with start() as session:
        await session.press("2", "e", "g", "e", "B")

        assert "nothing to take five from" in session.text
        assert statuses(session) == {HOT: Status.CLOSED}


@pytest.mark.parametrize("keys", [("2", "B"), ("2", "r", "ctrl+t")])
async def test_at_the_door_it_is_refused_kindly(
    start: Start, company: Company, keys: tuple[str, ...]
) -> None:
    company.clock.moment = MONDAY.replace(hour=12)
    async with start() as session:
        await session.press("r", *keys)

        assert "Support opens today 17:00" in session.text
        assert HOT in session.subjects()
