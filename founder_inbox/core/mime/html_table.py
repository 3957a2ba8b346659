"""Rows of a table in an HTML mail: short cells side by side, columns of data below each other.

Most tables in mail only lay out a page: a cell with several lines or long prose stays a paragraph.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

_GAP = "   "
_MAX_LINES = 60  # of a row that may still become one line
_MAX_CELLS = 30
_PROSE = 60  # characters from which a cell is read as a paragraph
_WIDEST = 76  # characters of a line with aligned columns


@dataclass(slots=True)
class Row:
    """An open row: where its lines begin, and where those of each cell do."""

    start: int
    prefix: str
    cells: list[int] = field(default_factory=list)


@dataclass(slots=True)
class Table:
    """An open table: its rows that became one line, by the line's number."""

    flat: dict[int, list[str]] = field(default_factory=dict)
    last: int = -1


def close_row(lines: list[str], row: Row, table: Table) -> bool:
    """Put the cells of a finished row into one line where that reads well; whether it did."""
    if not 2 <= len(row.cells) <= _MAX_CELLS or len(lines) - row.start > _MAX_LINES:
        return False
    cells = _cells(lines, row)
    told = [cell for cell in cells or () if cell]
    if cells is None or len(told) < 2 or sum(len(cell) > _PROSE for cell in told) > 1:
        return False
    first = next(i for i in range(row.start, len(lines)) if lines[i].strip("> "))
    if table.last == row.start - 1:
        first = row.start  # no empty line between rows of data
    del lines[first:]
    lines.append(row.prefix + _GAP.join(told))
    table.flat[first] = cells
    table.last = first
    return True


def _cells(lines: list[str], row: Row) -> list[str] | None:
    """What stands in each cell, None where one of them has several lines."""
    out = []
    for start, end in zip(row.cells, [*row.cells[1:], len(lines)], strict=True):
        inside = [line for line in lines[start:end] if line.strip("> ")]
        if len(inside) > 1 or any(not line.startswith(row.prefix) for line in inside):
            return None
        out.append(inside[0][len(row.prefix) :].strip() if inside else "")
    return out


def close_table(lines: list[str], table: Table, prefix: str) -> None:
    """Align the columns of a finished table whose rows are all data."""
    rows = table.flat
    count = len(next(iter(rows.values()), []))
    if len(rows) < 2 or any(len(cells) != count for cells in rows.values()):
        return
    used = [n for n in range(count) if any(cells[n] for cells in rows.values())]
    widths = [max(len(cells[n]) for cells in rows.values()) for n in used]
    if sum(widths) + len(_GAP) * len(widths) > _WIDEST:
        return
    for number, cells in rows.items():
        if number < len(lines):
            lines[number] = prefix + _aligned([cells[n] for n in used], widths)


def _aligned(cells: Sequence[str], widths: Sequence[int]) -> str:
    padded = (cell.ljust(width) for cell, width in zip(cells, widths, strict=True))
    return _GAP.join(padded).rstrip()
