"""What lies in the founder's hands stays there: the open ticket, the draft, the terminal."""

import asyncio
import os
import pty
import select
import signal
import subprocess
import sys
import termios
from pathlib import Path

import pytest

from founder_inbox.app.queue import tickets, triage
from founder_inbox.app.workspace import Workspace
from founder_inbox.system import clock
from founder_inbox.tui.queue.desk import Section, Snapshot, with_guest
from tests.tui.company import Company
from tests.tui.conftest import Session, Start

ROOT = Path(__file__).parents[2]
DRAWN = b"Nobody"  # is waiting for you: the list, when it is empty
RESTORED = b"\x1b[?1049l"
SECONDS = 20


def close_first(ws: Workspace, session: Session) -> None:
    """What a phone does meanwhile: the first ticket is answered there."""
    triage.close(
        ws, tickets.list_tickets(ws.store, tickets.Choice(), clock.now(), 1), session.app.now()
    )


async def test_the_open_ticket_stays_when_it_leaves_the_list_until_one_goes_back(
    start: Start, ws: Workspace
) -> None:
    async with start() as session:
        await session.press("enter")
        close_first(ws, session)
        await session.settle()
        assert session.subject == "Thanks!"
        assert "· done" in session.text

        await session.press("escape")

        assert "Thanks!" not in session.subjects()
        assert session.subject == "Thank you so much"


async def test_done_in_a_ticket_that_has_left_the_list_closes_no_other(
    start: Start, ws: Workspace
) -> None:
    async with start() as session:
        await session.press("enter")
        close_first(ws, session)
        await session.settle()
        await session.press("e")

        assert "Thank you so much" in session.subjects()
        assert session.subject == "Thank you so much"


def test_a_guest_stands_in_the_section_of_its_place() -> None:
    there = Snapshot([1, 2, 3], [(0, Section.THANKS), (1, Section.URGENT)])

    assert with_guest(there, 9, 0).sections == [(0, Section.THANKS), (2, Section.URGENT)]
    assert with_guest(there, 9, 2).keys == [1, 2, 9, 3]
    assert with_guest(Snapshot([], []), 9, 4).keys == [9]


async def test_a_mail_to_the_teammate_says_that_it_went_to_them_alone(start: Start) -> None:
    async with start() as session:
        await session.press("2", "H", "g", "h", "enter", "p")

        assert "You, to vlad@" in session.text


async def test_the_outbox_at_a_closed_door_refuses_in_the_app_s_own_words(
    start: Start, company: Company
) -> None:
    company.clock.pass_by(hours=3)
    async with start() as session:
        await session.press("r", "2", "r")
        await session.type("Refunded")
        await session.press("ctrl+s", "enter", "g", "o", "r")

        assert "Reading, notes and drafts are free until then." in session.text


async def test_leaving_the_outbox_while_it_still_writes_is_harmless(start: Start) -> None:
    async with start() as session:
        await session.press("2", "r")
        await session.type("Refunded")
        await session.press("ctrl+s", "enter", "g", "o")
        await session.pilot.press("r", "escape")
        await session.settle()

        assert session.app.is_running


async def test_help_and_palette_find_an_action_by_its_name_too(start: Start) -> None:
    async with start() as session:
        await session.press("question_mark")
        await session.type("snooze")
        assert "Put off: tomorrow" in session.text
        await session.press("escape", "ctrl+p")
        await session.type("theme")
        async with asyncio.timeout(SECONDS):
            while "Dark, light, high" not in session.text:
                await session.pilot.pause()
        found = session.text.index("Dark, light, high")

        assert found < session.text.index("Reply to the customer")


@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_gives_the_terminal_back(company: Company, ending: signal.Signals) -> None:
    process, ours = _on_a_terminal(company)
    try:
        before = _settings(ours)
        assert _read_until(ours, b"\x1b[?1049h")
        assert _read_until(ours, DRAWN)
        assert _settings(ours) != before
        process.send_signal(ending)

        assert _read_until(ours, RESTORED)
        assert process.wait(SECONDS) == 128 + ending
        assert _settings(ours) == before
    finally:
        process.kill()
        process.wait()
        os.close(ours)


def test_a_fault_of_its_own_gives_the_terminal_back_and_shows_no_values(company: Company) -> None:
    faulty = (
        "from founder_inbox.tui.app import InboxApp\n"
        "def fail(self, code):\n"
        "    words = 'a mail by Tom'; raise LookupError(words)\n"
        "InboxApp.leave = fail\n"
        "from founder_inbox.__main__ import main; main()"
    )
    process, ours = _on_a_terminal(company, "-c", faulty)
    try:
        before = _settings(ours)
        assert _read_until(ours, DRAWN)
        os.write(ours, b"\x11")  # ctrl+q

        said = _read_up_to(ours, RESTORED)
        assert RESTORED in said
        assert process.wait(SECONDS) == 1
        assert _settings(ours) == before
        assert b"a mail by Tom" not in said
    finally:
        process.kill()
        process.wait()
        os.close(ours)


def test_a_sync_process_that_is_killed_takes_neither_app_nor_terminal_along(
    company: Company,
) -> None:
    process, ours = _on_a_terminal(company)
    try:
        before = _settings(ours)
        assert _read_until(ours, DRAWN)
        for child in _children(process.pid):
            os.kill(child, signal.SIGKILL)
        assert process.poll() is None
        os.write(ours, b"\x11")  # ctrl+q

        assert _read_until(ours, RESTORED)
        assert process.wait(SECONDS) == 0
        assert _settings(ours) == before
    finally:
        process.kill()
        process.wait()
        os.close(ours)


def test_it_ends_when_its_terminal_is_gone_without_a_word(company: Company) -> None:
    process, ours = _on_a_terminal(company)
    try:
        assert _read_until(ours, DRAWN)
    finally:
        os.close(ours)

    try:
        assert process.wait(SECONDS) == 128 + signal.SIGHUP
    finally:
        process.kill()
        process.wait()


def _settings(terminal: int) -> list[object]:
    """How the terminal treats what is typed: echo, lines, signals."""
    return list(termios.tcgetattr(terminal))


def _children(parent: int) -> list[int]:
    """The processes that a process has started, once there is one."""
    deadline = clock.monotonic() + SECONDS
    while clock.monotonic() < deadline:
        listed = subprocess.run(["pgrep", "-P", str(parent)], capture_output=True, check=False)
        if found := [int(word) for word in listed.stdout.split()]:
            return found
    raise AssertionError("no process was started")


def _on_a_terminal(company: Company, *program: str) -> tuple[subprocess.Popen[bytes], int]:
    """The app on a terminal of its own, its door open at any hour, and our end of that."""
    company.write_config(hours='["mon-sun 00:00-24:00"]')
    ours, theirs = pty.openpty()
    termios.tcsetwinsize(theirs, (30, 100))
    process = subprocess.Popen(
        [sys.executable, *(program or ("-m", "founder_inbox")), "--config", company.config],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env={**os.environ, "PYTHONPATH": str(ROOT), "TERM": "xterm-256color"},
        start_new_session=True,
    )
    os.close(theirs)
    return process, ours


def _read_until(terminal: int, wanted: bytes) -> bool:
    return wanted in _read_up_to(terminal, wanted)


def _read_up_to(terminal: int, wanted: bytes) -> bytes:
    """What the terminal is told until then, or for as long as is waited."""
    read, deadline = b"", clock.monotonic() + SECONDS
    while wanted not in read and clock.monotonic() < deadline:
        if select.select([terminal], [], [], 0.2)[0]:
            read += os.read(terminal, 65_536)
    return read
