"""The figures on the screen: a list, and above it the chart of the line under the cursor."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.timer import Timer
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from founder_inbox.app.metrics.stats import Stats, read_stats
from founder_inbox.app.workspace import Workspace
from founder_inbox.core.display import SafeLine, safe_line, safe_text
from founder_inbox.core.hours.time_words import MONTH_NAMES
from founder_inbox.core.metrics import periods
from founder_inbox.core.metrics.chart import columns
from founder_inbox.core.metrics.definitions import DEFINITIONS, GENERAL
from founder_inbox.core.metrics.lines import Line, height_words, lines_of, series_of, time_words
from founder_inbox.core.metrics.periods import By, Span
from founder_inbox.tui.composing.saving import ask_name
from founder_inbox.tui.knowledge.handed_screen import Picked, show_handed_most
from founder_inbox.tui.widgets.dialog import Dialog, Hint
from founder_inbox.tui.widgets.list_dialog import ListDialog
from founder_inbox.tui.widgets.text import content, line, paragraph

if TYPE_CHECKING:
    from founder_inbox.tui.main_screen import MainScreen

_HEIGHT = 4
# What takes longer is said to be under way.
_PATIENCE = 0.2
_MARGIN = 12
_WIDEST_BAR = 5
_WIDTHS = (25, 12, 12, 6, 12)


class Chosen(NamedTuple):
    """A figure whose tickets are to be shown; `ids` are theirs."""

    label: str
    ids: tuple[str, ...]


class MetricsScreen(ListDialog[Chosen | None]):
    """Figures of a span and of the one before; the result is what to open."""

    DEFAULT_CSS = """
    MetricsScreen {
        & > .box { width: 96%; max-width: 100; height: 94%; }
        .title { margin: 0; }
        .about { color: $text-muted; height: 1; }
        .chart { height: 5; color: $text-accent; text-wrap: nowrap; }
        .heads { color: $text-muted; height: 1; margin-top: 1; text-wrap: nowrap; }
        OptionList { height: 1fr; min-height: 3; scrollbar-size-vertical: 1; }
        .keys { padding-top: 0; }
    }
    """
    BINDINGS: ClassVar = [
        ("d", "divide('day')", "By day"),
        ("w", "divide('week')", "By week"),
        ("m", "divide('month')", "By month"),
        ("left,h,left_square_bracket", "shift(-1)", "Earlier"),
        ("right,l,right_square_bracket", "shift(1)", "Later"),
        ("question_mark", "define", "What they mean"),
        ("u", "hand_offs", "Handed off most"),
    ]
    heading = "Metrics"

    def __init__(self, main: "MainScreen", span: Span, by: By) -> None:
        super().__init__()
        self._main = main
        self._span = span
        self._by = by
        self._stats: Stats | None = None
        self._lines: list[Line] = []
        self._wait: Timer | None = None

    def body(self) -> ComposeResult:
        """Lay out span, chart and list."""
        yield Static(classes="about")
        yield Static(classes="chart")
        yield Static(paragraph(_row(("", "", "90 %", "n", "before"))), classes="heads")
        yield OptionList(markup=False)

    def hints(self) -> tuple[Hint, ...]:
        """Return the keys."""
        return (
            ("enter", "open", "screen.open"),
            ("d w m", "by day, week, month", ""),
            ("←", "earlier", "screen.shift(-1)"),
            ("u", "hand-offs", "screen.hand_offs"),
            ("?", "help", "screen.define"),
            ("esc", "back", "screen.leave"),
        )

    def on_mount(self) -> None:
        """Begin to read."""
        self.options.focus()
        self._read(self._span, self._by)

    def on_unmount(self) -> None:
        """Whatever is still read is for nobody."""
        self._main.reader.cancel()

    def on_resize(self) -> None:
        """Draw the chart as wide as there is room."""
        self._draw_chart()

    def action_divide(self, by: str) -> None:
        """Show days, weeks or months up to today."""
        now = self._main.desk.now()
        today = now.astimezone(self._main.desk.ws.hours.zone).date()
        self._read(periods.usual_span(By(by), today), By(by))

    def action_shift(self, steps: int) -> None:
        """Show the span before, or the one after, up to today's."""
        span, by = self._span, self._by
        now = self._main.desk.now()
        latest = periods.usual_span(by, now.astimezone(self._main.desk.ws.hours.zone).date())
        moved = periods.before(span) if steps < 0 else _after(span)
        self._read(latest if moved.after > latest.after else moved, by)

    def action_define(self) -> None:
        """Say what each figure means."""
        self.app.push_screen(DefinitionsScreen())

    def action_hand_offs(self) -> None:
        """Say what goes to the teammate most, and offer a canned reply for it."""

        def picked(found: Picked | None) -> None:
            if found is None:
                return
            if found.write is None:
                self.dismiss(Chosen(f"Handed off, {found.most.topic}", found.most.ids))
            else:
                self.dismiss(None)
                ask_name(self._main, found.write, name=found.most.topic)

        # One reading at a time: the figures come first.
        if self._wait is None:
            show_handed_most(self._main, picked)

    def action_open(self) -> None:
        """Show the tickets behind the line under the cursor."""
        found = self._line
        if found is not None and self._stats is not None:
            name = "quick_fixes" if found.name == "asked_to_live" else found.name
            ids = self._stats.whole.behind.get(name, ())
            self.dismiss(Chosen(found.label, ids))

    @on(OptionList.OptionSelected)
    def _chosen(self) -> None:
        self.action_open()

    @on(OptionList.OptionHighlighted)
    def _moved(self) -> None:
        self._draw_chart()

    @property
    def _line(self) -> Line | None:
        at = self.options.highlighted
        return self._lines[at] if at is not None and at < len(self._lines) else None

    def _read(self, span: Span, by: By) -> None:
        self._span, self._by = span, by
        self._rest()
        self._wait = self.set_timer(_PATIENCE, partial(self._say, "Counting …"))
        read_off_screen(self._main, span, by, self._show, self._fail)

    def _rest(self) -> None:
        if self._wait is not None:
            self._wait.stop()
            self._wait = None

    def _fail(self, words: str) -> None:
        self._rest()
        self._say(words)

    def _say(self, words: str) -> None:
        if self.is_attached:
            self.query_one(".about", Static).update(line(words))

    def _show(self, stats: Stats) -> None:
        """Draw other figures; they may arrive when the screen is gone already."""
        self._rest()
        if not self.is_attached:
            return
        self._stats = stats
        self._lines = lines_of(stats.whole, stats.previous, stats.weeks, stats.weeks_before)
        options = self.options
        at = options.highlighted or 0
        options.clear_options()
        options.add_options([Option(_words(each), id=each.name) for each in self._lines])
        options.highlighted = min(at, len(self._lines) - 1)
        self._draw_chart()

    def _draw_chart(self) -> None:
        found, stats = self._line, self._stats
        if found is None or stats is None or not self.is_attached:
            return
        self._draw_about(found, stats)
        heights = series_of(found.name, stats.series)
        room = max(self.query_one(".chart", Static).size.width - _MARGIN, 20)
        bar = max(min(room // max(len(heights), 1) - 1, _WIDEST_BAR), 1)
        shown = heights[-(room // (bar + 1)) :]
        rows = columns(shown, _HEIGHT, bar)
        top = max((height for height in shown if height is not None), default=None)
        sides = [height_words(found.name, top), *[""] * (_HEIGHT - 1)]
        drawn = [f"{side:>{_MARGIN - 2}} {row}" for side, row in zip(sides, rows, strict=True)]
        first, last = (stats.buckets[at] for at in (len(heights) - len(shown), -1))
        labels = [periods.label(each, stats.by) for each in (first, last)]
        wide = len(shown) * (bar + 1) - 1
        axis = f"{labels[0]}{labels[1]:>{max(wide - len(labels[0]), len(labels[1]) + 1)}}"
        drawn.append(" " * (_MARGIN - 1) + axis)
        self.query_one(".chart", Static).update(paragraph("\n".join(drawn)))

    def _draw_about(self, found: Line, stats: Stats) -> None:
        """The span; at the minutes where they went instead."""
        days = f"{_day(stats.span.first)} to {_day(stats.last_day)}, by {stats.by.value}"
        about = f"{found.label.removeprefix('… ')}, {days}"
        where = time_words(stats.whole.spent) if found.name == "minutes" else ""
        self.query_one(".about", Static).update(line(where or about))


class DefinitionsScreen(Dialog[None]):
    """What each figure means, word for word as in docs/metrics.md."""

    DEFAULT_CSS = """
    DefinitionsScreen {
        & > .box { width: 84; }
        .meaning { margin-bottom: 1; height: auto; }
    }
    """
    BINDINGS: ClassVar = [("q,question_mark", "leave", "Back"), ("j", "page(1)"), ("k", "page(-1)")]
    heading = "What the figures mean"

    def body(self) -> ComposeResult:
        """Lay out a paragraph for each."""
        for words in GENERAL:
            yield Static(line(words), classes="meaning")
        for each in DEFINITIONS:
            label = content((SafeLine(f"{each.label}\n"), "bold"), (safe_line(each.meaning), ""))
            yield Static(label, classes="meaning")

    def action_page(self, pages: int) -> None:
        """Scroll a page."""
        box = self.query_one(".box")
        (box.scroll_page_down if pages > 0 else box.scroll_page_up)(animate=False)


def open_metrics(screen: "MainScreen") -> None:
    """Show the last twelve weeks, as soon as they are read."""
    zone = screen.desk.ws.hours.zone
    span = periods.usual_span(By.WEEK, screen.desk.now().astimezone(zone).date())
    screen.app.push_screen(MetricsScreen(screen, span, By.WEEK), partial(_open, screen))


def read_off_screen(
    screen: "MainScreen",
    span: Span,
    by: By,
    show: Callable[[Stats], None],
    failed: Callable[[str], None],
) -> None:
    """Read figures on a thread of their own, and no further than the veil; `show` gets them."""
    from founder_inbox.app.hours.veil import behind_veil

    now, veil = screen.desk.now(), screen.desk.veil

    def read(ws: Workspace) -> Stats:
        with behind_veil(ws.store, veil, now):
            return read_stats(ws, span, by, now, until=veil)

    screen.reader.read(read, show, failed)


def _open(screen: "MainScreen", chosen: Chosen | None) -> None:
    """Show the tickets behind a figure in the list."""
    from founder_inbox.tui.queue.desk import Place
    from founder_inbox.tui.triage.moves import go_to

    screen.say("")
    if chosen is not None:
        go_to(screen, Place.FIGURE, " ".join(chosen.ids))
        screen.say(f"{chosen.label}: g m goes back to the figures.")


def _words(found: Line) -> Content:
    row = safe_text(_row((found.label, found.value, found.p90, found.n, found.before)), 200)
    if found.name != DEFINITIONS[0].name:
        return content((row, "$text-warning" if found.is_bad else ""))
    return content((row, f"bold {'$text-warning' if found.is_bad else '$text-success'}"))


def _row(cells: tuple[str, ...]) -> str:
    first, *rest = (
        f"{cell:<{width}}" if at == 0 else f"{cell:>{width}}"
        for at, (cell, width) in enumerate(zip(cells, _WIDTHS, strict=True))
    )
    return first + "".join(rest)


def _day(day: date) -> str:
    return f"{day.day} {MONTH_NAMES[day.month - 1]} {day.year}"


def _after(span: Span) -> Span:
    return Span(span.after, span.after + timedelta(days=span.days))
