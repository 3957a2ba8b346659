"""One row of the list: who, about what, how long, with marks that need no colour."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from founder_inbox.core.display import safe_line
from founder_inbox.core.hours.time_words import describe_age
from founder_inbox.core.model import Status
from founder_inbox.core.tickets.entry import Ticket
from founder_inbox.core.tickets.hits import NOTHING, Wanted, find_hits
from founder_inbox.core.tickets.queue_order import has_missed_window
from founder_inbox.core.tickets.tags import badge

UNREAD, SELECTED, CURSOR = "●", "✓", "▌"
MISSED = "◷"  # has missed a window
_WIDE = 64
_AGE = 6


@dataclass(frozen=True, slots=True)
class RowStyles:
    """The styles of the rows, taken from the stylesheet."""

    plain: Style
    cursor: Style
    blurred: Style
    muted: Style
    unread: Style
    mark: Style
    alarm: Style
    heading: Style
    rule: Style
    hit: Style


@dataclass(frozen=True, slots=True)
class RowState:
    """How a row looks besides its ticket. `cursor`: 0 no, 1 here, 2 here and focused."""

    cursor: int
    selected: bool


def ticket_row(
    ticket: Ticket,
    state: RowState,
    width: int,
    styles: RowStyles,
    now: datetime,
    *,
    words: bool,
    missed_before: datetime | None = None,
    draft: bool = False,
    wanted: Wanted = NOTHING,
) -> Strip:
    """A row of exactly `width` cells. `words`: the status is said too (lists of all kinds).

    Who has waited since before `missed_before` gets the clock mark; `draft`: an answer is begun.
    What a search wants is marked.
    """
    ground = (styles.plain, styles.blurred, styles.cursor)[state.cursor]
    facts = ticket.state
    # Reversed, a colour of the text would be one of the ground.
    marked = ground if ground.reverse else ground + styles.mark
    alarm = ground if ground.reverse else ground + styles.alarm
    mark = SELECTED if state.selected else UNREAD if facts.unread else " "
    names = 22 if width >= _WIDE else 15
    marks = _badge(ticket, missed_before, words=words, draft=draft)
    room = max(width - 4 - names - 1 - cell_len(marks) - _AGE - 2, 4)
    strong = ground + styles.unread if facts.unread else ground
    muted = ground if state.cursor == 2 else ground + styles.muted
    return Strip(
        [
            Segment(CURSOR if state.cursor else " ", marked),
            Segment(f"{mark} ", marked),
            *with_hits(_fit(_person(ticket), names) + " ", strong, styles, wanted.sender),
            *with_hits(
                _fit(safe_line(facts.subject) or "(no subject)", room),
                *(strong, styles, wanted.subject),
            ),
            Segment(" " + marks, alarm),
            Segment(_age(ticket, now).rjust(_AGE) + "  ", muted),
        ],
    ).adjust_cell_length(width, ground)


def snippet_row(
    words: str, state: RowState, width: int, styles: RowStyles, wanted: Wanted
) -> Strip:
    """The line below a row that was searched for: the words that were found, marked."""
    ground = (styles.plain, styles.blurred, styles.cursor)[state.cursor]
    muted = ground if state.cursor == 2 else ground + styles.muted
    marks = ground if ground.reverse else ground + styles.mark
    row = [
        Segment(CURSOR if state.cursor else " ", marks),
        Segment("    ", muted),
        *with_hits(_fit(words, max(width - 7, 4)), muted, styles, wanted.text),
    ]
    return Strip(row).adjust_cell_length(width, ground)


def with_hits(
    text: str, style: Style, styles: RowStyles, pattern: re.Pattern[str] | None
) -> Iterator[Segment]:
    """A text in its style, with what is looked for marked in it."""
    at = 0
    for start, end in find_hits(pattern, text):
        yield Segment(text[at:start], style)
        yield Segment(text[start:end], style + styles.hit)
        at = end
    yield Segment(text[at:], style)


def heading_row(title: str, count: int, width: int, styles: RowStyles) -> Strip:
    """The heading of a section: its name and how many."""
    text = f"   {title} {count} "
    rule = "─" * max(width - cell_len(text) - 2, 0)
    row = [Segment(text, styles.heading), Segment(rule, styles.rule)]
    return Strip(row).adjust_cell_length(width, styles.rule)


def _person(ticket: Ticket) -> str:
    customer = ticket.state.customer
    return safe_line(customer.name, 80) or safe_line(customer.address, 80) or "(nobody)"


def _badge(ticket: Ticket, missed_before: datetime | None, *, words: bool, draft: bool) -> str:
    facts = ticket.state
    marks = []
    if facts.delivery_failed:
        marks.append("failed")
    if facts.quick_fix:
        marks.append("fix")
    if facts.promises:
        marks.append("promise")
    if facts.back_from:
        marks.append("back")
    if draft:
        marks.append("draft")
    if has_missed_window(facts, missed_before):
        marks.append(MISSED)
    if words and not marks:
        marks.append("" if facts.status is Status.OPEN else _STATUS_WORDS[facts.status])
    marks.append(badge(facts.tags))
    return " ".join(filter(None, marks))


_STATUS_WORDS = {
    Status.WAITING: "waiting",
    Status.SNOOZED: "put off",
    Status.HANDED_OFF: "handed off",
    Status.CLOSED: "done",
}


def _age(ticket: Ticket, now: datetime) -> str:
    facts = ticket.state
    since = facts.waiting_since or facts.moved_at or facts.opened_at
    return describe_age(since, now) if since else ""


def _fit(text: str, width: int) -> str:
    """Exactly `width` cells, with an ellipsis where it was cut."""
    if cell_len(text) <= width:
        return set_cell_size(text, width)
    return set_cell_size(set_cell_size(text, width - 1).rstrip() + "…", width)
