"""Canned replies: Markdown files the founder owns, read, filled, ranked, and found.

A file has lines `key: value` between two `---` lines, then the reply's text:

    ---
    name: ack-bug
    title: A bug: seen, and when they hear from us
    lanes: urgent
    keys: bug, broken
    language: en
    ---
    Thank you for telling us …

The text has neither greeting nor signature: the composer puts both (`core.letter`). Its fields
are those of `core.placeholders`.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from founder_inbox.core.letters.placeholder_tags import VARIABLES, TagError, tokens
from founder_inbox.core.letters.placeholders import Ask, Filled, questions, render, unfilled
from founder_inbox.core.model import Lane
from founder_inbox.errors import BadInput

__all__ = [
    "VARIABLES",
    "Ask",
    "CannedReply",
    "Filled",
    "asks",
    "fill",
    "match",
    "parse_reply",
    "pick",
    "rank",
    "unfilled",
]

_KEYS = ("name", "title", "lane", "lanes", "keys", "language")
_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
_LANGUAGE = re.compile(r"[a-z]{2}")
_MAX_CHARACTERS = 50_000
_MAX_QUERY = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class CannedReply:
    """One reply. No `lanes` means it fits all; `keys` are short words that find it.

    `name` and `language` together are unique among a founder's replies; `source` is the file.
    """

    name: str
    title: str
    lanes: tuple[Lane, ...]
    keys: tuple[str, ...]
    language: str
    body: str
    source: str


def parse_reply(text: str, source_name: str) -> CannedReply:
    """Read a reply's file; `source_name` (`ack-bug.de.md`) names it where it has no name itself.

    Raises BadInput naming file, line, what is wrong, and the nearest right spelling.
    """
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if len(text) > _MAX_CHARACTERS:
        raise _bad(source_name, 1, f"is longer than {_MAX_CHARACTERS:,} characters")
    end = _end_of_front(lines, source_name)
    front = _front(lines[1:end], source_name)
    body = "\n".join(lines[end + 1 :])
    _check_body(body, end + 1, source_name)
    name = _name(front, source_name)
    return CannedReply(
        name=name,
        title=front.get("title", (name, 0))[0],
        lanes=_lanes(front, source_name),
        keys=_listed(front.get("keys", ("", 0))[0]),
        language=_language(front, source_name),
        body=body.strip("\n"),
        source=source_name,
    )


def fill(reply: CannedReply, values: Mapping[str, str]) -> Filled:
    """Put `values` into the reply's text; what is missing stays in `{{ }}` and is named."""
    return render(reply.body, values)


def asks(reply: CannedReply) -> tuple[Ask, ...]:
    """List what the founder is asked before this reply can leave, in order."""
    return questions(reply.body)


def rank(
    replies: Iterable[CannedReply], lane: Lane, language: str | None, uses: Mapping[str, int]
) -> tuple[CannedReply, ...]:
    """Sort the replies for a ticket, best first: its language, its lane, most used (by name)."""

    def order(reply: CannedReply) -> tuple[bool, int, int, str]:
        fits = 0 if lane in reply.lanes else 1 if not reply.lanes else 2
        return (
            reply.language != (language or "en"),
            fits,
            -uses.get(reply.name, 0),
            reply.title.casefold(),
        )

    return tuple(sorted(replies, key=order))


def match(replies: Sequence[CannedReply], query: str) -> tuple[CannedReply, ...]:
    """Find the replies in which the query's letters stand in order, best first.

    Equal ones keep their order, so give them ranked. An empty query gives all.
    """
    wanted = "".join(query.casefold().split())[:_MAX_QUERY]
    scored = [(_best_score(reply, wanted), reply) for reply in replies]
    found = [(score, reply) for score, reply in scored if score is not None]
    return tuple(reply for _, reply in sorted(found, key=lambda pair: -pair[0]))


def pick(replies: Iterable[CannedReply], name: str, language: str | None) -> CannedReply | None:
    """Choose the reply of that name in that language, else in English, else in any."""
    named = [reply for reply in replies if reply.name == name]
    preferred = (language or "en", "en")
    named.sort(key=lambda reply: [reply.language != wish for wish in preferred])
    return named[0] if named else None


