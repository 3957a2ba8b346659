"""`doctor --keys`: press the keys, and see which of them arrive."""

from collections.abc import Sequence
from itertools import zip_longest
from typing import ClassVar

from textual.app import App, ComposeResult
from textual.containers import VerticalScroll
from textual.events import Key
from textual.filter import LineFilter, NoColor
from textual.screen import Screen
from textual.widgets import Static

from founder_inbox.core.key_trial import keys_to_try
from founder_inbox.core.keymap import key_name
from founder_inbox.tui.widgets.text import ControlFilter, line, paragraph

_LEAVE = "q"
_ASKED = "Press each of these. What arrives gets a tick; q ends."
_COLUMN = 36
_BARRIER = ControlFilter()


class _Bare(Screen[None], inherit_bindings=False):
    """A screen that takes no key for itself."""


class KeyCheck(App[frozenset[str]], inherit_bindings=False):
    """Ends with the keys that arrived."""

    CSS = """
    Screen { background: $background; color: $foreground; }
    #keys { padding: 1 2; }
    #asked { margin-bottom: 1; text-style: bold; }
    """
    TITLE = "founder-inbox"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar = []

    def __init__(self) -> None:
        super().__init__()
        self.arrived: set[str] = set()

    def get_default_screen(self) -> Screen[None]:
        """One without keys of its own."""
        return _Bare()

    def compose(self) -> ComposeResult:
        """The question, and a line for each key."""
        with VerticalScroll(id="keys", can_focus=False):
            yield Static(line(_ASKED), id="asked")
            yield Static(id="list")

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Colours only where they are wanted, and the last barrier behind all."""
        own = (NoColor(), _BARRIER) if self.no_color else (_BARRIER,)
        return [*super().get_line_filters(), *own]

    def on_mount(self) -> None:
        """Show them, none ticked."""
        self._show()

    def on_key(self, event: Key) -> None:
        """Tick it; what is not asked for is let go."""
        event.stop()
        name = key_name(event.key, event.character)
        if name == _LEAVE:
            self.exit(frozenset(self.arrived))
        else:
            self.arrived |= {name, event.key} & {tried.key for tried in keys_to_try()}
            self._show()

    def _show(self) -> None:
        marked = [
            f"{'✓' if tried.key in self.arrived else '·'} {tried.key:<10} {tried.words}"
            for tried in keys_to_try()
        ]
        half = (len(marked) + 1) // 2
        pairs = zip_longest(marked[:half], marked[half:], fillvalue="")
        words = "\n".join(f"{one:<{_COLUMN}}{other}" for one, other in pairs)
        self.query_one("#list", Static).update(paragraph(words))
