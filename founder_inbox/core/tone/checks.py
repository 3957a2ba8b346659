"""What phrases alone can't see: length, links, capitals, the gauge, and their words for a thing."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from founder_inbox.core.tone.draft import ITEM, Draft
from founder_inbox.core.tone.gauge import CHEER, ROBOT, Gauge, read_gauge
from founder_inbox.core.tone.rulebook import Rulebook
from founder_inbox.core.tone.wording import Span, words_of

LONGEST_SENTENCE = 25
WITH_COMMAS = 30
SHORT_CLAUSE = 16
LONGEST_PARAGRAPH = 4
LINE = 100
FEWEST_WORDS = 25
STEPS = 2
OWN_WORDS = 8
_WORD = re.compile(r"[^\W\d_][\w'’-]*")
_PAUSE = re.compile(r"[:;]|\s[–—-]\s|\([^()\n]{0,300}\)")
_ADDRESS = re.compile(
    r"[\w.+-]{1,60}@[\w-]{1,60}(?:\.[\w-]{1,30}){1,4}|(?<![\w+])\+?\d[\d ()/-]{6,20}\d(?!\w)"
)
_SHOUTED = re.compile(r"\b[A-ZÄÖÜ]{2,30}(?:[ ,]{1,2}[A-ZÄÖÜ]{2,30}){0,40}\b")
_LOUD_ENGLISH = (
    "not never always must please read again stop why the this that you your have to do "
)
_LOUD_ENGLISH += (
    "said cannot is are before already every only no twice first last now wrong asking "
)
_LOUD_ENGLISH += "important urgent immediately our my will all once very "
_LOUD_ENGLISH += "without more after exactly really nothing any"
_LOUD_GERMAN = (
    "nicht nie niemals immer müssen bitte lesen schon wieder sie das die der ist warum nur nein "
    "jetzt sofort erst zuerst gesagt gelesen alle alles mehr noch wirklich wichtig genau richtig "
    "falsch zweimal dreimal endlich ohne überall "
)
_LOUD = frozenset(f"{_LOUD_ENGLISH} {_LOUD_GERMAN}keine".upper().split())


@dataclass(frozen=True, slots=True)
class Case:
    """What a check looks at: the draft, the customer's own words ("" if unknown), the rules."""

    draft: Draft
    theirs: str
    rulebook: Rulebook
    synonyms: tuple[tuple[str, ...], ...]
    _spans: dict[tuple[str, str | None], tuple[Span, ...]] = field(default_factory=dict)

    def spans(self, name: str, language: str | None) -> tuple[Span, ...]:
        """Where words of a list stand in the draft; looked up once."""
        if (name, language) not in self._spans:
            lists = self.rulebook.lists(name, language)
            found = {span for phrases in lists for span in phrases.find(self.draft.words)}
            self._spans[name, language] = tuple(sorted(found))
        return self._spans[name, language]


Found = tuple[Span, str]
"""A place, and words that go in front of the rule's why ("")."""


def long_sentences(case: Case) -> Iterator[Found]:
    """Sentences over 25 words; a colon, a dash, a bracket is where one breathes.

    A few words more are fine where every comma comes soon.
    """
    for start, end in case.draft.sentences:
        parts = _PAUSE.split(case.draft.plain[start:end])
        counts = [len(_WORD.findall(part)) for part in parts]
        between = [len(_WORD.findall(piece)) for part in parts for piece in part.split(",")]
        allowed = WITH_COMMAS if max(between) <= SHORT_CLAUSE else LONGEST_SENTENCE
        if max(counts) > allowed:
            lead = len(case.draft.plain[start:end]) - len(case.draft.plain[start:end].lstrip())
            yield (start + lead, end), f"{max(counts)} words in one breath."


