"""What little of CSS decides whether the words of a mail are seen."""

import re

_SHEET = re.compile(r"<style\b[^<>]{0,2000}>([^<]{0,100000})", re.IGNORECASE)
_COMMENT = re.compile(r"/\*[^*]{0,5000}\*/|<!--|-->")
_PIECE = re.compile(r"([^{}]{0,4000})([{}])")
_HIDES = re.compile(
    r"display\s{0,9}:\s{0,9}none|visibility\s{0,9}:\s{0,9}hidden|mso-hide\s{0,9}:\s{0,9}all",
    re.IGNORECASE,
)
_SIMPLE = re.compile(r"(?:[a-z]{1,10})?([.#][\w-]{1,60})", re.IGNORECASE)
_MAX_SHEETS = 5
_MAX_PIECES = 4000
_NAMED = {"white": "ffffff", "black": "000000", "red": "ff0000", "transparent": ""}


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


def plain_colour(value: str) -> str:
    """A colour in six hexadecimal digits where that is plain, else as it is written."""
    value = value.strip().lower()[:20].lstrip("#")
    if len(value) == 3:
        return "".join(letter * 2 for letter in value)
    return _NAMED.get(value, value)
