"""Finding a canned reply: a few letters, the list, and the words as they would be put in."""

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from founder_inbox.core.display import SafeLine, safe_line
from founder_inbox.core.letters.canned import CannedReply, match
from founder_inbox.tui.widgets.dialog import DOWN, Dialog, Hint
from founder_inbox.tui.widgets.review import mark_fields
from founder_inbox.tui.widgets.text import content, line
from founder_inbox.tui.widgets.text_fields import LineField

_NUMBERED = 9
# More rows are read by nobody, and each letter lays all of them out anew.
_MOST_SHOWN = 200
_NONE_FOUND = "No reply has these letters in it. Fewer letters find more."
_NONE_YET = "There is no canned reply yet: put Markdown files into the folder replies."


class CannedPicker(Dialog[CannedReply | None]):
    """Picks one of `replies`, which come ranked for the ticket; `preview` fills one in.

    The result is the reply itself: its name alone is not unique, there is one a language.
    """

    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-wide")]  # noqa: RUF012 - Textual's own declaration
    DEFAULT_CSS = """
    CannedPicker {
        & > .box { width: 92%; max-width: 130; height: 84%; max-height: 40; }
        .panes { height: 1fr; margin-top: 1; }
        .found { height: 1fr; }
        OptionList {
            border: none;
            padding: 0;
            height: 1fr;
            background: $surface;
            text-wrap: nowrap;
            text-overflow: ellipsis;
            scrollbar-size-vertical: 1;
            scrollbar-color: $secondary;
            scrollbar-background: $background;
        }
        OptionList > .option-list--option-highlighted {
            background: $primary-muted;
            color: $foreground;
            text-style: bold;
        }
        OptionList:ansi > .option-list--option-highlighted {
            background: ansi_default;
            color: ansi_default;
            text-style: bold reverse;
        }
        .preview {
            height: 1fr;
            background: $background;
            padding: 0 1;
            scrollbar-size-vertical: 1;
            scrollbar-color: $secondary;
            scrollbar-background: $background;
        }
        .panes { layout: vertical; }
        .preview { margin-top: 1; }
        &.-wide .panes { layout: horizontal; }
        &.-wide .found { width: 44; }
        &.-wide .preview { margin: 0 0 0 2; width: 1fr; }
    }
    """
    BINDINGS: ClassVar = [
        ("down", "move(1)", "Down"),
        ("up", "move(-1)", "Up"),
        ("ctrl+n", "move(1)", "Down"),
        ("pagedown", "scroll_preview(6)", "Read on"),
        ("pageup", "scroll_preview(-6)", "Read back"),
        ("enter", "choose", "Insert"),
    ]
    heading = "Canned reply"

    def __init__(
        self, replies: Sequence[CannedReply], preview: Callable[[CannedReply], str]
    ) -> None:
        super().__init__()
        self._replies = tuple(replies)
        self._preview = preview
        self._found: tuple[CannedReply, ...] = ()
        self._filled: dict[int, Content] = {}

    def body(self) -> ComposeResult:
        """Lay out search, list and preview."""
        yield LineField(placeholder="Find by name, title or key")
        with Horizontal(classes="panes"):
            with Vertical(classes="found"):
                options = OptionList(markup=False)
                options.can_focus = False
                yield options
            with VerticalScroll(classes="preview", can_focus=False):
                yield Static()

    def hints(self) -> tuple[Hint, ...]:
        """Return the keys."""
        return (
            ("enter", "insert", "screen.choose"),
            ("1-9", "insert that one", ""),
            ("↑ ↓", "choose", DOWN),
            ("esc", "back", "screen.leave"),
        )

    def on_mount(self) -> None:
        """Show all, best first."""
        self._list("")
        self.query_one(LineField).focus()

    @on(Input.Changed)
    def _query_changed(self, message: Input.Changed) -> None:
        query = message.value.strip()
        if len(query) == 1 and query in "123456789":
            self._take(int(query) - 1)
        else:
            self._list(query)

    @on(Input.Submitted)
    def _submitted(self) -> None:
        self.action_choose()

    @on(OptionList.OptionSelected)
    def _clicked(self, message: OptionList.OptionSelected) -> None:
        self._take(message.option_index)

    @on(OptionList.OptionHighlighted)
    def _highlighted(self, message: OptionList.OptionHighlighted) -> None:
        if message.option_index < len(self._found):
            self._show(self._found[message.option_index])

    def action_move(self, rows: int) -> None:
        """Move the choice; it stops at both ends."""
        options = self.query_one(OptionList)
        at = (options.highlighted or 0) + rows
        if 0 <= at < len(self._found):
            options.highlighted = at

    def action_scroll_preview(self, rows: int) -> None:
        """Scroll the preview."""
        self.query_one(".preview").scroll_relative(y=rows, animate=False)

    def action_choose(self) -> None:
        """Take the reply under the cursor."""
        self._take(self.query_one(OptionList).highlighted or 0)

    def _take(self, index: int) -> None:
        if index < len(self._found):
            self.dismiss(self._found[index])

    def _list(self, query: str) -> None:
        matching = match(self._replies, query)
        self._found = matching[:_MOST_SHOWN]
        options = self.query_one(OptionList)
        options.clear_options()
        options.add_options(
            [Option(_row(reply, at if not query else None)) for at, reply in enumerate(self._found)]
        )
        if more := len(matching) - len(self._found):
            rest = line(f"  {more:,} more: a few letters find them", "$text-muted")
            options.add_option(Option(rest, disabled=True))
        if self._found:
            options.highlighted = 0
            self._show(self._found[0])
        else:
            words = _NONE_FOUND if self._replies else _NONE_YET
            self._show_words(line(words, "$text-muted"))

    def _show(self, reply: CannedReply) -> None:
        key = id(reply)
        if key not in self._filled:
            filled = mark_fields(self._preview(reply))
            self._filled[key] = _head(reply) + content(SafeLine("\n\n")) + filled
        self._show_words(self._filled[key])

    def _show_words(self, words: Content) -> None:
        pane = self.query_one(".preview")
        pane.query_one(Static).update(words)
        pane.scroll_home(animate=False)


def _row(reply: CannedReply, at: int | None) -> Content:
    number = str(at + 1) if at is not None and at < _NUMBERED else " "
    return content(
        (SafeLine(f"{number} "), "$text-accent"),
        safe_line(reply.title),
        (SafeLine(f"  {safe_line(reply.name)}"), "$text-muted"),
    )


def _head(reply: CannedReply) -> Content:
    return line(" · ".join([reply.name, *reply.lanes, reply.language]), "$text-muted")
