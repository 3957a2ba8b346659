"""The mouse works everywhere: whatever a screen offers is done by a click on its words."""

from collections.abc import Callable
from typing import Any

import pytest
from rich.cells import cell_len
from textual.geometry import Offset

from founder_inbox.core.keymap import resolve
from founder_inbox.core.letters.placeholders import Ask
from founder_inbox.tui.door.override_form import OverrideForm
from founder_inbox.tui.door.wrap_up import WrapUp
from founder_inbox.tui.help_screen import HelpScreen
from founder_inbox.tui.queue.desk import Place
from founder_inbox.tui.widgets.ask_form import AskForm
from founder_inbox.tui.widgets.dialog import Dialog
from founder_inbox.tui.widgets.prompts import ConfirmPrompt, TextPrompt
from founder_inbox.tui.widgets.review import Review, ReviewScreen
from tests.tui.company import LETTERS, Letter
from tests.tui.conftest import Session, Start
from tests.tui.stage import Mail, Stage

QUOTING = Letter(
    "Quinn Vale <quinn@vale.test>",
    "Where is the old invoice?",
    "I can't find it any more. Where do I look?\n\n> Hello Quinn,\n> it is in the settings.\n",
    attachment="plan.pdf",
)


def place_of(text: str, words: str) -> Offset:
    """Where words stand on a screen."""
    for y, row in enumerate(text.splitlines()):
        if words in row:
            return Offset(cell_len(row[: row.index(words)]), y)
    pytest.fail(f"{words!r} is not on the screen:\n{text}")


async def click(session: Session, words: str) -> None:
    await session.pilot.click(offset=place_of(session.text, words))
    await session.settle()


Dialogs = list[tuple[Callable[[], Dialog[Any]], list[str], object]]
DIALOGS: Dialogs = [
    (lambda: ConfirmPrompt("Sure?", "It is."), ["enter yes"], True),
    (lambda: ConfirmPrompt("Sure?", "It is.", grave=True), ["n no"], False),
    (lambda: TextPrompt("Words", value="hello"), ["enter save"], "hello"),
    (lambda: TextPrompt("Words"), ["esc back"], None),
    (
        lambda: AskForm([Ask("when", "When", None, False)]),
        ["enter next", "ctrl+s insert now"],
        {"when": ""},
    ),
    (lambda: HelpScreen(resolve({})), ["↑ ↓ choose", "↑ ↓ choose", "enter do it"], "page_down"),
    (lambda: HelpScreen(resolve({})), ["Jump to the ideas"], "lane_feature"),
    (lambda: OverrideForm("strict", "at 17:00"), ["enter good"], None),
    (lambda: WrapUp(["Done."]), ["2", "3 all right", "enter close the door"], 3),
    (lambda: WrapUp(["Done."], fix=lambda: None), ["5 light", "Q quick fix"], 5),
    (lambda: ReviewScreen(Mail()), ["e send and close"], Review("close")),
    (
        lambda: ReviewScreen(Mail(), promises=["tomorrow"]),
        ["Promise", "enter send"],
        Review("wait", promises=False),
    ),
]


@pytest.mark.parametrize(("dialog", "clicks", "result"), DIALOGS)
async def test_a_click_does_what_a_dialog_offers(
    dialog: Callable[[], Dialog[Any]], clicks: list[str], result: object
) -> None:
    stage = Stage(dialog())
    async with stage.run_test(size=(100, 40)) as pilot:
        for words in clicks:
            await pilot.pause()
            await pilot.click(offset=place_of(stage.text, words))
        await pilot.pause()
        assert stage.results == [result]


# Words that are on the screen, one after the other, and what is to be read after the last.
WALKS: list[tuple[list[str], str]] = [
    (["2 Urgent", "b later"], "fri 9 · in 3 days"),
    (["esc back"], "b later"),
    (["3 How-to", "Quinn Vale      Wh", "Quinn Vale      Wh"], "⋯ 2 quoted lines"),
    (["⋯ 2 quoted lines"], "it is in the settings."),
    (["attached: plan.pdf"], "enter open"),
    (["esc back"], "attached: plan.pdf"),
    (["/ search", "/ everywhere", "↓ ↑ choose", "enter open"], "e done"),
    (["1 Thanks", "g t shows the", "g t sweep"], "e done"),
]


async def test_a_queue_is_worked_through_with_the_mouse_alone(start: Start) -> None:
    async with start(letters=(*LETTERS, QUOTING)) as session:
        for clicks, there in WALKS:
            for words in clicks:
                await click(session, words)
            assert there in session.text, (clicks, session.text)


async def test_the_header_leads_to_what_it_counts(start: Start) -> None:
    async with start() as session:
        await session.press("3", "H")
        for words, there in [("with Vlad 1", "g i: queue"), ("g i: queue", "with Vlad")]:
            await click(session, words)
            assert there in session.text
        assert session.app.desk.place is Place.QUEUE
        await click(session, "outbox")
        assert "take back" in session.text


async def test_a_click_on_what_may_follow_a_first_key_is_the_whole_key(start: Start) -> None:
    async with start() as session:
        await session.press("g")
        await click(session, "g s")
        await session.press("i")

        assert session.app.desk.place is Place.SNOOZED


async def test_ctrl_and_a_click_select_and_the_footer_acts_on_all_of_them(start: Start) -> None:
    async with start() as session:
        for name in ("Tom Okafor", "Rosa Benedetti"):
            await session.pilot.click(offset=place_of(session.text, name), control=True)
        await session.settle()
        assert len(session.app.main.queue.selected) == 2
        await click(session, "e done")

        assert "Done: 2 tickets" in session.text
