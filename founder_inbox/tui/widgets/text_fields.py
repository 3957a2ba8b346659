"""Fields to type in: what is pasted is cleaned, the cursor is still, open tags stand out."""

from collections.abc import Iterator
from typing import ClassVar

from rich.text import Text
from textual import events
from textual.binding import Binding
from textual.message import Message
from textual.widgets import Input, TextArea

from founder_inbox.core.display import safe_line, safe_text

CANNED_IN_EMPTY_LINE = "/"
CANNED_ANYWHERE = "::"
_LONGEST = 200_000  # characters; `safe_text` cuts there


def tag_spans(text: str) -> Iterator[tuple[int, int]]:
    """Give start and end of each `{{ … }}` in one line; quoted lines have none."""
    if text.startswith(">"):
        return
    start = text.find("{{")
    while start >= 0:
        end = text.find("}}", start)
        stop = len(text) if end < 0 else end + 2
        yield start, stop
        start = text.find("{{", stop)


class LineField(Input):
    """One line. Control characters in a paste are dropped, its line breaks become spaces."""

    DEFAULT_CSS = """
    LineField {
        border: none;
        height: 1;
        padding: 0 1;
        background: $background;
        &:focus { border: none; background-tint: $foreground 0%; }
    }
    """

    BINDINGS: ClassVar = [
        Binding("alt+left,alt+b", "cursor_left_word", show=False),
        Binding("alt+right,alt+f", "cursor_right_word", show=False),
        Binding("alt+backspace,ctrl+backspace", "delete_left_word", show=False),
        Binding("alt+d,alt+delete,ctrl+delete", "delete_right_word", show=False),
    ]

    def __init__(self, value: str = "", *, placeholder: str = "", id: str | None = None) -> None:  # noqa: A002 - Textual's own name for it
        super().__init__(
            safe_line(value), placeholder=safe_line(placeholder), id=id, select_on_focus=False
        )
        self.cursor_blink = False

    def _on_paste(self, event: events.Paste) -> None:
        event.prevent_default()
        event.stop()
        self.replace(safe_line(event.text), *self.selection)

    def action_paste(self) -> None:
        """Paste what was copied inside the app."""
        self.replace(safe_line(self.app.clipboard), *self.selection)


class TextField(TextArea):
    """Several lines, softly wrapped; tab leaves it. Open `{{ … }}` are drawn as such."""

    DEFAULT_CSS = """
    TextField {
        border: none;
        padding: 0 1;
        background: $surface;
        scrollbar-size-vertical: 1;
        scrollbar-color: $secondary;
        scrollbar-background: $surface;
        &:focus { border: none; }
        & .text-area--cursor-line { background: $surface; }
        & .text-field--tag { color: $text-warning; text-style: bold underline; }
    }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {"text-field--tag"}
    BINDINGS: ClassVar = [
        Binding("alt+left,alt+b", "cursor_word_left", show=False),
        Binding("alt+right,alt+f", "cursor_word_right", show=False),
        Binding("alt+backspace,ctrl+backspace", "delete_word_left", show=False),
        Binding("alt+d,alt+delete,ctrl+delete", "delete_word_right", show=False),
    ]

    class CannedTyped(Message):
        """`/` was typed on an empty line, or `::`; the typed characters stand in the text."""

        def __init__(self, typed: str) -> None:
            super().__init__()
            self.typed = typed

    def __init__(self, text: str = "", *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name for it
        super().__init__(safe_text(text), id=id, soft_wrap=True, tab_behavior="focus")
        self.cursor_blink = False

    def get_line(self, line_index: int) -> Text:
        """Return a line with its open tags marked."""
        text = super().get_line(line_index)
        for start, stop in tag_spans(text.plain):
            text.stylize(self.get_component_rich_style("text-field--tag"), start, stop)
        return text

    def put(self, text: str) -> None:
        """Put foreign text over the selection, as one step of undo."""
        self.history.checkpoint()
        result = self.replace(safe_text(text), *self.selection, maintain_selection_offset=False)
        self.history.checkpoint()
        self.move_cursor(result.end_location)

    def selected_span(self) -> tuple[int, int]:
        """Return start and end of the selection as indexes of the text."""
        start, end = sorted(self.selection)
        return _index_of(self.text, start), _index_of(self.text, end)

    def select_span(self, start: int, stop: int) -> None:
        """Select from one index of the text to another."""
        self.move_cursor(_location_of(self.text, start))
        self.move_cursor(_location_of(self.text, stop), select=True)

    async def _on_paste(self, event: events.Paste) -> None:
        event.prevent_default()
        event.stop()
        self._take(event.text)

    def action_paste(self) -> None:
        """Paste what was copied inside the app."""
        self._take(self.app.clipboard)

    def _take(self, pasted: str) -> None:
        """Put what is pasted, or nothing of it: a draft beyond the limit would lose its end."""
        size = max(len(pasted), len(safe_text(pasted)))
        if len(self.text) + size < _LONGEST:
            self.put(pasted)
            return
        self.notify(
            f"Not pasted: {len(pasted):,} characters, and a mail carries {_LONGEST:,}. Put them "
            "in a file and attach it. Your draft is as it was.",
            severity="warning",
            markup=False,
        )

    async def _on_key(self, event: events.Key) -> None:
        typed = self._canned_typed(event.character or "")
        if typed:
            event.prevent_default()
            event.stop()
            self._replace_via_keyboard(event.character or "", *self.selection)
            self.post_message(self.CannedTyped(typed))

    def _canned_typed(self, character: str) -> str:
        """Return what opens the canned replies, if this character completes it."""
        row, column = self.cursor_location
        before = self.document.get_line(row)[:column]
        if character == "/" and not self.document.get_line(row).strip():
            return CANNED_IN_EMPTY_LINE
        return CANNED_ANYWHERE if character == ":" and before.endswith(":") else ""


def _index_of(text: str, location: tuple[int, int]) -> int:
    row, column = location
    return sum(len(line) + 1 for line in text.split("\n")[:row]) + column


def _location_of(text: str, index: int) -> tuple[int, int]:
    before = text[:index]
    return before.count("\n"), index - before.rfind("\n") - 1
