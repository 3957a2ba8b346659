"""The app on a real database, with a clock set by hand and without a syncing process."""

import asyncio
import os
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from textual import events
from textual.keys import _character_to_key
from textual.pilot import Pilot

from founder_inbox.app.workspace import Workspace, open_workspace
from founder_inbox.core.tickets.entry import Ticket
from founder_inbox.tui.app import InboxApp
from tests.tui.company import LETTERS, Company, Letter

FRAMES = Path(__file__).parent / "frames"


class NoSync:
    """Where the syncing process would be."""

    def __init__(self) -> None:
        self.asked = 0
        self.runs = False

    def ensure(self) -> None:
        self.runs = True

    def nudge(self) -> None:
        self.asked += 1

    def stop(self) -> None:
        self.runs = False


@dataclass
class Session:
    """An app that runs, and hands to use it with; `ws` is the test's own, without a veil."""

    app: InboxApp
    pilot: Pilot[int]
    ws: Workspace
    sync: NoSync

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)
        await self.settle()

    async def type(self, text: str) -> None:
        """As a quick typist or a terminal's own buffer would: no key waits for the one before."""
        for letter in text:
            key = letter if letter.isalnum() else _character_to_key(letter)
            self.app.post_message(events.Key(key, letter))
        await self.settle()

    async def settle(self) -> None:
        """Until all that was submitted is written and drawn, and the ticket is shown."""
        await self.pilot.pause()
        await asyncio.to_thread(self.app.writer.settle)
        await asyncio.to_thread(self.app.main.reader.settle)
        await self.pilot.pause()
        self.app.poll()
        self.app.main.show_ticket()
        await self.pilot.pause()
        await asyncio.to_thread(self.app.writer.settle)
        await asyncio.to_thread(self.app.main.reader.settle)
        await self.pilot.pause()

    async def look(self) -> None:
        """What the app does every second."""
        self.app.watch_door.look()
        await self.settle()

    @property
    def text(self) -> str:
        """The screen as text."""
        strips = self.app.screen._compositor.render_strips()
        return "\n".join("".join(s.text for s in strip).rstrip() for strip in strips) + "\n"

    @property
    def subject(self) -> str:
        """The subject under the cursor."""
        ticket = self.app.main.current
        return ticket.state.subject if ticket else ""

    @property
    def ticket(self) -> Ticket:
        """The ticket under the cursor; there has to be one."""
        ticket = self.app.main.current
        assert ticket is not None
        return ticket

    def subjects(self) -> list[str]:
        desk = self.app.desk
        return [t.state.subject for i in range(len(desk.keys)) if (t := desk.ticket(i))]


Start = Callable[..., AbstractAsyncContextManager[Session]]


@pytest.fixture
def company(tmp_path: Path) -> Company:
    """An empty mailbox."""
    fresh = Company(tmp_path)
    fresh.write_config()
    return fresh


@pytest.fixture
def ws(company: Company) -> Iterator[Workspace]:
    """Its workspace, on the test's own connection."""
    with open_workspace(company.config) as opened:
        yield opened


@pytest.fixture
def start(company: Company) -> Start:
    """Starts the app: `async with start(size=(80, 24)) as session`."""

    @asynccontextmanager
    async def run(
        size: tuple[int, int] = (120, 40), letters: tuple[Letter, ...] = LETTERS
    ) -> AsyncIterator[Session]:
        with open_workspace(company.config) as ws, open_workspace(company.config) as own:
            if letters:
                company.receive(own, *letters)
            sync = NoSync()
            app = InboxApp(ws, sync, company.clock)
            try:
                async with app.run_test(size=size) as pilot:
                    session = Session(app, pilot, own, sync)
                    await session.settle()
                    yield session
            finally:
                app.end()

    return run


@pytest.fixture
def same_frame() -> Callable[[str, str], None]:
    """Compares a screen with the kept one; FOUNDER_INBOX_FRAMES=update keeps the new one."""

    def compare(name: str, text: str) -> None:
        path = FRAMES / f"{name}.txt"
        if os.environ.get("FOUNDER_INBOX_FRAMES") == "update":
            path.write_text(text, encoding="utf-8")
        assert text == path.read_text(encoding="utf-8")

    return compare