def _bad(source: str, line: int, what: str) -> BadInput:
    return BadInput(f"{source}, line {line}: {what}.")


def _end_of_front(lines: list[str], source: str) -> int:
    if lines[0].rstrip() != "---":
        raise _bad(source, 1, "a reply begins with a line ---, then its name, then --- again")
    for number, line in enumerate(lines[1:], 1):
        if line.rstrip() == "---":
            return number
    raise _bad(source, 1, "the --- that ends the reply's head is missing")


def _front(lines: list[str], source: str) -> dict[str, tuple[str, int]]:
    front: dict[str, tuple[str, int]] = {}
    for number, line in enumerate(lines, 2):
        if not line.strip() or line.startswith("#"):
            continue
        key, colon, value = line.partition(":")
        key = key.strip()
        if not colon:
            raise _bad(source, number, f"“{line.strip()[:60]}” is not key: value")
        if key not in _KEYS:
            raise _bad(source, number, _unknown("key", key, _KEYS))
        if key in front:
            raise _bad(source, number, f"{key} stands here twice")
        front[key] = (_unquoted(value.strip()), number)
    return front


def _unquoted(value: str) -> str:
    is_quoted = len(value) > 1 and value[0] == value[-1] and value[0] in "\"'"
    return value[1:-1] if is_quoted else value


def _unknown(kind: str, given: str, allowed: Iterable[str]) -> str:
    options = list(allowed)
    near = get_close_matches(given, options, 1)
    hint = f"did you mean {near[0]}?" if near else "allowed: " + ", ".join(options)
    return f"there is no {kind} “{given[:60]}”; {hint}"


def _check_body(body: str, lines_before: int, source: str) -> None:
    if not body.strip():
        raise _bad(source, lines_before, "the reply has no text")
    try:
        tokens(body)
    except TagError as mistake:
        raise _bad(source, lines_before + mistake.line, str(mistake)) from mistake


def _name(front: Mapping[str, tuple[str, int]], source: str) -> str:
    stem = source.replace("\\", "/").rpartition("/")[2].partition(".")[0]
    name, line = front.get("name", (stem, 1))
    if not _NAME.fullmatch(name):
        raise _bad(source, line, f"“{name[:60]}” is not a name: small letters, digits, hyphens")
    return name


def _lanes(front: Mapping[str, tuple[str, int]], source: str) -> tuple[Lane, ...]:
    found: list[Lane] = []
    for key in ("lane", "lanes"):
        value, line = front.get(key, ("", 1))
        for word in _listed(value):
            if word not in list(Lane):
                raise _bad(source, line, _unknown("lane", word, list(Lane)))
            found.append(Lane(word))
    return tuple(dict.fromkeys(found))


def _language(front: Mapping[str, tuple[str, int]], source: str) -> str:
    value, line = front.get("language", ("en", 1))
    if not _LANGUAGE.fullmatch(value):
        raise _bad(source, line, f"“{value[:60]}” is not a language: two small letters, en or de")
    return value


def _listed(value: str) -> tuple[str, ...]:
    words = (word.strip().strip("\"'") for word in value.strip("[]").split(","))
    return tuple(word for word in words if word)


def _best_score(reply: CannedReply, wanted: str) -> int | None:
    places = ((reply.name, 3), *((key, 3) for key in reply.keys), (reply.title, 0))
    scores = [(_score(place.casefold(), wanted), bonus) for place, bonus in places]
    return max((score + bonus for score, bonus in scores if score is not None), default=None)


def _score(text: str, wanted: str) -> int | None:
    """One for a letter, more at a word's start and in a run; None when one is not there."""
    score, at, before = 0, 0, -2
    for letter in wanted:
        at = text.find(letter, at)
        if at < 0:
            return None
        starts = at == 0 or not text[at - 1].isalnum()
        score += 1 + 3 * starts + 4 * (at == before + 1)
        before, at = at, at + 1
    return score - min(len(text) // 20, 3)
