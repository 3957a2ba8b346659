"""The figures: charts, definitions, and the tickets behind each."""

from textual.widgets import OptionList, Static

from founder_inbox.core.metrics.definitions import DEFINITIONS
from founder_inbox.tui.knowledge.metrics_screen import DefinitionsScreen, MetricsScreen
from founder_inbox.tui.queue.desk import Place
from tests.tui.conftest import Session, Start


def chart(session: Session) -> str:
    return str(session.app.screen.query_one(".chart", Static).render())


def about(session: Session) -> str:
    return str(session.app.screen.query_one(".about", Static).render())


def place(session: Session) -> Place:
    return session.app.desk.place


async def test_the_figures_their_charts_and_what_they_mean(start: Start) -> None:
    async with start(size=(80, 24)) as session:
        await session.press("g", "m")
        assert isinstance(session.app.screen, MetricsScreen)
        assert "Windows missed" in session.text
        options = session.app.screen.query_one(OptionList)
        assert options.option_count == len(DEFINITIONS) - 1  # nothing was asked before yet
        assert "by week" in about(session)

        before = chart(session)
        await session.press("j")
        assert chart(session) != before
        weeks = about(session)
        await session.press("h")
        earlier = about(session)
        await session.press("l", "l")
        assert (earlier != weeks, about(session)) == (True, weeks)
        await session.press("d")
        assert "by day" in about(session)
        await session.press("?")
        assert isinstance(session.app.screen, DefinitionsScreen)
        assert "the median" in session.text


async def test_enter_on_a_figure_opens_the_tickets_behind_it(start: Start) -> None:
    async with start() as session:
        everything = set(session.subjects())
        await session.press("g", "m", "j", "enter")

        assert place(session) is Place.FIGURE
        assert session.subjects()
        assert set(session.subjects()) <= everything
        await session.press("e")
        assert place(session) is Place.FIGURE
        await session.press("escape")
        assert place(session) is Place.QUEUE


async def test_an_empty_mailbox_shows_figures_of_nothing(start: Start) -> None:
    async with start(letters=()) as session:
        await session.press("g", "m", "enter")

        assert session.subjects() == []
        assert "No ticket is behind it" in session.text
