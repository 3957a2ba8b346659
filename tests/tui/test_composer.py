"""The composer: what is typed, pasted and put in, and what the composer says about it."""

import pytest
from textual.binding import Binding

from founder_inbox.core.keymap import resolve
from founder_inbox.core.keys import ACTIONS, Group
from founder_inbox.tui.composing.composer import Composer, field_names, writing_place
from founder_inbox.tui.widgets.rebinding import composer_keys, next_field_hint
from tests.tui.stage import CONTROLS, HOSTILE, SIZES, Heard, Mail, Stage

ASKED = "It is fixed by {{ ask.date: When? }}, and {{ ask.offer: What? | }} too."


class Desk(Stage):
    """A host that listens to its composer."""

    def __init__(self, body: str = "", *, pause: float = 0.01) -> None:
        super().__init__(widget=Composer(pause=pause))
        self.draft = body
        self.changed, self.left, self.review = Heard(), Heard(), Heard()
        self.canned, self.editor = Heard(), Heard()

    async def on_mount(self) -> None:
        self.composer.open(Mail(), self.draft)

    @property
    def composer(self) -> Composer:
        return self.query_one(Composer)

    def on_composer_changed(self, message: Composer.Changed) -> None:
        self.changed.note(message.body)

    def on_composer_left(self, message: Composer.Left) -> None:
        self.left.note(message.body)

    def on_composer_review_requested(self, message: Composer.ReviewRequested) -> None:
        self.review.note(message.body)

    def on_composer_canned_requested(self, message: Composer.CannedRequested) -> None:
        self.canned.note(message.body)

    def on_composer_editor_requested(self, message: Composer.EditorRequested) -> None:
        self.editor.note(message.body)


@pytest.mark.parametrize("size", SIZES)
async def test_to_from_and_subject_stand_above_the_words(size: tuple[int, int]) -> None:
    async with Desk("Hi Ana,\n\nTom").run_test(size=size) as pilot:
        await pilot.pause()
        text = pilot.app.text  # type: ignore[attr-defined]

    assert "to Ana Ruiz <ana@ruiz.test>" in text
    assert "from Tom from Acme <support@acme.test>" in text
    assert "Re: Charged twice" in text
    assert "ctrl+s review" in text


async def test_writing_begins_between_greeting_and_name() -> None:
    desk = Desk("Hi Ana,\n\nTom")
    async with desk.run_test() as pilot:
        await pilot.press("Y", "e", "s", ".")

        assert desk.composer.body == "Hi Ana,\n\nYes.\n\nTom"


async def test_a_pause_says_that_the_draft_has_changed_and_once_only() -> None:
    desk = Desk()
    async with desk.run_test() as pilot:
        await pilot.press("a")

        assert await desk.changed.next() == "a"
        await pilot.press("b")
        assert await desk.changed.next() == "ab"
        await pilot.press("left", "right", "escape")
        assert await desk.left.next() == "ab"
        assert desk.changed.bodies == ["a", "ab"]


async def test_a_draft_is_kept_while_one_types_on_without_a_pause() -> None:
    desk = Desk(pause=0.2)
    async with desk.run_test() as pilot:
        while not desk.changed.bodies:
            await pilot.press("a")
            await pilot.pause(0.05)

        assert len(desk.composer.body) < 40


async def test_a_canned_reply_after_words_is_a_paragraph_of_its_own() -> None:
    desk = Desk("Hi Ana,\n\nI am on it.\n\nTom")
    async with desk.run_test() as pilot:
        desk.composer.insert("We gave the money back.")
        await pilot.pause()

        assert desk.composer.body == ("Hi Ana,\n\nI am on it.\n\nWe gave the money back.\n\nTom")


async def test_opening_a_draft_is_no_change() -> None:
    desk = Desk("Hi Ana,\n\nTom", pause=0)
    async with desk.run_test() as pilot:
        await pilot.pause()
        await pilot.press("escape")

        assert await desk.left.next() == "Hi Ana,\n\n\n\nTom"
        assert desk.changed.bodies == []