def long_paragraphs(case: Case) -> Iterator[Found]:
    """Paragraphs over four lines of 100 characters; lists are none."""
    for start, end in case.draft.paragraphs():
        rows = case.draft.plain[start:end].split("\n")
        lines = max(len(rows), sum(map(len, rows)) // LINE + 1)
        if sum(map(len, rows)) > LINE * LONGEST_PARAGRAPH:
            yield (start, end), f"{lines} lines without a break."


def bare_links(case: Case) -> Iterator[Found]:
    """A link with fewer than 25 other words, unless it is the thing itself (an invoice, a file).

    Steps are an answer, however few words they take, and so are sentences of their own before it.
    """
    draft = case.draft
    short = len(_WORD.findall(draft.plain)) < FEWEST_WORDS
    steps = len(ITEM.findall(draft.plain)) + len(case.spans("steps", draft.language))
    if not draft.links or draft.asks or not short or steps >= STEPS:
        return
    beside = draft.plain[: draft.sentence_at(draft.links[0][0])[0]]
    if len(_WORD.findall(beside)) >= OWN_WORDS:
        return
    lists = case.rulebook.lists("the-thing-itself", draft.language)
    if not any(phrases.within(draft.words) for phrases in lists):
        yield draft.links[0], ""


def addresses(case: Case) -> Iterator[Found]:
    """An address that is not ours, in a sentence that tells them to write there."""
    for match in _ADDRESS.finditer(case.draft.plain):
        start, end = case.draft.sentence_at(match.start())
        verbs = case.spans("turn-to", case.draft.language)
        if any(start <= verb[0] < end for verb in verbs):
            yield match.span(), ""


def robot_speech(case: Case) -> Iterator[Found]:
    """The gauge's left end."""
    gauge = gauge_of(case)
    if gauge.points <= ROBOT:
        for span in gauge.robot[:1]:
            more = f" and {len(gauge.robot) - 1} more" if len(gauge.robot) > 1 else ""
            yield span, f"Stock phrases: this one{more}."


def cheer(case: Case) -> Iterator[Found]:
    """The gauge's right end."""
    gauge = gauge_of(case)
    if gauge.points >= CHEER:
        yield gauge.cheer[0], f"{len(gauge.cheer)} cheers in one mail."


def gauge_of(case: Case) -> Gauge:
    """Where the draft stands between robot and cheerleader."""
    lists, language = case.rulebook.lists, case.draft.language
    return read_gauge(
        case.draft, lists("robot", language), lists("stiff", language), lists("cheer", language)
    )


def shouting(case: Case) -> Iterator[Found]:
    """Two words in capitals in a row with a small word among them, or two such apart."""
    single = []
    for match in _SHOUTED.finditer(case.draft.plain):
        words = re.split(r"[ ,]+", match[0])
        if len(words) > 1 and (_LOUD & {*words}):
            yield match.span(), ""
        elif words[0] in _LOUD:
            single.append(match.span())
    if len(single) > 1:
        yield single[0], ""


def they_say(case: Case) -> Iterator[Found]:
    """Another word for their thing: they wrote "project", the draft says "workspace" only."""
    if not case.theirs or not case.synonyms:
        return
    theirs = words_of(case.theirs[:20_000]).places.keys()
    mine = case.draft.words.places
    for group in case.synonyms:
        said = [word for word in group if _forms(word) & theirs]
        if not said or any(_forms(word) & mine.keys() for word in said):
            continue
        others = set().union(*(_forms(word) for word in group))
        if used := sorted((mine[word][0], word) for word in others & mine.keys()):
            place, word = used[0]
            yield (place, place + len(word)), f"They say “{said[0]}”, you wrote “{word}”."


def _forms(word: str) -> set[str]:
    endings = ("", "s", "es", "n", "en", "e", "er")
    plural = {word[:-1] + "ies"} if word.endswith("y") else set()
    return {word + ending for ending in endings} | plural


CHECKS: Mapping[str, Callable[[Case], Iterator[Found]]] = {
    "long-sentence": long_sentences,
    "long-paragraph": long_paragraphs,
    "address": addresses,
    "bare-link": bare_links,
    "robot": robot_speech,
    "cheer": cheer,
    "shouting": shouting,
    "they-say": they_say,
}
