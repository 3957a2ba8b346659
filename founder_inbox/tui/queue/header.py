"""The two lines on top: the window and its time, the lanes and what is owed."""

from dataclasses import dataclass
from datetime import datetime, tzinfo

from rich.cells import cell_len
from textual.content import Content
from textual.reactive import reactive
from textual.widgets import Static

from founder_inbox.core.display import SafeLine, safe_line
from founder_inbox.core.hours.door import Door, DoorState, time_left
from founder_inbox.core.hours.schedule import Window
from founder_inbox.core.hours.time_words import counted
from founder_inbox.core.model import Lane, Status
from founder_inbox.core.tickets.entry import QueueCounts, RunningFix
from founder_inbox.core.tickets.quick_fix import clock_words
from founder_inbox.tui.widgets.text import Piece, clickable, content

_BAR = 10
_GAP = 2
_NAMES = {
    Lane.THANKS: "Thanks",
    Lane.URGENT: "Urgent",
    Lane.HOWTO: "How-to",
    Lane.FEATURE: "Ideas",
}


@dataclass(frozen=True, slots=True)
class HeaderFacts:
    """Everything the header says. `place` is empty in the queue."""

    door: Door
    counts: QueueCounts
    sync: SafeLine
    outbox: int
    teammate: str
    place: str
    read_only: bool
    opening: str
    untold: int = 0
    pace: str = ""
    outage: str = ""


class Header(Static):
    """Draws itself anew only when what it says has changed."""

    auto_links = reactive(False)

    def __init__(self, zone: tzinfo) -> None:
        super().__init__(id="header", markup=False)
        self._zone = zone
        self._facts: HeaderFacts | None = None
        self._now: datetime | None = None
        self._shown: Content | None = None

    def show(self, facts: HeaderFacts, now: datetime) -> None:
        """Say something new."""
        self._facts, self._now = facts, now
        self._draw()

    def on_resize(self) -> None:
        """Use the room there is."""
        self._draw()

    def _draw(self) -> None:
        if self._facts is None or self._now is None:
            return
        width = max(self.size.width - 2, 20)
        first = _first_line(self._facts, self._now, self._zone, width)
        second = _second_line(self._facts, width, self._zone, self._now)
        said = content(*first, SafeLine("\n")) + second
        if self._shown is None or not said.is_same(self._shown):
            self._shown = said
            self.update(said, layout=False)


def _first_line(facts: HeaderFacts, now: datetime, zone: tzinfo, width: int) -> list[Piece]:
    name: list[Piece] = [(SafeLine("founder-inbox"), "bold $text-primary")]
    right: list[Piece] = [(facts.sync, "$text-muted")]
    window = _window(facts, now, zone)
    long, short = _pace(facts.pace), _pace(facts.pace.partition(" at ")[0])
    # What is said with less and less room; the time that is left is always among it.
    choices = [
        (name, window + long),
        (name, window + short),
        (name, window[1:] + short),
        ([], window[1:] + short),
        ([], window[1:]),
        ([], window[-1:]),
    ]
    for left, middle in choices:
        if _width(left) + _width(middle) + _width(right) + 4 <= width:
            break
    return _spread(left, middle, right, width)


def _pace(words: str) -> list[Piece]:
    return [(SafeLine(f" · {safe_line(words)}"), "$text-muted")] if words else []


def _window(facts: HeaderFacts, now: datetime, zone: tzinfo) -> list[Piece]:
    """Say "morning window 09:00–10:00 ▕██████░░▏ 38 min left", or that support is closed."""
    window = facts.door.window
    if window is None or facts.read_only:
        return [
            (SafeLine(f"opens {safe_line(facts.opening)}   "), "$text-muted"),
            (SafeLine("closed · reading only"), "bold $text-warning"),
        ]
    late = facts.door.state in {DoorState.LAST_MINUTES, DoorState.OVER}
    full = min(round(max((window.end - now) / (window.end - window.start), 0.0) * _BAR), _BAR)
    style = "bold $text-warning" if late else "$text-success"
    return [
        (SafeLine(f"{_window_name(facts.door, window, zone)}  "), "$text-muted"),
        (SafeLine("▕"), "$text-muted"),
        (SafeLine("█" * full), style),
        (SafeLine("░" * (_BAR - full)), "$text-muted"),
        (SafeLine("▏ "), "$text-muted"),
        (safe_line(time_left(window, now)), style),
    ]


