"""Phrases from a table (TOML) as rules that find them in a text, with their places.

A phrase is words with blanks between, in small letters. `*` at the end of a word stands for any
ending, `a|b` for one word or the other, `…` for up to three words in between. Letters' case,
curly apostrophes and line breaks make no difference.
"""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass

from founder_inbox.core.tone.findings import Finding

LANGUAGES = ("en", "de", "fr", "es")
# What is looked at of a text: nobody reads further either.
LONGEST = 20_000
_WORDS_BEFORE = 4
_WORD = re.compile(r"[\w'-]{1,40}")
_SENTENCE_END = re.compile(r"[.!?\n]")


@dataclass(frozen=True, slots=True)
class Rule:
    """One reason: its phrases, and words that take it back.

    `unless_before` within four words before it in the same sentence, `unless_after` right behind.
    """

    name: str
    why: str
    weight: int
    phrases: re.Pattern[str]
    unless_before: frozenset[str]
    unless_after: re.Pattern[str] | None


def parse_phrases(text: str) -> tuple[Rule, ...]:
    """Read a table that ships with the program, one section a rule."""
    return tuple(_rule(name, entry) for name, entry in tomllib.loads(text).items())


def find_phrases(rules: tuple[Rule, ...], text: str) -> Iterator[Finding]:
    """Yield what the rules find in the first 20,000 characters; places are those of `text`."""
    plain = text[:LONGEST].replace("\u2019", "'")
    for rule in rules:
        for found in rule.phrases.finditer(plain):
            if not _is_taken_back(rule, plain, found.start(), found.end()):
                start, end = found.span()
                yield Finding(start, end, text[start:end], rule.name, rule.why)


def _rule(name: str, entry: dict[str, object]) -> Rule:
    after = _texts(entry.get("unless_after"))
    return Rule(
        name,
        str(entry["why"]),
        int(str(entry.get("weight", 1))),
        _pattern([phrase for language in LANGUAGES for phrase in _texts(entry.get(language))]),
        frozenset(_texts(entry.get("unless_before"))),
        _pattern(after, r"\W{1,3}") if after else None,
    )


def _texts(value: object) -> list[str]:
    return [str(item) for item in value] if isinstance(value, list) else []


def _pattern(phrases: list[str], before: str = "") -> re.Pattern[str]:
    """One pattern for all phrases, the longest first; each part of it is bounded."""
    longest_first = sorted(phrases, key=len, reverse=True)
    either = "|".join(_phrase(phrase) for phrase in longest_first)
    return re.compile(rf"{before}(?<![\w'])(?:{either})(?![\w'])", re.IGNORECASE)


def _phrase(phrase: str) -> str:
    pieces: list[str] = []
    for word in phrase.split():
        if word == "…":
            pieces.append(r"(?:[\w'-]{1,30}[ \n,]{1,3}){0,3}?")
        else:
            pieces.append(f"(?:{'|'.join(_letters(part) for part in word.split('|'))})")
            pieces.append(r"[ \n]{1,3}")
    return "".join(pieces[:-1])


def _letters(word: str) -> str:
    stem = word.removesuffix("*")
    return re.escape(stem) + (r"\w{0,20}" if word.endswith("*") else "")


def _is_taken_back(rule: Rule, text: str, start: int, end: int) -> bool:
    if rule.unless_after and rule.unless_after.match(text, end):
        return True
    if not rule.unless_before:
        return False
    sentence = _SENTENCE_END.split(text[max(start - 200, 0) : start])[-1]
    words = [word.casefold() for word in _WORD.findall(sentence)]
    return bool(rule.unless_before & {*words[-_WORDS_BEFORE:]})
