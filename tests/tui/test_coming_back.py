"""Coming back after days off: this window's portion first, the rest below a line."""

from datetime import date, timedelta

import pytest

from founder_inbox.app.hours.door import open_early
from founder_inbox.app.hours.time_off import take_days_off
from founder_inbox.app.workspace import Workspace
from founder_inbox.core.tickets.journal import EventKind
from founder_inbox.core.times import to_text
from founder_inbox.store.events import append_event, events_since
from tests.tui.company import MONDAY, Company, Letter
from tests.tui.conftest import Session, Start

LINE = "For the next windows"
# Twelve tickets a window at four minutes each, with fifty minutes left of the first.
QUESTIONS = tuple(
    Letter(
        f"Customer {number} <c{number}@customers.test>",
        f"How do I export list {number}?",
        f"How do I export list {number}?",
        hours_ago=10 + number,
    )
    for number in range(1, 36)
)
FIRE = Letter(
    "Lee Whitcombe <lee@whitcombe.test>",
    "Everything is down",
    "Your site is down, error 502 on every page. My customers can't order.",
    1,
)
THANKS = Letter("Tom Okafor <tom@bees.test>", "Thanks!", "That was quick. Thanks a lot, Ana!", 3)
BEFORE = MONDAY - timedelta(days=10)


def sat(ws: Workspace, days_ago: int = 10) -> None:
    """There was a session, an hour long, so many days before."""
    at = MONDAY - timedelta(days=days_ago)
    data = {"window_end": to_text(at + timedelta(minutes=50))}
    append_event(ws.store, at, ws.actor, None, EventKind.SESSION_STARTED, data)


@pytest.fixture
def back(ws: Workspace, company: Company) -> Company:
    """The founder has been on a break from Friday a week ago through yesterday."""
    sat(ws)
    take_days_off(ws, date(2026, 11, 22), BEFORE)
    return company


def section(session: Session, name: str) -> list[str]:
    """The subjects of a section of the list."""
    desk, subjects = session.app.desk, session.subjects()
    starts = [*(at for at, _ in desk.sections), len(subjects)]
    names = [each.value for _, each in desk.sections]
    at = names.index(name) if name in names else -1
    return subjects[starts[at] : starts[at + 1]] if at >= 0 else []


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_the_first_window_has_its_portion_and_the_rest_stands_below_a_line(
    start: Start, back: Company, size: tuple[int, int]
) -> None:
    async with start(size=size, letters=(*QUESTIONS, FIRE, THANKS)) as session:
        now = len(section(session, "How do I"))

        assert section(session, "Urgent") == ["Everything is down"]
        assert section(session, "How do I")[0] == "How do I export list 35?"
        assert section(session, LINE)[0] == "Thanks!"
        assert section(session, LINE)[-1] == "How do I export list 1?"
        assert now + len(section(session, LINE)) == 36
        assert f"37 waited. This window {now + 1}, the rest over the next two" in session.text
        assert session.subject == "Everything is down"
        assert "Urgent 1" in session.text
        assert "How-to 35" in session.text
        assert f"{now + 1} to go" in session.text


async def test_what_is_done_or_comes_in_moves_no_other_ticket(start: Start, back: Company) -> None:
    async with start(letters=QUESTIONS) as session:
        later = section(session, LINE)
        await session.press("e", "e")
        assert section(session, LINE) == later

        fresh = Letter("New <new@customers.test>", "How do I pay?", "How do I pay?", -0.1)
        back.receive(session.ws, fresh, FIRE)
        await session.look()
        await session.settle()
        assert section(session, LINE) == [*later, "How do I pay?"]
        assert section(session, "Urgent") == ["Everything is down"]


async def test_a_restart_keeps_the_portion_and_the_next_window_brings_the_next_one(
    start: Start, back: Company
) -> None:
    async with start(letters=QUESTIONS) as session:
        first = section(session, "How do I")
    back.clock.pass_by(minutes=10)
    async with start(letters=()) as session:
        assert section(session, "How do I") == first
        assert len(events_since(session.ws.store, MONDAY, EventKind.BACKLOG)) == 1
    back.clock.moment = MONDAY.replace(hour=17)
    async with start(letters=()) as session:
        second = section(session, "How do I")
        assert second[: len(first)] == first
        assert len(second) > len(first)
        assert "35 are left. This" not in session.text
        assert f"35 are left. Today {len(second)}, the rest in the next window." in session.text
    back.clock.moment = MONDAY.replace(hour=9) + timedelta(days=1)
    async with start(letters=()) as session:
        assert section(session, LINE) == []
        assert len(section(session, "How do I")) == 35
        assert "the whole queue is here again, 35 to go." in session.text


async def test_the_whole_backlog_is_one_command_away(start: Start, back: Company) -> None:
    async with start(letters=QUESTIONS) as session:
        session.app.main.run("whole_backlog")
        await session.settle()
        assert section(session, LINE) == []
        assert len(section(session, "How do I")) == 35
        assert "35 to go" in session.text

        session.app.main.run("whole_backlog")
        await session.settle()
        assert "Nothing is put off" in session.text
    async with start(letters=()) as session:
        assert section(session, LINE) == []


async def test_what_is_below_the_line_can_be_done_and_a_lane_s_key_says_where_it_is(
    start: Start, back: Company
) -> None:
    fires = tuple(
        Letter(f"F{n} <f{n}@customers.test>", f"Site is down {n}", FIRE.text, 2 + n)
        for n in range(20)
    )
    async with start(letters=(*QUESTIONS, *fires)) as session:
        assert section(session, "How do I") == []
        await session.press("3")
        assert "The rest of them is for the next windows." in session.text

        await session.press("G", "e")
        assert len(section(session, LINE)) == 34


@pytest.mark.parametrize(
    ("letters", "days_ago", "split"),
    [
        (QUESTIONS[:10], 10, False),
        (QUESTIONS, 10, True),
        (QUESTIONS, 4, True),
        (QUESTIONS, 2, False),
    ],
)
async def test_three_days_without_a_session_and_more_than_a_window_holds_split_it(
    start: Start, ws: Workspace, letters: tuple[Letter, ...], days_ago: int, split: bool
) -> None:
    sat(ws, days_ago)
    async with start(letters=letters) as session:
        assert bool(section(session, LINE)) is split


async def test_two_days_off_split_it_even_after_a_short_absence(
    start: Start, ws: Workspace, company: Company
) -> None:
    sat(ws, days_ago=2)
    take_days_off(ws, date(2026, 11, 22), MONDAY - timedelta(days=2))
    async with start(letters=QUESTIONS) as session:
        assert section(session, LINE)


async def test_who_has_never_had_a_session_is_not_coming_back(start: Start) -> None:
    async with start(letters=QUESTIONS) as session:
        assert section(session, LINE) == []
        assert "waited" not in session.text


async def test_an_opening_outside_the_hours_splits_nothing_and_leaves_it_to_the_window(
    start: Start, back: Company
) -> None:
    back.clock.moment = MONDAY.replace(hour=8)
    async with start(letters=QUESTIONS) as session:
        open_early(session.ws, 10, "a customer is on the phone", back.clock())
        await session.look()
        assert section(session, LINE) == []
        back.clock.moment = MONDAY.replace(hour=9)
    async with start(letters=()) as session:
        assert section(session, LINE)
