"""A draft as the tone check reads it: greeting, signature, quoted words and open fields left out.

What is left out is struck out by signs of the same length, so places stay those of the draft.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from founder_inbox.core.letters.greeting import has_greeting
from founder_inbox.core.letters.language import language_of
from founder_inbox.core.tone.phrases import LONGEST
from founder_inbox.core.tone.wording import Span, Words, words_of

STRUCK = "¤"
_LONGEST_SIGNATURE = 80
_LINK = re.compile(r"(?:https?://|www\.)[^\s<>\"]{1,500}", re.IGNORECASE)
_FIELD = re.compile(r"\{\{[^{}]{0,500}\}\}")
_QUOTED = re.compile(
    r"^[ \t]{0,3}>[^\n]*|^```.{0,5000}?^```|`[^`\n]{1,300}`|\"[^\"\n]{1,400}\""
    r"|\u201c[^\u201d\n]{1,400}\u201d|\u201e[^\u201c\u201d\n]{1,400}[\u201c\u201d]"
    r"|\u00ab[^\u00bb\n]{1,400}\u00bb|\u00bb[^\u00ab\n]{1,400}\u00ab",
    re.MULTILINE | re.DOTALL,
)
_DASHES = re.compile(r"^-- ?\n", re.MULTILINE)
_GREETING_END = re.compile(r"[,!.:\n]")
_PARAGRAPH = re.compile(r"[^\n]+(?:\n(?!\s*\n)[^\n]+)*")
ITEM = re.compile(r"^[ \t]{0,8}(?:[-*•–]|\d{1,2}[.)])[ \t]", re.MULTILINE)
_DIVIDES = re.compile(r"[,;:()–—]|\s-\s")
_SENTENCE = re.compile(
    r"[^.!?\n]{0,1}(?:[^.!?\n]|[.!?](?=[\w¤])|(?<=\d)\.(?=[ ][a-zäöü])"
    r"|\n(?![ \t]{0,20}\n|[ \t]{0,20}(?:[-*•–]|\d{1,2}[.)])[ \t]))*[.!?…]*"
)


@dataclass(frozen=True, slots=True)
class Draft:
    """One draft. `plain` is what is judged; `links` and `asks` are what was struck out of it.

    A list's item is a sentence, and a paragraph's end ends one.
    """

    text: str
    plain: str
    words: Words
    language: str | None
    links: tuple[Span, ...]
    greeting: Span
    asks: bool
    sentences: tuple[Span, ...]

    def sentence_at(self, place: int) -> Span:
        """Find the sentence around a place."""
        index = bisect_right(self.sentences, (place, len(self.text) + 1)) - 1
        found = self.sentences[index] if index >= 0 else (place, place)
        return found if found[0] <= place < found[1] else (place, place)

    def clause_at(self, place: int) -> Span:
        """Find the part of the sentence around a place that no comma, colon or dash divides."""
        start, end = self.sentence_at(place)
        marks = [match.start() for match in _DIVIDES.finditer(self.plain, start, end)]
        index = bisect_right(marks, place)
        return (marks[index - 1] if index else start, marks[index] if index < len(marks) else end)

    def paragraphs(self) -> Iterator[Span]:
        """Yield the paragraphs, without lists."""
        for match in _PARAGRAPH.finditer(self.plain):
            if not ITEM.search(match[0]):
                yield match.span()


def read_draft(text: str, language: str | None = None) -> Draft:
    """Prepare a draft; `language` is guessed where it is not given. Looks at 20,000 characters."""
    text = text[:LONGEST]
    plain = _strike(text, [match.span() for match in _FIELD.finditer(text)])
    plain = _strike(plain, [match.span() for match in _QUOTED.finditer(plain)])
    links = tuple(match.span() for match in _LINK.finditer(plain))
    greeting, signature = _greeting(plain), _signature(plain)
    plain = _strike(plain, [*links, greeting, signature])
    guessed = language or language_of(plain) or language_of(text)  # with its greeting
    sentences = tuple(m.span() for m in _SENTENCE.finditer(plain) if m[0].strip())
    words, asks = words_of(plain), "{{" in text
    return Draft(text, plain, words, guessed, links, greeting, asks, sentences)


def _greeting(text: str) -> Span:
    begin = len(text) - len(text.lstrip())
    if not has_greeting(text):
        return begin, begin
    end = _GREETING_END.search(text, begin)
    return begin, end.end() if end else len(text)


def _signature(text: str) -> Span:
    """Find what stands below "-- ", or a last short paragraph without a full stop."""
    if dashes := _DASHES.search(text):
        return dashes.start(), len(text)
    head, gap, last = text.rstrip().rpartition("\n\n")
    last_line = last.strip()
    short = 0 < len(last_line) <= _LONGEST_SIGNATURE and last_line.count("\n") < 4
    if not gap or not short or last_line[-1] in ".?!,:;…" or "://" in last or ITEM.search(last):
        return len(text), len(text)
    return len(head), len(text)


def _strike(text: str, spans: list[Span]) -> str:
    """Put signs in the place of spans; line breaks stay, so paragraphs do."""
    for start, end in spans:
        struck = re.sub(r"[^\n]", STRUCK, text[start:end])
        text = text[:start] + struck + text[end:]
    return text
