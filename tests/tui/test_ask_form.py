"""The form for a canned reply's questions."""

import pytest

from founder_inbox.core.letters.placeholders import Ask
from founder_inbox.tui.widgets.ask_form import AskForm
from tests.tui.stage import CONTROLS, HOSTILE, SIZES, Stage

DATE = Ask("ask.date", "When is the money back?", None, optional=False)
OFFER = Ask("ask.offer", "What do you offer?", None, optional=True)
CAUSE = Ask("ask.cause", "What was it?", "a slip of ours", optional=True)


@pytest.mark.parametrize("size", SIZES)
async def test_each_question_has_a_field_and_shows_what_stands_there_else(
    size: tuple[int, int],
) -> None:
    stage = Stage(AskForm((DATE, CAUSE)))
    async with stage.run_test(size=size) as pilot:
        await pilot.pause()

        for words in ("When is the money back?", "What was it?  may stay empty", "a slip of ours"):
            assert words in stage.text


async def test_enter_goes_to_the_next_and_the_last_one_gives_the_answers() -> None:
    stage = Stage(AskForm((DATE, OFFER)))
    async with stage.run_test() as pilot:
        await pilot.press(*"Friday", "enter", "enter")

        assert stage.results == [{"ask.date": "Friday", "ask.offer": ""}]


async def test_an_open_question_is_pointed_at_once_and_ctrl_s_goes_on() -> None:
    stage = Stage(AskForm((DATE, OFFER)))
    async with stage.run_test() as pilot:
        await pilot.press("enter", "enter")
        await pilot.pause()
        assert "This one is still open" in stage.text
        assert stage.results == []
        await pilot.press("ctrl+s")

        assert stage.results == [{"ask.date": "", "ask.offer": ""}]


async def test_escape_gives_nothing_and_no_question_is_no_form() -> None:
    asked, unasked = Stage(AskForm((DATE,))), Stage(AskForm(()))
    async with asked.run_test() as pilot:
        await pilot.press(*"Fri", "escape")
    async with unasked.run_test() as pilot:
        await pilot.pause()

    assert asked.results == [None]
    assert unasked.results == [{}]


@pytest.mark.parametrize("hostile", HOSTILE)
async def test_a_pasted_answer_brings_no_control_character_and_no_line_break(hostile: str) -> None:
    stage = Stage(AskForm((Ask("ask.x", hostile, hostile, optional=True),), hostile))
    async with stage.run_test() as pilot:
        await pilot.pause()
        stage.paste(f"one\r\n{hostile}")
        await pilot.pause()
        assert CONTROLS.search(stage.text) is None
        await pilot.press("enter")

        (answers,) = stage.results
        assert isinstance(answers, dict)
        assert answers["ask.x"].startswith("one ") or answers["ask.x"] == "one"
        assert CONTROLS.search(answers["ask.x"]) is None
        assert "\n" not in answers["ask.x"]
