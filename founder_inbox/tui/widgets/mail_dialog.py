"""A dialog that shows a mail as it will leave: a frame of its own, and the keys that scroll it."""

from typing import ClassVar

from textual.containers import VerticalScroll
from textual.events import Resize
from textual.widgets import Static

from founder_inbox.tui.widgets.dialog import Dialog, Result

_LOW = 30


class MailDialog(Dialog[Result]):
    """Put the mail's words into `mail`; `.hold` is when it leaves, `.tone` how it sounds."""

    DEFAULT_CSS = """
    MailDialog {
        & > .box { width: 90%; max-width: 92; }
        .mail {
            height: auto;
            max-height: 45vh;
            margin: 1 0;
            padding: 0 1;
            background: $background;
            scrollbar-size-vertical: 1;
            scrollbar-color: $secondary;
            scrollbar-background: $background;
        }
        .tone { color: $text-muted; height: auto; }
        .hold { color: $text-success; text-style: bold; height: auto; }
        &.-low .mail { max-height: 25vh; }
    }
    """
    BINDINGS: ClassVar = [
        ("j,down", "scroll_mail(1)", "Down"),
        ("k,up", "scroll_mail(-1)", "Up"),
        ("space,pagedown", "scroll_mail(8)", "Page down"),
        ("pageup", "scroll_mail(-8)", "Page up"),
    ]

    @property
    def crowded(self) -> bool:
        """Whether much is said beside the mail."""
        return True

    def on_resize(self, event: Resize) -> None:
        """In a low window the mail scrolls sooner, so that what is said of it stays in sight."""
        self.set_class(event.size.height < _LOW and self.crowded, "-low")

    def mail(self, words: Static) -> VerticalScroll:
        """Frame the mail; the keys scroll it."""
        return VerticalScroll(words, classes="mail", can_focus=False)

    def action_scroll_mail(self, rows: int) -> None:
        """Scroll the mail."""
        self.query_one(".mail").scroll_relative(y=rows, animate=False)
