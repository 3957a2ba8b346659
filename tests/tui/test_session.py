"""A session on the screen: how it opens, its pace, its bell, and its wrap-up."""

from datetime import timedelta

import pytest

from founder_inbox.app.session.burnout import read_burnout, read_hire
from founder_inbox.app.workspace import Workspace
from founder_inbox.core.tickets.journal import EventKind
from founder_inbox.core.times import to_text
from founder_inbox.store.events import append_event, events_since
from founder_inbox.tui.door.door_screen import DoorScreen
from founder_inbox.tui.door.wrap_up import WrapUp
from founder_inbox.tui.knowledge.jar_screen import JarScreen
from tests.tui.company import MONDAY, Company, Letter
from tests.tui.conftest import Session, Start

QUOTE = "“the fix works, thank you so much!” Rosa, today 06:10."


def listen(session: Session) -> list[str]:
    """What rings is noted instead of sounding in the terminal."""
    rung: list[str] = []
    session.app.bell = lambda: rung.append("bell")  # type: ignore[method-assign] # Textual's own
    return rung


def recorded(session: Session, kind: EventKind) -> int:
    return len(events_since(session.ws.store, MONDAY - timedelta(days=9), kind))


async def close_three(session: Session, company: Company, minutes: int = 3) -> None:
    for _ in range(3):
        company.clock.pass_by(minutes=minutes)
        await session.press("e")


async def end(session: Session, company: Company) -> None:
    company.clock.moment = MONDAY.replace(hour=10, minute=0)
    await session.look()
    assert isinstance(session.app.screen, WrapUp)


async def test_the_header_says_how_far_it_is_and_after_three_how_long(
    start: Start, company: Company
) -> None:
    async with start() as session:
        assert "8 to go" in session.text
        assert "about" not in session.text.splitlines()[0]

        await close_three(session, company)
        await session.look()
        assert "5 to go, about 15 minutes" in session.text


async def test_the_usual_pace_stands_in_until_today_has_one(start: Start, company: Company) -> None:
    async with start(size=(200, 40)) as session:
        await close_three(session, company)
        await end(session, company)
        await session.press("enter")
        company.clock.moment = MONDAY.replace(hour=17, minute=0)
        await session.look()

        assert "5 to go, about 15 minutes at your usual pace" in session.text


async def test_at_eighty_columns_the_time_left_has_its_place_beside_the_pace(
    start: Start, company: Company
) -> None:
    async with start(size=(80, 24)) as session:
        await close_three(session, company)
        await session.look()

        assert "41 min left · 5 to go, about 15 minutes" in session.text.splitlines()[0]


async def test_the_bell_rings_once_five_minutes_before_the_end(
    start: Start, company: Company
) -> None:
    async with start() as session:
        rung = listen(session)
        for minute, second, rings in ((54, 59, 0), (55, 0, 1), (55, 1, 1), (59, 59, 1)):
            company.clock.moment = MONDAY.replace(minute=minute, second=second)
            await session.look()
            assert len(rung) == rings, (minute, second)
        company.clock.moment = MONDAY.replace(minute=55)


async def test_one_quiet_line_goes_with_the_bell(start: Start, company: Company) -> None:
    async with start() as session:
        listen(session)
        company.clock.moment = MONDAY.replace(minute=55)
        await session.look()

        assert "Five minutes left." in session.text


async def test_opened_with_less_than_five_minutes_nothing_rings(
    start: Start, company: Company
) -> None:
    company.clock.moment = MONDAY.replace(minute=56)
    async with start() as session:
        rung = listen(session)
        company.clock.moment = MONDAY.replace(minute=58)
        await session.look()

        assert rung == []


async def test_the_bell_can_be_switched_off_and_the_line_stays(
    start: Start, company: Company
) -> None:
    path = company.folder / "config.toml"
    path.write_text(path.read_text().replace("[hours]", "[hours]\nbell = false"))
    async with start() as session:
        rung = listen(session)
        company.clock.moment = MONDAY.replace(minute=55)
        await session.look()

        assert rung == []
        assert "Five minutes left." in session.text


