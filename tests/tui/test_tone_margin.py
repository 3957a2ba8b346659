"""The tone check in the composer: what it shows while one types, its keys, and the review."""

import re
from collections.abc import Callable

import pytest

from founder_inbox.app.sending.tone import bare_checker, silenced_rules
from founder_inbox.core.tone.gauge import step_of
from founder_inbox.tui.composing.composer import Composer
from founder_inbox.tui.widgets.review import ReviewScreen
from founder_inbox.tui.widgets.tone_margin import Check
from tests.tui.company import Company
from tests.tui.conftest import Session, Start
from tests.tui.stage import Heard, Mail, Stage

BAD = "Sorry for the inconvenience. You should have asked us."


def check() -> Check:
    checker = bare_checker(None)
    return lambda text, but: checker.check(text, also_silenced=but)


class Desk(Stage):
    """A composer that hears how its draft sounds."""

    def __init__(self, body: str, judge: Check | None, trouble: str = "") -> None:
        super().__init__(widget=Composer(pause=0.01))
        self.draft, self.judge, self.trouble = body, judge, trouble
        self.silence = Heard()

    async def on_mount(self) -> None:
        self.composer.open(Mail(), self.draft)
        self.composer.listen(self.judge, self.trouble)

    @property
    def composer(self) -> Composer:
        return self.query_one(Composer)

    @property
    def selected(self) -> str:
        return self.composer.field.selected_text

    def on_composer_silence_requested(self, message: Composer.SilenceRequested) -> None:
        self.silence.note(message.rule)


Until = Callable[[], bool]


async def wait(pilot, until: Until) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
    """Wait until something is so, at most some seconds."""
    for _ in range(400):
        await pilot.pause(0.01)
        if until():
            return
    raise AssertionError(pilot.app.text)


async def test_what_is_found_stands_below_a_narrow_text() -> None:
    desk = Desk(f"Hi Ana,\n\n{BAD}\n\nTom", check())
    async with desk.run_test(size=(80, 14)) as pilot:
        await wait(pilot, lambda: "2 ✎ “inconvenience” → Name it" in desk.text)

        assert "apology 1/5" in desk.text
        assert "“inconvenience”\n" not in desk.text


async def test_a_high_one_says_why_and_where_that_is_from() -> None:
    desk = Desk(f"Hi Ana,\n\n{BAD}\n\nTom", check())
    async with desk.run_test(size=(80, 30)) as pilot:
        await wait(pilot, lambda: "inconvenience · handbook ch. 10" in desk.text)

        assert "also “You should have asked”" in desk.text
        assert "ctrl+g next · f8 not here · f9 never" in desk.text


async def test_a_wide_one_has_a_column_with_the_steps_of_the_apology() -> None:
    desk = Desk(f"Hi Ana,\n\n{BAD}\n\nTom", check())
    async with desk.run_test(size=(130, 40)) as pilot:
        await wait(pilot, lambda: "The apology" in desk.text)

        assert "○ thanks at the beginning" in desk.text
        assert "· “You should have asked”" in desk.text


async def test_a_text_that_changes_is_judged_anew_and_a_good_one_has_no_line() -> None:
    desk = Desk("Hi Ana,\n\nThe inconvenience\n\nTom", check())
    async with desk.run_test(size=(80, 14)) as pilot:
        await wait(pilot, lambda: "✎" in desk.text)
        desk.composer.rewrite("Hi Ana,\n\nIt works again.\n\nTom")
        await wait(pilot, lambda: "✎" not in desk.text)


async def test_ctrl_g_goes_from_finding_to_finding_and_round_again() -> None:
    desk = Desk(f"Hi Ana,\n\n{BAD}\n\nTom", check())
    async with desk.run_test(size=(80, 24)) as pilot:
        await wait(pilot, lambda: "inconvenience · " in desk.text)
        seen = []
        for _ in range(3):
            desk.composer.action_next_finding()
            seen.append(desk.selected)

        assert sorted(seen[:2]) == ["You should have asked", "inconvenience"]
        assert seen[2] == seen[0]
        await pilot.press("ctrl+g")
        assert desk.selected == seen[1]


async def test_with_nothing_found_ctrl_g_says_so() -> None:
    desk = Desk("Hi Ana,\n\nIt works again.\n\nTom", check())
    async with desk.run_test(size=(80, 24)) as pilot:
        await pilot.press("ctrl+g")
        assert "nothing found" in desk.text


async def test_f8_silences_a_rule_for_this_mail_only() -> None:
    desk = Desk("Hi Ana,\n\nSorry, the inconvenience.\n\nTom", check())
    async with desk.run_test(size=(80, 24)) as pilot:
        await wait(pilot, lambda: "inconvenience · " in desk.text)
        await pilot.press("f8")
        await wait(pilot, lambda: "inconvenience · " not in desk.text)

        assert desk.silence.bodies == []
        assert desk.composer.margin.rest(desk.composer.body) == ()
        desk.composer.open(Mail(), "Hi Ana,\n\nThe inconvenience again.\n\nTom")
        desk.composer.listen(check())
        await wait(pilot, lambda: "inconvenience · " in desk.text)


