"""What protects the HTML parser: sizes are measured before parsing, in linear time."""

import html as entities
import re
from collections import Counter

MAX_HTML = 512 * 1024
"""Characters of an HTML body that are looked at."""

_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]{0,20})")
_LONG_TAG = re.compile(r"<[a-zA-Z][^>]{16000}")
_DATA_URL = re.compile(r"""=\s{0,9}(?:"data:[^"]*"|'data:[^']*')""", re.IGNORECASE)
_SILENT = re.compile(r"<(?:script|style|title)\b[^<>]{0,2000}>[^<]{0,200000}", re.IGNORECASE)
_ANY_TAG = re.compile(r"<[!/?a-zA-Z][^<>]*>?")
_BREAKING = re.compile(r"<(?:br|/?p|/?div|/?tr|/?li|/?h\d|/?table|/?blockquote)\b", re.IGNORECASE)
_VOID = frozenset({
    "br", "img", "hr", "meta", "input", "link", "col", "area", "base", "wbr", "source", "p", "li",
    "td", "th", "tr", "dt", "dd", "option", "tbody", "thead",
})  # fmt: skip
_FORMATTING = frozenset({
    "a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u",
})  # fmt: skip
_MAX_NESTING = 1000
_MAX_REOPENED = 1_000_000


def repair_tail(html: str) -> str:
    """The source with an unclosed comment or tag at its end made text, so it swallows nothing."""
    html = _DATA_URL.sub('=""', html) if "data:" in html else html
    closed = html.rfind("-->") + 1
    if html.find("<!--", closed) >= 0:
        html = html[:closed] + html[closed:].replace("<!--", "")
    shut = html.rfind(">") + 1
    return html[:shut] + html[shut:].replace("<", "&lt;")


def is_too_complex(html: str) -> bool:
    """Whether parsing could take more than linear time.

    Nesting costs its square; open formatting elements are opened again in each block after them.
    """
    balance: Counter[str] = Counter()
    nesting = formatting = deepest = reopened = tags = 0
    for match in _TAG.finditer(html):
        tag = match[2].lower()
        if tag in _VOID:
            tags += 1
            continue
        step = -1 if match[1] else 1
        if balance[tag] + step < 0:
            continue
        balance[tag] += step
        nesting += step
        tags += 1
        if tag in _FORMATTING:
            formatting += step
            reopened = max(reopened, formatting)
        deepest = max(deepest, nesting)
    return (
        deepest > _MAX_NESTING
        or reopened * tags > _MAX_REOPENED
        or _LONG_TAG.search(html) is not None
    )


def strip_tags(html: str) -> str:
    """The words of HTML that is not parsed: tags out, entities decoded."""
    html = _BREAKING.sub(lambda match: "\n" + match[0], _SILENT.sub(" ", html))
    text = entities.unescape(_ANY_TAG.sub(" ", html))
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return "\n".join(line for line in lines if line)
