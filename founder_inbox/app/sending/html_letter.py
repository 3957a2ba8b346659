"""A mail's words as simple HTML: the founder's Markdown, and below it the quoted text as it was.

Nothing is fetched from anywhere when it is read: no pictures, no styles but a line beside quoted
text. Raw HTML is text, and a link goes to the web or to a mailbox or it is no link.
"""

import re
from functools import cache
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

_SAFE_LINK = re.compile(r"(?:https?://|mailto:)[^\s\x00-\x1f]{1,2000}", re.IGNORECASE)
_MARKS = re.compile(r"(?:> ?)+")
_DEEPEST = 8
_QUOTE = (
    '<blockquote type="cite" style="margin:0 0 0 .8ex;border-left:1px solid #ccc;padding-left:1ex">'
)


def html_letter(words: str, below: str) -> str:
    """Make the HTML alternative of a mail: `words` are Markdown, `below` is quoted plain text."""
    quoted = f"\n{_as_it_was(below)}" if below.strip() else ""
    return (
        '<!DOCTYPE html>\n<html><head><meta charset="utf-8"></head><body>\n'
        f"{_markdown().render(words)}{quoted}</body></html>\n"
    )


def html_of(markdown: str) -> str:
    """Markdown as HTML: raw HTML is text, links go to the web or a mailbox, nothing is fetched."""
    rendered: str = _markdown().render(markdown)
    return rendered


@cache
def _markdown() -> "MarkdownIt":
    """The parser; made when the first such mail is sent, because most people never need it."""
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"html": False, "breaks": True, "linkify": True})
    # A line of dashes below a name is a signature and no heading; pictures would be fetched.
    parser.disable(["lheading", "image"]).enable("linkify")
    if parser.linkify is not None:
        parser.linkify.set({"fuzzy_link": False, "fuzzy_email": False, "fuzzy_ip": False})
    parser.validateLink = _is_safe  # type: ignore[assignment, method-assign]
    return parser


def _is_safe(link: str) -> bool:
    return bool(_SAFE_LINK.fullmatch(link))


def _as_it_was(text: str) -> str:
    """Quoted text: marks become nested quotes, line breaks stay, nothing in it is Markdown."""
    parts: list[str] = []
    depth = 0
    for row in text.strip("\n").split("\n"):
        marks = _MARKS.match(row)
        wanted = min(marks[0].count(">"), _DEEPEST) if marks else 0
        parts += [_QUOTE] * (wanted - depth) + ["</blockquote>"] * (depth - wanted)
        depth = wanted
        said = row[marks.end() :] if marks else row
        parts.append(f"{_spaced(said)}<br>\n")
    return "".join([*parts, "</blockquote>" * depth, "\n"])


def _spaced(text: str) -> str:
    """Escaped, with the indentation of a line kept."""
    bare = text.lstrip(" ")
    return "&nbsp;" * min(len(text) - len(bare), 40) + escape(bare)
