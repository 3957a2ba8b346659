"""Everything that is written and not sent, in one list to go on from."""

from collections.abc import Callable
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from founder_inbox.app.queue.drafts import KeptDraft
from founder_inbox.core.display import SafeLine, safe_line
from founder_inbox.core.hours.time_words import counted
from founder_inbox.tui.widgets.dialog import Hint
from founder_inbox.tui.widgets.list_dialog import ListDialog
from founder_inbox.tui.widgets.prompts import ConfirmPrompt
from founder_inbox.tui.widgets.text import content, line

_NONE = "No drafts. What you write is kept here until it is sent."
_WHAT = {"reply": "reply to", "forward": "forward to", "new": "mail to"}


class DraftsScreen(ListDialog[KeptDraft | None]):
    """The result is the draft to go on with; `discard` throws one away."""

    DEFAULT_CSS = """
    DraftsScreen {
        & > .box { width: 92%; max-width: 110; }
        OptionList { height: auto; max-height: 60vh; }
    }
    """
    BINDINGS: ClassVar = [
        ("d,delete", "discard", "Throw away"),
    ]
    heading = "Drafts"

    def __init__(self, drafts: list[KeptDraft], discard: Callable[[KeptDraft], None]) -> None:
        super().__init__()
        self._drafts = drafts
        self._discard = discard

    def body(self) -> ComposeResult:
        """Lay out the list, or say that there is none."""
        yield OptionList(markup=False)
        yield Static(line(_NONE), classes="none")

    def hints(self) -> tuple[Hint, ...]:
        """Return the keys."""
        return (
            ("enter", "go on", "screen.choose"),
            ("d", "throw away", "screen.discard"),
            ("esc", "back", "screen.leave"),
        )

    def on_mount(self) -> None:
        """Show what there is."""
        self._list()
        self.options.focus()

    @on(OptionList.OptionSelected)
    def action_choose(self) -> None:
        """Go on with the draft under the cursor."""
        if (draft := self._chosen()) is not None:
            self.dismiss(draft)

    def action_discard(self) -> None:
        """Throw the draft under the cursor away, after a question."""
        draft = self._chosen()
        if draft is None:
            return

        def answered(yes: bool | None) -> None:
            if yes:
                self._drafts.remove(draft)
                self._discard(draft)
                self._list()

        words = f"“{draft.begins}” can't be brought back." if draft.begins else "It is empty."
        prompt = ConfirmPrompt("Throw this draft away?", words, yes="throw it away", grave=True)
        self.app.push_screen(prompt, answered)

    def _chosen(self) -> KeptDraft | None:
        at = self.options.highlighted
        return self._drafts[at] if at is not None and at < len(self._drafts) else None

    def _list(self) -> None:
        options = self.options
        options.clear_options()
        options.add_options([Option(_row(draft)) for draft in self._drafts])
        options.highlighted = 0 if self._drafts else None
        options.display = bool(self._drafts)
        self.query_one(".none").display = not self._drafts


def _row(draft: KeptDraft) -> Content:
    files = f"{counted(draft.files, 'file')} · " if draft.files else ""
    return content(
        (SafeLine(f"{_WHAT[draft.kind]} "), "$text-muted"),
        (safe_line(draft.people, 40) or SafeLine("nobody yet"), "bold"),
        (SafeLine("  "), ""),
        safe_line(draft.subject or "(no subject)", 60),
        (SafeLine(f"\n  {files}{safe_line(draft.begins, 80) or 'no words yet'}"), "$text-muted"),
    )
