"""The quick fix under one key: flag, clock, the question at 20:00, and the true times."""

from datetime import timedelta

import pytest
from textual.widgets import Static

from founder_inbox.core.model import Status
from founder_inbox.store import events
from founder_inbox.tui.composing.composer import Composer
from founder_inbox.tui.queue.footer import Footer
from founder_inbox.tui.queue.header import Header
from founder_inbox.tui.widgets.prompts import ConfirmPrompt
from tests.tui.company import MONDAY, Company, Letter
from tests.tui.conftest import Session, Start

TYPO = Letter(
    "Tom <tom@bees.test>", "Pricing page", "There is a typo on your pricing page: 'montly'.", 0.5
)
PLAIN = (
    Letter("Paul <paul@letters.test>", "Sender name", "How do I change the sender name?", 6),
    Letter("Rosa <rosa@pictures.test>", "Colours", "How do I change the colours?", 5),
    Letter("Yuki <yuki@tanaka.test>", "Colleague", "How do I invite a colleague?", 4),
    Letter("Nils <nils@aalto.test>", "Fonts", "How do I change the fonts?", 3),
)


def said(session: Session) -> str:
    return str(session.app.main.query_one(Footer).message)


def header(session: Session) -> str:
    return str(session.app.main.query_one(Header).render())


def body(session: Session) -> str:
    return session.app.main.query_one(Composer).body


def recorded(session: Session) -> list[str]:
    return [str(event.kind) for event in reversed(events.last_events(session.ws.store, 50))]


async def begin(session: Session) -> None:
    await session.press("3", "Q")
    await session.press("Q")
    await session.look()


async def test_what_looks_like_one_is_suggested_with_its_reason_and_not_set(start: Start) -> None:
    async with start(letters=(TYPO,)) as session:
        await session.press("enter")

        assert "quick fix? they name a typo" in session.text
        assert not session.ticket.state.quick_fix


async def test_the_key_flags_with_an_estimate_then_starts_the_clock_in_the_header(
    start: Start, company: Company
) -> None:
    async with start(letters=(TYPO,)) as session:
        await session.press("Q")
        assert session.ticket.state.fix_clock.minutes == 5
        assert "about 5 min · Q starts the clock" in said(session)
        assert "fix 0" not in header(session)

        await session.press("Q")
        company.clock.pass_by(minutes=7, seconds=31)
        await session.look()
        assert "fix 07:31" in header(session)


async def test_the_clock_survives_a_restart(start: Start, company: Company) -> None:
    async with start(letters=(TYPO,)) as session:
        await begin(session)
    company.clock.pass_by(minutes=12)
    async with start(letters=()) as session:
        await session.look()

        assert "fix 12:00" in header(session)


async def test_finishing_opens_the_reply_with_both_true_times(
    start: Start, company: Company
) -> None:
    async with start(letters=(TYPO,)) as session:
        await begin(session)
        company.clock.pass_by(minutes=9)
        await session.look()
        await session.press("Q")
        await session.type("The page says monthly now.")
        await session.press("enter")

        assert "it is live now, 39 minutes after you wrote (9 minutes of work)" in body(session)
        assert "The page says monthly now." in body(session)
        assert not session.ticket.state.quick_fix
        assert "fix 0" not in header(session)
        assert recorded(session)[-1] == "quick_fix_finished"


async def test_at_twenty_minutes_one_question_is_asked_and_no_means_no(
    start: Start, company: Company
) -> None:
    async with start(letters=(TYPO,)) as session:
        await begin(session)
        company.clock.pass_by(minutes=19, seconds=59)
        await session.look()
        assert "fix 19:59" in header(session)
        assert not isinstance(session.app.screen, ConfirmPrompt)

        company.clock.pass_by(seconds=1)
        await session.look()
        assert isinstance(session.app.screen, ConfirmPrompt)
        assert "Park it with a promise?" in session.text
        assert "20 minutes on “Pricing page”" in session.text
        await session.press("enter")
        assert isinstance(session.app.screen, ConfirmPrompt)

        await session.press("n")
        company.clock.pass_by(seconds=30)
        await session.look()
        assert not isinstance(session.app.screen, ConfirmPrompt)
        assert "fix 20:30" in header(session)


async def test_yes_parks_it_and_opens_a_reply_with_the_promise(
    start: Start, company: Company
) -> None:
    async with start(letters=(TYPO, *PLAIN)) as session:
        await session.press("slash")
        await session.type("pricing")
        await session.press("enter", "Q")
        await session.press("Q")
        await session.press("escape", "3")
        company.clock.pass_by(minutes=20)
        await session.look()
        await session.press("y")
        await session.type("Three pages have it")
        await session.press("enter")
        await session.type("by Friday")
        await session.press("enter")

        assert session.subject == "Pricing page"
        assert "I will finish it by Friday, and you hear from me then either way." in body(session)
        clock = session.ticket.state.fix_clock
        assert (clock.started_at, clock.worked) == (None, timedelta(minutes=20))
        assert session.ticket.state.quick_fix

        await session.press("ctrl+s")
        assert "“by Friday”: Friday 27 Nov 09:00? enter keeps it in mind" in session.text
        await session.press("enter")
        ticket = session.ws.store.row("select promises from ticket where subject = 'Pricing page'")
        assert ticket is not None
        assert "by Friday" in ticket["promises"]


