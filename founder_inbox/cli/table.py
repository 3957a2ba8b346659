"""Plain tables: columns that line up, also with letters that are two cells wide."""

import shutil
import unicodedata
from collections.abc import Sequence

GAP = 2
NARROWEST = 8
USUAL_WIDTH = 100


def terminal_width() -> int:
    """How many cells a line may have; where there is no terminal, a page's width."""
    return max(shutil.get_terminal_size((USUAL_WIDTH, 24)).columns, 40)


def width_of(text: str) -> int:
    """How many cells a text takes on a terminal (Unicode, UAX 11)."""
    return len(text) if text.isascii() else sum(map(_cells, text))


def fit(text: str, width: int) -> str:
    """The text in exactly `width` cells: cut with an ellipsis, or filled up."""
    if width_of(text) > width:
        cut, room = [], width - 1
        for letter in text:
            room -= _cells(letter)
            if room < 0:
                break
            cut.append(letter)
        text = "".join(cut) + "…"
    return text + " " * (width - width_of(text))


def table(rows: Sequence[Sequence[str]], width: int, flexible: Sequence[int] = ()) -> str:
    """Rows in columns. When they are too wide for `width`, the `flexible` columns are cut."""
    if not rows:
        return ""
    widths = [max(width_of(row[i]) for row in rows) for i in range(len(rows[0]))]
    excess = sum(widths) + GAP * (len(widths) - 1) - width
    while excess > 0 and flexible:
        widest = max(flexible, key=lambda column: widths[column])
        if widths[widest] <= NARROWEST:
            break
        # Down to the next widest at once would be quicker; tables here are small.
        widths[widest] -= 1
        excess -= 1
    gap = " " * GAP
    return "\n".join(
        gap.join(fit(cell, cells) for cell, cells in zip(row, widths, strict=True)).rstrip()
        for row in rows
    )


def indent(text: str, by: str = "  ") -> str:
    """Every line moved to the right; empty ones stay empty."""
    return "\n".join(by + line if line else "" for line in text.split("\n"))


def _cells(letter: str) -> int:
    if unicodedata.combining(letter) or unicodedata.category(letter) in {"Cf", "Me", "Mn"}:
        return 0
    return 2 if unicodedata.east_asian_width(letter) in "WF" else 1
