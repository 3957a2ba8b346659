"""The last look before a reply leaves: the whole mail, when it goes, what is in its way."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Literal, Protocol

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Static

from founder_inbox.core.display import SafeLine, safe_text
from founder_inbox.core.letters.files import DraftFile, files_words
from founder_inbox.tui.widgets.dialog import Hint, offered, sentence
from founder_inbox.tui.widgets.letter_head import LetterHead, show_address, show_addresses
from founder_inbox.tui.widgets.mail_dialog import MailDialog
from founder_inbox.tui.widgets.text import content, line, paragraph
from founder_inbox.tui.widgets.text_fields import tag_spans

Then = Literal["wait", "close", "remind", "hand_off"]
_BREAK = SafeLine("\n")
_MOST = 3


@dataclass(frozen=True, slots=True)
class Review:
    """Send it, and then: wait for the customer, close the ticket, or remind of it.

    With "hand_off" it is not sent: the teammate takes the ticket, and the draft is kept.
    `promises`: the dates in it are to be kept in mind.
    """

    then: Then
    promises: bool = True


class Letter(LetterHead, Protocol):
    """A mail as it will leave; `app.reply.Preview` is one."""

    @property
    def body(self) -> str:
        """The founder's words."""

    @property
    def quoted(self) -> str:
        """The quoted text that goes along below them."""

    @property
    def hold(self) -> str:
        """When it leaves: "goes out in 10 seconds; z takes it back"."""

    @property
    def problems(self) -> Sequence[str]:
        """Sentences; with one of them it can't be sent."""

    @property
    def caution(self) -> str:
        """Why it is held for longer than usual, or ""."""

    @property
    def files(self) -> Sequence[DraftFile]:
        """What goes along."""

    @property
    def reminder(self) -> str:
        """That the words promise a file and none goes along, or ""."""


