"""Many phrases found in a text at once: only where their first word stands is looked closer.

The language of phrases.py, and some things more: `…6` stands for up to six words in between,
`word?` may be missing (never the first one), `*` may stand inside or, but for the first word, in
front (`*ed`), and `a_b` is two words where one alternative needs them (`nobody|no_one`). A comma
between words makes no difference.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

Span = tuple[int, int]
T = TypeVar("T")

_SHORTEST_STEM = 2
_LONGEST_STEM = 20

_WORD = re.compile(r"[\w']{1,40}")
_HEAD = re.compile(r"[\w']+\*?")
_GAP = re.compile(r"…(\d?)")
_BLANK = r"(?:,?[ \n]{1,3})"
_JUST_BLANK = r"(?:[ \n]{1,3})"
_BETWEEN = r"(?:\d{1,4}\.(?!\d)|[\w'%€$/()-]{1,30})"


class BadPhrase(ValueError):
    """A phrase that can't be read; the message says why."""


@dataclass(frozen=True, slots=True)
class Words:
    """A text as it is searched: in small letters, each character in its place.

    `places`: where each word begins; `stems`: where words begin that begin so.
    """

    text: str
    places: Mapping[str, tuple[int, ...]]
    stems: Mapping[str, tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class Phrases:
    """Phrases by their first word, and those whose first word ends in any way by its stem."""

    by_word: Mapping[str, tuple[str, ...]]
    by_stem: Mapping[str, tuple[str, ...]]
    over_commas: bool = True

    def find(self, words: Words, start: int = 0, end: int | None = None) -> Iterator[Span]:
        """Yield the places of phrases that lie within [start, end): at each place the longest."""
        end = len(words.text) if end is None else end
        longest: dict[int, int] = {}
        for index, begins in ((words.places, self.by_word), (words.stems, self.by_stem)):
            for word in index.keys() & begins.keys():
                for place in index[word]:
                    if start <= place < end:
                        for phrase in begins[word]:
                            if found := _pattern(phrase, self.over_commas).match(
                                words.text, place, end
                            ):
                                longest[place] = max(found.end(), longest.get(place, 0))
        yield from sorted(longest.items())

    def within(self, words: Words, start: int = 0, end: int | None = None) -> bool:
        """Whether one of the phrases stands there."""
        return next(self.find(words, start, end), None) is not None


def words_of(text: str) -> Words:
    """Prepare a text for searching."""
    small = text.lower()
    if len(small) != len(text):  # one letter in Unicode becomes two when it is made small
        small = "".join(letter.lower()[:1] for letter in text)
    small = small.replace("\u2019", "'")
    places: dict[str, list[int]] = {}
    for match in _WORD.finditer(small):
        places.setdefault(match[0], []).append(match.start())
    stems: dict[str, list[int]] = {}
    for word, at in places.items():
        for length in range(_SHORTEST_STEM, min(len(word), _LONGEST_STEM) + 1):
            stems.setdefault(word[:length], []).extend(at)
    return Words(small, _frozen(places), _frozen(stems))


def parse_wording(phrases: Iterable[str], *, over_commas: bool = True) -> Phrases:
    """Sort phrases by their first word. Raises BadPhrase for one that can't be read.

    `over_commas`: a comma between two of its words makes no difference.
    """
    by_word: dict[str, list[str]] = {}
    by_stem: dict[str, list[str]] = {}
    for phrase in phrases:
        for head in _heads(phrase):
            index = by_stem if head.endswith("*") else by_word
            index.setdefault(head.removesuffix("*"), []).append(phrase)
    return Phrases(_frozen(by_word), _frozen(by_stem), over_commas)


def _frozen(index: Mapping[str, list[T]]) -> dict[str, tuple[T, ...]]:
    return {key: tuple(items) for key, items in index.items()}


def _heads(phrase: str) -> list[str]:
    """The words that a phrase can begin with: "rip" for "rip-off", both of "i|we"."""
    if phrase != phrase.lower():
        raise BadPhrase(f"the phrase {phrase!r} has capitals; phrases are in small letters")
    first = phrase.split(maxsplit=1)[0] if phrase.strip() else ""
    heads = [_HEAD.match(part.partition("_")[0]) for part in first.split("|")]
    if any(part.endswith("*") and len(part) <= _SHORTEST_STEM for part in first.split("|")):
        raise BadPhrase(f"the phrase {phrase!r} begins with too short a stem")
    if not first or first.endswith("?") or any(head is None for head in heads):
        raise BadPhrase(f"the phrase {phrase!r} does not begin with a word")
    return [head[0] for head in heads if head]


@lru_cache(maxsize=8_000)
def _pattern(phrase: str, over_commas: bool) -> re.Pattern[str]:
    """Compile one phrase when its first word is met for the first time; every part is bounded."""
    pieces: list[str] = []
    for place, word in enumerate(phrase.split()):
        between = _BLANK if over_commas else _JUST_BLANK
        blank = between if place else ""
        if gap := _GAP.fullmatch(word):
            pieces.append(f"(?:{between}{_BETWEEN}){{0,{gap[1] or 3}}}?")
        elif word.endswith("?"):
            pieces.append(f"(?:{blank}{_either(word[:-1])})?")
        else:
            pieces.append(blank + _either(word))
    return re.compile("".join(pieces) + r"(?![\w'])")


def _either(word: str) -> str:
    return f"(?:{'|'.join(_letters(part) for part in word.split('|'))})"


def _letters(word: str) -> str:
    parts = (r"\w{0,20}".join(map(re.escape, part.split("*"))) for part in word.split("_"))
    return _BLANK.join(parts) + r"(?![\w'])"
