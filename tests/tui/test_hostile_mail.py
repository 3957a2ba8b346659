"""What strangers write does nothing on the screen but stand there."""

import re
from collections.abc import Iterator

import pytest

from tests.tui.company import Letter
from tests.tui.conftest import Start

PAYLOADS = (
    "[/x] how do I",
    "[@click=app.quit]press me[/] how do I",
    "[EXT] [#123] how do I",
    "how do I \x1b[2J\x1b]52;c;ZXZpbA==\x07 clear",
    "how do I \x9b31m red",
    "how do I \u202egnp.exe\u202c",
    "how do I \u2066x\u2069 \u200b\u00ad",
    "how do I [link=javascript:alert(1)]x[/link]",
    "how do I $name {{ secret }} \\[",
    "how do I e" + "\u0301" * 50,
    "how do I \U000e0041\U000e0042 tags",
)
CONTROLS = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
SCREENS = ("", "enter", "r", "m", "b", "question_mark", "colon", "slash", "H", "g o", "semicolon")


def letters() -> Iterator[Letter]:
    for number, payload in enumerate(PAYLOADS):
        header = re.sub("[\x00-\x1f\x7f-\x9f]", "?", payload)
        name = payload.replace('"', "").replace("\\", "").replace("\x1b", "").replace("\x07", "")
        name = re.sub("[\x00-\x1f\x7f-\x9f]", "", name)
        yield Letter(f'"{name}" <a{number}@b.test>', header, f"How do I\n\n{payload}\n", number)


@pytest.mark.parametrize("keys", SCREENS)
async def test_hostile_mail_does_nothing_on_any_screen(start: Start, keys: str) -> None:
    async with start(letters=tuple(letters())) as session:
        for _ in range(len(PAYLOADS)):
            await session.pilot.press("j")
        await session.press(*keys.split())

        assert session.app.is_running
        assert CONTROLS.search(session.text) is None


async def test_subjects_with_brackets_are_shown_in_full(start: Start) -> None:
    async with start(size=(200, 60), letters=tuple(letters())) as session:
        assert "[/x] how do I" in session.text
        assert "[@click=app.quit]press me" in session.text
        assert "[EXT] [#123] how do I" in session.text


async def test_a_click_on_a_subject_with_an_action_runs_nothing(start: Start) -> None:
    async with start(letters=tuple(letters())) as session:
        for row in range(1, 12):
            await session.pilot.click("#queue", offset=(25, row))
        await session.settle()

        assert session.app.is_running
        assert session.app.return_code is None
