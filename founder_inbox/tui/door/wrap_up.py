"""The end of a session: what was done, what waits, how it felt; then the door closes."""

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from founder_inbox.core.display import SafeLine
from founder_inbox.tui.widgets.dialog import Dialog, Hint, offered
from founder_inbox.tui.widgets.text import content, line

_MOODS = ((1, "heavy"), (2, ""), (3, "all right"), (4, ""), (5, "light"))


class WrapUp(Dialog[int | None]):
    """Shows `sentences`. The result is the mood from 1 (heavy) to 5 (light), None if not given.

    `fix` is told that a quick fix is to follow, where one is open: building is not support.
    """

    VERTICAL_BREAKPOINTS = [(0, "-low"), (30, "-tall")]  # noqa: RUF012 - Textual's own declaration
    DEFAULT_CSS = """
    WrapUp {
        &.-tall .sentence { margin-bottom: 1; }
        .scale { margin-top: 0; }
        .question { margin-top: 1; }
        &.-tall .question { margin-top: 0; }
    }
    """
    BINDINGS: ClassVar = [
        ("enter", "close_door", "Close the door"),
        ("escape", "close_door", "Close the door"),
        ("Q", "start_fix", "A quick fix now"),
        *[(str(mood), f"feel({mood})", f"Mood {mood}") for mood, _ in _MOODS],
    ]

    def __init__(
        self,
        sentences: Sequence[str],
        *,
        heading: str = "That was it for now",
        mood: bool = True,
        fix: Callable[[], None] | None = None,
    ) -> None:
        super().__init__()
        self._fix = fix
        self.heading = heading
        self._sentences = tuple(sentences)
        self._asks_mood = mood
        self._mood: int | None = None

    def body(self) -> ComposeResult:
        """Lay out the sentences and the question."""
        for words in self._sentences:
            yield Static(line(words), classes="sentence")
        if self._asks_mood:
            yield Static(
                line("How did it feel? One key, or none.", "$text-muted"), classes="question"
            )
            yield Static(self._scale(), classes="scale")

    def hints(self) -> tuple[Hint, ...]:
        """Return the keys."""
        moods: tuple[Hint, ...] = (("1-5", "how it felt", ""),) if self._asks_mood else ()
        fixes: tuple[Hint, ...] = (("Q", "quick fix", "screen.start_fix"),) if self._fix else ()
        return (("enter", "close the door", "screen.close_door"), *fixes, *moods)

    def action_feel(self, mood: int) -> None:
        """Note how it felt; the same key again takes it back."""
        if self._asks_mood:
            self._mood = None if mood == self._mood else mood
            self.query_one(".scale", Static).update(self._scale())

    def action_start_fix(self) -> None:
        """Close with the mood, and begin a quick fix."""
        if self._fix is not None:
            self._fix()
            self.dismiss(self._mood)

    def action_close_door(self) -> None:
        """Close with the mood, if one was given."""
        self.dismiss(self._mood)

    def _scale(self) -> Content:
        return content().join(self._step(mood, words) for mood, words in _MOODS)

    def _step(self, mood: int, words: str) -> Content:
        chosen = mood == self._mood
        text = f"{mood} {words}".rstrip()
        shown = SafeLine(f"[{text}] " if chosen else f" {text}  ")
        style = "bold $text-accent" if chosen else ""
        return offered(content((shown, style)), f"screen.feel({mood})")
