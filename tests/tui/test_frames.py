"""What the screens look like, kept as text beside the tests for everyone to read."""

from collections.abc import Callable

import pytest

from founder_inbox.app.sending.draft_files import attach
from founder_inbox.app.workspace import Workspace
from tests.tui.company import MONDAY, Company
from tests.tui.conftest import Start
from tests.tui.weeks import make_amber, make_red

SIZES = [(80, 24), (120, 40), (200, 60)]
Compare = Callable[[str, str], None]


@pytest.mark.parametrize("size", SIZES)
async def test_the_queue_looks_as_kept(
    start: Start, same_frame: Compare, size: tuple[int, int]
) -> None:
    async with start(size=size) as session:
        await session.press("2")

        same_frame(f"queue-{size[0]}", session.text)


@pytest.mark.parametrize("size", SIZES[:2])
@pytest.mark.parametrize(
    ("name", "keys"),
    [
        ("ticket", ["2", "enter"]),
        ("composer", ["2", "r"]),
        ("review", ["2", "r", *"Done", "ctrl+s"]),
        ("canned", ["1", ";"]),
        ("help", ["?"]),
        ("palette", ["colon"]),
        ("search", ["slash", *"export"]),
        ("new-mail", ["c", *"pau"]),
        ("forward", ["2", "f"]),
        ("drafts", ["2", "r", *"Done", "escape", "escape", "g", "d"]),
        ("snooze", ["b", *"tomorrow"]),
        ("note", ["m"]),
        ("prefix", ["g"]),
        ("snoozed", ["g", "s"]),
        ("files", ["3", "v"]),
        ("outbox", ["g", "o"]),
        ("sweep", ["g", "t"]),
        ("sweep-line", ["g", "t", ";"]),
        ("selected", ["3", "x", "x"]),
        ("estimate", ["3", "t", "m"]),
        ("who", ["2", "i"]),
    ],
)
async def test_each_screen_looks_as_kept(
    start: Start, same_frame: Compare, size: tuple[int, int], name: str, keys: list[str]
) -> None:
    async with start(size=size) as session:
        await session.press(*keys)

        same_frame(f"{name}-{size[0]}", session.text)


@pytest.mark.parametrize("size", SIZES[:2])
async def test_a_mail_with_files_looks_as_kept(
    start: Start, same_frame: Compare, company: Company, size: tuple[int, int]
) -> None:
    (company.folder / "invoice.pdf").write_bytes(b"%PDF" * 8_600)
    async with start(size=size) as session:
        await session.press("2")
        attach(session.ws, session.ticket.id, str(company.folder / "invoice.pdf"), MONDAY)
        await session.press("r", *"Done")
        same_frame(f"composer-files-{size[0]}", session.text)
        await session.press("ctrl+s")
        same_frame(f"review-files-{size[0]}", session.text)


@pytest.mark.parametrize("size", SIZES[:2])
async def test_the_door_looks_as_kept(
    start: Start, same_frame: Compare, company: Company, size: tuple[int, int]
) -> None:
    company.clock.pass_by(hours=3)
    async with start(size=size) as session:
        same_frame(f"door-{size[0]}", session.text)


@pytest.mark.parametrize("size", SIZES[:2])
async def test_red_before_the_session_looks_as_kept(
    start: Start, same_frame: Compare, ws: Workspace, size: tuple[int, int]
) -> None:
    make_red(ws, MONDAY)
    async with start(size=size) as session:
        same_frame(f"red-{size[0]}", session.text)


@pytest.mark.parametrize("size", SIZES[:2])
async def test_the_wrap_up_looks_as_kept(
    start: Start, same_frame: Compare, ws: Workspace, company: Company, size: tuple[int, int]
) -> None:
    make_amber(ws, MONDAY)
    async with start(size=size) as session:
        await session.press("1")
        for key in ("e", "e", "H", "e", "Q", "e"):
            company.clock.pass_by(minutes=3)
            await session.press(key)
        company.clock.moment = MONDAY.replace(hour=10, minute=0)
        await session.look()
        same_frame(f"wrap-up-{size[0]}", session.text)


@pytest.mark.parametrize("size", SIZES[:2])
async def test_an_empty_queue_looks_as_kept(
    start: Start, same_frame: Compare, size: tuple[int, int]
) -> None:
    async with start(size=size, letters=()) as session:
        await session.press("j")

        same_frame(f"empty-{size[0]}", session.text)


@pytest.mark.parametrize("size", SIZES[:2])
async def test_a_hit_in_a_ticket_looks_as_kept(
    start: Start, same_frame: Compare, size: tuple[int, int]
) -> None:
    async with start(size=size) as session:
        await session.press("slash", *"november", "enter", "enter")
        same_frame(f"search-hit-{size[0]}", session.text)
        await session.press("slash", *"refund")
        same_frame(f"find-{size[0]}", session.text)


@pytest.mark.parametrize("size", SIZES[:2])
async def test_the_question_when_a_quick_fix_is_over_looks_as_kept(
    start: Start, same_frame: Compare, company: Company, size: tuple[int, int]
) -> None:
    async with start(size=size) as session:
        await session.press("3", "Q")
        await session.press("Q")
        company.clock.pass_by(minutes=20)
        await session.look()
        await session.look()
        same_frame(f"park-{size[0]}", session.text)
