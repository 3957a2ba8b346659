"""What little of CSS decides whether the words of a mail are seen."""

import re
from dataclasses import dataclass
from functools import lru_cache

_SHEET = re.compile(r"<style\b[^<>]{0,2000}>([^<]{0,100000})", re.IGNORECASE)
_COMMENT = re.compile(r"/\*[^*]{0,5000}\*/|<!--|-->")
_PIECE = re.compile(r"([^{}]{0,4000})([{}])")
_HIDES = re.compile(
    r"display\s{0,9}:\s{0,9}none|visibility\s{0,9}:\s{0,9}hidden|mso-hide\s{0,9}:\s{0,9}all",
    re.IGNORECASE,
)
_SIMPLE = re.compile(r"(?:[a-z]{1,10})?([.#][\w-]{1,60})", re.IGNORECASE)
_COLOURED = re.compile(
    r"(?:color|background)\s{0,9}[:=]\s{0,9}[\"']?(#?\w{3,20}(?:\([^()]{0,40}\))?)", re.IGNORECASE
)
_SIX = re.compile(r"[0-9a-f]{6}")
_HIDDEN = re.compile(
    r"display\s{0,9}:\s{0,9}none|clip\s{0,9}:\s{0,9}rect\(0|visibility\s{0,9}:\s{0,9}hidden|mso-hide\s{0,9}:\s{0,9}all"
    r"|(?:max-height|(?<![\w-])opacity)\s{0,9}:\s{0,9}0(?:px|\.0+)?\s{0,9}(?:;|!|$)"
    r"|(?<![\w-])(?:left|top|text-indent)\s{0,9}:\s{0,9}-\d{3,}",
    re.IGNORECASE,
)
_COLLAPSED = re.compile(
    r"(?<![\w-])(?:height|width)\s{0,9}:\s{0,9}0(?:px|\.0+)?\s{0,9}(?:;|!|$)", re.IGNORECASE
)
_CUT_OFF = re.compile(r"overflow\s{0,9}:\s{0,9}hidden", re.IGNORECASE)
_FONT_SIZE = re.compile(r"font-size\s{0,9}:\s{0,9}(\d{1,4}(?:\.\d{1,4})?)(p[xt])?", re.IGNORECASE)
_COLOR = re.compile(
    r"(background(?:-color)?|(?<![\w-])color)\s{0,9}:\s{0,9}(#?\w{3,20}(?:\([^()]{0,40}\))?)",
    re.IGNORECASE,
)
_MAX_SHEETS = 5
# Longer than any that people write; what is said behind it is not read.
MAX_STYLE = 4000
_MAX_PIECES = 4000
_NAMED = {
    "white": "ffffff", "black": "000000", "transparent": "", "red": "ff0000", "blue": "0000ff",
    "green": "008000", "lime": "00ff00", "purple": "800080", "orange": "ffa500",
    "magenta": "ff00ff", "fuchsia": "ff00ff", "maroon": "800000", "navy": "000080",
    "teal": "008080", "yellow": "ffff00", "darkred": "8b0000", "darkblue": "00008b",
    "darkgreen": "006400", "crimson": "dc143c", "firebrick": "b22222", "royalblue": "4169e1",
}  # fmt: skip
_RGB = re.compile(r"rgba?\(\s{0,9}(\d{1,3})[\s,]{1,9}(\d{1,3})[\s,]{1,9}(\d{1,3})\s{0,9}[,/)]")
# Below it a colour is a shade of a theme: Outlook's 1F497D is 94, the grey-violet of Gmail's
# quotations 80. Outlook's purple 7030A0 is 112.
_VIVID = 110


@dataclass(frozen=True, slots=True)
class Style:
    """What a `style` attribute means for the words under it; colours as they are written."""

    hides: bool = False
    tiny: bool | None = None  # letters nobody can read; None where no size is set
    colour: str = ""
    ground: str = ""
    paints: bool = False


