"""The last look before everybody is told: each mail as its person gets it."""

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from founder_inbox.app.sending.mailing import Letter
from founder_inbox.core.display import SafeLine, safe_line
from founder_inbox.core.hours.time_words import counted
from founder_inbox.tui.widgets.dialog import Hint
from founder_inbox.tui.widgets.mail_dialog import MailDialog
from founder_inbox.tui.widgets.review import mark_fields
from founder_inbox.tui.widgets.text import content, line

_MOST = 3


class OutageReview(MailDialog[bool]):
    """Shows `letters` one at a time; `sounds` is what the tone check says of one."""

    DEFAULT_CSS = """
    OutageReview {
        .mail { max-height: 34vh; }
        .trouble { color: $text-error; height: auto; }
    }
    """
    BINDINGS: ClassVar = [
        ("enter", "send", "Send"),
        ("right,n,l", "step(1)", "Next person"),
        ("left,p,h", "step(-1)", "Person before"),
        ("q", "leave", "Back"),
    ]
    heading = "As they will leave"

    def __init__(
        self,
        letters: Sequence[Letter],
        pace: int,
        sounds: Callable[[str], list[str]],
        *,
        over: bool,
    ) -> None:
        super().__init__()
        # Who can't be written to comes first: that is what has to be seen.
        self._letters = sorted(letters, key=lambda letter: not letter.trouble)
        self._pace = pace
        self._sounds = sounds
        self._over = over
        self._at = 0

    def body(self) -> ComposeResult:
        """Lay out the person, their mail, how it sounds and when they leave."""
        yield Static(classes="who")
        yield self.mail(Static(classes="words"))
        yield Static(classes="tone")
        yield Static(classes="trouble")
        yield Static(classes="hold")

    def hints(self) -> tuple[Hint, ...]:
        """Return the keys."""
        good = sum(not letter.trouble for letter in self._letters)
        send = f"tell {counted(good, 'person', 'people')}"
        return (
            ("enter", f"{send}, close" if self._over else send, "screen.send"),
            ("← →", "the others' mails", "screen.step(1)"),
            ("esc", "back", "screen.leave"),
        )

    def on_mount(self) -> None:
        """Show the first."""
        self._show()

    def action_step(self, steps: int) -> None:
        """Show the next person's mail; it stops at both ends."""
        at = self._at + steps
        if 0 <= at < len(self._letters):
            self._at = at
            self._show()

    def action_send(self) -> None:
        """Tell everybody."""
        self.dismiss(True)

    def action_leave(self) -> None:
        """Tell nobody."""
        self.dismiss(False)

    def _show(self) -> None:
        letter = self._letters[self._at]
        self._put(".who", _who(letter, self._at + 1, len(self._letters)))
        self.query_one(".words", Static).update(mark_fields(letter.body))
        self.query_one(".mail").scroll_home(animate=False)
        sounds = [] if letter.trouble else self._sounds(letter.body)
        self._put(".tone", _listed("How it sounds:", sounds[:_MOST]) if sounds else None)
        trouble = [f"They get nothing: {letter.trouble}"] if letter.trouble else []
        self._put(".trouble", line(" ".join(trouble)) if trouble else None)
        seconds = f", {self._pace} s apart" if self._pace else ""
        after = " Their tickets close as the server accepts." if self._over else ""
        self._put(".hold", line(f"Each gets a mail of their own{seconds}.{after}"))

    def _put(self, place: str, words: Content | None) -> None:
        widget = self.query_one(place, Static)
        widget.display = words is not None
        if words is not None:
            widget.update(words)


def _who(letter: Letter, number: int, count: int) -> Content:
    person = letter.ticket.state.customer
    address = f"  <{safe_line(letter.person, 60)}>  {safe_line(letter.language)}"
    return content(
        (SafeLine(f"{number} of {count}  "), "$text-muted"),
        (safe_line(person.name or person.address, 40), "bold"),
        (SafeLine(address), "$text-muted"),
    )


def _listed(head: str, rows: Sequence[str]) -> Content:
    return content(SafeLine("\n")).join([line(head, "bold"), *(line(f"• {row}") for row in rows)])
