"""An FAQ article: a Markdown file with a head that static site generators read, too.

    ---
    title: "How do I export my list?"
    date: 2026-11-23
    language: en
    draft: true
    asked: ["where do I export the list to a CSV file?"]
    ---
    1. Open Lists …

`draft: true` keeps it to the founder: it is offered in mails but never exported. `asked` are
questions it answers, for finding it again; they are never exported either. `url` is where it can
be read. Other keys are the site generator's and stay as they are.
"""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from founder_inbox.core.display import safe_line, safe_text
from founder_inbox.errors import BadInput

_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,59}")
_LANGUAGE = re.compile(r"[a-z]{2}")
_KEY = re.compile(r"([A-Za-z_][\w-]{0,40})\s{0,4}:(.*)")
_LINK = re.compile(r"https?://[^\s\x00-\x1f<>\"']{1,2000}")
_TOO_LONG = 100_000
_MOST_ASKED = 20
# A generator makes files of its own of these.
_TAKEN = frozenset({"index", "faq"})
_FOLDED = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "é": "e", "è": "e", "ñ": "n"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One article. `asked` are masked questions; `source` is the file, `text` all of it."""

    name: str
    title: str
    language: str
    draft: bool
    url: str
    asked: tuple[str, ...]
    body: str
    source: str
    text: str


def parse_article(text: str, source: str) -> Article:
    """Read an article's file; `source` is its name, `export-list.md` or `export-list.de.md`.

    Raises BadInput naming file, line and what is wrong.
    """
    if len(text) > _TOO_LONG:
        raise _bad(source, 1, f"is longer than {_TOO_LONG:,} characters")
    rows = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if rows[0].strip() != "---":
        raise _bad(source, 1, "does not begin with a line --- and its title")
    end = next((at for at, row in enumerate(rows[1:], 1) if row.strip() == "---"), None)
    if end is None:
        raise _bad(source, 1, "has no second line --- after its head")
    head = _head(rows[1:end])
    body = "\n".join(rows[end + 1 :]).strip("\n")
    if not body.strip():
        raise _bad(source, end + 1, "has no text")
    name, _, rest = source.removesuffix(".md").partition(".")
    if "title" not in head:
        raise _bad(source, 1, "has no title: add title: How do I …?")
    return Article(
        name=checked_name(name),
        title=safe_line(_unquoted(head["title"][0]), 200),
        language=_language(head, rest, source),
        draft=_flag(head, source),
        url=_url(head, source),
        asked=_asked(head, source),
        body=body,
        source=source,
        text="\n".join(rows),
    )


def checked_name(name: str) -> str:
    """The name where it can be one, as it is. Raises BadInput."""
    if not _NAME.fullmatch(name):
        raise BadInput(f"“{name[:60]}” is not a name: small letters, digits, hyphens.")
    if name in _TAKEN:
        raise BadInput(f"{name} is the list of all articles. Choose another name.")
    return name


def name_from(title: str) -> str:
    """A name for an article, from the words of its title."""
    words = re.findall(r"[a-z0-9]+", title.lower().translate(_FOLDED))
    name = ""
    for word in words:
        if len(name) + len(word) > 40:
            break
        name = f"{name}-{word}" if name else word
    return f"{name}-article" if name in _TAKEN else name or "article"


def article_text(
    title: str, language: str, asked: Sequence[str], body: str, day: date, *, draft: bool = True
) -> str:
    """Write an article's file. `body` is Markdown."""
    said = [safe_line(question, 300) for question in asked if question.strip()][:_MOST_ASKED]
    lines = [
        "---",
        f"title: {_quoted(safe_line(title, 200) or 'Untitled')}",
        f"date: {day.isoformat()}",
        f"language: {language}",
        f"draft: {'true' if draft else 'false'}",
        *([f"asked: {json.dumps(said, ensure_ascii=False)}"] if said else []),
        "---",
        safe_text(body).strip("\n"),
    ]
    return "\n".join(lines) + "\n"


def published(text: str) -> str:
    """The file with `draft: false` in its head; everything else stays."""
    head, body = _split(text)
    rows = [row for row in head if not re.match(r"draft\s{0,4}:", row)]
    return "\n".join(["---", *rows, "draft: false", "---", body])


def exported(article: Article) -> str:
    """The file as others get it: without the questions customers asked."""
    return without_asked(article.text).rstrip("\n") + "\n"


def without_asked(text: str) -> str:
    """An article's file without what customers asked; everything else stays."""
    head, body = _split(text)
    kept: list[str] = []
    skipping = False
    for row in head:
        key = _KEY.match(row)
        # A list below its key goes with it.
        skipping = key[1] == "asked" if key else skipping
        if not skipping:
            kept.append(row)
    return "\n".join(["---", *kept, "---", body])


def _split(text: str) -> tuple[list[str], str]:
    rows = text.split("\n")
    end = next((at for at, row in enumerate(rows[1:], 1) if row.strip() == "---"), 1)
    return rows[1:end], "\n".join(rows[end + 1 :])


def _head(rows: Sequence[str]) -> dict[str, tuple[str, int]]:
    found: dict[str, tuple[str, int]] = {}
    for number, row in enumerate(rows, 2):
        key = _KEY.match(row)
        if key:
            found.setdefault(key[1], (key[2].strip(), number))
    return found


def _unquoted(value: str) -> str:
    if len(value) > 1 and value[0] == value[-1] == '"':
        try:
            return str(json.loads(value))
        except ValueError:
            return value[1:-1]
    return value[1:-1] if len(value) > 1 and value[0] == value[-1] == "'" else value


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _language(head: dict[str, tuple[str, int]], ending: str, source: str) -> str:
    value, line = head.get("language", head.get("lang", (ending or "en", 1)))
    value = _unquoted(value)
    if not _LANGUAGE.fullmatch(value):
        raise _bad(source, line, f"“{value[:60]}” is not a language: two small letters, en or de")
    return value


def _flag(head: dict[str, tuple[str, int]], source: str) -> bool:
    value, line = head.get("draft", ("false", 1))
    if value.lower() not in {"true", "false"}:
        raise _bad(source, line, f"draft is true or false, not “{value[:60]}”")
    return value.lower() == "true"


def _url(head: dict[str, tuple[str, int]], source: str) -> str:
    value, line = head.get("url", ("", 1))
    value = _unquoted(value)
    # A generator's own `url: /help/export/` is a path on its site, and no link for a mail.
    if not value or value.startswith("/"):
        return ""
    if not _LINK.fullmatch(value):
        raise _bad(source, line, "url is not a link that begins with https://")
    return value


def _asked(head: dict[str, tuple[str, int]], source: str) -> tuple[str, ...]:
    value, line = head.get("asked", ("", 1))
    if not value:
        return ()
    try:
        found = json.loads(value)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, list):
        raise _bad(source, line, 'asked is a list: ["How do I …?", "Where is …?"]')
    return tuple(safe_line(str(question), 300) for question in found[:_MOST_ASKED])


def _bad(source: str, line: int, what: str) -> BadInput:
    return BadInput(f"{safe_line(source, 100)}, line {line}: {what}")
