"""After the first import the screen says once how many tickets arrived closed."""

from founder_inbox.app.reading.project import QUIET_BEFORE
from founder_inbox.app.syncing.first_import import finish_first_import, is_told
from founder_inbox.core.times import to_text
from founder_inbox.store.settings import set_setting
from tests.tui.conftest import Start


async def test_how_many_arrived_closed_is_said_when_the_import_is_over(start: Start) -> None:
    async with start() as session:
        assert not is_told(session.ws)
        await session.press("e")
        set_setting(session.ws.store, QUIET_BEFORE, to_text(session.app.now()))
        assert finish_first_import(session.ws) == 1
        await session.settle()

        assert "1 ticket has been silent for 14 days and arrived closed." in session.text
        assert is_told(session.ws)
