"""A dialog around one list: how it looks, how one moves in it, and what is said below it."""

from typing import ClassVar, TypeVar

from textual.widgets import OptionList, Static

from founder_inbox.tui.widgets.dialog import Dialog
from founder_inbox.tui.widgets.text import line

Result = TypeVar("Result")


class ListDialog(Dialog[Result]):
    """A subclass yields one OptionList, and a Static of the class `said` if it says anything."""

    DEFAULT_CSS = """
    ListDialog {
        OptionList {
            border: none;
            padding: 0;
            background: $surface;
            text-wrap: nowrap;
            text-overflow: ellipsis;
        }
        .said { height: auto; color: $text-muted; }
        .said.-trouble { color: $text-error; }
    }
    """
    BINDINGS: ClassVar = [
        ("j", "move(1)", "Down"),
        ("k", "move(-1)", "Up"),
        ("G", "end", "The last"),
        ("q", "leave", "Back"),
    ]

    @property
    def options(self) -> OptionList:
        """The list."""
        return self.query_one(OptionList)

    def action_move(self, steps: int) -> None:
        """Move the cursor."""
        options = self.options
        (options.action_cursor_down if steps > 0 else options.action_cursor_up)()

    def action_end(self) -> None:
        """Go to the last row."""
        self.options.action_last()

    def say(self, words: str, *, trouble: bool = False) -> None:
        """Say something below the list; the screen may be gone when it is known."""
        if self.is_attached:
            said = self.query_one(".said", Static)
            said.set_class(trouble, "-trouble")
            said.update(line(words))