async def test_the_wrap_up_says_where_the_time_went_and_quotes_a_true_sentence(
    start: Start, company: Company
) -> None:
    async with start() as session:
        await session.press("1")
        await close_three(session, company)
        await session.press("2")
        company.clock.pass_by(minutes=4)
        await session.press("Q", "e")
        await end(session, company)

        assert "You closed 4." in session.text
        assert "1 quick fix finished." in session.text
        assert "Your time: 7 min for urgent and 6 min for thank-yous." in session.text
        assert QUOTE in session.text

        await session.press("4", "enter")
        assert isinstance(session.app.screen, DoorScreen)
        assert recorded(session, EventKind.MOOD) == 1


async def test_the_same_sentence_does_not_come_twice_in_a_row(
    start: Start, company: Company
) -> None:
    async with start() as session:
        await session.press("1", "e", "e")
        await end(session, company)
        assert QUOTE in session.text
        await session.press("enter")
        company.clock.moment = MONDAY.replace(hour=17, minute=0)
        await session.look()
        session.app.main.run("end_session")
        await session.settle()

        assert isinstance(session.app.screen, WrapUp)
        assert QUOTE not in session.text
        assert "“That was quick.” Tom" in session.text


async def test_the_jar_is_one_key_away_and_says_when_it_is_empty(start: Start) -> None:
    async with start() as session:
        await session.press("g", "j")
        assert isinstance(session.app.screen, JarScreen)
        assert "It is empty yet." in session.text

        await session.press("escape", "1", "e", "e", "g", "j")
        assert QUOTE in session.text


async def test_coming_back_within_a_window_goes_on_with_the_session(
    start: Start, company: Company
) -> None:
    async with start() as session:
        await session.press("e")
    company.clock.pass_by(minutes=10)
    async with start(letters=()) as again:
        assert "Welcome back, 40 min left." in again.text
        assert recorded(again, EventKind.SESSION_STARTED) == 1
        await end(again, company)
        assert "You closed 1." in again.text


async def test_a_session_that_was_left_open_is_ended_with_its_last_act(
    start: Start, company: Company
) -> None:
    async with start() as session:
        await session.press("e")
    company.clock.moment = MONDAY.replace(hour=17, minute=5)
    async with start(letters=()) as again:
        assert recorded(again, EventKind.SESSION_STARTED) == 2
        since = MONDAY - timedelta(days=1)
        [ended] = events_since(again.ws.store, since, EventKind.SESSION_ENDED)
        assert ended.data["last_act"] == to_text(MONDAY)
        names = {signal.name for signal in read_burnout(again.ws, company.clock()).signals}
        assert "ran_over" not in names


async def test_it_opens_with_what_woke_up_and_what_the_teammate_answered(
    start: Start, company: Company
) -> None:
    async with start(size=(200, 40)) as session:
        await session.press("2", "b", *"2h", "enter")
        await end(session, company)
        await session.press("enter")
        company.clock.moment = MONDAY.replace(hour=16)
        answer = Letter(
            "Vlad <vlad@acme.test>",
            "Re: How do I change the sender name?",
            "Hi Paul, under Settings.",
            hours_ago=-6,
            reply_to="<letter-6@customers.test>",
            to="paul@letters.test, support@acme.test",
        )
        company.receive(session.ws, answer)
        company.clock.moment = MONDAY.replace(hour=17, minute=0)
        await session.look()

        assert "our teammate answered 1" in session.text
        assert "1 woke up from snooze" in session.text


def heavy_weeks(ws: Workspace, hours: int) -> None:
    for week in (1, 2, 3):
        for day in range(5):
            start = MONDAY - timedelta(weeks=week) + timedelta(days=day)
            data = {"started": start, "window_end": start + timedelta(hours=hours)}
            data["last_act"] = start + timedelta(hours=hours)
            texts = {key: to_text(at) for key, at in data.items()}
            at = data["last_act"]
            append_event(ws.store, at, ws.actor, None, EventKind.SESSION_ENDED, texts)


@pytest.mark.parametrize(("hours", "says"), [(2, False), (3, True)])
async def test_weeks_over_the_budget_are_said_once_a_month(
    start: Start, ws: Workspace, company: Company, hours: int, says: bool
) -> None:
    heavy_weeks(ws, hours)
    async with start(size=(120, 40), letters=()) as session:
        await end(session, company)
        assert ("more than 10 hours a week" in session.text) is says

        await session.press("enter")
        company.clock.moment = MONDAY.replace(hour=17)
        await session.look()
        session.app.main.run("end_session")
        await session.settle()
        assert "more than 10 hours a week" not in session.text
        assert (read_hire(session.ws, company.clock()) is not None) is says
