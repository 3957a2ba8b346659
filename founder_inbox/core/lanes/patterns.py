"""Phrases for the lane rules: plain words with simple wildcards, matched in linear time.

No regular expression is made from what the founder writes. A phrase is a row of words:
`charged twice`, `refund*` (any ending), `*fehler` (any beginning), `can't|cannot` (either),
`me?` (may be missing), `...` (up to four words between, same sentence), `^add` (first word of a
sentence). Capitals, accents and apostrophes do not matter.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

MAX_TOKENS = 600
MAX_WORDS = 12
MAX_GAPS = 2
GAP_WORDS = 4
MIN_STEM = 3

STOP = "."
MASKED = "_"

_CONTRACTION = re.compile(r"(?<=[a-z])'(?=(?:t|s|m|re|ve|ll|d)(?![a-z]))")
_ELISION = re.compile(r"(?<![^\W_])(?:[cdjlmnst]|qu)'(?=[^\W_])")
_TOKEN = re.compile(
    r"[^\W_]+|[?!]|[\u2600-\u27BF\U0001F300-\U0001FAFF]"
    r"|[.;:](?=[\s\"')]|\Z)|…|\n[^\S\n]{0,20}\n|(?<![^\n]{45})\n"
)
_BREAKS = frozenset("?!;:…")


@dataclass(frozen=True, slots=True)
class Word:
    """One place in a phrase: the words, beginnings and endings that fit it."""

    exact: frozenset[str]
    starts: tuple[str, ...]
    ends: tuple[str, ...]
    optional: bool = False

    def fits(self, token: str) -> bool:
        """Say whether the token may stand here."""
        return (
            token in self.exact
            or bool(self.starts and token.startswith(self.starts))
            or bool(self.ends and token.endswith(self.ends))
        )


@dataclass(frozen=True, slots=True)
class Phrase:
    """A compiled phrase; a None among its words is a gap. `rule` is what it counts for."""

    words: tuple[Word | None, ...]
    at_start: bool
    rule: int


@dataclass(frozen=True, slots=True)
class Hit:
    """Where a phrase of a rule was found: tokens from `start` up to `end`."""

    rule: int
    start: int
    end: int


class Stem(NamedTuple):
    """A phrase whose first word is known by its beginning or end, and what may come second."""

    stems: tuple[str, ...]
    second: frozenset[str] | None
    phrase: Phrase


@dataclass(slots=True)
class Index:
    """Phrases by how they begin, so that a mail is walked through once.

    Most begin with two certain words: those are found by both, which leaves few to try.
    """

    exact: dict[str, list[Phrase]] = field(default_factory=dict)
    pairs: dict[str, dict[str, list[Phrase]]] = field(default_factory=dict)
    starts: dict[str, list[Stem]] = field(default_factory=dict)
    ends: dict[str, list[Stem]] = field(default_factory=dict)


def fold(text: str) -> str:
    """Lower-case, no accents, contractions closed: "Can’t" is "cant", "l’idée" is "idee"."""
    text = text.replace("’", "'").replace("´", "'").casefold()
    if not text.isascii():
        decomposed = unicodedata.normalize("NFKD", text)
        text = "".join(c for c in decomposed if not unicodedata.combining(c))
    return _ELISION.sub("", _CONTRACTION.sub("", text))


def tokenize(text: str) -> list[str]:
    """Words, `?`, `!` and emoji, with `.` where a sentence ends; at most MAX_TOKENS."""
    tokens: list[str] = []
    for match in _TOKEN.finditer(fold(text)):
        found = match.group()
        if found.isalnum():
            tokens.append(found)
        else:
            tokens.extend(_split(found))
        if len(tokens) >= MAX_TOKENS:
            break
    return tokens


def _split(found: str) -> tuple[str, ...]:
    if found in "?!":
        return (found, STOP)
    if found in _BREAKS or found == STOP or found.startswith("\n"):
        return (STOP,)
    return (found,)


def parse_phrase(text: str, rule: int) -> Phrase:
    """Compile one phrase. ValueError with half a sentence when it can't be."""
    parts = text.split()
    at_start = bool(parts) and parts[0].startswith("^")
    if at_start:
        parts[0] = parts[0][1:]
    words: list[Word | None] = []
    for part in parts:
        words.extend([None] if part == "..." else _parse_word(part))
    _check(words)
    return Phrase(tuple(words), at_start, rule)


def _check(words: list[Word | None]) -> None:
    if not words:
        raise ValueError("is empty")
    if len(words) > MAX_WORDS:
        raise ValueError(f"is longer than {MAX_WORDS} words")
    if words.count(None) > MAX_GAPS:
        raise ValueError(f"has more than {MAX_GAPS} gaps (...)")
    if words[0] is None or words[0].optional or words[-1] is None:
        raise ValueError("must begin and end with a word that has to be there")


