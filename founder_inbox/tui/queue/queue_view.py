"""The list: any number of tickets, drawn line by line, never rebuilt."""

from bisect import bisect_right
from collections.abc import Callable
from datetime import datetime
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.events import Click
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from founder_inbox.core.hours.schedule import missed_before
from founder_inbox.core.tickets.entry import Ticket
from founder_inbox.tui.queue.desk import Desk, Place
from founder_inbox.tui.queue.queue_rows import (
    RowState,
    RowStyles,
    heading_row,
    snippet_row,
    ticket_row,
)
from founder_inbox.tui.queue.words import empty_words
from founder_inbox.tui.widgets.text import content

_KEPT_STRIPS = 1_000
# More than these in one act is a slip of the finger.
MOST_SELECTED = 500


class QueueView(ScrollView, can_focus=True):
    """Shows the desk's list. The cursor stays on its ticket when the list changes around it."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        f"queue--{name}" for name in RowStyles.__dataclass_fields__
    }
    cursor = reactive(0, repaint=False)

    class Moved(Message):
        """The cursor stands on another ticket."""

    class Opened(Message):
        """A ticket was clicked that had the cursor already."""

    def __init__(self, desk: Desk, now: Callable[[], datetime]) -> None:
        super().__init__(id="queue")
        self._desk = desk
        self._now = now
        self.selected: set[int] = set()
        self._strips: dict[tuple[object, ...], Strip] = {}
        self._styles: RowStyles | None = None
        self._starts: list[int] = []
        self._missed: datetime | None = None

    @property
    def current(self) -> Ticket | None:
        """The ticket under the cursor."""
        return self._desk.ticket(self.cursor) if self._desk.keys else None

    def show_list(self, keep: int | None = None) -> None:
        """Draw the desk's list anew; the cursor goes to the ticket `keep` where it still is."""
        desk = self._desk
        if self.selected:
            self.selected &= set(desk.keys)
        self._starts = [index for index, _ in desk.sections]
        self._strips.clear()
        found = desk.index_of(keep)
        self._set_size()
        self.cursor = min(self.cursor if found is None else found, max(len(desk.keys) - 1, 0))
        self._into_view()
        self.refresh()

    def drop(self, keys: set[int]) -> None:
        """Take tickets out before the database says so; the cursor stays, or goes to the next."""
        here = self.current
        above = sum(key in keys for key in self._desk.keys[: self.cursor]) if len(keys) > 1 else 0
        self._desk.drop(keys)
        self.cursor -= above
        self.show_list(here.key if here and here.key not in keys else None)

    def move_to(self, index: int) -> None:
        """Put the cursor on a ticket of the list; the view follows by half a page."""
        index = max(0, min(index, len(self._desk.keys) - 1))
        if index == self.cursor or not self._desk.keys:
            return
        old, self.cursor = self.cursor, index
        self.refresh_row(old)
        self.refresh_row(index)
        self._into_view()
        self.post_message(self.Moved())

    def move_by(self, steps: int) -> None:
        """Move the cursor by some tickets."""
        self.move_to(self.cursor + steps)

    def toggle_selected(self) -> None:
        """Select the ticket under the cursor, or not any more, and go on."""
        ticket = self.current
        if ticket is not None:
            self.selected ^= {ticket.key}
            self.refresh_row(self.cursor)
            self.move_by(1)

    def select_section(self) -> tuple[int, bool]:
        """Select the section under the cursor: how many, and whether there are more than that."""
        keys = self._desk.keys
        begin = bisect_right(self._starts, self.cursor) - 1
        start = self._starts[begin] if begin >= 0 else 0
        end = self._starts[begin + 1] if begin + 1 < len(self._starts) else len(keys)
        self.selected = set(keys[start : min(end, start + MOST_SELECTED)])
        self.tick()
        return len(self.selected), end - start > MOST_SELECTED

    def select_none(self) -> None:
        """Nothing is selected any more."""
        self.selected.clear()
        self.tick()

    def line_of(self, index: int) -> int:
        """The line of the list that a ticket stands on, below the headings before it."""
        return index * self.tall + bisect_right(self._starts, index)

    @property
    def tall(self) -> int:
        """How many lines a ticket has: what was found stands below it."""
        return 2 if self._desk.place is Place.SEARCH and self._desk.query else 1

    @property
    def page(self) -> int:
        """How many tickets a screenful goes."""
        return max((self.size.height - 1) // self.tall, 1)

    def render_line(self, y: int) -> Strip:
        """One line of the view: a heading, a ticket, or nothing."""
        width = self.scrollable_content_region.width
        if not self._desk.keys:
            return self._empty_line(y, width)
        line = y + self.scroll_offset.y
        if line >= self.virtual_size.height:
            return Strip.blank(width, self.styles_of.plain)
        heading = self._heading(line, width)
        return heading or self._row(self._index_at(line), width, line % self.tall)

    @property
    def styles_of(self) -> RowStyles:
        """The rows' styles, from the stylesheet, kept until it changes."""
        if self._styles is None:
            self._styles = RowStyles(
                **{name: self._part(name) for name in RowStyles.__dataclass_fields__}
            )
        return self._styles

    def notify_style_update(self) -> None:
        """Forget what was drawn in the old colours."""
        self._styles = None
        self._strips.clear()
        super().notify_style_update()

    def on_resize(self) -> None:
        """Keep the cursor in view."""
        self._strips.clear()
        self._set_size()
        self._into_view()

    async def on_click(self, event: Click) -> None:
        """Go to the clicked ticket; a click on the one under the cursor opens it.

        With ctrl it is selected, or not any more.
        """
        line = int(event.y) + self.scroll_offset.y
        if not self._desk.keys or line >= self.virtual_size.height:
            return
        index = self._index_at(line)
        if event.ctrl:
            self.move_to(index)
            await self.run_action("screen.act('select')")
            return
        if index == self.cursor:
            self.post_message(self.Opened())
        self.move_to(index)

    def watch_has_focus(self, _focused: bool) -> None:
        """Draw the cursor as the one that keys move, or not."""
        super().watch_has_focus(_focused)
        self.refresh_row(self.cursor)

    def refresh_row(self, index: int) -> None:
        """Draw the lines of a ticket anew."""
        top = self.line_of(index) - self.scroll_offset.y
        self.refresh(Region(0, top, self.size.width, self.tall))

    def tick(self) -> None:
        """Draw anew, because ages have changed."""
        self._strips.clear()
        self.refresh()

    def _part(self, name: str) -> Style:
        return self.get_component_rich_style(f"queue--{name}", partial=name not in _GROUNDS)

    def _set_size(self) -> None:
        lines = len(self._desk.keys) * self.tall + len(self._starts)
        self.virtual_size = Size(self.scrollable_content_region.width, lines)

    def _into_view(self) -> None:
        height = self.scrollable_content_region.height
        line, top = self.line_of(self.cursor), self.scroll_offset.y
        first = line - 1 if self.cursor in self._starts else line
        last = line + self.tall - 1
        if not height or (first >= top and last < top + height):
            return
        wanted = first - height // 2 if last >= top + height else line - height // 2
        if self.cursor == 0:
            wanted = 0
        self.scroll_to(y=max(wanted, 0), animate=False, immediate=True)

    def _index_at(self, line: int) -> int:
        """The ticket at a line of the list; a heading stands for the first below it."""
        headings = 0
        for start in self._starts:
            if line <= start + headings:
                break
            headings += 1
        return max(0, min((line - headings) // self.tall, len(self._desk.keys) - 1))

    def _heading(self, line: int, width: int) -> Strip | None:
        for before, (start, section) in enumerate(self._desk.sections):
            if line == start + before:
                after = self._desk.sections[before + 1 :]
                end = after[0][0] if after else len(self._desk.keys)
                return heading_row(section.value, end - start, width, self.styles_of)
        return None

    def _row(self, index: int, width: int, below: int = 0) -> Strip:
        ticket = self._desk.ticket(index)
        if ticket is None:
            return Strip.blank(width, self.styles_of.plain)
        focused = self.has_focus or self.screen.has_class("-reading") is False
        cursor = (2 if focused else 1) if index == self.cursor else 0
        state = RowState(cursor, ticket.key in self.selected)
        key = (ticket.key, self._desk.version, width, state, below)
        strip = self._strips.get(key)
        if strip is None:
            if len(self._strips) > _KEPT_STRIPS:
                self._strips.clear()
            words = self._desk.place in {Place.SEARCH, Place.ALL, Place.QUICK_FIXES}
            now = self._now()
            if not self._strips:
                self._missed = missed_before(self._desk.ws.hours, now)
            if below:
                found = self._desk.snippet(ticket)
                strip = snippet_row(found, state, width, self.styles_of, self._desk.wanted)
            else:
                strip = ticket_row(
                    *(ticket, state, width, self.styles_of, now),
                    words=words,
                    missed_before=self._missed,
                    draft=ticket.id in self._desk.drafts,
                    wanted=self._desk.wanted,
                )
            self._strips[key] = strip
        return strip

    def _empty_line(self, y: int, width: int) -> Strip:
        """What an empty list says, in its middle."""
        words = empty_words(self._desk.place, self._desk.query, self._desk.trouble)
        top = max(self.size.height // 3, 1)
        if not top <= y < top + len(words):
            return Strip.blank(width, self.styles_of.plain)
        text = content(words[y - top]).truncate(max(width - 4, 1), ellipsis=True)
        blank = max((width - text.cell_length) // 2, 2)
        style = self.styles_of.plain + (self.styles_of.muted if y > top else Style())
        return Strip([Segment(" " * blank + text.plain, style)]).adjust_cell_length(width, style)


_GROUNDS = {"plain", "cursor", "blurred", "heading", "rule"}