PLAIN = Style()


# A newsletter says the same few a thousand times.
@lru_cache(maxsize=256)
def read_style(style: str) -> Style:
    """What a `style` attribute of at most MAX_STYLE characters says."""
    if not style:
        return PLAIN
    found = {name.lower()[:5]: value for name, value in _COLOR.findall(style)}
    size = _FONT_SIZE.search(style)
    return Style(
        hides=_hides(style),
        tiny=None if size is None else _is_tiny(size),
        colour=found.get("color", ""),
        ground=found.get("backg", ""),
        paints="background" in style,
    )


def _hides(style: str) -> bool:
    if _HIDDEN.search(style):
        return True
    return _CUT_OFF.search(style) is not None and _COLLAPSED.search(style) is not None


def _is_tiny(size: re.Match[str]) -> bool:
    """Whether letters of a size can't be read: zero of anything, or two pixels."""
    return float(size[1]) == 0 or (size[2] is not None and float(size[1]) <= 2)


def hiding_names(html: str) -> frozenset[str]:
    """The classes (".name") and ids ("#name") that style sheets hide on any screen, lower case.

    Rules inside @media are for other screens than ours and do not count.
    """
    names: set[str] = set()
    for number, sheet in enumerate(_SHEET.finditer(html)):
        if number >= _MAX_SHEETS:
            break
        if _HIDES.search(sheet[1]):
            names |= _hidden_in(_COMMENT.sub(" ", sheet[1]))
    return frozenset(names)


def paints(html: str) -> bool:
    """Whether a style sheet sets the ground of anything."""
    return any("background" in sheet[1].lower() for sheet in _SHEET.finditer(html))


def _hidden_in(sheet: str) -> set[str]:
    names: set[str] = set()
    depth, selectors = 0, ""
    for count, match in enumerate(_PIECE.finditer(sheet)):
        if count >= _MAX_PIECES:
            break
        if match[2] == "{":
            depth += 1
            selectors = match[1].strip() if depth == 1 else ""
            continue
        if depth == 1 and "@" not in selectors and _HIDES.search(match[1]):
            found = (_SIMPLE.fullmatch(part.strip()) for part in selectors.split(",")[:50])
            names |= {simple[1].lower() for simple in found if simple}
        depth = max(0, depth - 1)
    return names


@lru_cache(maxsize=256)
def plain_colour(value: str) -> str:
    """A colour in six hexadecimal digits where that is plain, else as it is written."""
    value = value.strip().lower()[:40].lstrip("#")
    if len(value) == 3 and value.isalnum() and value not in _NAMED:
        return "".join(letter * 2 for letter in value)
    if rgb := _RGB.match(value):
        return "".join(f"{min(255, int(part)):02x}" for part in rgb.groups())
    return _NAMED.get(value, value)


@lru_cache(maxsize=256)
def tone(colour: str) -> str:
    """What people call a vivid colour of six digits ("red"); empty for black, grey and shades."""
    if not _SIX.fullmatch(colour):
        return ""
    red, green, blue = (int(colour[at : at + 2], 16) for at in (0, 2, 4))
    if max(red, green, blue) - min(red, green, blue) < _VIVID:
        return ""
    if red == max(red, green, blue):
        if blue >= red // 2:
            return "pink"
        return "orange" if green >= red // 3 else "red"
    if blue >= green:
        return "purple" if 2 * red > blue else "blue"
    return "green"


def has_tones(html: str) -> bool:
    """Whether anything in the source is written in a vivid colour or on one: cheap, and rough."""
    values = {match[1] for match in _COLOURED.finditer(html)}
    colours = {plain_colour(value) for value in values}
    return any(is_marker(colour) or tone(colour) for colour in colours)


def is_marker(ground: str) -> bool:
    """Whether a ground of six digits is that of a highlighter: yellow, bright green or blue."""
    return ground in {"ffff00", "00ff00", "00ffff"}
