"""The door: when it opens, and nothing that pulls."""

import pytest

from founder_inbox.core.hours.burnout import Level
from founder_inbox.core.hours.door import DoorState
from founder_inbox.tui.door.door_scene import draw_scene
from founder_inbox.tui.door.door_screen import DoorScreen, DoorView
from tests.tui.stage import CONTROLS, HOSTILE, Stage

SHUT = (DoorState.CLOSED, DoorState.OPENING_SOON, DoorState.DAY_OFF)
WORN = "You opened outside your hours 3 times this week."


class Street(Stage):
    """A host that listens at the door."""

    def __init__(self, view: DoorView) -> None:
        self.view = view
        self.door = DoorScreen(lambda: self.view)
        self.heard: list[str] = []
        super().__init__(self.door)

    def on_door_screen_read_requested(self) -> None:
        self.heard.append("read")

    def on_door_screen_open_early_requested(self) -> None:
        self.heard.append("open early")

    def on_door_screen_leave_requested(self) -> None:
        self.heard.append("leave")


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 60)])
@pytest.mark.parametrize("state", SHUT)
async def test_the_door_says_when_it_opens_at_every_size(
    state: DoorState, size: tuple[int, int]
) -> None:
    view = DoorView(
        state, "today 17:00, in 3 h", burnout=WORN, level=Level.AMBER, note="2 replies leave then."
    )
    street = Street(view)
    async with street.run_test(size=size) as pilot:
        await pilot.pause()

        for words in (
            "It opens today 17:00, in 3 h.",
            WORN,
            "2 replies leave then.",
            "r read what is here",
            "o open early",
            "q leave",
        ):
            assert words in street.text


async def test_the_time_hangs_on_the_closed_door() -> None:
    street = Street(DoorView(DoorState.CLOSED, "tomorrow 09:00, in 14 h"))
    async with street.run_test() as pilot:
        await pilot.pause()

        assert "│ 09:00 │" in street.text


async def test_the_keys_only_ask() -> None:
    street = Street(DoorView(DoorState.CLOSED, "today 17:00, in 3 h"))
    async with street.run_test() as pilot:
        await pilot.press("r", "o", "q")
        await pilot.pause()

        assert street.heard == ["read", "open early", "leave"]
        assert street.is_running


async def test_the_words_follow_the_time() -> None:
    street = Street(DoorView(DoorState.CLOSED, "today 17:00, in 11 min", WORN, Level.RED))
    async with street.run_test() as pilot:
        await pilot.pause()
        street.view = DoorView(DoorState.OPENING_SOON, "today 17:00, in 10 min")
        street.door.refresh_words()
        await pilot.pause()

        assert "Support opens in a moment" in street.text
        assert "It opens today 17:00, in 10 min." in street.text
        assert WORN not in street.text


@pytest.mark.parametrize("hostile", HOSTILE)
async def test_words_from_elsewhere_are_only_shown(hostile: str) -> None:
    street = Street(DoorView(DoorState.CLOSED, hostile, hostile, Level.AMBER, hostile))
    async with street.run_test() as pilot:
        await pilot.pause()

        assert street.is_running
        assert CONTROLS.search(street.text) is None


@pytest.mark.parametrize("state", SHUT)
@pytest.mark.parametrize("size", [(80, 11), (80, 12), (33, 14), (200, 60)])
def test_a_picture_has_exactly_the_size_it_is_given(
    state: DoorState, size: tuple[int, int]
) -> None:
    width, height = size
    rows = draw_scene(state, "17:00", width, height).plain.split("\n")

    assert [len(row) for row in rows] == [width] * height


@pytest.mark.parametrize("size", [(0, 0), (10, 40), (80, 3)])
def test_where_there_is_no_room_there_is_no_picture(size: tuple[int, int]) -> None:
    assert draw_scene(DoorState.CLOSED, "17:00", *size).plain == ""