async def test_escape_leaves_and_ctrl_s_reviews_with_the_words_as_they_are() -> None:
    desk = Desk(pause=60)
    async with desk.run_test() as pilot:
        await pilot.press("o", "k", "ctrl+s", "escape", "ctrl+e")

        assert await desk.review.next() == "ok"
        assert await desk.left.next() == "ok"
        assert await desk.editor.next() == "ok"


async def test_a_slash_on_an_empty_line_asks_for_canned_replies_and_gives_way_to_one() -> None:
    desk = Desk("Hi Ana,\n\nTom")
    async with desk.run_test() as pilot:
        await pilot.press("slash")
        await desk.canned.next()
        desk.composer.insert("It is fixed.")

        assert desk.composer.body == "Hi Ana,\n\nIt is fixed.\n\nTom"


async def test_two_colons_ask_for_canned_replies_in_the_middle_of_a_line() -> None:
    desk = Desk()
    async with desk.run_test() as pilot:
        await pilot.press("o", "k", "space", "colon", "colon")
        await desk.canned.next()
        desk.composer.insert("It is fixed.")

        assert desk.composer.body == "ok It is fixed."


async def test_slashes_and_colons_elsewhere_are_only_typed() -> None:
    desk = Desk()
    async with desk.run_test() as pilot:
        await pilot.press(*"1/2", "colon", "space", "colon", "escape")

        assert await desk.left.next() == "1/2: :"
        assert desk.canned.bodies == []


async def test_when_no_reply_is_chosen_what_was_typed_stays() -> None:
    desk = Desk()
    async with desk.run_test() as pilot:
        await pilot.press(*"std", "colon", "colon", *"vec")
        desk.composer.insert("!")

        assert desk.composer.body == "std::vec!"


async def test_undo_takes_an_inserted_reply_back_and_leaves_the_draft() -> None:
    desk = Desk()
    async with desk.run_test() as pilot:
        await pilot.press(*"ok")
        desk.composer.insert(" and more\nand more")
        await pilot.press("ctrl+z")

        assert desk.composer.body == "ok"


async def test_undo_brings_the_draft_back_after_the_editor() -> None:
    desk = Desk("mine")
    async with desk.run_test() as pilot:
        before = desk.composer.body
        desk.composer.rewrite("from the editor")
        assert desk.composer.body == "from the editor"
        await pilot.press("ctrl+z")

        assert desk.composer.body == before


async def test_open_fields_are_counted_and_the_first_is_filled_by_typing() -> None:
    desk = Desk()
    async with desk.run_test() as pilot:
        desk.composer.insert(ASKED)
        await pilot.pause()
        assert "2 fields to fill: date, offer" in desk.text
        await pilot.press(*"noon")
        await pilot.pause()

        assert desk.composer.body.startswith("It is fixed by noon, and {{ ask.offer")
        assert "1 field to fill: offer" in desk.text


async def test_ctrl_n_goes_round_the_open_fields() -> None:
    desk = Desk(ASKED)
    async with desk.run_test() as pilot:
        seen = []
        for _ in range(3):
            await pilot.press("ctrl+n")
            seen.append(desk.composer.field.selected_text)

    tags = ["{{ ask.date: When? }}", "{{ ask.offer: What? | }}"]
    assert seen == [*tags, tags[0]]


@pytest.mark.parametrize("hostile", HOSTILE)
async def test_what_is_pasted_brings_no_control_character(hostile: str) -> None:
    desk = Desk()
    async with desk.run_test() as pilot:
        desk.paste(f"one\r\n{hostile}\rtwo")
        await pilot.pause()

        assert desk.composer.body.startswith("one\n")
        assert desk.composer.body.endswith("\ntwo")
        assert CONTROLS.search(desk.composer.body) is None
        assert CONTROLS.search(desk.text) is None


async def test_a_paste_too_long_for_a_mail_is_refused_whole_and_said() -> None:
    desk = Desk("kept")
    async with desk.run_test() as pilot:
        before = desk.composer.body
        desk.paste("x" * 1_000_000)
        await pilot.pause()

        assert desk.composer.body == before
        (notice,) = desk._notifications
        assert notice.message.startswith("Not pasted: 1,000,000 characters")
        desk.paste(" and more")
        await pilot.pause()
        assert "and more" in desk.composer.body


