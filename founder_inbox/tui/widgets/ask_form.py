"""What a canned reply wants to know before it can be put in: one field a question."""

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.widgets import Input, Static

from founder_inbox.core.display import SafeLine, safe_line
from founder_inbox.core.letters.placeholders import Ask
from founder_inbox.tui.widgets.dialog import ENTER, Dialog, Hint, sentence
from founder_inbox.tui.widgets.text import content, line
from founder_inbox.tui.widgets.text_fields import LineField


class AskForm(Dialog[dict[str, str] | None]):
    """Asks `asks`, in order. The result has an answer, maybe empty, for each `Ask.name`.

    A question without an answer does not hold anybody up twice: `ctrl+s` goes on, and the field
    stays open in the draft, where sending waits for it.
    """

    DEFAULT_CSS = """
    AskForm {
        .question { margin-top: 1; }
        .first { margin-top: 0; }
        .note { margin-top: 1; color: $text-warning; display: none; }
        .note.-shown { display: block; }
    }
    """
    BINDINGS: ClassVar = [
        Binding("ctrl+s", "finish", "Insert", priority=True),
        ("down", "app.focus_next", "Next"),
        ("up", "app.focus_previous", "Previous"),
    ]

    def __init__(
        self, asks: Sequence[Ask], heading: str = "A few words from you", verb: str = "insert"
    ) -> None:
        """`verb` is what `ctrl+s` does, in the keys below."""
        super().__init__()
        self._verb = verb
        self._asks = tuple(asks)
        self.heading = heading

    def body(self) -> ComposeResult:
        """Lay out question and field, one below the other."""
        for number, ask in enumerate(self._asks):
            yield Static(_question(ask), classes="question first" if not number else "question")
            yield LineField(placeholder=ask.fallback or "")
        yield Static(classes="note")

    def hints(self) -> tuple[Hint, ...]:
        """Return the keys."""
        return (
            ("enter", f"next, then {self._verb}", ENTER),
            ("ctrl+s", f"{self._verb} now", "screen.finish"),
            ("esc", "back", "screen.leave"),
        )

    def on_mount(self) -> None:
        """Begin with the first question; without any there is nothing to ask."""
        fields = self._fields()
        if fields:
            fields[0].focus()
        else:
            self.dismiss({})

    @on(Input.Submitted)
    def _next(self, message: Input.Submitted) -> None:
        fields = self._fields()
        at = next(n for n, field in enumerate(fields) if field is message.input)
        if at + 1 < len(fields):
            fields[at + 1].focus()
        elif (unanswered := self._unanswered()) is None:
            self.action_finish()
        else:
            self._go_back_to(unanswered)

    def action_finish(self) -> None:
        """Take the answers as they are."""
        answers = zip(self._asks, self._fields(), strict=True)
        self.dismiss({ask.name: field.value.strip() for ask, field in answers})

    def _fields(self) -> list[LineField]:
        return list(self.query(LineField))

    def _unanswered(self) -> int | None:
        pairs = enumerate(zip(self._asks, self._fields(), strict=True))
        return next(
            (n for n, (ask, field) in pairs if not ask.optional and not field.value.strip()), None
        )

    def _go_back_to(self, number: int) -> None:
        note = self.query_one(".note", Static)
        note.update(line("This one is still open. ctrl+s inserts the reply with the field empty."))
        note.add_class("-shown")
        self._fields()[number].focus()


def _question(ask: Ask) -> Content:
    words = sentence(ask.question).removesuffix(".")
    hint = SafeLine("  may stay empty" if ask.optional else "")
    return content((safe_line(words), "bold"), (hint, "$text-muted"))
