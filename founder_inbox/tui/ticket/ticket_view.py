"""The ticket beside the list: who and why on top, the conversation below, one widget each."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, tzinfo
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.events import Click
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.widgets import Static

from founder_inbox.app.queue.tickets import TicketView
from founder_inbox.core.tickets.entry import Entry, EntryKind
from founder_inbox.core.tickets.facts import Role
from founder_inbox.core.tickets.hits import NOTHING, Wanted
from founder_inbox.tui.ticket.hit_marks import HitMarks
from founder_inbox.tui.ticket.ticket_head import KeyOf, head_lines
from founder_inbox.tui.ticket.ticket_lines import LONGEST_LINE, Lines, Reader, ticket_lines
from founder_inbox.tui.widgets.text import clickable, content, line

_VOICES = ("them", "us", "note")
_STYLES: tuple[str, ...] = ("muted", "file", "fold", "alarm", "hit", "hit_here", *_VOICES)
_STYLES += tuple(f"{voice}_head" for voice in _VOICES) + tuple(f"bar_{v}" for v in _VOICES)
_NO_LINES = Lines((), ())
_CLICKS = {"fold": "unfold", "file": "attachments"}


class Conversation(ScrollView, can_focus=True):
    """Messages, notes and events, oldest first, drawn line by line."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {f"talk--{name}" for name in _STYLES}

    def __init__(self, now: Callable[[], datetime], zone: tzinfo) -> None:
        super().__init__(id="talk")
        self._now = now
        self._zone = zone
        self._view: TicketView | None = None
        self._lines = _NO_LINES
        self._unfolded = False
        self._newest_first = False
        self._begun_at = -1
        self._styles: dict[str, Style] = {}
        self._wanted = NOTHING
        self.marks = HitMarks()

    def show_view(self, view: TicketView | None, wanted: Wanted = NOTHING) -> None:
        """Show a ticket; the newest message is what is seen first. The same one stays put.

        What is `wanted` is marked, and its first hit is seen first instead.
        """
        sought, self._wanted = self._wanted, wanted
        old, self._view = self._view, view
        same = old is not None and view is not None and old.ticket.key == view.ticket.key
        grown = same and old is not None and view is not None and old.history != view.history
        if not same:
            self._unfolded = False
        self._newest_first = self._newest_first or not same or grown
        self._lay_out()
        if wanted.marks_text and (not same or wanted != sought):
            self.step_hit(0)

    def unfold(self) -> None:
        """Show quoted text and signatures, or fold them again; what is read stays in place."""
        self._unfolded = not self._unfolded
        begun = self.scroll_offset.y == self._begun_at
        number = self._message_at(self.scroll_offset.y)
        self._lay_out()
        if number is not None and not begun:
            self._to(self._lines.starts[number])

    def step(self, steps: int) -> None:
        """Go to the next message, or with -1 to the one before."""
        here = self._message_at(self.scroll_offset.y)
        if here is None:
            return
        at_head = self._lines.starts[here] == self.scroll_offset.y
        wanted = here + steps + (0 if at_head or steps > 0 else 1)
        if 0 <= wanted < len(self._lines.starts):
            self._to(self._lines.starts[wanted])

    def step_hit(self, steps: int) -> bool:
        """Go to the next hit, or with -1 to the one before; False when nothing is marked."""
        at = self.marks.step(steps)
        if at is None:
            return False
        top, height = self.scroll_offset.y, self.size.height
        if not top <= at < top + height:
            self._to(at - height // 3)
        self.refresh()
        return True

    def mails_in_sight(self) -> list[Entry]:
        """The mails but the first, which can be split off: from where the view begins, then up."""
        if self._view is None:
            return []
        shown = [entry for entry in self._view.history if entry.kind is not EntryKind.EVENT]
        at = self._message_at(self.scroll_offset.y) or 0
        return [e for e in [*shown[at:], *reversed(shown[:at])] if e.number and e.number > 1]

    def mails_here(self) -> list[Entry]:
        """The ticket's mails that others may read, that in sight first."""
        if self._view is None:
            return []
        shown = [entry for entry in self._view.history if entry.kind is not EntryKind.EVENT]
        at = self._message_at(self.scroll_offset.y) or 0
        ordered = [*shown[at:], *reversed(shown[:at])]
        return [e for e in ordered if e.number and e.role not in {Role.TEAMMATE, Role.INTERNAL}]

    def scroll_lines(self, lines: int) -> None:
        """Scroll by some lines."""
        self._to(self.scroll_offset.y + lines)

    @property
    def page(self) -> int:
        """How many lines a screenful scrolls."""
        return max(self.size.height - 2, 1)

    def render_line(self, y: int) -> Strip:
        """One line of the view."""
        number = y + self.scroll_offset.y
        runs = self._lines.runs[number] if number < len(self._lines.runs) else ()
        ground = self.rich_style
        segments = [Segment(" ", ground)]
        segments += [
            Segment(text, ground + self._style(name) + self._style(mark))
            for text, name, mark in self.marks.marked(number, runs)
        ]
        return Strip(segments).adjust_cell_length(self.size.width, ground)

    async def on_click(self, event: Click) -> None:
        """A click on what is folded unfolds it, one on a file shows the files."""
        number = event.y + self.scroll_offset.y
        runs = self._lines.runs[number] if number < len(self._lines.runs) else ()
        for _, name in runs:
            if name in _CLICKS:
                await self.run_action(f"screen.act({_CLICKS[name]!r})")

    def on_resize(self) -> None:
        """Wrap anew."""
        self._lay_out()

    def notify_style_update(self) -> None:
        """Forget the old colours."""
        self._styles.clear()
        super().notify_style_update()

    def _lay_out(self) -> None:
        width = min(self.scrollable_content_region.width - 3, LONGEST_LINE)
        if self._view is None or width < 10:
            self._lines = _NO_LINES
            self.marks.look(NOTHING, _NO_LINES)
        else:
            self._lines = self._lines_of(self._view, width)
        self.virtual_size = Size(width, len(self._lines.runs))
        # Narrower or lower than before: who has not scrolled yet still sees the newest words.
        begins = self._newest_first or self.scroll_offset.y == self._begun_at
        if begins and self._lines.runs:
            self._newest_first = False
            self._to(self._lines.starts[-1] if self._lines.starts else 0)
            self._begun_at = self.scroll_offset.y
        self.refresh()

    def _lines_of(self, view: TicketView, width: int) -> Lines:
        """The lines, with what is wanted marked; where only a quote has it quotes are shown."""
        reader = Reader(width, self._now(), self._zone, self._unfolded)
        lines = ticket_lines(view.history, reader)
        self.marks.look(self._wanted, lines)
        if self._wanted.marks_text and not self.marks.count and not self._unfolded:
            unfolded = ticket_lines(view.history, replace(reader, unfolded=True))
            self.marks.look(self._wanted, unfolded)
            if self.marks.count:
                self._unfolded = True
                return unfolded
        return lines

    def _to(self, y: int) -> None:
        # By force: the bar of a ticket that has just come is only drawn with the next layout.
        self.scroll_to(y=max(y, 0), animate=False, immediate=True, force=True)

    def _message_at(self, y: int) -> int | None:
        starts = self._lines.starts
        return max(sum(start <= y for start in starts) - 1, 0) if starts else None

    def _style(self, name: str) -> Style:
        if not name:
            return Style.null()
        if name not in self._styles:
            self._styles[name] = self.get_component_rich_style(f"talk--{name}", partial=True)
        return self._styles[name]


class TicketPane(Vertical):
    """A ticket: its head, its conversation; composers open below. `key_of` is for its hints."""

    def __init__(self, now: Callable[[], datetime], zone: tzinfo, key_of: KeyOf) -> None:
        super().__init__(id="ticket")
        self._key_of = key_of
        self._now = now
        self._zone = zone
        self.view: TicketView | None = None
        self._asked = ""

    def compose(self) -> ComposeResult:
        """Lay out head and conversation."""
        yield Static(id="head")
        yield Conversation(self._now, self._zone)

    @property
    def talk(self) -> Conversation:
        """The conversation."""
        return self.query_one(Conversation)

    def show_view(self, view: TicketView | None, wanted: Wanted = NOTHING, asked: str = "") -> None:
        """Show a ticket, or that there is none; what is `wanted` is marked in it.

        `asked` says how often others asked the same.
        """
        self.view = view
        self._asked = asked
        head = self.query_one("#head", Static)
        head.set_class(view is None, "-empty")
        head.update(self._head(), layout=False)
        self.talk.show_view(view, wanted)

    def say_asked(self, asked: str) -> None:
        """How often others asked the same is known now."""
        if asked != self._asked:
            self._asked = asked
            self.query_one("#head", Static).update(self._head(), layout=False)

    def on_resize(self) -> None:
        """The head's right edge moves."""
        self.query_one("#head", Static).update(self._head())

    def _head(self) -> Content:
        if self.view is None:
            return line("")
        width = max(min(self.size.width - 4, LONGEST_LINE + 1), 20)
        now, zone = self._now(), self._zone
        head = content(*head_lines(self.view, width, now, zone, self._key_of, self._asked))
        if self.view.fix_hint:
            head = clickable(head, "quick_fix", "quick fix?")
        if self.view.belongs_to and (merge := self._key_of("merge")):
            head = clickable(head, "merge", f"{merge} merges")
        if self.view.promise_hint and (promise := self._key_of("promise")):
            head = clickable(head, "promise", f"{promise} keeps it in mind")
        if self._asked:
            head = clickable(head, "as_before", self._asked)
        return head
