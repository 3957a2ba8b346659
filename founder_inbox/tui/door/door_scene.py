"""The picture at the door, in text: a door in the evening, light behind it, a day at sea.

Pure: state, sign and size in, a picture out. The same size gives the same sky.
"""

from collections.abc import Iterator
from itertools import groupby

from textual.content import Content

from founder_inbox.core.display import SafeLine, safe_line
from founder_inbox.core.hours.door import DoorState
from founder_inbox.tui.widgets.text import content

Cell = tuple[str, str]
Grid = list[list[Cell]]

_INKS = {
    "w": "$text-muted",  # wood
    "n": "$primary",  # the sign
    "t": "bold $text-primary",  # what stands on it
    "g": "$warning",  # light, moon, sun
    "G": "on $warning",  # more light
    "s": "dim $text-muted",  # stars, ground
    "m": "$foreground",  # sails
    "b": "$primary",  # water
    " ": "",
}
_SKY: Cell = (" ", " ")
_SIGN_WIDTH = 7

# Each row is drawn with the inks of the row beside it; a space without ink lets the sky through.
_DOOR = (
    ("╭───────────────╮", "wwwwwwwwwwwwwwwww"),
    ("│ ╭───────────╮ │", "wwwwwwwwwwwwwwwww"),
    ("│ │     ╷     │ │", "wwwwwwwwnwwwwwwww"),
    ("│ │ ╭───┴───╮ │ │", "wwwwnnnnnnnnnwwww"),
    ("│ │ │       │ │ │", "wwwwntttttttnwwww"),
    ("│ │ ╰───────╯ │ │", "wwwwnnnnnnnnnwwww"),
    ("│ │           │ │", "wwwwwwwwwwwwwwwww"),
    ("│ │         ○ │ │", "wwwwwwwwwwwwgwwww"),
    ("│ │           │ │", "wwwwwwwwwwwwwwwww"),
    ("│ │           │ │", "wwwwwwwwwwwwwwwww"),
    ("┴─┴───────────┴─┴", "wswssssssssssswsw"),
)
_AJAR = (
    ("╭───────────────╮", "wwwwwwwwwwwwwwwww"),
    ("│ ╭───────╮     │", "wwwwwwwwwwwGGGGww"),
    ("│ │       │     │", "wwwwwwwwwwwGGGGww"),
    ("│ │       │     │", "wwwwwwwwwwwGGGGww"),
    ("│ │       │     │", "wwwwwwwwwwwGGGGww"),
    ("│ │       │     │", "wwwwwwwwwwwGGGGww"),
    ("│ │       │     │", "wwwwwwwwwwwGGGGww"),
    ("│ │     ○ │     │", "wwwwwwwwgwwGGGGww"),
    ("│ │       │     │", "wwwwwwwwwwwGGGGww"),
    ("│ ╰───────╯     │", "wwwwwwwwwwwGGGGww"),
    ("┴──────────▀▀▀▀▀▀▀▀▀", "wssssssssssggggggggg"),
)
_MOON = ((" ▗▞▘", " ggg"), ("▗█▌ ", "ggg "), ("▝█▌ ", "ggg "), (" ▝▚▖", " ggg"))
_SUN = (("    ▂▄▄▄▄▂    ", "    gggggg    "), ("  ▄████████▄  ", "  gggggggggg  "))
_GLITTER = (("~~~ ~~~~~~", "gggggggggg"), ("  ~~~~ ~~ ", "  ggggggg "))
_BOAT = (
    ("      │╲     ", "      mm     "),
    ("     ╱│ ╲    ", "     mmmm    "),
    ("    ╱ │  ╲   ", "    mmmmmm   "),
    ("   ╱  │   ╲  ", "   mmmmmmmm  "),
    ("  ╱───┼────╲ ", "  mmmmmmmmmm "),
    ("╲─────┴─────╱", "mmmmmmmmmmmmm"),
)


def draw_scene(state: DoorState, sign: str, width: int, height: int) -> Content:
    """Draw the scene into `width` x `height` cells; `sign` hangs on the door ("17:00")."""
    grid: Grid = [[_SKY] * width for _ in range(height)]
    if height < len(_DOOR) or width < len(_DOOR[0][0]):
        return content()
    if state is DoorState.DAY_OFF:
        _draw_sea(grid)
    else:
        _draw_evening(grid, state, sign)
    return content(*_pieces(grid))


def _draw_evening(grid: Grid, state: DoorState, sign: str) -> None:
    width, height = len(grid[0]), len(grid)
    _draw_stars(grid)
    left, top = (width - len(_DOOR[0][0])) // 2, height - len(_DOOR)
    _paint(grid, _MOON, left + len(_DOOR[0][0]) + max(width // 8, 4), max(top - 1, 0))
    grid[-1] = [("─", "s")] * width
    door = _AJAR if state is DoorState.OPENING_SOON else _hung(sign)
    _paint(grid, door, left, top)


def _draw_sea(grid: Grid) -> None:
    width, shore = len(grid[0]), len(grid) - 3
    centre = width // 2
    sun = centre + max(width // 10, 5)
    _paint(grid, _SUN, sun, shore - len(_SUN))
    for row, shift in ((shore, 0), (shore + 1, 3), (shore + 2, 1)):
        grid[row] = [("~" if (x + shift) % 7 else " ", "b") for x in range(width)]
    _paint(grid, _GLITTER, sun + 2, shore)
    _paint(grid, _BOAT, centre - 16, shore - len(_BOAT))


def _draw_stars(grid: Grid) -> None:
    for y, row in enumerate(grid[:-1]):
        for x in range(len(row)):
            chance = (x * 7_919 + y * 104_729 + x * y * 31) % 211
            if chance < 2:
                row[x] = ("·" if chance else "˙", "s")


def _hung(sign: str) -> tuple[Cell, ...]:
    words = safe_line(sign, _SIGN_WIDTH)
    row, inks = _DOOR[4]
    blank = " " * _SIGN_WIDTH
    return (*_DOOR[:4], (row.replace(blank, words.center(_SIGN_WIDTH), 1), inks), *_DOOR[5:])


def _paint(grid: Grid, sprite: tuple[Cell, ...], left: int, top: int) -> None:
    for y, (characters, inks) in enumerate(sprite, top):
        for x, cell in enumerate(zip(characters, inks, strict=True), left):
            if cell != _SKY and 0 <= y < len(grid) and 0 <= x < len(grid[y]):
                grid[y][x] = cell


def _pieces(grid: Grid) -> Iterator[tuple[SafeLine, str]]:
    """Join neighbours of one colour: few segments a row, little to send."""
    for number, row in enumerate(grid):
        if number:
            yield SafeLine("\n"), ""
        for ink, run in groupby(row, key=lambda cell: cell[1]):
            yield SafeLine("".join(character for character, _ in run)), _INKS[ink]
