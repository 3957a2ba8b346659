"""The two versions of a mail, plain and HTML: which says more, and whether they agree."""

import html
import re

_WORD = re.compile(r"\w+")
_LINKED = re.compile(r"://|www\.|@")
_MARKUP = re.compile(
    r"<(?:style|script|title)\b[^<>]{0,2000}>[^<]{0,200000}|<[^<>]{0,5000}>", re.IGNORECASE
)
NOTICE = re.compile(
    r"(?:your|this) (?:e-?mail |mail )?(?:client|program|reader|message|e-?mail)\b.{0,80}"
    r"(?:html|multi-?part|mime)|view (?:it|this e?mail) in (?:a|your) browser"
    r"|html (?:e-?mail|version|only)",
    re.IGNORECASE | re.DOTALL,
)
"""What a plain version says that only points to the HTML one."""

_MAX_COMPARED = 60_000


def is_trivial(plain: str, source: str) -> bool:
    """Whether the plain version is empty or only says that there is an HTML one."""
    if not plain.strip():
        return True
    words = len(plain.split())
    if words < 60 and NOTICE.search(plain[:2000]):
        return True
    if words > 40:
        return False
    return len(_visible(source).split()) > 20 + 6 * words


def _visible(source: str) -> str:
    return html.unescape(_MARKUP.sub(" ", source[:_MAX_COMPARED]))


def _without_links(text: str) -> str:
    """A text without the words that are addresses; few lines have any."""
    return "\n".join(
        " ".join(word for word in line.split() if not _LINKED.search(word[:300]))
        if _LINKED.search(line)
        else line
        for line in text.split("\n")
    )


def differs(plain: str, source: str) -> bool:
    """Whether the plain version has numbers or most of its words nowhere in the HTML.

    Cheap on purpose: words of the whole source count, so only what is truly absent is found.
    """
    if len(plain) > _MAX_COMPARED or len(source) > _MAX_COMPARED:
        return False
    said = set(_WORD.findall(_without_links(plain.lower())))
    there = set(_WORD.findall(html.unescape(source).lower()))
    absent = said - there
    if not absent:
        return False
    visible = _visible(source).lower()
    if 2 * len(_WORD.findall(visible)) < len(said):
        return False
    squeezed = re.sub(r"\W", "", visible)
    absent = {word for word in absent if word not in squeezed}
    numbers = {word for word in absent if word.isdigit() and len(word) > 1}
    return bool(numbers and len(said) < 400) or (len(absent) > 8 and len(absent) * 2 > len(said))