def _window_name(door: Door, window: Window, zone: tzinfo) -> str:
    start, end = window.start.astimezone(zone), window.end.astimezone(zone)
    part = "morning" if start.hour < 12 else "afternoon" if start.hour < 17 else "evening"
    name = "opened early" if door.override else f"{part} window"
    return f"{name} {start:%H:%M}–{end:%H:%M}"


def _second_line(facts: HeaderFacts, width: int, zone: tzinfo, now: datetime) -> Content:
    if facts.place:
        left = content((safe_line(facts.place), "bold")) + clickable(
            content((SafeLine("  g i: queue"), "$text-muted")), "go_queue"
        )
    else:
        left = _lanes(facts.counts, roomy=width >= 96)
    elsewhere = _elsewhere(facts, zone, now)
    while elsewhere and left.cell_length + _joined(elsewhere).cell_length + 2 > width:
        elsewhere.pop()
    right = _joined(elsewhere)
    blank = max(width - left.cell_length - right.cell_length, 0)
    return left + content(SafeLine(" " * blank)) + right


def _joined(words: list[Content]) -> Content:
    return content((SafeLine(" · "), "$text-muted")).join(words)


def _lanes(counts: QueueCounts, *, roomy: bool) -> Content:
    """The lanes with their counts; a click jumps there, as the digit does."""
    lanes = []
    for number, (lane, name) in enumerate(_NAMES.items(), 1):
        count = counts.lanes.get(lane, 0)
        words = content(
            (SafeLine(f"{number} "), "$text-accent"),
            (SafeLine(f"{name} {count}"), "bold" if count else "$text-muted"),
        )
        if lane is Lane.URGENT and counts.billing and roomy:
            words += content((SafeLine(f" ({counts.billing} billing)"), "$text-warning"))
        lanes.append(clickable(words, f"lane_{lane}"))
    return content(SafeLine("    " if roomy else "  ")).join(lanes)


def _fix(fix: RunningFix | None, now: datetime) -> list[tuple[int, str, str, str]]:
    """The quick fix's clock; over its time it is said louder."""
    if fix is None:
        return []
    style = "bold $text-warning" if fix.is_over(now) else "bold $text-accent"
    return [(1, f"fix {clock_words(fix.clock.read(now))}", style, "go_quick_fixes")]


def _elsewhere(facts: HeaderFacts, zone: tzinfo, now: datetime) -> list[Content]:
    """What is owed, failed, waiting, with the teammate and on its way; the gravest first.

    A click goes there.
    """
    counts, statuses = facts.counts, facts.counts.statuses
    back = f"{counts.parked_until.astimezone(zone):%H:%M}" if counts.parked_until else ""
    waiting, with_mate = statuses.get(Status.WAITING, 0), statuses.get(Status.HANDED_OFF, 0)
    mate = f"with {facts.teammate} {with_mate}"
    said: list[tuple[object, str, str, str]] = [
        (facts.outage, facts.outage, "bold $text-error", "outage"),
        (counts.failed, f"{counts.failed} did not arrive", "bold $text-error", "go_outbox"),
        *_fix(counts.fix, now),
        (counts.parked, f"{counts.parked} parked, back at {back}", "$text-accent", "go_snoozed"),
        (counts.owed, f"{counts.owed} owed an update", "bold $text-warning", "go_owed"),
        (facts.untold, f"server refused {counted(facts.untold, 'change')}", "$text-warning", ""),
        (facts.outbox, f"outbox {facts.outbox}", "$text-accent", "go_outbox"),
        (waiting, f"waiting {waiting}", "$text-muted", "go_waiting"),
        (with_mate, mate, "$text-muted", "go_handed_off"),
    ]
    return [_place(words, style, action) for count, words, style, action in said if count]


def _place(words: str, style: str, action: str) -> Content:
    shown = content((safe_line(words), style))
    return clickable(shown, action) if action else shown


def _spread(left: list[Piece], middle: list[Piece], right: list[Piece], width: int) -> list[Piece]:
    """Left, middle and right with blanks between, `width` cells at most."""
    blank = max(width - _width(left) - _width(middle) - _width(right), 0)
    before = max((width - _width(middle)) // 2 - _width(left), 0)
    before = min(before, max(blank - _GAP, 0) if right else blank)
    return [
        *left,
        SafeLine(" " * before),
        *middle,
        SafeLine(" " * (blank - before)),
        *right,
    ]


def _width(pieces: list[Piece]) -> int:
    return sum(cell_len(piece if isinstance(piece, str) else piece[0]) for piece in pieces)