class ReviewScreen(MailDialog[Review | None]):
    """Shows a letter. The result says what happens after sending; None is back to the draft."""

    DEFAULT_CSS = """
    ReviewScreen {
        .row { height: auto; }
        .label { width: 9; color: $text-muted; }
        .value { width: 1fr; }
        .caution { color: $text-warning; }
        .tone { margin-bottom: 1; }
        .problems { color: $text-error; }
        &.-blocked .mail { max-height: 25vh; }
    }
    """
    BINDINGS: ClassVar = [
        ("enter", "send", "Send"),
        ("e", "send_and_close", "Send and close"),
        ("b", "send_and_remind", "Send and remind"),
        ("H", "hand_off", "Hand off"),
        ("p", "promise", "Promise, or not"),
        ("q", "leave", "Back"),
    ]
    heading = "As it will leave"

    def __init__(
        self,
        letter: Letter,
        teammate: str = "",
        tone: Sequence[str] = (),
        promises: Sequence[str] = (),
        *,
        only_sends: bool = False,
        stays: bool = False,
    ) -> None:
        super().__init__()
        self._only_sends = only_sends
        self._tone = tone
        self._promises = tuple(promises)
        self._promising = True
        self._stays = stays
        self._letter = letter
        self._teammate = teammate
        self.set_class(bool(letter.problems), "-blocked")

    @property
    def crowded(self) -> bool:
        """Whether tone, promises or a caution stand below the mail."""
        return bool(self._tone or self._promises or self._letter.caution or self._letter.reminder)

    def body(self) -> ComposeResult:
        """Lay out the head, the words, and when it goes or why it can't."""
        letter = self._letter
        yield from _row("From", show_address(letter.sender), "bold")
        yield from _row("To", show_addresses(letter.to), "bold")
        if letter.cc:
            yield from _row("Cc", show_addresses(letter.cc), "bold")
        yield from _row("Subject", letter.subject, "$text-accent")
        if letter.files:
            yield from _row("Files", files_words(letter.files), "bold")
        yield self.mail(Static(_words_of(letter)))
        if self._tone:
            yield Static(_tone(self._tone), classes="tone")
        if letter.problems:
            yield Static(_problems(letter.problems), classes="problems")
        else:
            if self._promises:
                yield Static(self._promise_words(), classes="promises")
            if letter.reminder:
                words = f"{letter.reminder} Back, and ctrl+l attaches one."
                yield Static(paragraph(words), classes="caution reminder")
            if letter.caution:
                yield Static(paragraph(letter.caution), classes="caution")
            yield Static(line(sentence(letter.hold)), classes="hold")

    def hints(self) -> tuple[Hint, ...]:
        """Return the ways to send, or only the way back."""
        if self._letter.problems:
            return (("enter", "back to the draft", "screen.leave"),)
        if self._only_sends:
            return (("enter", "send", "screen.send"), ("esc", "back", "screen.leave"))
        return (
            ("enter", "send, stays with you" if self._stays else "send", "screen.send"),
            ("e", "send and close", "screen.send_and_close"),
            ("b", "send and remind", "screen.send_and_remind"),
            *((("p", "no promise", "screen.promise"),) if self._promises else ()),
            *self._way_out(),
            ("esc", "back", "screen.leave"),
        )

    def _way_out(self) -> tuple[Hint, ...]:
        """Return the hand-off, where words are heated and there is somebody to take it."""
        heated = self._letter.caution and self._teammate
        return (("H", "hand off", "screen.hand_off"),) if heated else ()

    def action_send(self) -> None:
        """Send; with a problem in the way, go back to the draft."""
        if self._letter.problems:
            self.dismiss(None)
        else:
            self._finish("wait")

    def action_send_and_close(self) -> None:
        """Send, and close the ticket once the server has accepted."""
        if not self._only_sends:
            self._finish("close")

    def action_send_and_remind(self) -> None:
        """Send, and ask next when to be reminded."""
        if not self._only_sends:
            self._finish("remind")

    def action_hand_off(self) -> None:
        """Let the teammate take the ticket, where that is offered."""
        if self._way_out():
            self._finish("hand_off")

    def action_promise(self) -> None:
        """Keep the dates in mind, or don't."""
        if self._promises and not self._letter.problems:
            self._promising = not self._promising
            self.query_one(".promises", Static).update(self._promise_words())

    def _promise_words(self) -> Content:
        """Ask about the dates that were found: sending says yes, unless `p` was pressed."""
        rows = [f"promise {words}" for words in self._promises]
        asks = "enter keeps it in mind" if self._promising else "not kept in mind"
        last = f"{rows[-1]}? {asks}, p {'does not' if self._promising else 'does'}"
        style = "$text-accent" if self._promising else "$text-muted"
        words = content(_BREAK).join(line(sentence(row), style) for row in [*rows[:-1], last])
        return offered(words, "screen.promise")

    def _finish(self, then: Then) -> None:
        if not self._letter.problems:
            self.dismiss(Review(then, self._promising))


def _row(label: str, value: str, style: str) -> ComposeResult:
    with Horizontal(classes="row"):
        yield Static(line(label), classes="label")
        yield Static(line(value, style), classes="value")


def mark_fields(text: str) -> Content:
    """Make text of several lines with its open `{{ … }}` standing out."""
    rows = []
    for row in safe_text(text).split("\n"):
        words = content(SafeLine(row))
        for start, stop in tag_spans(row):
            words = words.stylize("bold underline $text-warning", start, stop)
        rows.append(words)
    return content(_BREAK).join(rows)


def _words_of(letter: Letter) -> Content:
    words = mark_fields(letter.body.strip("\n"))
    count = len(letter.quoted.strip().splitlines())
    if not count:
        return words
    lines = "1 quoted line goes" if count == 1 else f"{count} quoted lines go"
    return words + paragraph(f"\n\n⋯ {lines} along below", "$text-muted")


def _tone(lines: Sequence[str]) -> Content:
    """Say what the tone check still finds: advice, in the way of nothing."""
    more = [f"and {len(lines) - _MOST} more"] if len(lines) > _MOST else []
    head = line("How it sounds:", "bold")
    rows = [line(f"• {words}") for words in [*lines[:_MOST], *more]]
    return content(_BREAK).join([head, *rows])


def _problems(problems: Sequence[str]) -> Content:
    head = line("It can't leave yet:", "bold")
    return content(_BREAK).join([head, *(line(f"• {sentence(words)}") for words in problems)])
