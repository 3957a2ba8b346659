"""Where the words of a search stand in a text, seen as the index sees words.

The index (FTS5, `unicode61 remove_diacritics 2`) knows letters and digits only, folds case and
accents, and takes the last word of each term as the beginning of one; so does this.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from founder_inbox.core.tickets.query import Term

Span = tuple[int, int]
"""Where a hit begins and ends in a text, in characters."""

MOST_HITS = 2_000
_LOOKED_AT = 300_000
_SKIPPED = "\0"
_WORD = re.compile(r"[^\W_]+")
_BETWEEN = r"[\W_]{1,80}"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a search marks: in the text, the sender's name and the subject; None marks nothing."""

    text: re.Pattern[str] | None = None
    sender: re.Pattern[str] | None = None
    subject: re.Pattern[str] | None = None

    @property
    def marks_text(self) -> bool:
        """Whether there is something to find in a text."""
        return self.text is not None


NOTHING = Wanted()


def wanted_by(terms: Iterable[Term]) -> Wanted:
    """What the terms of a query mark; what is excluded marks nothing."""
    said: dict[str, list[str]] = {"": [], "from": [], "subject": []}
    for term in terms:
        if term.key in said and not term.exclude:
            said[term.key].append(term.value)
    anywhere = said[""]
    return Wanted(
        _pattern(anywhere), _pattern(anywhere + said["from"]), _pattern(anywhere + said["subject"])
    )


def wanted_words(text: str) -> Wanted:
    """What is marked while one looks for these words, as a phrase, inside a ticket."""
    return Wanted(_pattern([text]))


def find_hits(pattern: re.Pattern[str] | None, text: str) -> list[Span]:
    """Where the words stand, first to last; of an endless text only its beginning is looked at."""
    if pattern is None:
        return []
    spans: list[Span] = []
    for found in pattern.finditer(_folded(text[:_LOOKED_AT])):
        spans.append(found.span())
        if len(spans) >= MOST_HITS:
            break
    return spans


def snippet(pattern: re.Pattern[str] | None, text: str, before: int = 24) -> str | None:
    """The line's worth of text around the first hit, white space folded; None without a hit."""
    found = find_hits(pattern, text)[:1]
    if not found:
        return None
    start = found[0][0]
    begin = max(start - before, 0)
    if begin:
        # Not in the middle of a word.
        space = text.find(" ", begin, start)
        begin = space + 1 if space >= 0 else begin
    cut = " ".join(text[begin : start + 300].split())
    return f"…{cut}" if begin else cut


def by_line(lines: Sequence[str], spans: Sequence[Span]) -> dict[int, list[Span]]:
    """Hits in the lines put together as hits in each; one that runs over an end is in both."""
    found: dict[int, list[Span]] = {}
    number, begin = 0, 0
    for start, end in spans:
        while number < len(lines) and begin + len(lines[number]) < start:
            begin += len(lines[number]) + 1
            number += 1
        line, at = number, begin
        while line < len(lines) and at < end:
            piece = (max(start - at, 0), min(end - at, len(lines[line])))
            if piece[0] < piece[1]:
                found.setdefault(line, []).append(piece)
            at += len(lines[line]) + 1
            line += 1
    return found


def _pattern(values: Sequence[str]) -> re.Pattern[str] | None:
    phrases = {phrase for value in values if (phrase := _phrase(value))}
    if not phrases:
        return None
    # The longest first, so that "charged twice" is one hit where "char" is looked for too.
    either = "|".join(sorted(phrases, key=len, reverse=True))
    return re.compile(rf"(?<![^\W_])(?<!{_SKIPPED})(?:{either})")


def _phrase(value: str) -> str:
    words = _WORD.findall(_folded(value[:200]).replace(_SKIPPED, ""))
    return _BETWEEN.join(_spelled(word) for word in words)


def _spelled(word: str) -> str:
    """The letters of a word, with whatever accents stand behind each of them."""
    return "".join(f"{re.escape(letter)}{_SKIPPED}{{0,4}}" for letter in word)


def _folded(text: str) -> str:
    """The text without case and accents, letter by letter: places in it are those in the text."""
    return text.lower() if text.isascii() else "".join(map(_letter, text))


@lru_cache(maxsize=4_096)
def _letter(letter: str) -> str:
    if unicodedata.category(letter) == "Mn":
        return _SKIPPED
    plain = unicodedata.normalize("NFD", letter.lower())[0]
    return plain if plain.isprintable() or letter.isspace() else " "
