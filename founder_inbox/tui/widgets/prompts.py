"""Small questions: a line or a few lines of text, yes or no."""

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.suggester import SuggestFromList
from textual.widgets import Input, Static, TextArea

from founder_inbox.core.display import safe_text
from founder_inbox.errors import FounderInboxError
from founder_inbox.tui.widgets.dialog import Dialog, Hint
from founder_inbox.tui.widgets.text import line, paragraph
from founder_inbox.tui.widgets.text_fields import LineField, TextField

_EMPTY = "Nothing is written yet."


class TextPrompt(Dialog[str | None]):
    """Asks for text. `check` says live what was understood, and raises with words if nothing was.

    What is typed is completed from `known`; `tab` takes it.

    `enter` takes one line, `ctrl+s` several; what `check` refuses is not taken. Unless
    `may_be_empty`, an empty answer is not taken either.
    """

    DEFAULT_CSS = """
    TextPrompt {
        .hint { color: $text-muted; margin-bottom: 1; }
        TextField { height: 8; max-height: 40vh; background: $background; }
        TextField .text-area--cursor-line { background: $background; }
        .understood { margin-top: 1; color: $text-success; }
        .understood.-refused { color: $text-warning; }
    }
    """
    BINDINGS: ClassVar = [Binding("ctrl+s", "take", "Save", priority=True)]

    def __init__(
        self,
        heading: str,
        hint: str = "",
        *,
        value: str = "",
        check: Callable[[str], str] | None = None,
        known: Sequence[str] = (),
        several_lines: bool = False,
        may_be_empty: bool = False,
        verb: str = "save",
    ) -> None:
        super().__init__()
        self.heading = heading
        self._hint = hint
        self._value = value
        self._check = check
        self._several = several_lines
        self._known = tuple(known)
        self._may_be_empty = may_be_empty
        self._verb = verb

    def body(self) -> ComposeResult:
        """Lay out hint, field and what was understood."""
        if self._hint:
            yield Static(paragraph(self._hint), classes="hint")
        yield TextField(self._value) if self._several else LineField(self._value)
        yield Static(classes="understood")

    def hints(self) -> tuple[Hint, ...]:
        """Return the keys."""
        key = "ctrl+s" if self._several else "enter"
        return ((key, self._verb, "screen.take"), ("esc", "back", "screen.leave"))

    def on_mount(self) -> None:
        """Put the cursor behind the text that is there."""
        if self._several:
            field = self.query_one(TextField)
            field.move_cursor(field.document.end)
            field.focus()
        else:
            line_field = self.query_one(LineField)
            if self._known:
                line_field.suggester = SuggestFromList(self._known, case_sensitive=False)
            line_field.focus()
        self._look()

    @property
    def text(self) -> str:
        """What is typed, without space around it."""
        several = self.query(TextField)
        return (several.first().text if several else self.query_one(LineField).value).strip()

    @on(Input.Changed)
    @on(TextArea.Changed)
    def _look(self) -> None:
        words, refused = self._understand() if self.text else ("", False)
        self._tell(words, refused)

    @on(Input.Submitted)
    def _submitted(self) -> None:
        self.action_take()

    def on_key(self, event: events.Key) -> None:
        """Tab completes what is suggested, as it does everywhere."""
        if event.key == "tab" and self._known:
            event.stop()
            event.prevent_default()
            self.query_one(LineField).action_cursor_right()

    def action_take(self) -> None:
        """Take the text, if it is one that can be used."""
        if not self.text:
            if self._may_be_empty:
                self.dismiss("")
            else:
                self._tell(_EMPTY, refused=True)
            return
        words, refused = self._understand()
        if refused:
            self._tell(words, refused=True)
        else:
            self.dismiss(safe_text(self.text))

    def _understand(self) -> tuple[str, bool]:
        if self._check is None:
            return "", False
        try:
            return self._check(self.text), False
        except FounderInboxError as error:
            return str(error), True

    def _tell(self, words: str, refused: bool) -> None:
        place = self.query_one(".understood", Static)
        place.update(line(words))
        place.set_class(refused, "-refused")
        place.display = bool(words) or self._check is not None


class ConfirmPrompt(Dialog[bool]):
    """Asks yes or no. `enter` is yes, but for `grave` things, where only `y` is.

    `by_letter`: only `y` is there too, because the question comes by itself, between other keys.
    """

    DEFAULT_CSS = """
    ConfirmPrompt.-grave > .box { border: round $error; }
    """
    BINDINGS: ClassVar = [
        ("y", "agree", "Yes"),
        ("n,q", "leave", "No"),
        ("enter", "default", "Yes"),
    ]

    def __init__(
        self,
        heading: str,
        words: str,
        *,
        yes: str = "yes",
        no: str = "no",
        grave: bool = False,
        by_letter: bool = False,
    ) -> None:
        super().__init__()
        self.heading = heading
        self._words = words
        self._yes = yes
        self._no = no
        self._by_letter = grave or by_letter
        self.set_class(grave, "-grave")

    def body(self) -> ComposeResult:
        """Lay out the question."""
        yield Static(paragraph(self._words))

    def hints(self) -> tuple[Hint, ...]:
        """Return yes and no."""
        agree, leave = ("y", "n") if self._by_letter else ("enter", "esc")
        return ((agree, self._yes, "screen.agree"), (leave, self._no, "screen.leave"))

    def action_agree(self) -> None:
        """Answer yes."""
        self.dismiss(True)

    def action_default(self) -> None:
        """Answer yes, unless it is grave."""
        if not self._by_letter:
            self.dismiss(True)

    def action_leave(self) -> None:
        """Answer no."""
        self.dismiss(False)
