"""Forgetting a customer: what goes, what stays and why; done when the address is typed."""

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Input, Static

from founder_inbox.app.data.forget_words import erased_words, export_words, staying_words
from founder_inbox.core.display import SafeLine, safe_line
from founder_inbox.core.hours.time_words import counted
from founder_inbox.tui.widgets.dialog import Dialog, Hint
from founder_inbox.tui.widgets.text import Piece, content, line
from founder_inbox.tui.widgets.text_fields import LineField

if TYPE_CHECKING:
    from founder_inbox.app.data.forget import Plan
    from founder_inbox.tui.main_screen import MainScreen


class ForgetScreen(Dialog[bool | None]):
    """Shows the plan; the result is True once the whole address was typed."""

    DEFAULT_CSS = """
    ForgetScreen {
        & > .box { width: 84; }
        VerticalScroll { height: auto; max-height: 50vh; scrollbar-size-vertical: 1; }
        .question { margin-top: 1; }
    }
    """
    BINDINGS: ClassVar = [
        ("up", "read(-2)", "Read up"),
        ("down", "read(2)", "Read on"),
        ("pageup", "read(-10)", "Read up"),
        ("pagedown", "read(10)", "Read on"),
    ]

    def __init__(self, plan: "Plan") -> None:
        super().__init__()
        self._plan = plan
        self.heading = f"Forget {plan.name or plan.address}"

    def body(self) -> ComposeResult:
        """Lay out the plan, and below it the question."""
        with VerticalScroll(can_focus=False):
            yield Static(content(*_pieces(self._plan)))
        question = f"There is no way back. To erase it all type {self._plan.address}"
        yield Static(line(question), classes="question")
        yield LineField()

    def hints(self) -> tuple[Hint, ...]:
        """Return the keys."""
        return (
            ("enter", "erase, once it is typed", "screen.take"),
            ("↑ ↓", "read", "screen.read(2)"),
            ("esc", "leave it", "screen.leave"),
        )

    def on_mount(self) -> None:
        """Typing begins at once; reading is up and down."""
        self.query_one(LineField).focus()

    def action_read(self, lines: int) -> None:
        """Scroll the plan."""
        self.query_one(VerticalScroll).scroll_relative(y=lines, animate=False)

    @on(Input.Submitted)
    def action_take(self) -> None:
        """Erase, if the address is the one."""
        if self.query_one(LineField).value.strip().casefold() == self._plan.address:
            self.dismiss(True)
            return
        self.query_one(".question", Static).update(
            line(f"That is not {self._plan.address}; nothing is erased.")
        )


def forget_them(screen: "MainScreen") -> None:
    """Show what forgetting the customer under the cursor would erase, and ask."""
    from founder_inbox.app.data.forget import look

    ticket = screen.current
    if ticket is None:
        screen.say("There is no ticket here.", trouble=True)
        return
    address = ticket.state.customer.address

    def ask(plan: "Plan") -> None:
        screen.app.push_screen(ForgetScreen(plan), partial(_answered, screen, plan))

    screen.writer.submit(lambda ws: look(ws, address), ask, partial(screen.say, trouble=True))


def _answered(screen: "MainScreen", plan: "Plan", yes: bool | None) -> None:
    from founder_inbox.app.data.forget import forget
    from founder_inbox.tui.triage import decisions

    if not yes:
        return
    now = screen.desk.now()
    if screen.reading:
        screen.leave_ticket()
    screen.say("Erasing …")

    def done(_: object) -> None:
        mails = counted(plan.mails, "mail")
        decisions.changed(screen, f"Forgotten: {mails}. The server and the file follow.", None)
        # The syncing process does the rest, and says so if it can't.
        screen.door_watch.sync.nudge()

    decisions.write(screen, lambda ws: forget(ws, plan.address, now), done)


def _pieces(plan: "Plan") -> list[Piece]:
    pieces: list[Piece] = [
        (SafeLine("Their data first: "), "$text-muted"),
        (SafeLine(f"{safe_line(export_words(plan), 200)}\n\n"), ""),
        (SafeLine("Erased for good, here and on the server\n"), "bold"),
    ]
    pieces += [(SafeLine(f"· {safe_line(words, 400)}\n"), "") for words in erased_words(plan)]
    pieces.append((SafeLine("\nStays, and why\n"), "bold"))
    pieces += [
        (SafeLine(f"· {safe_line(words, 400)}\n"), "$text-muted") for words in staying_words(plan)
    ]
    return pieces
