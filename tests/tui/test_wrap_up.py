"""The end of a session: what was done, and one key for how it felt."""

import pytest

from founder_inbox.tui.door.wrap_up import WrapUp
from tests.tui.stage import CONTROLS, HOSTILE, SIZES, Stage

SENTENCES = ("You answered 7 and closed 5.", "Nobody is left waiting for a word from you.")


@pytest.mark.parametrize("size", SIZES)
async def test_the_sentences_stand_there_and_enter_closes_the_door(size: tuple[int, int]) -> None:
    stage = Stage(WrapUp(SENTENCES))
    async with stage.run_test(size=size) as pilot:
        await pilot.pause()
        for words in (*SENTENCES, "How did it feel?", "enter close the door"):
            assert words in stage.text
        await pilot.press("enter")

        assert stage.results == [None]


@pytest.mark.parametrize(
    ("keys", "mood"),
    [
        (("4", "enter"), 4),
        (("1", "5", "enter"), 5),
        (("2", "2", "enter"), None),
        (("6", "enter"), None),
        (("3", "escape"), 3),
    ],
)
async def test_one_key_says_how_it_felt(keys: tuple[str, ...], mood: int | None) -> None:
    stage = Stage(WrapUp(SENTENCES))
    async with stage.run_test() as pilot:
        await pilot.press(*keys)

        assert stage.results == [mood]


async def test_the_mood_is_not_asked_for_where_it_is_switched_off() -> None:
    stage = Stage(WrapUp(SENTENCES, mood=False))
    async with stage.run_test() as pilot:
        await pilot.press("4")
        await pilot.pause()
        assert "How did it feel?" not in stage.text
        await pilot.press("enter")

        assert stage.results == [None]


async def test_hostile_sentences_are_only_shown() -> None:
    stage = Stage(WrapUp(HOSTILE))
    async with stage.run_test(size=(80, 24)) as pilot:
        await pilot.pause()

        assert stage.is_running
        assert CONTROLS.search(stage.text) is None
