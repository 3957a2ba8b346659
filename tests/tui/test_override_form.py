"""Opening early takes a length and a reason; a strict door stays shut."""

import pytest

from founder_inbox.tui.door.override_form import OverrideForm
from tests.tui.stage import CONTROLS, HOSTILE, SIZES, Stage

OPENING = "today 17:00, in 3 h"


@pytest.mark.parametrize("size", SIZES)
async def test_a_length_and_a_reason_open_the_door(size: tuple[int, int]) -> None:
    stage = Stage(OverrideForm("firm", OPENING))
    async with stage.run_test(size=size) as pilot:
        await pilot.pause()
        assert "Support opens today 17:00, in 3 h. Can it wait until then?" in stage.text
        await pilot.press("up", *"shop", "space", *"is", "space", *"down", "enter")

        assert stage.results == [(20, "shop is down")]


async def test_the_length_stays_between_ten_and_thirty() -> None:
    for keys, minutes in ((("down", "down"), 10), (("up",) * 5, 30), (("up", "down"), 10)):
        stage = Stage(OverrideForm("firm", OPENING))
        async with stage.run_test() as pilot:
            await pilot.press(*keys, *"everything", "enter")

            assert stage.results == [(minutes, "everything")]


async def test_a_short_reason_is_counted_and_refused() -> None:
    stage = Stage(OverrideForm("firm", OPENING))
    async with stage.run_test() as pilot:
        await pilot.press(*"because", "space", "space")
        await pilot.pause()
        assert "3 more characters." in stage.text
        await pilot.press("enter")
        await pilot.pause()
        assert "ten characters or more" in stage.text
        assert stage.results == []
        await pilot.press("escape")

        assert stage.results == [None]


@pytest.mark.parametrize("key", ["enter", "escape"])
async def test_a_strict_door_says_when_it_opens_and_stays_shut(key: str) -> None:
    stage = Stage(OverrideForm("strict", OPENING))
    async with stage.run_test() as pilot:
        await pilot.pause()
        assert "The door stays closed" in stage.text
        assert "Next: today 17:00, in 3 h." in " ".join(stage.text.replace("│", " ").split())
        await pilot.press("up", *"everything", key)

        assert stage.results == [None]


@pytest.mark.parametrize("hostile", HOSTILE)
async def test_a_pasted_reason_brings_no_control_character(hostile: str) -> None:
    stage = Stage(OverrideForm("firm", hostile))
    async with stage.run_test() as pilot:
        await pilot.pause()
        stage.paste(f"everything {hostile}")
        await pilot.pause()
        assert CONTROLS.search(stage.text) is None
        await pilot.press("enter")

        (result,) = stage.results
        assert isinstance(result, tuple)
        assert CONTROLS.search(result[1]) is None
