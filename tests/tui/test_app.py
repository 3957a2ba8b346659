"""Starting, ending, and what must not happen in between."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from rich.segment import Segment
from textual.color import Color

from founder_inbox.core.display import safe_line
from founder_inbox.errors import AlreadyRunning, ConfigError
from founder_inbox.system.locks import hold
from founder_inbox.system.log import start_log
from founder_inbox.system.paths import APP_LOCK
from founder_inbox.tui.app import TooSmall, way_to
from founder_inbox.tui.run import run_app
from founder_inbox.tui.widgets.text import ControlFilter, content, line, paragraph
from founder_inbox.tui.widgets.theme import NAMES, first_theme, next_theme
from tests.tui.company import Company
from tests.tui.conftest import Session, Start

BLACK = Color(0, 0, 0)
ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("size", [(60, 15), (61, 15), (60, 40), (20, 5), (1, 1)])
async def test_a_terminal_without_room_gets_one_kind_sentence(
    start: Start, size: tuple[int, int]
) -> None:
    async with start(size=size) as session:
        assert isinstance(session.app.screen, TooSmall)
        if size[0] >= 60:
            assert "A little more room, please: 61 × 16 or larger." in session.text


async def test_a_terminal_that_grows_again_shows_the_queue_again(start: Start) -> None:
    async with start(size=(60, 15)) as session:
        await session.pilot.resize_terminal(90, 30)
        await session.settle()
        assert "Charged twice this month" in session.text

        await session.pilot.resize_terminal(40, 10)
        await session.settle()
        assert isinstance(session.app.screen, TooSmall)


async def test_a_fault_ends_with_a_sentence_and_no_mail_in_sight(
    start: Start, company: Company, capsys: pytest.CaptureFixture[str]
) -> None:
    class Fault(Exception):
        pass

    def fail() -> None:
        secret = "Charged twice this month"
        raise Fault(secret)

    async def run() -> str:
        async with start() as session:
            start_log(log)
            session.app.call_later(fail)
            last_words = await said(session)
            seen.append(last_words)
        return last_words

    seen: list[str] = []
    log = company.folder / "data" / "founder-inbox.log"
    with pytest.raises(Fault):
        await run()

    assert str(log) in seen[0]
    written = log.read_text("utf-8")
    assert "Fault" in written
    assert "Charged twice" not in written + seen[0]
    printed = capsys.readouterr()
    assert "Charged twice" not in printed.out + printed.err


async def said(session: Session) -> str:
    """The last words, as soon as there are any."""
    for _ in range(100):
        if session.app.last_words:
            break
        await session.pilot.pause(0.01)
    return session.app.last_words


def test_the_way_to_an_error_names_places_and_no_values() -> None:
    try:
        int("my secret")
    except ValueError as error:
        words = way_to(error)

    assert "test_the_way_to_an_error" in words
    assert "my secret" not in words


def test_a_second_app_on_the_same_data_is_refused(company: Company) -> None:
    with hold(company.folder / "data" / APP_LOCK, "The app"), pytest.raises(AlreadyRunning) as no:
        run_app(company.config)

    assert no.value.exit_code == 75


def test_a_key_given_twice_is_named_before_any_screen_opens(company: Company) -> None:
    company.write_config(keys='done = "r"')

    with pytest.raises(ConfigError, match="reply"):
        run_app(company.config)


def test_the_app_starts_without_the_libraries_it_does_not_need() -> None:
    code = (
        "import sys, founder_inbox.tui.app, founder_inbox.tui.run\n"
        "slow = 'imapclient smtplib keyring sqlite_utils pymap aiosmtpd httpx email.policy "
        "textual.widgets._markdown markdown_it pydantic PIL importlib.metadata "
        "founder_inbox.core.mime.reader founder_inbox.core.lanes.sorter "
        "founder_inbox.app.session.away "
        "founder_inbox.app.sending.letters founder_inbox.app.sending.canned'.split()\n"
        "print(sorted(set(slow) & set(sys.modules)))"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT
    )

    assert ran.stdout.strip() == "[]"


def test_without_colour_the_terminal_s_own_is_used() -> None:
    assert first_theme(None, {"NO_COLOR": "1"}) == "ansi-dark"
    assert first_theme("morning", {}) == "morning"
    assert first_theme("long gone", {}) == NAMES[0]


def test_the_themes_go_round() -> None:
    assert [next_theme(name) for name in NAMES] == [*NAMES[1:], NAMES[0]]


async def test_without_colour_nothing_coloured_is_drawn(
    start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with start() as session:
        app = session.app
        strips = app.screen._compositor.render_strips()
        for line_filter in app.get_line_filters():
            strips = [strip.apply_filter(line_filter, BLACK) for strip in strips]
        styles = [segment.style for strip in strips for segment in strip if segment.style]

        assert app.theme == "ansi-dark"
        colours = [colour for style in styles for colour in (style.color, style.bgcolor) if colour]
        assert all(colour.is_default for colour in colours)
        assert any(style.reverse for style in styles)


async def test_a_chosen_theme_is_remembered(start: Start) -> None:
    async with start() as session:
        session.app.main.run("theme")
        await session.settle()
    async with start(letters=()) as session:
        assert session.app.theme == "morning"


def test_the_last_barrier_lets_no_control_character_through() -> None:
    hostile = [Segment("a\x1b]52;c;x\x07b\u202ec"), Segment("plain")]
    kept = ControlFilter().apply(hostile, BLACK)

    assert "".join(segment.text for segment in kept) == "a\ufffd]52;c;x\ufffdb\ufffdcplain"


def test_text_is_made_into_content_as_it_stands() -> None:
    assert line("[/x]\x1b[2J").plain == "[/x]"
    assert content((safe_line("[b]"), "bold"), safe_line("x")).plain == "[b]x"
    assert paragraph("a\n[/b]").plain == "a\n[/b]"


def test_the_environment_of_the_tests_has_no_config_of_its_own() -> None:
    assert "FOUNDER_INBOX_CONFIG" not in os.environ
