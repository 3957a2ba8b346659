"""What level one hands off most, with a canned reply to be written for it (handbook ch. 18)."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from founder_inbox.app.queue.levels import level_one
from founder_inbox.app.sending.saving_replies import worth_saving
from founder_inbox.core.display import SafeLine
from founder_inbox.core.hours.time_words import counted
from founder_inbox.core.tickets.entry import Ticket
from founder_inbox.core.tickets.levels import HandedMost, LevelOne, level_words
from founder_inbox.tui.widgets.dialog import Hint
from founder_inbox.tui.widgets.list_dialog import ListDialog
from founder_inbox.tui.widgets.text import content, line

if TYPE_CHECKING:
    from founder_inbox.tui.main_screen import MainScreen

_EMPTY = "Nothing was handed off in the last 30 days."


class Picked(NamedTuple):
    """A topic; `write` is the ticket whose answer becomes its canned reply, None: show them."""

    most: HandedMost
    write: Ticket | None


class HandedScreen(ListDialog[Picked | None]):
    """A row a topic, the most frequent first; the result is what to open, or to keep."""

    DEFAULT_CSS = """
    HandedScreen {
        & > .box { width: 76; }
        .about { height: auto; color: $text-muted; }
        OptionList { margin: 1 0; height: auto; max-height: 8; }
    }
    """
    BINDINGS: ClassVar = [
        ("w", "write", "Write a canned reply"),
    ]
    heading = "Handed off most"

    def __init__(self, main: "MainScreen", found: LevelOne) -> None:
        super().__init__()
        self._main = main
        self._found = found

    def body(self) -> ComposeResult:
        """Lay out the share, the topics, and what to do about them."""
        share = level_words(self._found)[:1] if self._found.share is not None else ()
        yield Static(line(*share) if share else "", classes="about")
        yield OptionList(*(Option(_row(each)) for each in self._found.handed_most), markup=False)
        yield Static(line("" if self._found.handed_most else _EMPTY), classes="said")

    def hints(self) -> tuple[Hint, ...]:
        """Return the keys."""
        leave = ("esc", "back", "screen.leave")
        if not self._found.handed_most:
            return (leave,)
        write = ("w", "write a canned reply for this", "screen.write")
        return (("enter", "its tickets", "screen.open"), write, leave)

    def on_mount(self) -> None:
        """Begin with the most frequent."""
        self.options.focus()
        self.options.highlighted = 0 if self._found.handed_most else None

    @on(OptionList.OptionSelected)
    def action_open(self) -> None:
        """Show the tickets of the topic under the cursor."""
        if chosen := self._chosen:
            self.dismiss(Picked(chosen, None))

    def action_write(self) -> None:
        """Keep the newest answer to one of them as a canned reply."""
        if chosen := self._chosen:
            self._main.reader.read(
                lambda ws: worth_saving(ws, chosen.ids),
                partial(self._keep, chosen),
                self._refuse,
            )

    def _keep(self, most: HandedMost, ticket: Ticket) -> None:
        if self.is_attached:
            self.dismiss(Picked(most, ticket))

    def _refuse(self, words: str) -> None:
        if self.is_attached:
            said = self.query_one(".said", Static)
            said.update(line(words))
            said.add_class("-trouble")

    @property
    def _chosen(self) -> HandedMost | None:
        at = self.options.highlighted
        return self._found.handed_most[at] if at is not None else None


def show_handed_most(main: "MainScreen", picked: Callable[[Picked | None], None]) -> None:
    """Count on a thread of its own, then show; `picked` gets the result."""
    now = main.desk.now()

    def show(found: LevelOne) -> None:
        main.app.push_screen(HandedScreen(main, found), picked)

    main.reader.read(lambda ws: level_one(ws, now), show, partial(main.say, trouble=True))


def _row(most: HandedMost) -> Content:
    advice = "a canned reply is worth its writing" if most.write_reply else ""
    head = f"{most.topic:<14}{counted(most.tickets, 'ticket'):<14}"
    return content((SafeLine(head), ""), (SafeLine(advice), "$text-muted"))
