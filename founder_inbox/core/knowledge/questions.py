"""Whether two customers ask the same thing (handbook ch. 4: the second time it becomes an FAQ).

Precise rather than complete: a wrong answer offered costs more than one that is looked up.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

from founder_inbox.core.knowledge.terms import are_rivals, surfaces, terms
from founder_inbox.core.letters.greeting import without_greeting

_LOOKED_AT = 4_000
_MARK = re.compile(r"^(?:(?:re|aw|fwd?|wg|antw)\s{0,2}:\s{0,4}){1,6}", re.IGNORECASE)
_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")
# A long line goes on in the next one: a mail program broke it.
_WRAPPED = re.compile(r"(?<=[^\n]{50})\n(?=[^\n])")
_ASKS = re.compile(
    r"\?|^\s*(?:how|where|can|could|is there|is it|what|which|does|do|wie|wo|kann|gibt es|welche)\b"
    r"|\b(?:how (?:do|can|could|would|to)|want to|like to|need to|trying to|wie (?:kann|geht)|"
    r"möchte|würde gerne?|no idea how|can'?t find|cannot find|finde nicht)\b",
    re.IGNORECASE,
)
# Asked at the end of every mail, and about nothing.
_EMPTY = re.compile(
    r"^\W*(?:can|could|would) you (?:please )?(?:help|tell me|look|explain)\b.{0,25}$|"
    r"^\W*(?:any (?:idea|help|hint)s?|what am i (?:missing|doing wrong)|könnt ihr (?:mir )?helfen)"
    r"\b.{0,25}$",
    re.IGNORECASE,
)
_MOST_SENTENCES = 3
# Measured on the cases in the tests; below them stand pairs that share words and not the answer.
SAME = 0.62
COVERED = 0.7
SIMILAR = 0.4
_FEWEST = 2


@dataclass(frozen=True, slots=True)
class Question:
    """What a mail asks: the sentences that ask, and the terms of those and of the subject."""

    words: str
    terms: frozenset[str]


Thing = TypeVar("Thing")


def read_question(subject: str, text: str) -> Question:
    """Read what a mail asks from its subject and the new words of it."""
    asked = asking_sentences(text)
    return Question(" ".join(asked), frozenset(terms("\n".join([bare_title(subject), *asked]))))


def bare_title(subject: str) -> str:
    """A subject without reply marks."""
    return _MARK.sub("", subject.strip())[:200]


def asking_sentences(text: str) -> list[str]:
    """The sentences of a mail that ask; where none does, its first two."""
    rows = (" ".join(row.split()) for row in _SENTENCE.split(_said(text)))
    sentences = [row[:500] for row in rows if len(row) > 5]
    asking = [at for at, row in enumerate(sentences) if _is_asking(row)][:_MOST_SENTENCES]
    # "How do I export it?": what "it" is stands before.
    before = {at - 1 for at in asking if at and len(terms(sentences[at])) < _FEWEST}
    chosen = sorted({*asking, *before})
    return [sentences[at] for at in chosen] or sentences[:2]


def _said(text: str) -> str:
    return _WRAPPED.sub(" ", without_greeting(text[:_LOOKED_AT]))


def _is_asking(sentence: str) -> bool:
    return bool(_ASKS.search(sentence)) and not _EMPTY.match(sentence)


def index_words(subject: str, question: Question) -> dict[str, frozenset[str]]:
    """Each term of a question with the beginnings of words that an index may know it by."""
    return surfaces(f"{bare_title(subject)}\n{question.words}")


def likeness(one: frozenset[str], other: frozenset[str]) -> tuple[float, float]:
    """How alike two sets of terms are, 0 to 1: of both together, and of the smaller one alone."""
    shared = len(one & other)
    if not shared:
        return (0.0, 0.0)
    return (2 * shared / (len(one) + len(other)), shared / min(len(one), len(other)))


def asks_the_same(one: frozenset[str], other: frozenset[str]) -> float:
    """How sure it is that two questions have one answer; 0 where it is not."""
    if len(one & other) < _FEWEST or are_rivals(one, other):
        return 0.0
    both, smaller = likeness(one, other)
    return both if both >= SAME and smaller >= COVERED else 0.0


def most_alike(
    wanted: frozenset[str], things: Iterable[tuple[frozenset[str], Thing]], most: int = 5
) -> list[Thing]:
    """The things that look alike, the most alike first: a suggestion for a person to judge."""
    scored = [(likeness(wanted, known)[0], thing) for known, thing in things]
    near = [pair for pair in scored if pair[0] >= SIMILAR]
    return [thing for _score, thing in sorted(near, key=lambda pair: -pair[0])[:most]]
