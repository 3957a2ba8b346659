"""The review: the whole mail is seen, and nothing leaves that can't."""

import pytest

from founder_inbox.core.model import Address
from founder_inbox.tui.widgets.review import Review, ReviewScreen
from tests.tui.stage import CONTROLS, HOSTILE, SIZES, Mail, Stage


@pytest.mark.parametrize("size", SIZES)
async def test_the_review_shows_the_mail_and_when_it_leaves(size: tuple[int, int]) -> None:
    mail = Mail(cc=(Address("", "bo@b.test"),), quoted="> a\n> b\n")
    stage = Stage(ReviewScreen(mail))
    async with stage.run_test(size=size) as pilot:
        await pilot.pause()

        for words in (
            "Tom from Acme <support@acme.test>",
            "Ana Ruiz <ana@ruiz.test>",
            "bo@b.test",
            "Re: Charged twice",
            "it is fixed.",
            "2 quoted lines go along below",
            "Goes out in 10 seconds; z takes it back.",
            "enter send",
        ):
            assert words in stage.text


@pytest.mark.parametrize(
    ("key", "result"),
    [
        ("enter", Review("wait")),
        ("e", Review("close")),
        ("b", Review("remind")),
        ("escape", None),
        ("q", None),
    ],
)
async def test_each_key_says_what_comes_after_sending(key: str, result: Review | None) -> None:
    stage = Stage(ReviewScreen(Mail()))
    async with stage.run_test() as pilot:
        await pilot.press(key)

        assert stage.results == [result]


@pytest.mark.parametrize("keys", [("e", "b", "enter"), ("enter",)])
async def test_a_mail_with_a_problem_only_goes_back_to_the_draft(keys: tuple[str, ...]) -> None:
    stage = Stage(ReviewScreen(Mail("by {{ date }}", problems=("one field is still open",))))
    async with stage.run_test() as pilot:
        await pilot.pause()
        assert "It can't leave yet:" in stage.text
        assert "One field is still open." in stage.text
        assert "Goes out" not in stage.text
        await pilot.press(*keys)

        assert stage.results == [None]


async def test_a_long_mail_is_scrolled_under_keys_that_stay() -> None:
    words = "\n".join(f"line {n}" for n in range(200))
    stage = Stage(ReviewScreen(Mail(words)))
    async with stage.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "line 0" in stage.text
        await pilot.press("space", "j")
        await pilot.pause()

        assert "line 9" in stage.text
        assert "line 0" not in stage.text
        assert "enter send" in stage.text


@pytest.mark.parametrize("hostile", HOSTILE)
async def test_hostile_mail_is_only_shown(hostile: str) -> None:
    mail = Mail(hostile, name=hostile, subject=hostile, problems=(hostile,))
    stage = Stage(ReviewScreen(mail))
    async with stage.run_test() as pilot:
        await pilot.pause()
        await pilot.click(".problems")

        assert stage.is_running
        assert CONTROLS.search(stage.text) is None


async def test_a_click_on_a_key_sends_too() -> None:
    stage = Stage(ReviewScreen(Mail()))
    async with stage.run_test() as pilot:
        await pilot.pause()
        await pilot.click(".keys", offset=(16, 1))

        assert stage.results == [Review("close")]
