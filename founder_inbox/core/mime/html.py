"""HTML mail to readable text: quotations, lists, tables and true link targets kept.

Lexbor parses in linear time except for deep nesting, so the source is measured first; what is too
deep is stripped of its tags instead. Control characters can come out of entities: the result
still has to pass `core.display`.
"""

import re
from dataclasses import replace
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from founder_inbox.core.mime.html_guard import MAX_HTML, is_too_complex, repair_tail, strip_tags
from founder_inbox.core.mime.html_page import Page, Place
from founder_inbox.core.mime.html_style import (
    MAX_STYLE,
    PLAIN,
    Style,
    hiding_names,
    is_marker,
    paints,
    plain_colour,
    read_style,
    tone,
)

_DROPPED = frozenset({
    "script", "style", "head", "title", "template", "svg", "object", "iframe", "audio", "video",
    "canvas", "map", "select", "-comment",
})  # fmt: skip
_SPACED = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "dl", "table"})
_BLOCKS = _SPACED | frozenset({
    "div", "ul", "ol", "li", "tr", "thead", "tbody", "tfoot", "caption", "section", "article",
    "header", "footer", "main", "aside", "nav", "center", "form", "fieldset", "address", "figure",
    "figcaption", "dt", "dd", "hr", "legend", "details", "summary",
})  # fmt: skip
_WHITE = re.compile(r"[ \t\r\n\f]+")
_DOMAIN = re.compile(r"(?:[\w-]{1,63}\.){1,6}[a-z]{2,24}", re.IGNORECASE)
_OUTLOOK_MARKS = ("divrplyfwdmsg", "outlookmessageheader")
_QUOTE_MARKS = ("yahoo_quoted", "protonmail_quote", "tutanota_quote")
_DOCTYPE = re.compile(r"[\s\ufeff]{0,200}<!doctype\b", re.IGNORECASE)
_MAX_DEPTH = 8
_MAX_URL = 500


def html_to_text(html: str) -> str:
    """The visible words of an HTML mail as plain text; loads nothing, raises nothing.

    At most 512 K characters of source are read. Quotations come out as "> " lines, Outlook's
    as a line "-----Original Message-----" before its header block.
    """
    cut = len(html) > MAX_HTML
    html = repair_tail(html[:MAX_HTML])
    text = strip_tags(html) if is_too_complex(html) else _render(html)
    return text + "\n\n[The rest of this mail is too long to show.]" if cut else text


def _render(html: str) -> str:
    body = LexborHTMLParser(html).body
    page = Page(
        hiding=hiding_names(html),
        painted=paints(html),
        strict=_DOCTYPE.match(html[:2000]) is not None,
    )
    if body is None:
        return ""
    # An own stack: mail nests deeper than Python calls.
    work: list[tuple[LexborNode, Place, bool]] = [(body, Place(), False)]
    while work:
        node, place, done = work.pop()
        if done:
            _leave(node, place, page)
            continue
        if work and (following := node.next) is not None:
            work.append((following, place, False))
        inner = _enter(node, place, page)
        if inner is not None:
            work.append((node, place, True))
            if (child := node.first_child) is not None:
                work.append((child, inner, False))
    return page.finish()


def _enter(node: LexborNode, place: Place, page: Page) -> Place | None:
    """Write what the node begins with; the place of its children, None to pass them by."""
    tag = node.tag or ""
    if tag == "-text":
        _write(node.text_content or "", place, page)
        return None
    if tag in _DROPPED:
        return None
    if tag == "br":
        page.break_line(place)
        return None
    attributes = node.attributes
    style = PLAIN
    if attributes:
        style = read_style((attributes.get("style") or "")[:MAX_STYLE])
        if style.hides or "hidden" in attributes or page.hides(attributes):
            return None
        place = _coloured(attributes, style, place)
        if place.ground and page.painted and "class" in attributes:
            place = replace(place, ground="")  # a style sheet may have painted it
    if tag == "a" and place.tone:
        place = replace(place, tone="")
    if tag == "img":
        _write(_image(attributes), replace(place, pre=False), page)
        return None
    if tag in {"td", "th"}:
        page.open_cell()
    elif tag in _BLOCKS:
        place = _enter_block(tag, attributes, place, page)
    if style.tiny is None or style.tiny == place.hidden:
        return place
    return replace(place, hidden=style.tiny)


def _coloured(attributes: dict[str, str | None], style: Style, place: Place) -> Place:
    """The place with the colours an element sets; words in the colour of their ground hide."""
    colour = style.colour or attributes.get("color") or ""
    ground = style.ground or attributes.get("bgcolor") or ""
    if not (colour or ground):
        return replace(place, ground="") if style.paints and place.ground else place
    ink = plain_colour(colour) if colour else place.colour
    paper = plain_colour(ground) if ground else place.ground
    said = "highlighted" if ground and is_marker(paper) else tone(ink) if colour else place.tone
    if (ink, paper, said) == (place.colour, place.ground, place.tone):
        return place
    return replace(place, colour=ink, ground=paper, tone=said)


