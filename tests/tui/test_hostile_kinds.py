"""Hostile mails of every kind on every screen: nothing of them reaches the terminal but letters."""

import asyncio
import re
import sys

import pytest

from founder_inbox.app.workspace import open_workspace
from tests.benchmarks.terminal import Terminal
from tests.hostile import people, shapes, terminal
from tests.hostile.kinds import QUICK, variants
from tests.hostile.shown import CONTROLS
from tests.tui.company import Company
from tests.tui.conftest import Session, Start

DRAWN = terminal.KINDS | people.KINDS | {"file names": shapes.KINDS["file names"]}
# Keys that open something about the ticket in hand; the others are in test_hostile_mail.
SCREENS = ("v", "i", "a ctrl+s", "f", "g H", "F", "C", "N", "O", "M",
           "exclamation_mark", "g t", "g c", "slash c n r")  # fmt: skip


def check_screen(session: Session, where: str) -> None:
    """No control character in any cell, and no action in any cell's style."""
    assert session.app.is_running, where
    strips = session.app.screen._compositor.render_strips()
    for segment in (segment for strip in strips for segment in strip):
        assert CONTROLS.search(segment.text) is None, where
        links = segment.style.link if segment.style else None
        assert links is None, where
        meta = segment.style.meta if segment.style else {}
        assert "app.quit" not in str(meta), where


async def test_every_kind_is_drawn_in_the_list_and_as_a_ticket(
    start: Start, company: Company
) -> None:
    async with start(letters=()) as session:
        made = [mail.raw for mail in variants(DRAWN, 1)]
        await asyncio.to_thread(receive, company, made)
        await session.settle()
        await session.press("g", "a")
        assert len(session.app.desk.keys) > 40
        for number in range(len(session.app.desk.keys)):
            await session.pilot.press("j")
            session.app.main.show_ticket()
            await session.pilot.pause()
            check_screen(session, f"{number}: {session.subject}")


async def test_every_screen_about_a_hostile_mail_is_harmless(
    start: Start, company: Company
) -> None:
    kinds = ("escape in a subject, q", "markup in a name", "markup in a file name",
             "escape in a name, b", "templates and formulas", "markup in a subject")  # fmt: skip
    async with start(letters=()) as session:
        made = [mail.raw for mail in variants({kind: QUICK[kind] for kind in kinds}, 2)]
        await asyncio.to_thread(receive, company, made)
        await session.settle()
        for keys in SCREENS:
            await session.press(*keys.split())
            check_screen(session, keys)
            for _ in range(4):
                if session.app.screen is not session.app.main:
                    await session.pilot.press("escape")
            assert session.app.screen is session.app.main, keys
            await session.pilot.press("escape", "j")


def receive(company: Company, raws: list[bytes]) -> None:
    with open_workspace(company.config) as ws:
        company.receive_raw(ws, *raws)


class Recorder(Terminal):
    """A terminal that keeps every byte it was sent."""

    seen = b""

    def _read(self, seconds: float) -> tuple[bytes, float]:
        piece, at = super()._read(seconds)
        self.seen += piece
        return piece, at


# What the toolkit says to a terminal: colours, places, modes, and questions about modes.
_SPOKEN = re.compile(
    rb"\x1b\[[0-9;:]*m|\x1b\[[0-9;]*H|\x1b\[\?[0-9;]+(?:\$p|[hl])|\x1b\[[0-9]*[JK]"
    rb"|\x1b\[[<>=][0-9;]*u|\x1b\[\?u|\x1b\[>[0-9;]*[mq]|\x1b\]22?;[ -~]{0,20}\x07"
    rb"|\x1b\[[0-9]* q|\x1b[78]"
)
_CONTROL_BYTES = re.compile(
    rb"[\x00-\x09\x0b\x0c\x0e-\x1f\x7f]|\xc2[\x80-\x9f]|\xe2\x80[\xa8-\xae]"
)


@pytest.fixture
def hostile(company: Company) -> Company:
    """A mailbox of hostile mails whose door is open whenever the test runs."""
    company.write_config(hours='["mon-sun 00:00-24:00"]')
    receive(company, [mail.raw for mail in variants(terminal.KINDS, 1)])
    return company


def test_a_real_terminal_is_sent_nothing_but_what_the_toolkit_says(hostile: Company) -> None:
    command = [sys.executable, "-m", "founder_inbox", "--config", hostile.config]
    with Recorder(command) as screen:
        screen.wait_for(b"Mallory")
        for key in "jjjj\rjjj\x1bjjjj\rv\x1b\x1bjjjjr\x1b/how\x1b:\x1b":
            screen.press(key)
            screen.settle(0.02, 1)
        seen = screen.seen

    assert len(seen) > 20_000
    assert _CONTROL_BYTES.findall(_SPOKEN.sub(b"", seen)) == []
