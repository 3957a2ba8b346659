"""Finding a canned reply by a few letters."""

import pytest
from textual.widgets import OptionList

from founder_inbox.core.letters.canned import CannedReply
from founder_inbox.core.model import Lane
from founder_inbox.tui.composing.canned_picker import CannedPicker
from tests.tui.stage import CONTROLS, HOSTILE, SIZES, Stage


def reply(name: str, title: str, body: str = "Words.") -> CannedReply:
    return CannedReply(
        name=name,
        title=title,
        lanes=(Lane.URGENT,),
        keys=(),
        language="en",
        body=body,
        source=f"{name}.md",
    )


REPLIES = (
    reply("ack-bug", "A bug: seen", "We see the bug, Ana."),
    reply("ack-billing", "A billing mistake", "The money is back by {{ ask.date: When? }}."),
    reply("glad", "Glad it works", "Lovely."),
)


def picker(*replies: CannedReply) -> Stage:
    return Stage(CannedPicker(replies, lambda chosen: chosen.body))


@pytest.mark.parametrize("size", SIZES)
async def test_list_and_preview_of_the_first_are_seen(size: tuple[int, int]) -> None:
    stage = picker(*REPLIES)
    async with stage.run_test(size=size) as pilot:
        await pilot.pause()

        for words in ("A bug: seen", "A billing mistake", "Glad it works", "We see the bug, Ana."):
            assert words in stage.text


async def test_enter_takes_the_first_and_the_arrows_another() -> None:
    for keys, expected in ((("enter",), 0), (("down", "down", "down", "up", "enter"), 1)):
        stage = picker(*REPLIES)
        async with stage.run_test() as pilot:
            await pilot.press(*keys)

            assert stage.results == [REPLIES[expected]]


async def test_of_two_thousand_some_are_listed_and_all_are_found() -> None:
    stage = picker(*(reply(f"answer-{n}", f"Answer {n}", f"Words {n}.") for n in range(2_000)))
    async with stage.run_test(size=(80, 24)) as pilot:
        options = stage.screen.query_one(OptionList)
        assert options.option_count == 201
        assert "1,800 more" in str(options.get_option_at_index(200).prompt)
        await pilot.press(*"wer-1999")
        await pilot.pause()
        assert options.option_count == 1
        await pilot.press("enter")

        [chosen] = stage.results
        assert isinstance(chosen, CannedReply)
        assert chosen.body == "Words 1999."


async def test_a_few_letters_find_a_reply_and_show_it() -> None:
    stage = picker(*REPLIES)
    async with stage.run_test() as pilot:
        await pilot.press(*"bil")
        await pilot.pause()
        assert "The money is back by {{ ask.date: When? }}." in stage.text
        assert "Glad it works" not in stage.text
        await pilot.press("enter")

        assert stage.results == [REPLIES[1]]


async def test_a_digit_takes_that_one_at_once() -> None:
    stage = picker(*REPLIES)
    async with stage.run_test() as pilot:
        await pilot.press("3")

        assert stage.results == [REPLIES[2]]


async def test_letters_that_find_nothing_say_so_and_take_nothing() -> None:
    stage = picker(*REPLIES)
    async with stage.run_test() as pilot:
        await pilot.press(*"qqq", "enter")
        await pilot.pause()
        assert "No reply has these letters" in stage.text
        assert stage.results == []
        await pilot.press("escape")

        assert stage.results == [None]


async def test_without_any_reply_it_says_how_to_get_one() -> None:
    stage = picker()
    async with stage.run_test() as pilot:
        await pilot.press("enter")
        await pilot.pause()

        assert "There is no canned reply yet" in stage.text


@pytest.mark.parametrize("hostile", HOSTILE)
async def test_a_hostile_reply_and_paste_are_only_shown(hostile: str) -> None:
    stage = picker(reply("evil", hostile, hostile))
    async with stage.run_test() as pilot:
        await pilot.pause()
        assert CONTROLS.search(stage.text) is None
        stage.paste(hostile)
        await pilot.pause()

        assert stage.is_running
        assert CONTROLS.search(stage.text) is None
