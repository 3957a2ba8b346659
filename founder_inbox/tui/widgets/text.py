"""The only door through which text reaches the screen.

Textual parses a plain `str` as markup: a subject `[/x]` would end the program, and one with a link
would run an action. So widgets here are given `Content` and nothing else, `Content` is made here
and nowhere else, and it is made from text that `core.display` has cleaned (its types say so).
"""

import re

from rich.segment import Segment
from textual.color import Color
from textual.content import Content
from textual.filter import LineFilter
from textual.style import Style

from founder_inbox.core.display import SafeLine, SafeText, safe_line, safe_text
from founder_inbox.core.keys import BY_ID

Safe = SafeLine | SafeText
Piece = Safe | tuple[Safe, str]

_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")


def content(*pieces: Piece) -> Content:
    """Safe text, each piece with its own style or none, as something a widget draws."""
    return Content.assemble(*pieces)


def line(text: str, style: str = "") -> Content:
    """Any one-line text, cleaned on the way: error sentences, names, our own words."""
    return Content.assemble((safe_line(text, 2_000), style))


def paragraph(text: str, style: str = "") -> Content:
    """Any text of several lines, cleaned on the way."""
    return Content.assemble((safe_text(text), style))


def clickable(words: Content, action: str, part: str = "") -> Content:
    """Words that do an action of the registry when clicked. Raises KeyError for any other.

    With a `part` only its last occurrence in the words does.
    """
    start = words.plain.rfind(part) if part else 0
    if start < 0:
        return words
    end = start + len(part) if part else None
    click = Style.from_meta({"@click": f"screen.act({BY_ID[action].id!r})"})
    return words.stylize(click, start, end)


def pressable(words: Content, key: str) -> Content:
    """Words that press a key when clicked: in a field's line, where keys are no actions."""
    return words.stylize(Style.from_meta({"@click": f"app.simulate_key({key!r})"}))


class ControlFilter(LineFilter):
    """The last barrier: nothing that is drawn carries a control or direction character."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:  # noqa: ARG002 - the interface's name
        """Return the segments, without what a terminal would obey."""
        if not any(_CONTROLS.search(segment.text) for segment in segments if not segment.control):
            return segments
        return [
            segment
            if segment.control
            else Segment(_CONTROLS.sub("\ufffd", segment.text), segment.style)
            for segment in segments
        ]
