"""The page a rendered HTML mail is written on: gaps between blocks, quotation, notes for links."""

import re
from dataclasses import dataclass, field

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

    @property
    def prefix(self) -> str:
        """What each line here begins with."""
        return "> " * self.quote + self.indent


@dataclass(slots=True)
class Page:
    """The text written so far."""

    lines: list[str] = field(default_factory=list)
    line: list[str] = field(default_factory=list)
    gap: int = 0
    prefix: str = ""
    marker: str = ""
    counters: list[int] = field(default_factory=list)
    notes: dict[str, int] = field(default_factory=dict)
    remarks: dict[str, str] = field(default_factory=dict)
    hiding: frozenset[str] = frozenset()
    painted: bool = False

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
        text = text.lstrip(" ") if starts and not place.pre else text
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

    def break_line(self, place: Place) -> None:
        """A `<br>`: ends the line, or leaves an empty one."""
        if self.gap and not (self.lines or self.line):
            return
        if self.gap or not self.line:
            self._close_gap(place)
            self.prefix = place.prefix
        self._end_line()

    def cell(self) -> None:
        """Set the next table cell apart from the one before it in the same line."""
        if self.line and not self.gap:
            self.line.append("  ")

    def note(self, url: str, remark: str) -> str:
        """The mark of a link's target, like " [1]"; the same target keeps its number."""
        if url not in self.notes and len(self.notes) >= _MAX_NOTES:
            return ""
        number = self.notes.setdefault(url, len(self.notes) + 1)
        if remark:
            self.remarks[url] = remark
        return f" [{number}]"

    def finish(self) -> str:
        """The whole text, with the links' targets as numbered lines at the end."""
        if self.line:
            self._end_line()
        text = _FILLERS.sub("", "\n".join(self.lines))
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

    def _end_line(self) -> None:
        self.lines.append((self.prefix + "".join(self.line)).rstrip())
        self.line = []
