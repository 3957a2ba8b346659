"""Choosing files in the composer, on a real folder."""

from pathlib import Path

import pytest

from founder_inbox.app.sending.draft_files import attached
from founder_inbox.tui.composing.composer import Composer
from founder_inbox.tui.composing.files_screen import FilesScreen
from founder_inbox.tui.widgets.review import ReviewScreen
from tests.tui.conftest import Session, Start


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two files and a folder."""
    place = tmp_path / "papers"
    (place / "old").mkdir(parents=True)
    (place / "invoice.pdf").write_bytes(b"%PDF" * 100)
    (place / "log.txt").write_bytes(b"words")
    return place


async def seen(session: Session, words: str) -> None:
    """Until the folder was read, in its own time."""
    for _ in range(500):
        if words in session.text:
            return
        await session.pilot.pause(0.01)
    raise AssertionError(f"{words!r} is not in\n{session.text}")


async def choose(session: Session, path: Path | str) -> None:
    """Put a path into the field, as one types or pastes it."""
    await session.press("ctrl+u")
    session.app.screen.query_one("LineField").value = str(path)  # type: ignore[attr-defined]
    await session.settle()


def names(session: Session) -> list[str]:
    return [file.name for file in attached(session.ws, session.ticket.id)]


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_files_are_found_completed_attached_and_seen_until_the_mail_leaves(
    start: Start, folder: Path, size: tuple[int, int]
) -> None:
    async with start(size=size) as session:
        await session.press("2", "r", *"Done", "ctrl+l")
        assert isinstance(session.app.screen, FilesScreen)
        await choose(session, f"{folder}/inv")
        await seen(session, "invoice.pdf  400 bytes")
        await session.press("enter")
        assert names(session) == ["invoice.pdf"]
        await seen(session, "log.txt  5 bytes")
        await session.press("enter")
        await session.press("escape")

        assert "attached: " in session.text
        assert session.app.main.query_one(Composer).body.count("Done") == 1
        await session.press("ctrl+s")
        assert isinstance(session.app.screen, ReviewScreen)
        assert "Files" in session.text
        assert len(names(session)) == 2
        await session.press("enter")
        assert names(session) == []


async def test_tab_completes_and_a_folder_is_gone_into(start: Start, folder: Path) -> None:
    async with start() as session:
        await session.press("2", "r", "ctrl+l")
        await choose(session, f"{folder}/o")
        await seen(session, "old/")
        await session.press("tab")
        field = session.app.screen.query_one("LineField")
        assert field.value == f"{folder}/old/"  # type: ignore[attr-defined]
        await choose(session, f"{folder}/ol")
        await seen(session, "old/")
        await session.press("enter")
        assert field.value == f"{folder}/old/"  # type: ignore[attr-defined]
        assert names(session) == []


async def test_what_is_not_there_is_said_and_nothing_is_attached(
    start: Start, folder: Path
) -> None:
    async with start() as session:
        await session.press("2", "r", "ctrl+l")
        await choose(session, f"{folder}/nowhere")
        await session.press("enter")

        await seen(session, "There is no file")
        assert names(session) == []


async def test_delete_takes_a_file_off_and_not_from_the_disk(start: Start, folder: Path) -> None:
    async with start() as session:
        await session.press("2", "r", "ctrl+l")
        await choose(session, f"{folder}/log")
        await seen(session, "log.txt  5 bytes")
        await session.press("enter", "up", "up", "up", "delete")
        await seen(session, "Taken off: log.txt")

        assert names(session) == []
        assert (folder / "log.txt").exists()


async def test_a_promised_file_is_reminded_of_and_the_mail_leaves_all_the_same(
    start: Start,
) -> None:
    async with start() as session:
        await session.press("2", "r")
        await session.type("It is attached.")
        await session.press("ctrl+s")

        assert "You wrote “attached”, and no file goes along." in session.text
        await session.press("enter")
        assert session.ws.store.rows("select 1 from outbox")


async def test_files_are_still_there_when_the_app_starts_again(start: Start, folder: Path) -> None:
    async with start() as session:
        await session.press("2", "r", *"Done", "ctrl+l")
        await choose(session, f"{folder}/log")
        await seen(session, "log.txt  5 bytes")
        await session.press("enter")
    (folder / "log.txt").unlink()

    async with start(letters=()) as session:
        await session.press("2", "r")
        assert "attached: log.txt (5 bytes)" in session.text
