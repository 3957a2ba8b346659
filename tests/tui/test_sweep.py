"""The thank-you sweep on the screen: read whole, done or one line back, and taken back."""

import pytest

from founder_inbox.app.queue.tickets import find_ticket
from founder_inbox.app.session.jar import praise_jar
from founder_inbox.core.model import Lane, Status
from founder_inbox.store.drafts import draft_of, save_draft
from founder_inbox.store.outbox import live_items
from founder_inbox.tui.main_screen import MainScreen
from founder_inbox.tui.triage.sweep_screen import SweepScreen
from tests.tui.company import Company, Letter
from tests.tui.conftest import Session, Start


def thanks_left(session: Session) -> int:
    return session.app.desk.counts.lanes[Lane.THANKS]


async def test_every_thank_you_is_there_with_all_its_words_and_the_time_it_takes(
    start: Start,
) -> None:
    async with start() as session:
        await session.press("1")
        assert "g t shows the thank-yous on one screen." in session.text
        await session.press("g", "t")

        assert isinstance(session.app.screen, SweepScreen)
        assert "2 left, about 1 min" in session.text
        assert "You made my week." in session.text
        assert "That was quick. Thanks a lot, Ana!" in session.text


async def test_done_is_one_key_each_and_the_praise_is_kept(start: Start) -> None:
    async with start() as session:
        await session.press("g", "t", "e")
        assert "1 left, about 1 min" in session.text
        await session.press("e")
        assert "That was nice. On to the rest." in session.text
        await session.press("escape")

        assert isinstance(session.app.screen, MainScreen)
        assert thanks_left(session) == 0
        assert len(praise_jar(session.ws)) == 2


async def test_one_line_goes_back_with_greeting_and_signature_and_can_be_taken_back(
    start: Start,
) -> None:
    async with start() as session:
        await session.press("1")
        ticket = session.ticket
        await session.press("g", "t", "semicolon")
        assert "1  " in session.text
        assert "3  " in session.text
        await session.press("1")

        [item] = live_items(session.ws.store)
        name = ticket.state.customer.name.split()[0]
        assert f"Hi {name},".encode() in item.mime
        assert b"\r\nAna" in item.mime
        assert "1 left" in session.text
        await session.press("z")
        assert "2 left" in session.text
        assert find_ticket(session.ws.store, ticket.id).state.status is Status.OPEN


async def test_a_kept_draft_is_not_lost_to_a_line(start: Start, company: Company) -> None:
    async with start() as session:
        await session.press("1")
        ticket = session.ticket
        save_draft(session.ws.store, ticket.id, "Half a letter", company.clock())
        await session.press("g", "t", "semicolon", "1")

        assert "A draft is kept for this one, so nothing was sent." in session.text
        assert "2 left" in session.text
        assert draft_of(session.ws.store, ticket.id) == "Half a letter"
        assert live_items(session.ws.store) == []


async def test_the_footer_names_the_sweep_among_the_thank_yous_only(start: Start) -> None:
    async with start(size=(80, 24)) as session:
        await session.press("1", "j", "k")
        assert "g t sweep" in session.text
        await session.press("2")
        assert "g t sweep" not in session.text


async def test_no_line_is_sent_by_another_key(start: Start) -> None:
    async with start() as session:
        await session.press("g", "t", "semicolon", "e")
        assert "2 left" in session.text
        await session.press("semicolon", "escape")

        assert isinstance(session.app.screen, SweepScreen)
        assert "2 left" in session.text
        assert live_items(session.ws.store) == []


async def test_the_cursor_moves_and_the_mouse_does_the_same(start: Start) -> None:
    async with start() as session:
        await session.press("g", "t", "j", "e")
        assert "You made my week." in session.text or "That was quick." in session.text
        await session.pilot.click(".thanks")
        await session.press("e")

        assert "That was nice." in session.text


async def test_the_founder_s_own_keys_count(start: Start, company: Company) -> None:
    company.write_config(keys='done = "f5"')
    async with start() as session:
        await session.press("g", "t", "e")
        assert "2 left" in session.text
        await session.press("f5")
        assert "1 left" in session.text


async def test_with_the_door_shut_it_is_for_reading(start: Start, company: Company) -> None:
    company.clock.pass_by(hours=3)
    async with start() as session:
        await session.press("r", "g", "t", "e")

        assert "2 left" in session.text
        assert "opens" in session.text or "17:00" in session.text


async def test_where_there_is_none_it_says_so(start: Start) -> None:
    async with start(letters=()) as session:
        await session.press("g", "t")

        assert "No thank-yous right now." in session.text


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_nothing_a_stranger_writes_is_obeyed(start: Start, size: tuple[int, int]) -> None:
    hostile = Letter(
        "[/x] \x1b[2J <eve@x.test>", "Thank you [@click=app.quit]x[/]", "Thanks a lot! \x9b31m [/]"
    )
    async with start(letters=(hostile,), size=size) as session:
        session.app.desk.go(session.app.desk.place)
        await session.press("t", "1", "g", "t")

        assert session.app.is_running
        assert "\x1b" not in session.text
        assert "\x9b" not in session.text
