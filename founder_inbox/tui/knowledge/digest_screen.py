"""The week's digest on the screen, as it goes into notes: another week, masked, copied."""

from datetime import timedelta
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.widgets import Static

from founder_inbox.app.workspace import Workspace
from founder_inbox.core.metrics.periods import Span, before, week_of
from founder_inbox.tui.widgets.dialog import Dialog, Hint, KeyHints
from founder_inbox.tui.widgets.text import line, paragraph

if TYPE_CHECKING:
    from founder_inbox.tui.main_screen import MainScreen

_MOST = 50_000  # letters; many terminals drop a longer sequence without a word


class DigestScreen(Dialog[None]):
    """Markdown of one week; the same as the command prints."""

    DEFAULT_CSS = """
    DigestScreen {
        & > .box { width: 96%; max-width: 100; height: 90%; }
        .page { height: auto; }
        .said { height: auto; color: $text-muted; }
    }
    """
    BINDINGS: ClassVar = [
        ("left,h,left_square_bracket", "shift(-1)", "Earlier"),
        ("right,l,right_square_bracket", "shift(1)", "Later"),
        ("m", "mask", "Mask"),
        ("y", "copy", "Copy"),
        ("j", "page(1)", "Down"),
        ("k", "page(-1)", "Up"),
        ("q", "leave", "Back"),
    ]
    heading = "The week"

    def __init__(self, main: "MainScreen", week: Span) -> None:
        super().__init__()
        self._main = main
        self._week = week
        self._masked = False
        self._page = ""

    def body(self) -> ComposeResult:
        """Lay out the page."""
        yield Static(line("Reading …"), classes="page")
        yield Static(classes="said")

    def hints(self) -> tuple[Hint, ...]:
        """Return the keys."""
        return (
            ("y", "copy", "screen.copy"),
            ("m", "with names" if self._masked else "mask", "screen.mask"),
            ("←", "earlier", "screen.shift(-1)"),
            ("→", "later", "screen.shift(1)"),
            ("esc", "back", "screen.leave"),
        )

    def on_mount(self) -> None:
        """Begin to read."""
        self._read()

    def on_unmount(self) -> None:
        """Whatever is still read is for nobody."""
        self._main.reader.cancel()

    def action_shift(self, weeks: int) -> None:
        """Show another week, up to this one."""
        moved = week_of(self._week.first + timedelta(weeks=weeks))
        if moved.first <= _today(self._main).first:
            self._week = moved
            self._read()

    def action_mask(self) -> None:
        """Leave names, addresses and numbers out, or show them again."""
        self._masked = not self._masked
        self._read()

    def action_copy(self) -> None:
        """Put the page into the clipboard."""
        self.app.copy_to_clipboard(self._page[:_MOST])
        self._say("Copied, as Markdown.")

    def action_page(self, pages: int) -> None:
        """Scroll a page."""
        box = self.query_one(".box")
        (box.scroll_page_down if pages > 0 else box.scroll_page_up)(animate=False)

    def _read(self) -> None:
        from founder_inbox.app.hours.veil import behind_veil

        main, week, masked = self._main, self._week, self._masked
        now, veil = main.desk.now(), main.desk.veil

        def read(ws: Workspace) -> str:
            from founder_inbox.app.metrics.digest import read_digest
            from founder_inbox.core.metrics.digest import digest_page

            with behind_veil(ws.store, veil, now):
                return digest_page(read_digest(ws, week, veil or now, masked=masked))

        main.reader.read(read, self._show, self._say)

    def _show(self, page: str) -> None:
        if not self.is_attached:
            return
        self._page = page
        self.query_one(".page", Static).update(paragraph(page))
        self._say("")
        self.query_one(KeyHints).show(*self.hints())

    def _say(self, words: str) -> None:
        if self.is_attached:
            self.query_one(".said", Static).update(line(words))


def _today(main: "MainScreen") -> Span:
    return week_of(main.desk.now().astimezone(main.desk.ws.hours.zone).date())


def show_digest(main: "MainScreen") -> None:
    """Show the last whole week."""
    main.app.push_screen(DigestScreen(main, before(_today(main))), lambda _: main.show_keys())
