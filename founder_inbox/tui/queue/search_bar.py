"""Search as you type: one line above the footer."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.events import Key
from textual.message import Message
from textual.widgets import Input, Static

from founder_inbox.core.display import safe_line
from founder_inbox.tui.widgets.text import line

EVERYWHERE = 'name, word, subject:invoice, is:open, "exact words"'


class SearchBar(Horizontal):
    """Hidden until asked for. Says what is typed; the screen does the searching."""

    class Changed(Message):
        """Something else is looked for."""

        def __init__(self, value: str) -> None:
            super().__init__()
            self.value = value

    class Left(Message):
        """Done with typing: `taken` keeps the results, else all is as before."""

        def __init__(self, *, taken: bool) -> None:
            super().__init__()
            self.taken = taken

    class Moved(Message):
        """The cursor of the results is to move."""

        def __init__(self, steps: int) -> None:
            super().__init__()
            self.steps = steps

    _STEPS: ClassVar = {"down": 1, "up": -1, "ctrl+n": 1, "pagedown": 10, "pageup": -10}

    def __init__(self, save_key: str) -> None:
        super().__init__(id="search")
        self._save_key = save_key

    def compose(self) -> ComposeResult:
        """Lay out the slash and the field."""
        yield Static(line("/ ", "bold"), classes="slash")
        field = Input(placeholder=EVERYWHERE, compact=True)
        field.cursor_blink = False
        yield field

    @property
    def field(self) -> Input:
        """Where is typed."""
        return self.query_one(Input)

    def open(self, value: str = "", hint: str = EVERYWHERE) -> None:
        """Show the field with what was looked for before; `hint` says what can be typed."""
        self.add_class("-shown")
        self.field.placeholder = hint
        with self.field.prevent(Input.Changed):
            self.field.value = value
        self.field.focus()

    def close(self) -> None:
        """Hide it."""
        self.remove_class("-shown")

    async def on_key(self, event: Key) -> None:
        """Arrows move in the results while one types."""
        if event.key == "escape":
            event.stop()
            self.post_message(self.Left(taken=False))
        elif event.key == self._save_key:
            event.stop()
            await self.run_action("screen.act('save_search')")
        elif event.key in self._STEPS:
            event.stop()
            event.prevent_default()
            self.post_message(self.Moved(self._STEPS[event.key]))

    @on(Input.Changed)
    def _typed(self, message: Input.Changed) -> None:
        message.stop()
        self.post_message(self.Changed(safe_line(message.value)))

    @on(Input.Submitted)
    def _submitted(self, message: Input.Submitted) -> None:
        message.stop()
        self.post_message(self.Left(taken=True))