def _write(text: str, place: Place, page: Page) -> None:
    pale = place.colour and place.colour == place.ground
    if place.hidden or pale or not text:
        return
    if not place.pre:
        page.write(_WHITE.sub(" ", text), place)
        return
    first, *rest = text.replace("\r\n", "\n").split("\n")
    page.write(first, place)
    for line in rest:
        page.break_line(place)
        page.write(line, place)


def _enter_block(tag: str, attributes: dict[str, str | None], place: Place, page: Page) -> Place:
    page.block(_gap(tag, place))
    name = (
        f"{attributes.get('class') or ''} {attributes.get('id') or ''}".lower()
        if attributes
        else ""
    )
    if any(mark in name for mark in _OUTLOOK_MARKS):
        page.write("-----Original Message-----", place)
        page.block(1)
    named = attributes.get("name") == "quote" if attributes else False
    if tag == "blockquote" or named or any(mark in name for mark in _QUOTE_MARKS):
        return replace(place, quote=min(place.quote + 1, _MAX_DEPTH), indent="")
    if tag == "hr":
        page.write("-" * 20, replace(place, tone=""))
    elif tag == "table":
        page.open_table()
        # Where no doctype is given a table begins with the page's colour, as in browsers.
        return replace(place, tone="") if page.strict else replace(place, colour="", tone="")
    elif tag == "tr":
        page.open_row(place)
    elif tag == "pre":
        return replace(place, pre=True)
    elif tag in {"ul", "ol"}:
        first = (attributes.get("start") or "1")[:6]
        before = int(first) - 1 if first.isascii() and first.isdigit() else 0
        page.counters.append(-1 if tag == "ul" else max(0, before))
    elif tag == "li":
        return _enter_item(place, page)
    return place


def _gap(tag: str, place: Place) -> int:
    return 2 if tag in _SPACED or (tag in {"ul", "ol"} and not place.indent) else 1


def _enter_item(place: Place, page: Page) -> Place:
    page.marker = "- "
    if page.counters and page.counters[-1] >= 0:
        page.counters[-1] += 1
        page.marker = f"{page.counters[-1]}. "
    indent = place.indent if len(place.indent) >= 2 * _MAX_DEPTH else place.indent + "  "
    return replace(place, indent=indent.ljust(len(page.marker)))


def _leave(node: LexborNode, place: Place, page: Page) -> None:
    """Write what the node ends with."""
    tag = node.tag or ""
    if tag == "a":
        note = _link_note(node, page)
        if not (note and note[0] == " " and page.note_above(note)):
            _write(note, place, page)
    elif tag in {"td", "th"}:
        page.block(1)
    elif tag in _BLOCKS:
        if tag == "tr":
            page.close_row()
        elif tag == "table":
            page.close_table(place)
        page.block(_gap(tag, place))
        if tag in {"ul", "ol"} and page.counters:
            page.counters.pop()


def _image(attributes: dict[str, str | None]) -> str:
    """What stands for a picture: its description, nothing for spacers and tracking pixels."""
    alt = (attributes.get("alt") or "").strip()
    tiny = {"0", "1", "2"}
    if (
        not alt
        or (attributes.get("width") or "") in tiny
        or (attributes.get("height") or "") in tiny
    ):
        return ""
    return f"[{alt[:200]}]"


def _link_note(node: LexborNode, page: Page) -> str:
    """The note of a link, empty where its text already is the target, or nothing to open."""
    target = (node.attributes.get("href") or "").strip()
    text = (node.text() or "").strip()
    scheme, _, rest = target.partition(":")
    if scheme.lower() == "mailto":
        address = rest.partition("?")[0]
        return "" if not address or address in text else page.note(f"mailto:{address[:200]}", "")
    if scheme.lower() not in {"http", "https"} or text.rstrip("/") == target.rstrip("/"):
        return ""
    url = re.sub(r"\s", "", target[:_MAX_URL])
    if not text and not _is_described(node):
        # A picture without words leads somewhere; an anchor without anything does not.
        if url in page.notes or not _has_picture(node):
            return ""
        return "[picture]" + page.note(url, _lie(text, target))
    return page.note(url, _lie(text, target))


def _is_described(node: LexborNode) -> bool:
    """Whether a picture in a link says in words what it shows."""
    return any(_image(picture.attributes) for picture in node.css("img")[:20])


def _has_picture(node: LexborNode) -> bool:
    """Whether a link shows a picture that can be seen."""
    tiny = {"0", "1", "2"}
    return any(
        not {picture.attributes.get("width"), picture.attributes.get("height")} & tiny
        for picture in node.css("img")[:20]
    )


def _lie(text: str, target: str) -> str:
    """A remark where the link's text names another domain than it leads to, or hides it."""
    try:
        parts = urlsplit(target)
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return " (an address that can't be read)"
    said = _DOMAIN.match(text.partition("://")[2] or text)
    shown = said[0].lower().removeprefix("www.") if said and " " not in text else host
    other = not (host == shown or host.endswith("." + shown) or shown.endswith("." + host))
    foreign = not host.isascii() or "xn--" in host
    return f" (leads to {host})" if other or foreign or "@" in parts.netloc else ""
