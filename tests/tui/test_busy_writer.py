"""While another process writes (a sync, a file written anew) no key waits, and nothing is lost."""

from founder_inbox.app.queue.tickets import find_ticket
from founder_inbox.core.model import Status
from founder_inbox.tui.knowledge.metrics_screen import MetricsScreen
from tests.app.busy import somebody_writes
from tests.tui.conftest import Session, Start


async def press(session: Session, *keys: str) -> None:
    """As `Session.press`, without waiting until it is written."""
    await session.pilot.press(*keys)
    await session.pilot.pause()


async def test_no_key_waits_for_whoever_writes(start: Start) -> None:
    async with start() as session:
        first = session.ticket
        with somebody_writes(session.ws) as gave_up:
            await press(session, "j", "k", "enter", "escape")
            await press(session, "e")
            assert session.ticket.id != first.id
            await press(session, "r", "x", "escape")
            await press(session, "g", "m")
            assert isinstance(session.app.screen, MetricsScreen)
            await press(session, "escape", "slash", "x", "escape")
            assert not gave_up.is_set()
        await session.settle()

        assert find_ticket(session.ws.store, first.id).state.status is Status.CLOSED
