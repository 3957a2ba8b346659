"""`v`: the files of a ticket, opened, saved, and fetched when they are still on the server."""

import asyncio
import os
import zlib
from pathlib import Path

import pytest

from founder_inbox.app.reading.intake import take_in_all
from founder_inbox.core.model import LeftPart
from founder_inbox.core.sync.mailbox import Fetched, Flags
from founder_inbox.store import mailboxes, parts
from founder_inbox.store.sync_state import say
from tests.servers.large_mail import encoded, with_files
from tests.tui.company import MONDAY, Company
from tests.tui.conftest import Session, Start

FILES = (("plan.pdf", b"%PDF plan"), ("setup.exe", b"MZ"))
FLAGS = Flags(seen=False, answered=False, flagged=False)


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, company: Company) -> Path:
    """Files go to `saved`, and the desktop's opener is a script that notes what it was given."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for name in ("xdg-open", "open"):
        script = folder / name
        script.write_text(f'#!/bin/sh\nprintf %s "$1" > {tmp_path}/opened.part\n'
                          f"mv {tmp_path}/opened.part {tmp_path}/opened\n")  # fmt: skip
        script.chmod(0o700)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("DISPLAY", ":0")
    config = Path(company.config)
    config.write_text(config.read_text() + f'\n[attachments]\ndir = "{tmp_path}/saved"\n')
    return tmp_path


def receive(session: Session, *, left: bool) -> None:
    """A mail with FILES; with `left` they are on the server."""
    ws = session.ws
    inbox = mailboxes.mailbox_named(ws.store, "INBOX") or mailboxes.add_mailbox(
        ws.store, "INBOX", "inbox", 1
    )
    raw = with_files(*((name, b"" if left else data) for name, data in FILES))
    away = tuple(
        LeftPart(number, str(number + 1), len(encoded(data)), "base64")
        for number, (_, data) in enumerate(FILES, 1)
    )
    mail = Fetched(700, raw, 300_000, MONDAY, FLAGS, not left, away if left else ())
    mailboxes.add_fetched(ws.store, inbox, [mail])
    take_in_all(ws, MONDAY)


def bring(session: Session) -> None:
    """What the syncing process does."""
    for row in parts.wanted_parts(session.ws.store):
        data = encoded(FILES[row.leaf - 1][1])
        parts.add_piece(session.ws.store, row, data, last=True)


async def look(session: Session) -> None:
    """What the screen does twice a second; and what it then asks for is done."""
    for _ in range(3):
        session.app.screen._look()  # type: ignore[attr-defined] # the screen under test
        await session.settle()


async def until_opened(home: Path) -> Path:
    async with asyncio.timeout(10):
        while not (home / "opened").exists():  # noqa: ASYNC110 - a file made by another process
            await asyncio.sleep(0.01)
    return Path((home / "opened").read_text())


async def test_a_file_is_saved_in_the_folder_that_is_offered(start: Start, home: Path) -> None:
    async with start(letters=()) as session:
        receive(session, left=False)
        await session.settle()
        await session.press("v", "s")
        assert "Save 1 file in which folder?" in session.text
        await session.press("enter")

        assert (home / "saved" / "plan.pdf").read_bytes() == b"%PDF plan"
        assert "Saved:" in session.text
        await session.press("escape")
        assert session.app.screen is session.app.main


@pytest.mark.parametrize("key", ["S", "a"])
async def test_all_are_saved_and_nothing_is_overwritten(start: Start, home: Path, key: str) -> None:
    async with start(letters=()) as session:
        receive(session, left=False)
        await session.settle()
        await session.press("v", key, "enter", key, "enter")

        names = sorted(path.name for path in (home / "saved").iterdir())
        assert names == ["plan-2.pdf", "plan.pdf", "setup-2.exe", "setup.exe"]


async def test_an_ordinary_file_opens_at_once_from_a_private_copy(start: Start, home: Path) -> None:
    async with start(letters=()) as session:
        receive(session, left=False)
        await session.settle()
        await session.press("v", "enter")

        copy = await until_opened(home)
        assert copy.read_bytes() == b"%PDF plan"
        assert copy.stat().st_mode & 0o777 == 0o600
        assert copy.parent.stat().st_mode & 0o777 == 0o700
        assert copy.is_relative_to(session.ws.paths.data)
        assert "Opened: plan.pdf" in session.text


async def test_a_program_asks_first_says_why_and_stays_shut_at_a_no(
    start: Start, home: Path
) -> None:
    async with start(letters=()) as session:
        receive(session, left=False)
        await session.settle()
        await session.press("v", "j", "enter")
        assert "setup.exe is a program or script" in session.text
        await session.press("enter", "escape")
        assert not session.ws.paths.opened.exists()
        await session.press("enter", "y")

        assert (await until_opened(home)).name == "setup.exe"
        assert not (await until_opened(home)).stat().st_mode & 0o111


async def test_without_a_desktop_it_says_where_it_was_saved(
    start: Start, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("founder_inbox.system.opener._opener", lambda: None)
    async with start(letters=()) as session:
        receive(session, left=False)
        await session.settle()
        await session.press("v", "enter")

        assert "no desktop here" in session.text
        assert (home / "saved" / "plan.pdf").exists()
        assert list(session.ws.paths.opened.iterdir()) == []


async def test_a_file_on_the_server_is_asked_for_and_then_saved(start: Start, home: Path) -> None:
    async with start(letters=()) as session:
        receive(session, left=True)
        await session.settle()
        await session.press("v")
        assert session.text.count("on the server") == 2
        await session.press("s", "enter")
        assert "fetching 0 bytes of" in session.text
        assert not (home / "saved").exists()
        bring(session)
        await look(session)

        assert (home / "saved" / "plan.pdf").read_bytes() == b"%PDF plan"
        assert session.text.count("on the server") == 1


async def test_escape_stops_fetching_and_leaves_the_next_time(start: Start) -> None:
    async with start(letters=()) as session:
        receive(session, left=True)
        await session.settle()
        await session.press("v", "enter")
        assert len(parts.wanted_parts(session.ws.store)) == 1
        await session.press("escape")
        assert parts.wanted_parts(session.ws.store) == []
        assert "Not fetched." in session.text
        await session.press("escape")

        assert session.app.screen is session.app.main


async def test_offline_it_says_that_the_file_comes_later(start: Start) -> None:
    async with start(letters=()) as session:
        receive(session, left=True)
        await session.settle()
        say(session.ws.store, 1, "offline", "", "The server does not answer.")
        await session.press("v", "enter")
        await look(session)

        assert "It comes as soon as the server can be reached." in session.text


async def test_what_is_gone_on_the_server_says_so(start: Start) -> None:
    async with start(letters=()) as session:
        receive(session, left=True)
        await session.settle()
        await session.press("v", "enter")
        [row] = parts.wanted_parts(session.ws.store)
        parts.fail_part(session.ws.store, row.id, "It is no longer on the server.")
        await look(session)

        assert "plan.pdf: It is no longer on the server." in session.text
        assert "can't be had" in session.text


async def test_a_piece_that_is_damaged_on_the_disk_is_told_and_saves_nothing(
    start: Start, home: Path
) -> None:
    async with start(letters=()) as session:
        receive(session, left=True)
        await session.settle()
        await session.press("v", "s", "enter")
        bring(session)
        with session.ws.store.write():
            session.ws.store.run("update piece set body = ?", zlib.compress(b"x" * 9)[:4])
        await look(session)

        assert "damaged on this disk" in session.text
        assert list((home / "saved").iterdir()) == []


async def test_a_ticket_without_files_says_so(start: Start) -> None:
    async with start() as session:
        await session.press("v")

        assert "This ticket has no files." in session.text
