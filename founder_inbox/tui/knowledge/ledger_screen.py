"""The goodwill ledger on the screen: sums by month, and below them what was given, by ticket."""

from functools import partial
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from founder_inbox.app.queue.goodwill import cap_words, ledger
from founder_inbox.app.workspace import Workspace
from founder_inbox.core.display import SafeLine, safe_line
from founder_inbox.core.tickets.goodwill import Gift, gift_words, money, months_of
from founder_inbox.tui.widgets.dialog import ENTER, Hint
from founder_inbox.tui.widgets.list_dialog import ListDialog
from founder_inbox.tui.widgets.text import content, line, paragraph

if TYPE_CHECKING:
    from founder_inbox.tui.main_screen import MainScreen

_EMPTY = "Nothing was given yet. $ on a ticket notes a credit, a discount or a refund."
_MONTHS = 6


class LedgerScreen(ListDialog[str | None]):
    """What was given, the newest first; the result is the id of a ticket to show."""

    DEFAULT_CSS = """
    LedgerScreen {
        & > .box { width: 96%; max-width: 100; height: 80%; }
        .months { height: auto; color: $text-muted; }
        .cap { height: auto; color: $text-warning; }
        OptionList { margin: 1 0; height: 1fr; }
    }
    """
    heading = "What you gave"

    def __init__(self, main: "MainScreen", gifts: list[Gift], cap: str) -> None:
        super().__init__()
        self._zone = main.desk.ws.hours.zone
        self._gifts = gifts[::-1]
        self._cap = cap

    def body(self) -> ComposeResult:
        """Lay out sums and list."""
        if self._cap:
            yield Static(line(self._cap), classes="cap")
        yield Static(self._months(), classes="months")
        yield OptionList(*(Option(self._row(gift)) for gift in self._gifts), markup=False)
        yield Static(line("" if self._gifts else _EMPTY), classes="said")

    def hints(self) -> tuple[Hint, ...]:
        """Return the keys."""
        here = (("enter", "its ticket", ENTER),) if self._gifts else ()
        return (*here, ("esc", "back", "screen.leave"))

    def on_mount(self) -> None:
        """Begin with the newest."""
        options = self.options
        options.highlighted = 0 if self._gifts else None
        options.focus()

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(self._gifts[event.option_index].ticket)

    def _months(self) -> Content:
        rows = [
            f"{each.year}-{each.month:02}  {money(each.total, each.currency):>14}  in {each.gifts}"
            for each in months_of(self._gifts, self._zone)[:_MONTHS]
        ]
        return paragraph("\n".join(rows))

    def _row(self, gift: Gift) -> Content:
        head = f"{gift.at.astimezone(self._zone):%Y-%m-%d}  #{gift.ticket}  "
        return content((SafeLine(head), "$text-muted"), safe_line(gift_words(gift), 120))


def show_ledger(main: "MainScreen") -> None:
    """Show everything that was given."""
    now = main.desk.now()

    def read(ws: Workspace) -> tuple[list[Gift], str]:
        return ledger(ws), cap_words(ws, ws.config.goodwill.currency, now)

    def show(found: tuple[list[Gift], str]) -> None:
        main.app.push_screen(LedgerScreen(main, *found), partial(_open, main))

    main.reader.read(read, show, partial(main.say, trouble=True))


def _open(main: "MainScreen", ticket: str | None) -> None:
    from founder_inbox.tui.queue.desk import Place
    from founder_inbox.tui.triage.moves import go_to

    main.show_keys()
    if ticket is not None:
        go_to(main, Place.FIGURE, ticket)
        main.say("What you gave: g $ goes back to it.")