def _parse_word(part: str) -> Iterator[Word]:
    optional = len(part) > 1 and part.endswith("?")
    options = [fold(option) for option in part.removesuffix("?" if optional else "").split("|")]
    if len(options) == 1 and "*" not in options[0]:
        yield from (Word(frozenset((t,)), (), (), optional) for t in _single(options[0]))
        return
    exact, starts, ends = set(), [], []
    for option in options:
        stem = option.strip("*")
        if len(_single(stem)) != 1 or "*" in stem or option.count("*") > 1:
            raise ValueError(f"has a word that can't be read: {option!r}")
        if "*" in option and len(stem) < MIN_STEM:
            raise ValueError(f"needs {MIN_STEM} letters or more beside the * in {option!r}")
        if option.endswith("*"):
            starts.append(stem)
        elif option.startswith("*"):
            ends.append(stem)
        else:
            exact.add(stem)
    yield Word(frozenset(exact), tuple(starts), tuple(ends), optional)


def _single(text: str) -> list[str]:
    """Split as a mail would be, so "l'app" in a phrase is two words there as well."""
    if text in ("?", "!"):
        return [text]
    tokens = [token for token in tokenize(text) if token != STOP]
    if not tokens:
        raise ValueError(f"has no word in {text!r}")
    return tokens


def build_index(phrases: Iterable[Phrase]) -> Index:
    """Sort phrases by their first word."""
    index = Index()
    for phrase in phrases:
        first = phrase.words[0]
        if first is None:
            continue
        second = _certain_second(phrase)
        for word in first.exact:
            if second is None:
                index.exact.setdefault(word, []).append(phrase)
                continue
            followers = index.pairs.setdefault(word, {})
            for follower in second:
                followers.setdefault(follower, []).append(phrase)
        _add_stems(index.starts, first.starts, slice(MIN_STEM), second, phrase)
        _add_stems(index.ends, first.ends, slice(-MIN_STEM, None), second, phrase)
    return index


def _add_stems(
    stems: dict[str, list[Stem]],
    whole: tuple[str, ...],
    shortest: slice,
    second: frozenset[str] | None,
    phrase: Phrase,
) -> None:
    for short in dict.fromkeys(stem[shortest] for stem in whole):
        alike = tuple(stem for stem in whole if stem[shortest] == short)
        stems.setdefault(short, []).append(Stem(alike, second, phrase))


def _certain_second(phrase: Phrase) -> frozenset[str] | None:
    """The words one of which must come second; None where that can't be told by looking up."""
    word = phrase.words[1] if len(phrase.words) > 1 else None
    return None if word is None or word.optional or word.starts or word.ends else word.exact


def find(tokens: list[str], index: Index) -> list[Hit]:
    """Every place where a phrase stands; bounded work for each token."""
    hits = []
    for position, (token, follower) in enumerate(zip(tokens, [*tokens[1:], STOP], strict=False)):
        for phrase in _candidates(token, follower, index):
            if phrase.at_start and position and tokens[position - 1] != STOP:
                continue
            end = _match(tokens, position + 1, phrase.words, 1)
            if end:
                hits.append(Hit(phrase.rule, position, end))
    return hits


def _candidates(token: str, follower: str, index: Index) -> list[Phrase]:
    """The phrases whose first word the token is, as far as the next word can tell."""
    found: list[Phrase] = []
    if token in index.exact:
        found += index.exact[token]
    if token in index.pairs:
        found += index.pairs[token].get(follower, ())
    for stem in index.starts.get(token[:MIN_STEM], ()):
        if token.startswith(stem.stems) and (stem.second is None or follower in stem.second):
            found.append(stem.phrase)
    for stem in index.ends.get(token[-MIN_STEM:], ()):
        if token.endswith(stem.stems) and (stem.second is None or follower in stem.second):
            found.append(stem.phrase)
    return found


def _match(tokens: list[str], position: int, words: tuple[Word | None, ...], at: int) -> int:
    """Return the end of the match, 0 for none. Branches only at gaps and optional words."""
    while at < len(words):
        word = words[at]
        if word is None:
            return _match_gap(tokens, position, words, at + 1)
        if position < len(tokens) and word.fits(tokens[position]):
            position, at = position + 1, at + 1
        elif word.optional:
            at += 1
        else:
            return 0
    return position


def _match_gap(tokens: list[str], position: int, words: tuple[Word | None, ...], at: int) -> int:
    for skipped in range(GAP_WORDS + 1):
        end = _match(tokens, position + skipped, words, at)
        if end:
            return end
        if position + skipped >= len(tokens) or tokens[position + skipped] == STOP:
            return 0
    return 0


def mask(tokens: list[str], hits: list[Hit]) -> list[str]:
    """Blot out what was found, so that no other rule reads it."""
    if not hits:
        return tokens
    blotted = list(tokens)
    for hit in hits:
        blotted[hit.start : hit.end] = [MASKED] * (hit.end - hit.start)
    return blotted
