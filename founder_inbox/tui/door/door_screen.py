"""Outside the support hours: a closed door, when it opens, and nothing that pulls."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Static

from founder_inbox.core.hours.burnout import Level
from founder_inbox.core.hours.door import DoorState
from founder_inbox.tui.door.door_scene import draw_scene
from founder_inbox.tui.widgets.dialog import KeyHints, sentence
from founder_inbox.tui.widgets.text import line

_TITLES = {
    DoorState.CLOSED: "Support is closed",
    DoorState.OPENING_SOON: "Support opens in a moment",
    DoorState.DAY_OFF: "A day off",
    DoorState.OPEN: "Support is open",
    DoorState.LAST_MINUTES: "Support is open",
    DoorState.OVER: "Support is closed",
}
_COMFORTS = {
    DoorState.CLOSED: "New mail keeps coming in by itself and waits for you there.",
    DoorState.OPENING_SOON: "Time for a glass of water.",
    DoorState.DAY_OFF: "The mail can wait; it is kept safe until you are back.",
}
_TIME = re.compile(r"\b\d{1,2}:\d\d\b")
_LEVEL_CLASSES = {Level.AMBER: "-amber", Level.RED: "-red"}


@dataclass(frozen=True, slots=True)
class DoorView:
    """What stands at the door. `opening` is "today 17:00, in 3 h 12 min".

    `burnout` is a sentence or empty; `note` one more line ("2 replies leave at 17:00") or empty;
    `fire` is the one sentence that may come through, without names.
    """

    state: DoorState
    opening: str
    burnout: str = ""
    level: Level = Level.CALM
    note: str = ""
    fire: str = ""


class DoorScene(Widget):
    """The picture, as large as the room it is given."""

    DEFAULT_CSS = """
    DoorScene { height: 1fr; min-height: 1; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._state = DoorState.CLOSED
        self._sign = ""

    def show(self, state: DoorState, sign: str) -> None:
        """Draw another state, or another time on the sign."""
        if (state, sign) != (self._state, self._sign):
            self._state, self._sign = state, sign
            self.refresh()

    def render(self) -> Content:
        """Draw the picture."""
        return draw_scene(self._state, self._sign, self.size.width, self.size.height)


class DoorScreen(Screen[None]):
    """The door. `look` is asked for what stands there, again every `every` seconds.

    It only speaks: `ReadRequested` (offline, read-only), `OpenEarlyRequested`,
    `DaysOffRequested`, `LeaveRequested`.
    """

    VERTICAL_BREAKPOINTS = [(0, "-low"), (34, "-tall")]  # noqa: RUF012 - Textual's own declaration
    DEFAULT_CSS = """
    DoorScreen {
        background: $background;
        & > .floor { display: none; height: 1fr; }
        &.-tall > DoorScene { height: 3fr; }
        &.-tall > .floor { display: block; }
        & > .words {
            height: auto;
            padding: 1 2 0 2;
            Static { width: 100%; text-align: center; }
        }
        .title { text-style: bold; }
        .opening { color: $text-primary; }
        .comfort { color: $text-muted; margin-top: 1; }
        .note { color: $text-muted; display: none; }
        .burnout { margin-top: 1; display: none; }
        .burnout.-amber { color: $text-warning; display: block; }
        .burnout.-red { color: $text-error; display: block; }
        .note.-shown { display: block; }
        .fire { color: $text-warning; margin-top: 1; display: none; }
        .fire.-shown { display: block; }
        .keys { margin: 1 0; }
    }
    """
    BINDINGS: ClassVar = [
        ("r", "read", "Read what is here"),
        ("o", "open_early", "Open early"),
        ("d", "days_off", "Days off"),
        ("q", "leave", "Leave"),
    ]

    class ReadRequested(Message):
        """Read what is synced."""

    class OpenEarlyRequested(Message):
        """Open outside the hours: the parent shows `OverrideForm`."""

    class DaysOffRequested(Message):
        """Take days off, or come back from them."""

    class LeaveRequested(Message):
        """Close the program."""

    def __init__(self, look: Callable[[], DoorView], *, every: float = 15) -> None:
        super().__init__()
        self._look = look
        self._every = every
        self._shown: DoorView | None = None

    def compose(self) -> ComposeResult:
        """Lay out the picture, and the words below it."""
        yield DoorScene()
        with Vertical(classes="words"):
            for name in ("title", "opening", "fire", "comfort", "note", "burnout"):
                yield Static(classes=name)
            yield KeyHints(
                ("r", "read what is here", "screen.read"),
                ("o", "open early", "screen.open_early"),
                ("d", "days off", "screen.days_off"),
                ("q", "leave", "screen.leave"),
                classes="keys",
            )
        yield Static(classes="floor")

    def on_mount(self) -> None:
        """Show the words, and keep them true."""
        self.refresh_words()
        self.set_interval(self._every, self.refresh_words)

    def refresh_words(self) -> None:
        """Ask what stands at the door; draw only what has changed."""
        view = self._look()
        if view == self._shown:
            return
        self._shown = view
        time = _TIME.search(view.opening)
        self.query_one(DoorScene).show(view.state, time.group() if time else "closed")
        self._write("title", _TITLES[view.state])
        self._write("opening", sentence(f"it opens {view.opening}"))
        self._write("comfort", _COMFORTS.get(view.state, ""))
        self._write("fire", view.fire).set_class(bool(view.fire), "-shown")
        self._write("note", view.note).set_class(bool(view.note), "-shown")
        burnout = self._write("burnout", view.burnout)
        for level, name in _LEVEL_CLASSES.items():
            burnout.set_class(bool(view.burnout) and view.level is level, name)

    def action_read(self) -> None:
        """Ask to read."""
        self.post_message(self.ReadRequested())

    def action_open_early(self) -> None:
        """Ask to open early."""
        self.post_message(self.OpenEarlyRequested())

    def action_days_off(self) -> None:
        """Ask for days off."""
        self.post_message(self.DaysOffRequested())

    def action_leave(self) -> None:
        """Ask to leave."""
        self.post_message(self.LeaveRequested())

    def _write(self, name: str, words: str) -> Static:
        place = self.query_one(f".{name}", Static)
        place.update(line(words))
        return place
