"""The apology checklist ticks itself: six steps in order (handbook ch. 2)."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from founder_inbox.core.tone.draft import Draft, read_draft
from founder_inbox.core.tone.findings import Finding
from founder_inbox.core.tone.rulebook import Rulebook
from founder_inbox.core.tone.wording import Span, words_of

_NEAR = 2
_TELLING = re.compile(r"[^\W_]{6,40}|\d{2,20}")
_BLAMING = frozenset(
    {"blame-customer", "blame-third-party", "you-should-have", "blame", "sorry-if"}
)


@dataclass(frozen=True, slots=True)
class Step:
    """One step of an apology, whether the draft has taken it, and whether it may be left out."""

    name: str
    words: str
    done: bool
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Apology:
    """What the steps look at."""

    draft: Draft
    theirs: str
    rulebook: Rulebook
    findings: tuple[Finding, ...]

    def says(self, *lists: str, within: Span | None = None) -> bool:
        """Whether a word of each list stands there (anywhere when not told)."""
        start, end = within or (0, len(self.draft.text))
        return all(
            any(
                phrases.within(self.draft.words, start, end)
                for phrases in self.rulebook.lists(name, self.draft.language)
            )
            for name in lists
        )


def _listened(mail: Apology) -> bool:
    """A word of theirs of some length, or a number, comes back; unknown: it speaks of them."""
    said = words_of(mail.draft.plain).text
    if not mail.theirs:
        return bool(re.search(r"\byou\b|\byour\b|\bsie\b|\bihr|\bdu\b|\bdein", said))
    theirs = {*_TELLING.findall(words_of(mail.theirs[:20_000]).text)}
    return bool(theirs & {*_TELLING.findall(said)})


def _edge(mail: Apology, *, last: bool) -> Span:
    sentences = list(mail.draft.sentences) or [(0, len(mail.draft.text))]
    near = sentences[-_NEAR:] if last else sentences[:_NEAR]
    return near[0][0], near[-1][1]


def _sorry(mail: Apology) -> bool:
    return mail.says("apology", "we") and not any(f.rule in _BLAMING for f in mail.findings)


_STEPS: Mapping[str, tuple[str, Callable[[Apology], bool]]] = {
    "listened": ("listened: their words come back", _listened),
    "thanks-first": (
        "thanks at the beginning", lambda m: m.says("thanks", within=_edge(m, last=False)),
    ),
    "sorry": ("sorry, with we or I, and no blame", _sorry),
    "cause-and-fix": ("the cause, and what is or will be done", lambda m: m.says("cause", "done")),
    "offer": ("an offer (if you like)", lambda m: m.says("offer")),
    "thanks-last": (
        "thanks at the end", lambda m: m.says("thanks", within=_edge(m, last=True)),
    ),
}  # fmt: skip


def apology_steps(
    text: str,
    rulebook: Rulebook,
    findings: tuple[Finding, ...],
    *,
    theirs: str = "",
    language: str | None = None,
) -> tuple[Step, ...]:
    """Tick the six steps; () when the draft does not say sorry."""
    draft = read_draft(text, language)
    mail = Apology(draft, theirs, rulebook, findings)
    if not mail.says("apology"):
        return ()
    return tuple(
        Step(name, words, bool(draft.asks and name != "sorry") or taken(mail), name == "offer")
        for name, (words, taken) in _STEPS.items()
    )
