"""`C`: what let it happen, asked when a bug is closed and never insisted on."""

from functools import partial
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.widgets import Input, Static

from founder_inbox.app.knowledge import causes
from founder_inbox.app.workspace import Workspace
from founder_inbox.core.display import SafeLine, safe_line
from founder_inbox.core.hours.time_words import counted
from founder_inbox.core.knowledge.causes import KIND_WORDS, Cause, CauseKind
from founder_inbox.core.model import Topic
from founder_inbox.core.tickets.entry import Ticket
from founder_inbox.tui.widgets.dialog import Dialog, Hint
from founder_inbox.tui.widgets.text import content, line
from founder_inbox.tui.widgets.text_fields import LineField

if TYPE_CHECKING:
    from founder_inbox.tui.main_screen import MainScreen

_SHOWN = 5


class Named(NamedTuple):
    """What the form says; `others`: the tickets that look alike are counted in."""

    kind: CauseKind
    what: str
    link: str
    test: bool
    others: bool


class CauseForm(Dialog[Named | None]):
    """Digits choose the kind, and the rest may stay as it is; `esc` skips."""

    DEFAULT_CSS = """
    CauseForm {
        & > .box { width: 80; }
        .kinds { height: auto; margin-bottom: 1; }
        .label { color: $text-muted; }
        .alike { height: auto; color: $text-muted; }
    }
    """
    BINDINGS: ClassVar = [
        Binding("ctrl+s", "save", "Write down", priority=True),
        Binding("f2", "test", "A test", priority=True),
        Binding("f3", "others", "Others", priority=True),
    ]
    heading = "What let it happen?"
    AUTO_FOCUS = ""

    def __init__(self, subject: str, alike: list[Ticket], cause: Cause | None = None) -> None:
        """Ask anew; or, with `cause`, change what stands there."""
        super().__init__()
        self._subject = subject
        self._alike = alike
        self._link = cause.link if cause else ""
        self._kind = cause.kind if cause else CauseKind.BUG
        self._test = cause.test if cause else False
        self._others = False
        self._skips = "back" if cause else "skip"

    def body(self) -> ComposeResult:
        """Lay out the kinds and the fields."""
        yield Static(classes="kinds")
        yield Static(line("What it was"), classes="label")
        yield LineField(self._subject, id="what")
        yield Static(line("Link: the commit, the issue (may stay empty)"), classes="label")
        yield LineField(self._link, id="link")
        yield Static(classes="alike")

    def hints(self) -> tuple[Hint, ...]:
        """Return the keys."""
        return (
            ("1-6", "choose", ""),
            ("enter", "write down", "screen.save"),
            ("f2", "a test was added", "screen.test"),
            *((("f3", "hit these, too", "screen.others"),) if self._alike else ()),
            ("esc", self._skips, "screen.leave"),
        )

    def on_mount(self) -> None:
        """Show the kinds."""
        self._draw()

    def on_key(self, event: events.Key) -> None:
        """Take a digit, unless somebody types in a field."""
        kinds = [*CauseKind]
        if isinstance(self.focused, Input):
            return
        if event.character and event.character in "123456":
            event.stop()
            self._kind = kinds[int(event.character) - 1]
            self._draw()
        elif event.key == "enter":
            event.stop()
            self.action_save()

    def on_input_submitted(self) -> None:
        """Write it down."""
        self.action_save()

    def action_test(self) -> None:
        """A test keeps it from coming back, or not."""
        self._test = not self._test
        self._draw()

    def action_others(self) -> None:
        """Count in who looks alike, or not."""
        self._others = bool(self._alike) and not self._others
        self._draw()

    def action_save(self) -> None:
        """Take it."""
        what, link = (self.query_one(f"#{name}", LineField).value for name in ("what", "link"))
        said = Named(self._kind, what.strip(), link.strip(), self._test, self._others)
        self.dismiss(said)

    def _draw(self) -> None:
        rows = [_row(at, kind, kind is self._kind) for at, kind in enumerate(CauseKind, 1)]
        self.query_one(".kinds", Static).update(content(SafeLine("\n")).join(rows))
        words = ["A test was added." if self._test else "No test yet."]
        if self._alike:
            names = ", ".join(t.state.customer.name or t.id for t in self._alike[:_SHOWN])
            hit = "It hit" if self._others else "It may have hit"
            words.append(f"{hit} {counted(len(self._alike), 'other')}: {names}.")
        self.query_one(".alike", Static).update(line(safe_line(" ".join(words), 240)))


def _row(number: int, kind: CauseKind, here: bool) -> Content:
    mark = SafeLine(f" {'▸' if here else ' '} {number}  ")
    return content((mark, "$text-accent"), (SafeLine(KIND_WORDS[kind]), "bold" if here else ""))


def ask_cause(screen: "MainScreen", ticket: Ticket | None = None, *, closing: bool = False) -> None:
    """Ask what caused a ticket's trouble; when it is `closing`, only for a bug not named yet."""
    ticket = ticket or screen.current
    if ticket is None:
        screen.say("There is no ticket here.", trouble=True)
        return
    if closing and ticket.state.verdict.topic is not Topic.BUG:
        return
    now = screen.desk.now()

    def read(ws: Workspace) -> list[Ticket] | None:
        known = causes.cause_of(ws, ticket) if closing else None
        return None if known else causes.others_hit(ws, ticket, now)

    def show(alike: list[Ticket] | None) -> None:
        if alike is not None and screen.stands and screen.app.screen is screen:
            form = CauseForm(safe_line(ticket.state.subject, 200), alike)
            screen.app.push_screen(form, partial(_named, screen, ticket, alike))

    screen.writer.submit(read, show, partial(screen.say, trouble=True))


def _named(screen: "MainScreen", ticket: Ticket, alike: list[Ticket], said: Named | None) -> None:
    if said is None:
        return
    now, others = screen.desk.now(), alike if said.others else []

    def work(ws: Workspace) -> str:
        made = causes.name_cause(
            ws, ticket, said.kind, said.what, now, link=said.link, test=said.test, others=others
        )
        return f"Written down: {KIND_WORDS[made.kind]}, {safe_line(made.what, 60)}"

    def done(words: str) -> None:
        screen.reread()
        screen.say(f"{words} · {screen.keymap.first_key('undo')} takes it back")

    screen.writer.submit(work, done, partial(screen.say, trouble=True))
