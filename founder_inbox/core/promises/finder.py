"""Promises in our own words: "by Friday", "ich melde mich morgen", "I'll get back to you".

Found in what the founder wrote, never in quoted text, and not where it is negated, conditional,
asked, or about somebody else. It errs on the side of silence; nothing is taken without a yes.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import pairwise

from founder_inbox.core.hours.schedule import SupportHours
from founder_inbox.core.promises.dates import SaidDay, days_said
from founder_inbox.core.promises.due import due_for, next_day
from founder_inbox.core.promises.words import TONGUES, Tongue

_LOOKED_AT = 20_000
_LONGEST_SENTENCE = 600
_MOST = 3

_QUOTED = re.compile(r"^[ \t]*>.*$|“[^”\n]{0,400}”|„[^“\n]{0,400}“|«[^»\n]{0,400}»", re.MULTILINE)
_WROTE = re.compile(
    r"^(?:on|am|le|el)\b.{5,120}\b(?:wrote|schrieb|a écrit|escribió)\b.{0,80}:\s*$"
    r"|^-{3,} ?original",
    re.IGNORECASE | re.MULTILINE,
)
# Not after a number: "am 1. Dezember" goes on.
_SENTENCE_END = re.compile(r"(?<=[^\d\s][.!?…])\s+|(?<=\d[!?])\s+|\n\s*\n|\n(?=\s*[-*•])|;\s")
_CLAUSE_END = re.compile(
    r",? (?:and|but|so|und|aber|et|mais|y|pero) (?=if |wenn |falls |si |in case )"
    r"|, (?:and|but|und|aber|et|mais|y|pero) | [–—-] "
)


@dataclass(frozen=True, slots=True)
class FoundPromise:
    """A promise in a text: its words ("by Friday"), where they stand, and when it is due (UTC).

    It is due when its last chance begins: at the first window of that day, or the last before it.
    `has_date` is false for "I'll get back to you"; else `day` and `hour` are what was said.
    """

    words: str
    start: int
    end: int
    due: datetime
    has_date: bool = True
    day: date | None = None
    hour: time | None = None


def find_promises(text: str, now: datetime, hours: SupportHours) -> tuple[FoundPromise, ...]:
    """Return the promises of a mail of ours that is read at `now`, the earliest due first.

    At most three, each date once; one without a date counts only where no date is given.
    """
    own = _own_words(text[:_LOOKED_AT])
    found = list(_dated(own, text, now, hours))
    if not found:
        found = list(_undated(own, text, now, hours))
    days: dict[date, FoundPromise] = {}
    for promise in sorted(found, key=lambda promise: (promise.due, promise.start)):
        days.setdefault(promise.due.astimezone(hours.zone).date(), promise)
    return tuple(days.values())[:_MOST]


def _own_words(text: str) -> str:
    """The text with what is quoted blanked out, letter by letter, in small letters."""
    wrote = _WROTE.search(text)
    end = wrote.start() if wrote else len(text)
    own = _QUOTED.sub(lambda match: "\x00" * len(match.group()), text[:end])
    small = own.lower()
    if len(small) != len(own):  # one letter in Unicode becomes two when it is made small
        small = "".join(letter.lower()[:1] for letter in own)
    return re.sub(r"[\n\t\r](?=[^\s*•-])", " ", small.replace("’", "'").replace("\xa0", " "))


def _sentences(own: str) -> Iterator[tuple[int, str]]:
    at = 0
    for end in [*(match.start() for match in _SENTENCE_END.finditer(own)), len(own)]:
        sentence = own[at:end]
        blank = len(sentence) - len(sentence.lstrip(" \n;*•-"))
        sentence = sentence[blank:]
        if 4 < len(sentence) <= _LONGEST_SENTENCE and not sentence.rstrip().endswith("?"):
            yield at + blank, sentence
        at = end


def _dated(own: str, text: str, now: datetime, hours: SupportHours) -> Iterator[FoundPromise]:
    here = now.astimezone(hours.zone).replace(tzinfo=None)
    for at, sentence in _sentences(own):
        for said in days_said(sentence, here):
            if any(_binds(tongue, sentence, said) for tongue in TONGUES.values()):
                words = " ".join(text[at + said.start : at + said.end].split())
                due = due_for(said.day, said.hour, now, hours)
                place = (at + said.start, at + said.end)
                yield FoundPromise(words, *place, due, day=said.day, hour=said.hour)


def _undated(own: str, text: str, now: datetime, hours: SupportHours) -> Iterator[FoundPromise]:
    for at, sentence in _sentences(own):
        for tongue in TONGUES.values():
            match = tongue.open.search(sentence)
            if match and not _is_taken_back(tongue, sentence):
                words = " ".join(text[at + match.start() : at + match.end()].split())
                due = next_day(now, hours)
                yield FoundPromise(words, at + match.start(), at + match.end(), due, False)
                break


def _binds(tongue: Tongue, sentence: str, said: SaidDay) -> bool:
    """Whether somebody commits to that day: in its clause, or in one before it."""
    ends = [0, *(match.start() for match in _CLAUSE_END.finditer(sentence)), len(sentence)]
    clauses = [sentence[a:b] for a, b in pairwise(ends)]
    mine = max(n for n, start in enumerate(ends[:-1]) if start <= said.start)
    for number in range(mine, -1, -1):
        if tongue.commits.search(clauses[number].lstrip(" ,")):
            concerned = {number, mine}
            return not any(_is_taken_back(tongue, clauses[n]) for n in concerned)
    return False


def _is_taken_back(tongue: Tongue, words: str) -> bool:
    left = tongue.despite.sub(" ", words)
    return bool(tongue.retracts.search(left) or tongue.otherwise.search(left))
