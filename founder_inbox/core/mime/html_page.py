"""The page a rendered HTML mail is written on: gaps between blocks, quotation, notes for links."""

import re
from dataclasses import dataclass, field

from founder_inbox.core.mime.html_answers import mark_answers
from founder_inbox.core.mime.html_table import Row, Table, close_row, close_table

_BLANKS = re.compile(r"\n{3,}")
# What pads a preview line: invisible signs and spaces in turn. Emoji and Persian have single ones.
_FILLERS = re.compile(
    "(?:[\u00a0\u2007 ]{0,8}[\u034f\u00ad\u200b\u200c\ufeff][\u00a0\u2007 ]{0,8}){3,}"
)
_MAX_NOTES = 200


@dataclass(frozen=True, slots=True)
class Place:
    """Where a text stands, by the elements around it."""

    quote: int = 0
    indent: str = ""
    pre: bool = False
    hidden: bool = False
    colour: str = ""
    ground: str = ""
    tone: str = ""

    @property
    def prefix(self) -> str:
        """What each line here begins with."""
        return "> " * self.quote + self.indent


@dataclass(slots=True)
class Page:
    """The text written so far."""

    lines: list[str] = field(default_factory=list)
    line: list[str] = field(default_factory=list)
    tones: list[str] = field(default_factory=list)
    toned: dict[int, tuple[int, str]] = field(default_factory=dict)
    gap: int = 0
    prefix: str = ""
    marker: str = ""
    counters: list[int] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    notes: dict[str, int] = field(default_factory=dict)
    remarks: dict[str, str] = field(default_factory=dict)
    hiding: frozenset[str] = frozenset()
    painted: bool = False
    strict: bool = False

    def hides(self, attributes: dict[str, str | None]) -> bool:
        """Whether the page's style sheet hides an element by its class or id."""
        if not self.hiding:
            return False
        names = [f".{name}" for name in (attributes.get("class") or "").lower().split()[:20]]
        names.append(f"#{(attributes.get('id') or '').lower()}")
        return not self.hiding.isdisjoint(names)

    def block(self, gap: int) -> None:
        """Ask for a new line (1) or a blank line (2) before what comes next."""
        self.gap = max(self.gap, gap)

    def write(self, text: str, place: Place) -> None:
        """Add inline text, after the gap that was asked for."""
        starts = self.gap or not self.line
        if starts and not place.pre:
            text = _without_indent(text)
        if not text:
            return
        if starts:
            self._close_gap(place)
            self.prefix = place.prefix
            if self.marker:
                self.prefix = self.prefix[: len(self.prefix) - len(self.marker)] + self.marker
                self.marker = ""
        elif text[0] == " " and self.line[-1].endswith(" ") and not place.pre:
            text = text[1:]
        self.line.append(text)
        self.tones.append(place.tone if text.strip() else "*")

    def break_line(self, place: Place) -> None:
        """A `<br>`: ends the line, or leaves an empty one."""
        if self.gap and not (self.lines or self.line):
            return
        if self.gap or not self.line:
            self._close_gap(place)
            self.prefix = place.prefix
        self._end_line()

    def open_table(self) -> None:
        """A table begins."""
        self.tables.append(Table())

    def open_row(self, place: Place) -> None:
        """A row of the table begins, on a line of its own."""
        self._flush()
        self.rows.append(Row(len(self.lines), place.prefix))

    def open_cell(self) -> None:
        """A cell of the row begins; it stays on lines of its own until the row ends."""
        self._flush()
        if self.rows:
            self.rows[-1].cells.append(len(self.lines))

    def close_row(self) -> None:
        """The row ends: short cells move into one line."""
        self._flush()
        if self.rows and self.tables:
            row = self.rows.pop()
            if close_row(self.lines, row, self.tables[-1]):
                self.gap = 1
                self.toned = {n: t for n, t in self.toned.items() if n < row.start}

    def close_table(self, place: Place) -> None:
        """The table ends: columns of data are aligned."""
        self._flush()
        if self.tables:
            close_table(self.lines, self.tables.pop(), place.prefix)

    def note(self, url: str, remark: str) -> str:
        """The mark of a link's target, like " [1]"; the same target keeps its number."""
        if url not in self.notes and len(self.notes) >= _MAX_NOTES:
            return ""
        number = self.notes.setdefault(url, len(self.notes) + 1)
        if remark:
            self.remarks[url] = remark
        return f" [{number}]"

    def note_above(self, note: str) -> bool:
        """Add a link's note to the line before, where the link ended with a block of its own."""
        if not self.gap or not (self.line or self.lines):
            return False
        if self.line:
            self._flush()
        if self.lines[-1].strip("> ") and not self.lines[-1].endswith(note):
            self.lines[-1] += note
        return True

    def finish(self) -> str:
        """The whole text, with the links' targets as numbered lines at the end."""
        if self.line:
            self._end_line()
        text = _FILLERS.sub("", "\n".join(mark_answers(self.lines, self.toned)))
        body = _BLANKS.sub("\n\n", text).strip("\n")
        notes = [
            f"[{number}] {url}{self.remarks.get(url, '')}" for url, number in self.notes.items()
        ]
        return "\n".join([body, "", *notes]) if notes else body

    def _close_gap(self, place: Place) -> None:
        if self.line:
            self._end_line()
        if self.gap > 1 and self.lines and self.lines[-1].strip("> "):
            depth = min(place.quote, self.prefix.count(">"))
            self.lines.append(("> " * depth).rstrip())
        self.gap = 0

    def _flush(self) -> None:
        if self.line:
            self._end_line()
        self.gap = max(self.gap, 1)

    def _end_line(self) -> None:
        if any(tone not in {"", "*"} for tone in self.tones):
            self._note_tone()
        self.lines.append((self.prefix + "".join(self.line)).rstrip())
        self.line = []
        self.tones = []

    def _note_tone(self) -> None:
        """Remember the colour in which the line ends, and from which letter on."""
        said = [(n, tone) for n, tone in enumerate(self.tones) if tone != "*"]
        last = said[-1][1]
        first = said[-1][0]
        for number, tone in reversed(said):
            if tone != last:
                break
            first = number
        if last:
            begins = len(self.prefix) + len("".join(self.line[:first])) if first else 0
            self.toned[len(self.lines)] = (begins, last)


def _without_indent(text: str) -> str:
    """The text without what would indent a line by accident: spaces, one no-break space."""
    bare = text.lstrip(" \xa0")
    return bare if bare and text[: len(text) - len(bare)].count("\xa0") <= 1 else text.lstrip(" ")
