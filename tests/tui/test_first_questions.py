"""Support hours and the teammate are asked for once, after the first ticket was read."""

import re
from pathlib import Path

import pytest

from founder_inbox.app.workspace import open_workspace
from founder_inbox.store.settings import get_setting
from founder_inbox.tui.door.first_questions import OPEN_ANEW
from founder_inbox.tui.widgets.ask_form import AskForm
from tests.tui.company import Company
from tests.tui.conftest import Session, Start


@pytest.fixture(autouse=True)
def hours_not_chosen(company: Company, monkeypatch: pytest.MonkeyPatch) -> None:
    """As setup leaves the configuration: 09:00-10:00 where the founder is."""
    monkeypatch.setenv("TZ", "UTC")
    path = Path(company.config)
    path.write_text(re.sub(r"(?ms)^\[hours\]\n.*?(?=^\[|\Z)", "", path.read_text()))


async def read_one(session: Session) -> None:
    await session.press("2", "enter")
    await session.settle()
    await session.press("escape")
    await session.settle()


async def test_the_answers_go_to_the_end_of_the_configuration_and_the_app_opens_anew(
    start: Start, company: Company
) -> None:
    async with start() as session:
        assert not isinstance(session.app.screen, AskForm)
        await read_one(session)
        assert isinstance(session.app.screen, AskForm)
        await session.type("whenever")
        await session.press("ctrl+s")
        await session.settle()
        assert "whenever" in session.text
        await read_one(session)
        await session.type("daily 08:00-09:00")
        await session.press("down", "down")
        await session.type("bo@acme.test")
        await session.press("ctrl+s")
        await session.settle()

    assert session.app.return_value == OPEN_ANEW
    with open_workspace(str(company.config)) as ws:
        assert ws.config.hours.windows == ["daily 08:00-09:00"]
        assert ws.config.teammates[-1].name == "Bo"


async def test_whoever_does_not_answer_is_not_asked_again(start: Start) -> None:
    async with start() as session:
        await read_one(session)
        await session.press("escape")
        await session.settle()
        assert "Later: founder-inbox setup" in session.text
        await read_one(session)

        assert not isinstance(session.app.screen, AskForm)
        assert get_setting(session.ws.store, "hours_asked") == "yes"
