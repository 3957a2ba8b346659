"""What may be said at the shut door: a fire, and a clock that was set back."""

from datetime import timedelta

import pytest

from founder_inbox.app.hours.door import close_door, open_early
from founder_inbox.app.hours.fire import fire_words
from founder_inbox.app.hours.opening import door_now
from founder_inbox.app.session.burnout import read_burnout
from founder_inbox.app.workspace import Workspace, open_workspace
from founder_inbox.core.tickets.journal import EventKind
from founder_inbox.store import events
from tests.tui.company import MONDAY, Company, Letter
from tests.tui.conftest import Session, Start

NOON = MONDAY + timedelta(hours=3)
DOWN = "Your site is down, error 502 on every page. My customers can't order."
OUTAGE = "Three people report an outage within the hour."


def outages(*names: str) -> list[Letter]:
    return [Letter(f"{n} <{n}@shop.test>", "Everything is down", DOWN, -2.5) for n in names]


def set_backs(session: Session) -> int:
    since = MONDAY - timedelta(days=9)
    return len(events.events_since(session.ws.store, since, EventKind.CLOCK_SET_BACK))


@pytest.fixture
def fire_company(company: Company) -> Company:
    text = (company.folder / "config.toml").read_text(encoding="utf-8")
    (company.folder / "config.toml").write_text(text.replace("[hours]", "[hours]\nfire = true"))
    company.clock.moment = NOON
    return company


async def test_a_fire_is_one_line_at_the_door_and_names_nobody(
    start: Start, fire_company: Company
) -> None:
    async with start() as session:
        fire_company.receive(session.ws, *outages("ada", "bob", "cyd"))
        session.app.screen.refresh_words()  # type: ignore[attr-defined] # it is the door
        await session.settle()

        assert f"{OUTAGE} o opens early." in session.text
        assert "down" not in session.text.lower().replace("shut down", "")
        assert "ada" not in session.text


async def test_without_the_setting_nothing_comes_through(start: Start, company: Company) -> None:
    company.clock.moment = NOON
    async with start() as session:
        company.receive(session.ws, *outages("ada", "bob", "cyd"))
        session.app.screen.refresh_words()  # type: ignore[attr-defined] # it is the door
        await session.settle()
        assert "outage" not in session.text


def test_an_urgent_mail_of_somebody_we_never_answered_is_no_fire(fire_company: Company) -> None:
    with open_workspace(fire_company.config) as ws:
        fire_company.receive(ws, *outages("ada"))
        assert fire_words(ws, door_now(ws, NOON), NOON) == ""
        answer_to_an_earlier_mail(ws)
        assert fire_words(ws, door_now(ws, NOON), NOON) != ""


def test_a_fire_that_was_seen_in_an_opening_is_no_news_afterwards(fire_company: Company) -> None:
    with open_workspace(fire_company.config) as ws:
        fire_company.receive(ws, *outages("ada", "bob", "cyd"))
        assert fire_words(ws, door_now(ws, NOON), NOON) == OUTAGE
        open_early(ws, 10, "the site is down", NOON)
        close_door(ws, NOON + timedelta(minutes=2))
        later = NOON + timedelta(minutes=3)
        assert fire_words(ws, door_now(ws, later), later) == ""


def test_a_fire_goes_out_when_nobody_has_cried_for_an_hour(fire_company: Company) -> None:
    with open_workspace(fire_company.config) as ws:
        fire_company.receive(ws, *outages("ada", "bob", "cyd"))
        for minutes, words in ((29, OUTAGE), (30, "")):
            later = NOON + timedelta(minutes=minutes)
            assert fire_words(ws, door_now(ws, later), later) == words


def answer_to_an_earlier_mail(ws: Workspace) -> None:
    """As if Ada had written last year, and had got an answer."""
    with ws.store.write():
        ws.store.run(
            "update message set at = '2025-01-01T00:00:00Z', direction = 'out', role = 'us' "
            "where id = (select max(id) from message)"
        )
    Company(ws.paths.config.parent, count=50).receive(ws, *outages("ada"))


async def test_a_clock_set_back_in_the_run_is_said_and_counted_once(
    start: Start, company: Company
) -> None:
    company.clock.moment = NOON
    async with start(letters=()) as session:
        company.clock.moment = NOON - timedelta(hours=3)
        await session.look()
        await session.look()

        assert "The clock was set back by 3 h" in session.text
        assert set_backs(session) == 1
        reading = read_burnout(session.ws, company.clock())
        assert reading.signals[0].name == "opened_outside"


async def test_a_clock_set_back_between_two_runs_is_noticed_at_the_start(
    start: Start, company: Company
) -> None:
    company.clock.moment = NOON
    async with start() as session:
        await session.press("r", "2", "m")
        await session.type("later")
        await session.press("ctrl+s")
    company.clock.moment = NOON - timedelta(hours=1)
    for _ in range(2):
        async with start(letters=()) as session:
            assert "The clock was set back by 1 h: that counts as opening early." in session.text
            assert set_backs(session) == 1


async def test_a_night_and_a_journey_are_no_set_back(start: Start, company: Company) -> None:
    async with start() as session:
        company.clock.pass_by(hours=9)
        await session.look()
        assert set_backs(session) == 0