async def test_f9_asks_to_silence_it_for_ever() -> None:
    desk = Desk("Hi Ana,\n\nThe inconvenience.\n\nTom", check())
    async with desk.run_test(size=(80, 24)) as pilot:
        await wait(pilot, lambda: "inconvenience · " in desk.text)
        await pilot.press("f9")
        assert await desk.silence.next() == "inconvenience"


@pytest.mark.parametrize("size", [(80, 14), (80, 30), (130, 40)])
async def test_a_mistake_in_a_rule_is_said_and_nothing_is_judged(size: tuple[int, int]) -> None:
    desk = Desk("Hi Ana,\n\nThe inconvenience.\n\nTom", None, "mine.toml, line 4: no why.")
    async with desk.run_test(size=size) as pilot:
        await pilot.pause()
        assert "mine.toml, line 4" in desk.text
        await pilot.press("f8", "f9", "ctrl+g")
        assert desk.silence.bodies == []
        assert desk.composer.margin.rest("The inconvenience.") == ()


async def test_the_gauge_stands_in_the_middle_for_a_plain_mail_and_at_an_end_for_a_loud_one() -> (
    None
):
    desk = Desk("Hi Ana,\n\nIt works again.\n\nTom", check())
    async with desk.run_test(size=(130, 40)) as pilot:
        await wait(pilot, lambda: "robot ····●···· cheer" in desk.text)
        desk.composer.rewrite("Hi Ana,\n\nWow!!! Amazing!!! You rock!\n\nTom")
        await wait(pilot, lambda: "robot ········● cheer" in desk.text)
        desk.composer.rewrite("Hi Ana,\n\nKindly be advised as per your request.\n\nTom")
        await wait(pilot, lambda: "robot ●········ cheer" in desk.text)


async def test_where_a_line_is_all_the_room_the_gauge_is_a_word() -> None:
    desk = Desk("Great news!!! It is fixed!! Amazing!", check())
    async with desk.run_test(size=(80, 12)) as pilot:
        await wait(pilot, lambda: "cheer ●" in desk.text)

        desk.composer.rewrite("It is fixed since nine this morning.")
        await wait(pilot, lambda: "cheer" not in desk.text)


@pytest.mark.parametrize(
    ("points", "step"), [(0, 0), (1, 1), (3, 3), (4, 4), (40, 4), (-1, -2), (-2, -4), (-9, -4)]
)
def test_the_gauge_reaches_an_end_where_the_rule_begins_to_speak(points: int, step: int) -> None:
    assert step_of(points) == step


async def test_other_keys_work_and_are_named_in_the_margin(start: Start, company: Company) -> None:
    company.write_config(keys='silence_here = "f6"\nnext_finding = "ctrl+y"\nsilence_forever = ""')
    async with start() as session:
        await _write(session, "The inconvenience is over.")
        composer = session.app.main.query_one(Composer)
        for _ in range(400):
            await session.settle()
            if composer.margin.has_class("-shown"):
                break

        assert "ctrl+y next · f6 not here" in str(composer.margin.render())
        assert "f9" not in str(composer.margin.render())
        await session.press("ctrl+y")
        assert composer.field.selected_text == "inconvenience"
        await session.press("f8", "f9")
        assert composer.margin.rest(composer.body)
        await session.press("f6")
        assert not composer.margin.rest(composer.body)


async def _write(session: Session, words: str) -> None:
    await session.press("2", "r")
    await session.type(words)


async def test_the_review_says_what_is_left_and_sends_all_the_same(start: Start) -> None:
    async with start() as session:
        await _write(session, "The inconvenience is over.")
        await session.press("ctrl+s")

        assert isinstance(session.app.screen, ReviewScreen)
        assert "How it sounds:" in session.text
        assert "“inconvenience” → Name it" in session.text
        await session.press("enter")
        assert re.search(r"It goes out in .* z takes it back", session.text)


async def test_a_rule_silenced_for_ever_is_silent_in_the_next_mail(start: Start) -> None:
    async with start() as session:
        await _write(session, "The inconvenience is over.")
        margin = session.app.main.query_one(Composer).margin
        for _ in range(400):
            await session.settle()
            if margin.has_class("-shown"):
                break
        await session.press("f9")
        await session.settle()

        assert silenced_rules(session.ws) == {"inconvenience"}
        await session.press("escape", "r", "ctrl+s")
        assert "How it sounds:" not in session.text


async def test_in_a_small_window_the_review_keeps_its_keys_in_sight(start: Start) -> None:
    async with start(size=(80, 24)) as session:
        await session.press("2", "r")
        await session.type(f"{BAD} Sorry if it hurt. I will look today. " + "One line more. " * 40)
        await session.press("ctrl+s")

        assert "How it sounds:" in session.text
        assert "esc back" in session.text