async def test_the_question_never_comes_into_somebodys_typing(
    start: Start, company: Company
) -> None:
    async with start(letters=(TYPO, *PLAIN)) as session:
        await begin(session)
        await session.press("r")
        company.clock.pass_by(minutes=25)
        await session.look()
        assert not isinstance(session.app.screen, ConfirmPrompt)
        await session.type("yes")
        assert "yes" in body(session)

        await session.press("escape")
        await session.look()
        assert isinstance(session.app.screen, ConfirmPrompt)


async def test_a_fourth_is_refused_kindly_and_names_the_three(start: Start) -> None:
    async with start(letters=PLAIN) as session:
        for _ in range(3):
            await session.press("Q", "j")
        await session.press("Q")

        assert "Three quick fixes are open: “Sender name”, “Colours”, “Colleague”" in (
            said(session)
        )
        assert not session.ticket.state.quick_fix


async def test_a_second_clock_puts_the_first_aside(start: Start, company: Company) -> None:
    async with start(letters=PLAIN) as session:
        await session.press("Q")
        await session.press("Q")
        company.clock.pass_by(minutes=4)
        await session.press("j", "Q")
        await session.press("Q")
        await session.look()

        assert "fix 00:00" in header(session)
        await session.press("k")
        assert session.ticket.state.fix_clock.worked == timedelta(minutes=4)
        await session.press("z")
        await session.look()
        assert "fix 04:00" in header(session)


async def test_every_step_is_undone(start: Start, company: Company) -> None:
    async with start(letters=(TYPO,)) as session:
        await begin(session)
        company.clock.pass_by(minutes=3)
        await session.press("Q")
        await session.press("escape", "escape", "escape")
        await session.press("z")
        assert session.ticket.state.fix_clock.started_at == MONDAY
        await session.press("z")
        assert session.ticket.state.fix_clock.started_at is None
        assert session.ticket.state.quick_fix
        await session.press("z")
        assert not session.ticket.state.quick_fix


async def test_the_flag_comes_off_with_a_key_of_its_own(start: Start) -> None:
    async with start(letters=(TYPO,)) as session:
        await session.press("Q")
        await session.press("t", "q")
        assert not session.ticket.state.quick_fix
        await session.press("t", "q")
        assert "not flagged" in said(session)


async def test_the_wrap_up_offers_one_and_says_how_long_they_took(
    start: Start, company: Company
) -> None:
    async with start(letters=(TYPO, *PLAIN)) as session:
        await session.press("3", "Q", "j", "Q")
        company.clock.moment = MONDAY.replace(hour=10)
        await session.look()

        assert "2 quick fixes, about" in session.text
        assert "one now?" in session.text
        await session.press("Q")
        await session.look()
        assert "fix 00:00" in header(session)
        assert session.app.main.read_only
        assert session.app.screen is session.app.main


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_the_clock_is_there_in_a_small_terminal_too(
    start: Start, company: Company, size: tuple[int, int]
) -> None:
    async with start(size=size, letters=(TYPO, *PLAIN)) as session:
        await begin(session)
        company.clock.pass_by(minutes=20)
        await session.look()
        await session.press("n")

        assert "fix 20:00" in header(session)
        assert session.ticket.state.status is Status.OPEN
        assert session.app.main.query(Static)


async def test_the_estimate_is_the_founders_own_and_can_be_changed(start: Start) -> None:
    async with start(letters=PLAIN) as session:
        await session.press("3", "t", "m")
        assert "How long will it take?" in session.text
        await session.press("ctrl+u")
        await session.type("soon")
        assert "such as 15" in session.text
        await session.press("ctrl+u")
        await session.type("12 min")
        await session.press("enter")
        assert "about 12 min" in said(session)
        await session.press("t", "m", "ctrl+u")
        await session.type("8")
        await session.press("enter")

        assert session.ticket.state.fix_clock.minutes == 8
        assert recorded(session)[-2:] == ["quick_fix", "quick_fix"]


async def test_the_list_of_quick_fixes_says_how_long_they_take_from_asked_to_live(
    start: Start, company: Company
) -> None:
    async with start(letters=PLAIN[:1]) as session:
        await begin(session)
        company.clock.pass_by(minutes=9)
        await session.press("Q", "escape", "escape", "g", "q")

        assert "1 quick fix in thirty days: 6 hours from asked to live" in said(session)