@pytest.mark.parametrize("hostile", HOSTILE)
async def test_a_hostile_name_and_subject_are_only_shown(hostile: str) -> None:
    desk = Desk()
    async with desk.run_test(size=(120, 40)) as pilot:
        desk.composer.open(Mail(name=hostile, subject=hostile), hostile, facts=hostile)
        await pilot.pause()

        assert desk.is_running
        assert "ana@ruiz.test" in desk.text
        assert CONTROLS.search(desk.text) is None


async def test_tab_leaves_the_words_and_the_cursor_does_not_blink() -> None:
    desk = Desk()
    async with desk.run_test() as pilot:
        await pilot.press("tab")

        assert desk.composer.body == ""
        assert desk.composer.field.cursor_blink is False


async def test_a_click_on_a_key_does_what_the_key_does() -> None:
    desk = Desk("ok")
    async with desk.run_test() as pilot:
        await pilot.click(".foot", offset=(2, 0))

        assert (await desk.review.next()).startswith("ok")


@pytest.mark.parametrize(
    ("body", "text", "place"),
    [
        ("", "", (0, 0)),
        ("Hi Ana,", "Hi Ana,\n\n", (2, 0)),
        ("Hi Ana,\n\nTom", "Hi Ana,\n\n\n\nTom", (2, 0)),
        ("Hi Ana,\n\nall is well.", "Hi Ana,\n\nall is well.", (2, 12)),
        ("Hi Ana,\n\nall is well.\n\nTom", "Hi Ana,\n\nall is well.\n\nTom", (2, 12)),
    ],
)
def test_the_cursor_goes_where_the_draft_goes_on(
    body: str, text: str, place: tuple[int, int]
) -> None:
    assert writing_place(body) == (text, place)


def test_quoted_lines_have_no_open_fields() -> None:
    assert field_names("> {{ theirs }}\n{{ ask.date: When? }} {{ name | there }}") == [
        "date",
        "name",
    ]


@pytest.mark.parametrize("modifier", ["ctrl", "alt"])
async def test_words_are_moved_over_and_deleted_whole(modifier: str) -> None:
    desk = Desk()
    async with desk.run_test() as pilot:
        desk.composer.rewrite("one two three")
        await pilot.press(f"{modifier}+left", f"{modifier}+left", "a", "n", "d", "space")
        assert desk.composer.body.startswith("one and two three")
        await pilot.press(f"{modifier}+right", f"{modifier}+backspace")
        assert desk.composer.body == "one and  three"
        await pilot.press("ctrl+w", f"{modifier}+delete")

        assert desk.composer.body.split() == ["one"]


def test_every_key_of_the_composer_in_the_registry_is_one_that_it_has() -> None:
    bindings = [binding for binding in Composer.BINDINGS if isinstance(binding, Binding)]
    have = {key: binding.id for binding in bindings for key in binding.key.split(",")}
    wanted = {
        key: action.id
        for action in ACTIONS
        if action.group is Group.COMPOSER
        for key in action.keys
    }
    rebound = composer_keys(resolve({}))

    assert wanted.keys() <= have.keys()
    assert {have[key] for key in wanted} - {"composer.leave"} == rebound.keys()


def test_the_way_to_the_next_open_field_is_named_by_the_founder_s_own_key() -> None:
    assert next_field_hint(resolve({}))[0][0] == "ctrl+n"
    assert next_field_hint(resolve({"next_field": ["ctrl+y"]}))[0][0] == "ctrl+y"
    assert next_field_hint(resolve({"next_field": []})) == ()


async def test_ctrl_o_asks_for_canned_replies_in_the_middle_of_words() -> None:
    desk = Desk()
    async with desk.run_test() as pilot:
        await pilot.press("o", "k", "ctrl+o")

        assert await desk.canned.next() == "ok"
