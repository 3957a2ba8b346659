"""Opening outside the support hours: how long, and why, in the founder's own words."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Input, Static

from founder_inbox.core.display import SafeLine
from founder_inbox.core.hours.door import OVERRIDE_MINUTES, REASON_LENGTH, check_override
from founder_inbox.errors import FounderInboxError
from founder_inbox.tui.widgets.dialog import Dialog, Hint, offered, sentence
from founder_inbox.tui.widgets.text import content, line
from founder_inbox.tui.widgets.text_fields import LineField

STRICT = "strict"


class OverrideForm(Dialog[tuple[int, str] | None]):
    """Asks for minutes and a reason; with `enforcement` "strict" it says kindly that it stays shut.

    `opening` is the next one in words. The result has passed `core.door.check_override`.
    """

    DEFAULT_CSS = """
    OverrideForm {
        .label { margin-top: 1; text-style: bold; }
        .first { margin-top: 0; }
        .missing { color: $text-muted; margin-top: 1; }
        .missing.-refused { color: $text-warning; }
    }
    """
    BINDINGS: ClassVar = [
        ("up", "lengthen(1)", "Longer"),
        ("down", "lengthen(-1)", "Shorter"),
        ("enter", "open", "Open"),
    ]

    def __init__(self, enforcement: str, opening: str) -> None:
        super().__init__()
        self._strict = enforcement == STRICT
        self._enforcement = enforcement
        self._opening = opening
        self._minutes = OVERRIDE_MINUTES[0]
        self.heading = "The door stays closed" if self._strict else "Open early"

    def body(self) -> ComposeResult:
        """Lay out length and reason, or the refusal."""
        if self._strict:
            yield Static(line(self._refusal("")))
            return
        yield Static(line(f"Support opens {self._opening}. Can it wait until then?"))
        yield Static(line("How long"), classes="label")
        yield Static(self._lengths(), classes="lengths")
        yield Static(line("What is it that can't wait"), classes="label")
        yield LineField(placeholder="You will read this again at the end of the week")
        yield Static(classes="missing")

    def hints(self) -> tuple[Hint, ...]:
        """Return the keys."""
        if self._strict:
            return (("enter", "good", "screen.leave"),)
        return (
            ("enter", "open", "screen.open"),
            ("↑ ↓", "length", "screen.lengthen(1)"),
            ("esc", "leave it closed", "screen.leave"),
        )

    def on_mount(self) -> None:
        """Begin with the reason; the shortest length stands there already."""
        if not self._strict:
            self.query_one(LineField).focus()
            self._say_what_is_missing()

    def action_lengthen(self, steps: int) -> None:
        """Go to the next longer or shorter length."""
        at = OVERRIDE_MINUTES.index(self._minutes) + steps
        if not self._strict and 0 <= at < len(OVERRIDE_MINUTES):
            self.action_choose(OVERRIDE_MINUTES[at])

    def action_choose(self, minutes: int) -> None:
        """Choose a length."""
        self._minutes = minutes
        self.query_one(".lengths", Static).update(self._lengths())

    def action_open(self) -> None:
        """Open, if the reason says something."""
        if self._strict:
            self.dismiss(None)
        elif refusal := self._refusal(self._reason):
            self._say(refusal, refused=True)
        else:
            self.dismiss((self._minutes, self._reason))

    @on(Input.Submitted)
    def _submitted(self) -> None:
        self.action_open()

    @on(Input.Changed)
    def _say_what_is_missing(self) -> None:
        missing = REASON_LENGTH - len(self._reason)
        letters = "character" if missing == 1 else "characters"
        words = f"{missing} more {letters}" if missing > 0 else "Enter opens; it is written down."
        self._say(words if self._reason or missing <= 0 else "A few words, ten characters or more.")

    @property
    def _reason(self) -> str:
        return " ".join(self.query_one(LineField).value.split())

    def _refusal(self, reason: str) -> str:
        try:
            check_override(self._minutes, reason, self._enforcement, self._opening)
        except FounderInboxError as error:
            return str(error)
        return ""

    def _say(self, words: str, *, refused: bool = False) -> None:
        place = self.query_one(".missing", Static)
        place.update(line(sentence(words)))
        place.set_class(refused, "-refused")

    def _lengths(self) -> Content:
        return content().join(self._length(minutes) for minutes in OVERRIDE_MINUTES)

    def _length(self, minutes: int) -> Content:
        chosen = minutes == self._minutes
        words = SafeLine(f"[{minutes} min]" if chosen else f" {minutes} min ")
        style = "bold $text-accent" if chosen else "$text-muted"
        return offered(content((words, style)), f"screen.choose({minutes})")
