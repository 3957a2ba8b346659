"""The thank-you jar on the screen: sentences to be read again, and nothing to do."""

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.widgets import Static

from founder_inbox.tui.widgets.dialog import Dialog
from founder_inbox.tui.widgets.text import line, paragraph

_EMPTY = "It is empty yet. Praise from thank-yous that you closed collects here."


class JarScreen(Dialog[None]):
    """Shows sentences, the newest first."""

    DEFAULT_CSS = """
    JarScreen .praise { margin-bottom: 1; }
    """
    BINDINGS: ClassVar = [("q,enter", "leave", "Back")]
    heading = "The thank-you jar"

    def __init__(self, sentences: Sequence[str]) -> None:
        super().__init__()
        self._sentences = tuple(sentences)

    def body(self) -> ComposeResult:
        """Lay out the sentences."""
        if not self._sentences:
            yield Static(line(_EMPTY))
        for words in self._sentences:
            yield Static(paragraph(words), classes="praise")
