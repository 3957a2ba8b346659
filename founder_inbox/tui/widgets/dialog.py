"""What every dialog looks like: a quiet box in the middle, its keys in the last line."""

from typing import ClassVar, Generic, TypeVar

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.style import Style
from textual.widgets import Static

from founder_inbox.core.display import SafeLine, safe_line
from founder_inbox.tui.widgets.text import content, line

Result = TypeVar("Result")
Hint = tuple[str, str, str]
"""A key as it is shown, what it does in words, and the action a click on it runs.

The action is "" only where the words stand for several keys whose rows are clicked instead."""

_GAP = SafeLine("   ")
_ACTION = "hint"

DOWN = "app.simulate_key('down')"
"""What a click on "↑ ↓" does; the rows themselves can be clicked, too."""
ENTER = "app.simulate_key('enter')"


def sentence(words: str) -> str:
    """Give words a capital letter and a full stop: they come as "goes out in 10 seconds"."""
    words = safe_line(words)
    if not words:
        return ""
    end = "" if words[-1] in ".!?…" else "."
    return words[0].upper() + words[1:] + end


class KeyHints(Static):
    """A line of keys; a click on one does the same as the key: an action of its parent."""

    def __init__(self, *hints: Hint, classes: str | None = None) -> None:
        super().__init__(key_hints(*hints), classes=classes)

    def show(self, *hints: Hint, before: Content | None = None) -> None:
        """Draw other keys, `before` in front of them."""
        keys = key_hints(*hints)
        self.update(before + content(_GAP) + keys if before else keys)

    async def on_click(self, event: events.Click) -> None:
        """Do what the key does."""
        action = event.style.meta.get(_ACTION)
        if action:
            event.stop()
            await self.app.run_action(action, default_namespace=self.parent)


def key_hints(*hints: Hint) -> Content:
    """Draw keys and what they do."""
    return content(_GAP).join(_hint(*hint) for hint in hints)


def _hint(key: str, words: str, action: str) -> Content:
    about = SafeLine(f" {safe_line(words)}")
    hint = content((safe_line(key), "bold $text-accent"), (about, "$text-muted"))
    return offered(hint, action) if action else hint


def offered(words: Content, action: str) -> Content:
    """Words of a dialog that run an action when they are clicked, such as "screen.feel(3)"."""
    # Not "@click": Textual draws that as a link, in one colour and underlined.
    return words.stylize(Style.from_meta({_ACTION: action}))


class Dialog(ModalScreen[Result], Generic[Result]):
    """A titled box. A subclass gives `body` and `hints`; `escape` leaves without a result."""

    DEFAULT_CSS = """
    Dialog {
        align: center middle;
        background: $background 60%;
        & > .box {
            width: 72;
            max-width: 94%;
            height: auto;
            max-height: 94%;
            overflow-y: auto;
            scrollbar-size-vertical: 1;
            scrollbar-color: $secondary;
            scrollbar-background: $surface;
            padding: 0 2;
            background: $surface;
            border: round $primary;
        }
        .title { text-style: bold; color: $text-primary; margin-bottom: 1; }
        .keys { dock: bottom; padding-top: 1; background: $surface; }
        .muted { color: $text-muted; }
    }
    """
    BINDINGS: ClassVar = [("escape", "leave", "Back")]

    heading: str = ""

    def compose(self) -> ComposeResult:
        """Lay out title, body and keys."""
        with Vertical(classes="box"):
            yield Static(line(self.heading), classes="title")
            yield from self.body()
            yield KeyHints(*self.hints(), classes="keys")

    def body(self) -> ComposeResult:
        """Return the widgets between title and keys."""
        yield from ()

    def hints(self) -> tuple[Hint, ...]:
        """Return the keys of this dialog, in the order of use."""
        return (("esc", "back", "screen.leave"),)

    async def on_click(self, event: events.Click) -> None:
        """Do what the clicked words offer, if anything."""
        action = event.style.meta.get(_ACTION)
        if action:
            event.stop()
            await self.app.run_action(action, default_namespace=self)

    def action_leave(self) -> None:
        """Close without a result."""
        self.dismiss(None)
