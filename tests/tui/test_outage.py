"""Outage mode on the screen: the line above the queue, the fields, the people, the result."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from textual.widgets import OptionList

from founder_inbox.app.outages import outage, outage_update
from founder_inbox.app.sending.outbox import list_outbox
from founder_inbox.core.outage.incident import Part
from founder_inbox.store.outbox import move_item
from founder_inbox.tui.outages.outage_screen import OutageScreen
from founder_inbox.tui.queue.outage_line import OutageLine
from tests.tui.company import LETTERS, Company, Letter
from tests.tui.conftest import Session, Start
from tests.tui.stage import HOSTILE

DOWN = "Your site is down, error 502 on every page."
GERMAN = "Hallo, die Seite ist nicht erreichbar, und ich kann nicht arbeiten. Was ist bei euch los?"
THREE = (
    Letter("Tom Okafor <tom@bees.test>", "Down?", DOWN, 0.5),
    Letter("Rosa Benedetti <rosa@pictures.test>", "Nothing loads", DOWN, 0.4),
    Letter("Jonas Brandt <jonas@brandt.test>", "Seite weg", GERMAN, 0.3),
)
SUSPECTED = "Three people say it is down. O opens outage mode."


async def fill(session: Session, *texts: str) -> None:
    for text in texts:
        await session.type(text)
        await session.press("enter")


async def open_and_confirm(session: Session) -> None:
    await session.press("O")
    session.app.screen.query_one(OptionList).focus()
    await session.press("a")


async def tell(session: Session) -> None:
    """Fill in the first word and send it."""
    await open_and_confirm(session)
    session.app.screen.query_one("#field-known").focus()
    await fill(session, "the app is down", "safe", "use the phone app", "", "9:40")
    await session.press("ctrl+s")
    await session.press("enter")


async def test_three_people_are_a_line_above_the_queue(start: Start) -> None:
    async with start(letters=THREE) as session:
        assert SUSPECTED in session.text

    async with start(letters=()) as session:
        session.app.now.pass_by(hours=8)  # type: ignore[attr-defined]
        await session.look()
        session.app.main.reread()
        await session.settle()
        assert "people say it is down" not in session.text


async def test_without_reports_there_is_no_line(start: Start) -> None:
    async with start(letters=LETTERS) as session:
        assert session.app.main.query_one(OutageLine).display is False


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_the_screen_shows_facts_and_people_with_reasons(
    start: Start, size: tuple[int, int], same_frame: Callable[[str, str], None]
) -> None:
    async with start(size=size, letters=THREE) as session:
        await session.press("O")
        assert isinstance(session.app.screen, OutageScreen)
        assert "What we know" in session.text
        assert "1 person writes German" in session.text
        same_frame(f"outage-{size[0]}", session.text)
        await session.press("escape")
        assert outage.open_outage(session.ws) is None


async def test_a_ticket_is_confirmed_and_taken_out_with_x(start: Start) -> None:
    async with start(letters=THREE) as session:
        await session.press("O")
        session.app.screen.query_one(OptionList).focus()
        await session.press("j", "x")
        found = outage.require_outage(session.ws)
        assert len(found.linked) == 1
        session.app.screen.query_one(OptionList).highlighted = 0
        await session.press("x")
        assert outage.require_outage(session.ws).linked == ()


async def test_selected_tickets_are_confirmed_by_opening(start: Start) -> None:
    async with start(letters=THREE) as session:
        await session.press("x", "x", "O")
        assert len(outage.require_outage(session.ws).linked) == 2


async def test_what_is_typed_is_kept_without_saving(start: Start) -> None:
    async with start(letters=THREE) as session:
        await session.press("O")
        await session.type("down since 9")
        await session.press("escape", "O")
        assert "down since 9" in session.text
        assert outage.facts(session.ws)["en"]["known"] == "down since 9"


async def test_each_mail_is_shown_before_everybody_is_told_and_z_takes_all_back(
    start: Start,
) -> None:
    async with start(letters=THREE) as session:
        await open_and_confirm(session)
        session.app.screen.query_one("#field-known").focus()
        await fill(session, "the app is down", "safe", "use the phone app", "", "9:40")
        await session.press("ctrl+s")
        assert "1 of 3  Tom Okafor" in session.text
        assert "You are not imagining it: the app is down. I'm sorry" in session.text
        await session.press("right")
        assert "2 of 3  Rosa Benedetti" in session.text
        await session.press("enter")
        assert "0 of 3 told, 3 on their way." in session.text
        assert len(list_outbox(session.ws.store)) == 3

        await session.press("escape")
        assert "outage, update 09:40" in session.text
        await session.press("z")
        assert list_outbox(session.ws.store) == []
        assert outage.require_outage(session.ws).rounds == ()


async def test_what_is_missing_is_said_in_place(start: Start) -> None:
    async with start(letters=THREE) as session:
        await open_and_confirm(session)
        await session.press("ctrl+s")
        assert "When is the next update?" in session.text
        assert isinstance(session.app.screen, OutageScreen)


async def test_it_is_said_in_german_too(start: Start) -> None:
    async with start(letters=THREE) as session:
        await open_and_confirm(session)
        session.app.screen.query_one("#field-known").focus()
        await fill(session, "the app is down", "safe", "", "", "9:40")
        await session.press("ctrl+l")
        await fill(session, "die App ist weg", "sicher", "nichts")
        assert "In German." in session.text
        await session.press("ctrl+s")
        await session.press("right", "right")
        assert "Hallo Jonas," in session.text
        assert "die App ist weg" in session.text
        assert "9:40 UTC" in session.text


async def test_the_result_names_whom_the_server_refused_and_g_tries_again(start: Start) -> None:
    async with start(letters=THREE) as session:
        await tell(session)
        items = list_outbox(session.ws.store)
        now = session.app.now()
        for item in items:
            state = "failed" if "jonas" in item.recipients[0] else "sent"
            move_item(session.ws.store, item.id, state, now, answer="550 no such person")
        session.app.screen.query_one(OptionList).focus()
        session.app.screen._read()  # type: ignore[attr-defined]
        await session.settle()
        assert "2 of 3 told; 1 did not arrive." in session.text
        assert "550 no such person" in session.text
        await session.press("g")
        assert "1 more on their way." in session.text


async def test_s_stops_and_g_goes_on(start: Start) -> None:
    async with start(letters=THREE) as session:
        await tell(session)
        session.app.screen.query_one(OptionList).focus()
        await session.press("s")
        assert "3 taken back" in session.text
        assert list_outbox(session.ws.store) == []
        await session.press("g")
        assert len(list_outbox(session.ws.store)) == 3


async def test_a_promised_update_that_is_due_stands_above_the_queue_and_in_the_header(
    start: Start, company: Company
) -> None:
    async with start(letters=THREE) as session:
        await tell(session)
        await session.press("escape")
        company.clock.pass_by(minutes=31)
        session.app.poll()
        await session.settle()
        assert "the update promised for 09:40 is due" in session.text
        assert "outage update due 09:40" in session.text


async def test_at_the_end_everybody_hears_and_a_post_mortem_is_drafted(start: Start) -> None:
    async with start(letters=THREE) as session:
        await tell(session)
        await session.press("ctrl+o")
        await fill(session, "all is back", "30 minutes", "we filled a disk", "an alarm is on it")
        await session.press("ctrl+s")
        assert "It is over: all is back." in session.text
        await session.press("enter")
        assert outage.open_outage(session.ws) is None
        assert "over since 09:10" in session.text
        session.app.screen.query_one(OptionList).focus()
        await session.press("p")
        assert "A draft is in" in session.text
        await session.press("escape")
        assert session.app.main.query_one(OutageLine).display is False


async def test_a_strangers_words_are_only_words_here(start: Start) -> None:
    letters = tuple(
        Letter(f"{chr(97 + n)} <p{n}@x.test>", hostile.replace("\n", " "), DOWN, 0.3)
        for n, hostile in enumerate(HOSTILE)
    )
    async with start(letters=letters) as session:
        await open_and_confirm(session)
        assert "\x1b" not in session.text
        assert "[/x]" in session.text


async def test_while_the_door_is_shut_nothing_is_said_and_o_is_refused(
    start: Start, company: Company
) -> None:
    async with start(letters=THREE) as session:
        now = session.app.now()
        outage.link(session.ws, [o.ticket for o in outage.board(session.ws, now).offers], now)
        for name, text in (("known", "x"), ("data", "x"), ("next", "in 30 min")):
            outage.keep_fact(session.ws, "en", name, text)
        outage_update.send_update(session.ws, Part.OPEN, now)
    company.clock.moment += timedelta(hours=3)
    async with start(letters=()) as session:
        await session.press("r")
        session.app.main.run("outage")
        await session.settle()
        assert session.app.main.query_one(OutageLine).display is False
        assert not isinstance(session.app.screen, OutageScreen)
