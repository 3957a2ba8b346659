"""Slips of the finger in a draft: which words are asked about, and which answers are believed.

A spelling program knows no names, no product and no jargon. So a word counts as misspelled only
where what it most likely was is one slip away (Damerau, 1964: four of five misspellings are).
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from founder_inbox.core.tone.findings import Finding

RULE = "spelling"
MOST_WORDS = 1_500
_LONGEST = 40
_SHORTEST = 3
_WHY = "Not in the dictionary."
_FEW, _SHARE = 3, 0.5
_ENDINGS = ("", "s", "d", "r", "ed", "es", "ing", "er", "ers", "able", "ful", "ation", "ations")
_PAIRS = (
    *(("ise", "ize"), ("is", "iz"), ("yse", "yze"), ("ys", "yz"), ("our", "or"), ("ll", "l")),
    *(("tre", "ter"), ("ogue", "og"), ("ence", "ense"), ("amme", "am"), ("ement", "ment")),
)
_OVER_THE_SEA = tuple(
    (f"{here}{ending}", f"{there}{ending}") for here, there in _PAIRS for ending in _ENDINGS
)

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
# What is no prose: quoted lines, links, addresses, code, fields, paths, things with digits.
_APART = re.compile(
    r"^>[^\n]*|^[^\n,.!?]{1,60}[,!][ \t]*$|^[ \t]*[^\W\d_]+(?: [^\W\d_]+)?[ \t]*$"
    r"|^(?:hi|hey|hello|dear|hallo|lieber?|guten \w+|sehr geehrter?|moin|servus)\b"
    r"[^\n,!.]{0,40}[,!.]"
    r"|`[^`\n]{1,200}`|\{\{[^{}\n]{0,200}\}\}|\bhttps?://\S+|\bwww\.\S+|\S+@\S+"
    r"|\S*[/\\]\S*|[\w-]*\d[\w-]*|\b\w+(?:[._]\w+)+|[#@]\w+",
    re.MULTILINE | re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"(?:^|[.!?:\n])[\s\"'»“(*-]*$")
_SHORTEST_NOUN = 6


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the draft, and where it begins."""

    start: int
    text: str


def words_to_check(text: str, known: frozenset[str], language: str = "en") -> list[Word]:
    """The words of the founder's own prose, but those that are known (folded) anyway.

    Names are left out as far as they show: what has capitals inside, greetings and signatures,
    and a capital within a sentence, where `language` doesn't write nouns so.
    """
    plain = _APART.sub(lambda match: " " * len(match[0]), text)
    found: list[Word] = []
    for match in _WORD.finditer(plain):
        word = match[0]
        ordinary = word[1:] == word[1:].lower() and _SHORTEST <= len(word) <= _LONGEST
        named = word[0].isupper() and _may_be_name(plain, match.start(), word, language)
        if ordinary and not named and fold(word) not in known:
            found.append(Word(match.start(), word))
        if len(found) >= MOST_WORDS:
            break
    return found


def _may_be_name(text: str, start: int, word: str, language: str) -> bool:
    begins = _SENTENCE_END.search(text[max(start - 8, 0) : start]) is not None or not start
    if language == "de":
        return len(word) < _SHORTEST_NOUN
    return not begins or len(word) < _SHORTEST_NOUN


def known_words(texts: Iterable[str]) -> frozenset[str]:
    """The words of what the customer wrote, of names and of the founder's list: all are right."""
    return frozenset(fold(word) for text in texts for word in _WORD.findall(text[:50_000]))


def fold(word: str) -> str:
    """A word as it is compared."""
    return word.replace("’", "'").casefold()


def parse_suggestions(answer: str) -> tuple[str, ...] | None:
    """One line of the ispell protocol: () for an unknown word, None for a right one.

    "& word 2 0: ward, ford" names suggestions, the likeliest first; "# word 0" has none.
    """
    if answer.startswith("#"):
        return ()
    if not answer.startswith("&"):
        return None
    words = answer.partition(":")[2].split(",")
    return tuple(word.strip() for word in words if word.strip())[:10]


def find_misspelled(
    text: str, words: Sequence[Word], judged: Mapping[str, Sequence[str]]
) -> Iterator[Finding]:
    """Findings for the words that `judged` (word to suggestions) has, where a slip is likely."""
    for word in words:
        better = likely(word.text, judged.get(word.text, ()))
        if better:
            end = word.start + len(word.text)
            yield Finding(word.start, end, text[word.start : end], RULE, _WHY, better)


def is_foreign(words: Sequence[Word], unknown: Mapping[str, object]) -> bool:
    """Whether so many words are unknown that the text is in another language than was thought."""
    several = {word.text for word in words}
    return len(several & unknown.keys()) > max(_FEW, len(several) * _SHARE)


def spelled_elsewhere(word: str) -> Iterator[str]:
    """How an English word is written on the other side of the Atlantic, whichever side this is."""
    for here, there in _OVER_THE_SEA:
        for one, other in ((here, there), (there, here)):
            if re.search(f"{one}$", word):
                yield re.sub(f"{one}$", other, word)


def likely(word: str, suggestions: Sequence[str]) -> str:
    """What was meant, if it is one slip away; "" where it may well be a word of its own."""
    for suggestion in suggestions:
        if "'" in suggestion and fold(suggestion).replace("'", "") == fold(word):
            return suggestion
    for suggestion in suggestions[:3]:
        # "web hook", "Gmbh": two words, or capitals alone, are a matter of taste.
        if " " in suggestion or "-" in suggestion or fold(suggestion) == fold(word):
            return ""
        if one_slip(fold(word), fold(suggestion)):
            return suggestion.capitalize() if word[0].isupper() else suggestion
    return ""


def one_slip(one: str, other: str) -> bool:
    """Whether one letter more, less, another, or two in the wrong order make them the same."""
    if abs(len(one) - len(other)) > 1 or one == other:
        return False
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    rest, far = one[start:], other[start:]
    return (
        rest[1:] == far
        or rest == far[1:]
        or rest[1:] == far[1:]
        or (rest[:2] == far[:2][::-1] and rest[2:] == far[2:])
    )
