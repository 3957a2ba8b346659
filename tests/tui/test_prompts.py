"""The small questions: text, yes or no, a lane."""

import pytest

from founder_inbox.errors import BadInput
from founder_inbox.tui.widgets.prompts import ConfirmPrompt, TextPrompt
from tests.tui.stage import CONTROLS, HOSTILE, SIZES, Stage, refuse


@pytest.mark.parametrize("size", SIZES)
async def test_what_was_understood_stands_there_before_enter(size: tuple[int, int]) -> None:
    stage = Stage(TextPrompt("Later", "tomorrow, fri 14:30", check=lambda text: f"on {text}"))
    async with stage.run_test(size=size) as pilot:
        await pilot.press(*"fri")
        await pilot.pause()
        assert "tomorrow, fri 14:30" in stage.text
        assert "on fri" in stage.text
        await pilot.press("enter")

        assert stage.results == ["fri"]


async def test_what_is_not_understood_says_why_and_is_not_taken() -> None:
    stage = Stage(TextPrompt("Later", check=refuse(BadInput("I don't know when that is."))))
    async with stage.run_test() as pilot:
        await pilot.press("x", "enter")
        await pilot.pause()
        assert "I don't know when that is." in stage.text
        await pilot.press("escape")

        assert stage.results == [None]


async def test_nothing_is_not_taken_unless_it_may_be_empty() -> None:
    strict, lenient = Stage(TextPrompt("Why")), Stage(TextPrompt("Why", may_be_empty=True))
    async with strict.run_test() as pilot:
        await pilot.press("enter")
        await pilot.pause()
        assert "Nothing is written yet." in strict.text
    async with lenient.run_test() as pilot:
        await pilot.press("enter")

    assert strict.results == []
    assert lenient.results == [""]


async def test_a_reason_given_before_stands_there_and_can_be_taken_or_changed() -> None:
    for keys, expected in ((("enter",), "You know it"), ((*"!", "enter"), "You know it!")):
        stage = Stage(TextPrompt("Hand off", value="You know it"))
        async with stage.run_test() as pilot:
            await pilot.press(*keys)

            assert stage.results == [expected]


async def test_a_note_has_lines_and_ctrl_s_saves_it() -> None:
    stage = Stage(TextPrompt("Note", several_lines=True))
    async with stage.run_test() as pilot:
        await pilot.press("a", "enter", "b", "ctrl+s")

        assert stage.results == ["a\nb"]


@pytest.mark.parametrize("several_lines", [True, False])
@pytest.mark.parametrize("hostile", HOSTILE)
async def test_hostile_words_and_pastes_do_nothing(hostile: str, several_lines: bool) -> None:
    prompt = TextPrompt(hostile, hostile, several_lines=several_lines, check=lambda text: text)
    stage = Stage(prompt)
    async with stage.run_test() as pilot:
        await pilot.pause()
        stage.paste(f"one {hostile}")
        await pilot.pause()
        assert CONTROLS.search(stage.text) is None
        await pilot.press("ctrl+s")

        (result,) = stage.results
        assert isinstance(result, str)
        assert result.startswith("one")
        assert CONTROLS.search(result) is None


@pytest.mark.parametrize(
    ("grave", "key", "result"),
    [
        (False, "enter", [True]),
        (False, "y", [True]),
        (False, "n", [False]),
        (False, "escape", [False]),
        (True, "enter", []),
        (True, "y", [True]),
    ],
)
async def test_enter_agrees_to_what_can_be_undone_only(
    grave: bool, key: str, result: list[bool]
) -> None:
    stage = Stage(ConfirmPrompt("Delete?", "[/x] It goes into the trash.", grave=grave))
    async with stage.run_test() as pilot:
        await pilot.pause()
        assert "[/x] It goes into the trash." in stage.text
        await pilot.press(key)

        assert stage.results == result
