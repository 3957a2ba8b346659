"""The thank-you jar: true sentences of praise from customers' mails, never a made-up one."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from founder_inbox.core.tone.phrases import Rule, find_phrases

SHORTEST = 12
LONGEST = 140
_LOOKED_AT = 4_000
# What makes a sentence unfit to be quoted: a but, a question, a link, an address, a number.
_UNFIT = re.compile(
    r"[?@<>{}\[\]#]|https?:|www\.|\d{3}|\b(?:but|however|except|unfortunately|although|still|aber"
    r"|jedoch|leider|nur|mais|cependant|pero|sin embargo)\b",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[^.!?\n]{1,400}(?:[.!?\u2026]{1,5}|(?=\n)|$)")


@dataclass(frozen=True, slots=True)
class Praise:
    """One sentence as it was written; `key` names the mail, `name` is a first name or ""."""

    key: str
    ticket: str
    name: str
    at: datetime
    sentence: str


def praises(text: str, rules: tuple[Rule, ...]) -> list[str]:
    """Find the sentences of praise that can be quoted, as they stand, in the order of the text."""
    # A paragraph is one line; a sentence may have been broken by the mail program.
    paragraphs = [" ".join(part.split()) for part in text[:_LOOKED_AT].split("\n\n")]
    sentences = [m[0].strip() for part in paragraphs for m in _SENTENCE.finditer(part)]
    return [sentence for sentence in sentences if _can_be_quoted(sentence, rules)]


def best_praise(text: str, rules: tuple[Rule, ...]) -> str:
    """Choose the sentence to keep: the one with most praise, then the first; "" for none."""
    found = praises(text, rules)
    return max(found, key=lambda sentence: _strength(sentence, rules), default="")


def choose(jar: Sequence[Praise], shown: Sequence[str]) -> Praise | None:
    """Choose what to show; `shown` are keys, the last shown one last. None for an empty jar.

    The newest one that was never shown, else the one that was shown longest ago; the same one
    twice in a row never, unless only one is in the jar and it was not the last.
    """
    newest = sorted(jar, key=lambda praise: praise.at, reverse=True)
    fresh = [praise for praise in newest if praise.key not in shown]
    if fresh:
        return fresh[0]
    seen = sorted(newest, key=lambda praise: _last_place(shown, praise.key))
    return seen[0] if seen and seen[0].key != shown[-1] else None


def _last_place(shown: Sequence[str], key: str) -> int:
    return max(place for place, other in enumerate(shown) if other == key)


def _can_be_quoted(sentence: str, rules: tuple[Rule, ...]) -> bool:
    if not SHORTEST <= len(sentence) <= LONGEST or _UNFIT.search(sentence):
        return False
    return _strength(sentence, rules) > 0


def _strength(sentence: str, rules: tuple[Rule, ...]) -> int:
    return sum(1 for _ in find_phrases(rules, sentence))
