"""The causes: what they took, whom they hit, and telling everybody that one is fixed."""

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from founder_inbox.app.knowledge import causes
from founder_inbox.app.knowledge.causes import Hit, Month
from founder_inbox.app.workspace import Workspace
from founder_inbox.core.display import SafeLine, safe_line
from founder_inbox.core.hours.time_words import counted
from founder_inbox.core.knowledge.causes import KIND_WORDS
from founder_inbox.tui.knowledge.mailing import ask_in_tongues, review_letters
from founder_inbox.tui.triage.cause_form import CauseForm, Named
from founder_inbox.tui.widgets.dialog import Hint
from founder_inbox.tui.widgets.list_dialog import ListDialog
from founder_inbox.tui.widgets.prompts import TextPrompt
from founder_inbox.tui.widgets.text import content, line

if TYPE_CHECKING:
    from founder_inbox.tui.main_screen import MainScreen

_EMPTY = "No cause is written down yet. C on a ticket does it, and closing a bug asks."


class CausesScreen(ListDialog[None]):
    """A row a cause; above them what each kind took by month."""

    DEFAULT_CSS = """
    CausesScreen {
        & > .box { width: 96%; max-width: 110; height: 80%; }
        .months { height: auto; color: $text-muted; }
        OptionList { margin: 1 0; height: 1fr; }
    }
    """
    BINDINGS: ClassVar = [
        ("f", "fixed", "Fixed"),
        ("e", "change", "Change"),
    ]
    heading = "Causes"

    def __init__(self, main: "MainScreen", found: list[Hit], months: list[Month]) -> None:
        super().__init__()
        self._main = main
        self._found = found
        self._months = months

    def body(self) -> ComposeResult:
        """Lay out months and list."""
        yield Static(_months(self._months), classes="months")
        yield OptionList(*(Option(_row(hit)) for hit in self._found), markup=False)
        yield Static(line("" if self._found else _EMPTY), classes="said")

    def hints(self) -> tuple[Hint, ...]:
        """Return the keys."""
        fixed = ("f", "it is fixed: tell them", "screen.fixed")
        here = (fixed, ("e", "change", "screen.change")) if self._found else ()
        return (*here, ("esc", "back", "screen.leave"))

    def on_mount(self) -> None:
        """Begin with the newest."""
        options = self.options
        options.highlighted = 0 if self._found else None
        options.focus()

    def action_fixed(self) -> None:
        """Say what changed, see the mails, send them."""
        at = self.options.highlighted
        if at is None:
            return
        hit = self._found[at]

        heading = "It is fixed: what changed, in plain words?"

        def answered(text: str | None) -> None:
            if text:
                ask_in_tongues(
                    self._main,
                    heading,
                    text,
                    lambda ws: [*causes.people_to_tell(ws, hit).values()],
                    partial(self._tell, hit),
                    partial(self.say, trouble=True),
                )

        prompt = TextPrompt(heading, hit.cause.what)
        self.app.push_screen(prompt, answered)

    def action_change(self) -> None:
        """Say anew what it was, and what let it happen."""
        at = self.options.highlighted
        if at is None:
            return
        cause, now = self._found[at].cause, self._main.desk.now()

        def answered(said: Named | None) -> None:
            if said is None:
                return

            def work(ws: Workspace) -> list[Hit]:
                causes.change_cause(
                    ws, cause, now, kind=said.kind, what=said.what, link=said.link, test=said.test
                )
                return causes.list_causes(ws)

            failed = partial(self.say, trouble=True)
            self._main.writer.submit(work, self._show, failed)

        self.app.push_screen(CauseForm(cause.what, [], cause), answered)

    def _show(self, found: list[Hit]) -> None:
        """Draw the causes anew."""
        if not self.is_attached:
            return
        self._found = found
        options = self.options
        at = options.highlighted
        options.clear_options()
        options.add_options([Option(_row(hit)) for hit in found])
        options.highlighted = at
        self.say(f"Changed. {self._main.keymap.first_key('undo')} in the list takes it back.")

    def _tell(self, hit: Hit, text: tuple[str, ...]) -> None:
        now = self._main.desk.now()
        review_letters(
            self._main,
            lambda ws: causes.letters_about(ws, hit, text, now),
            lambda ws: causes.tell_fixed(ws, hit, text, now),
            lambda many: self.say(
                f"{counted(many, 'mail')} on their way. In three days: did it hold?"
            ),
            lambda words: self.say(words, trouble=True),
            closes=False,
        )


def _row(hit: Hit) -> Content:
    cause = hit.cause
    state = "fixed" if cause.fixed_at else ""
    head = f"{KIND_WORDS[cause.kind]:<18}{counted(len(hit.people), 'ticket'):<12}{state:<7}"
    return content((SafeLine(head), "$text-muted"), safe_line(cause.what, 120))


def _months(months: list[Month]) -> Content:
    rows = [
        f"{month.first:%Y-%m}  "
        + ", ".join(
            f"{KIND_WORDS[kind]} {round(time.total_seconds() / 60)} min"
            for kind, time in month.spent.items()
        )
        for month in months[:3]
    ]
    return content(SafeLine("\n")).join([line(row) for row in rows])


def show_causes(main: "MainScreen") -> None:
    """Show all causes."""
    now = main.desk.now()

    def read(ws: Workspace) -> tuple[list[Hit], list[Month]]:
        return causes.list_causes(ws), causes.minutes_a_month(ws, now)

    def show(found: tuple[list[Hit], list[Month]]) -> None:
        main.app.push_screen(CausesScreen(main, *found), lambda _: main.reread())

    # Six months of the journal: nothing that is being saved waits for that.
    main.reader.read(read, show, partial(main.say, trouble=True))
