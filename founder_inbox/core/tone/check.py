"""The tone check of one draft: every finding with its place, why, and something better."""

import re
from collections.abc import Iterator
from itertools import chain, islice

from founder_inbox.core.tone.checks import CHECKS, Case, Found, gauge_of
from founder_inbox.core.tone.draft import Draft, read_draft
from founder_inbox.core.tone.findings import Finding, without_overlaps
from founder_inbox.core.tone.rulebook import Rulebook, ToneRule
from founder_inbox.core.tone.wording import Phrases, Span

# A point in time that somebody can hold you to.
_TIME = re.compile(
    r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)days?\b|\b(?:today|tonight|tomorrow|noon|midnight"
    r"|this (?:morning|afternoon|evening|week)|next week|end of (?:the )?(?:day|week|month))\b"
    r"|\b(?:mon|diens|donners|frei|sams|sonn)tag|\bmittwoch|\b(?:heute|morgen|übermorgen|mittags?"
    r"|nächste woche|diese woche|ende der woche)\b|\b\d{1,2}[:.]\d{2}\b"
    r"|\b\d{1,2} ?(?:uhr|am|pm|a\.m|p\.m|o'clock)\b|\b\d{1,2}\. ?(?:\d{1,2}\.|[a-zä]{3,9})"
    r"|\b(?:\d{1,3}|an|one|two|three|four|einer?|zwei|drei) (?:minute|hour|day|week|stunde|tage?"
    r"|woche)|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6} \d{1,2}\b|\b\d{1,2} "
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)|\b\d{4}-\d{2}-\d{2}\b"
)
_WORDS_BEFORE = 4
_NEAR = 200
_MOST = 20
_BEFORE = re.compile(r"[\w']{1,40}")


def check_draft(
    text: str,
    rulebook: Rulebook,
    *,
    theirs: str = "",
    language: str | None = None,
    synonyms: tuple[tuple[str, ...], ...] = (),
    silenced: frozenset[str] = frozenset(),
    harsh: tuple[Finding, ...] = (),
) -> tuple[Finding, ...]:
    """Judge a draft; findings come in the order of the text.

    `theirs`: the customer's own words. `silenced`: names of rules that say nothing. `harsh`:
    what harsh.find_harsh found in the same text; it joins where no rule says more.
    """
    draft = read_draft(text, language)
    known = draft.language if draft.language in {"en", "de"} else None
    case = Case(draft, theirs, rulebook, synonyms)
    found = [
        _finding(text, rule, *place)
        for rule in rulebook.for_language(known)
        if rule.name not in silenced
        for place in _places(rule, case)
    ]
    judged = [item for item in harsh if item.rule not in silenced and _is_judged(draft, item)]
    found += [item for item in judged if not any(_touch(item, other) for other in found)]
    return _tidy(found)


def gauge_points(text: str, rulebook: Rulebook, language: str | None = None) -> int:
    """How far a draft is from plain: negative towards the robot, positive towards the cheer."""
    return gauge_of(Case(read_draft(text, language), "", rulebook, ())).points


def _places(rule: ToneRule, case: Case) -> Iterator[Found]:
    draft = case.draft
    if rule.unless_mail.within(draft.words):
        return
    if check := CHECKS.get(rule.check):
        for span, lead in check(case):
            if not rule.unless_sentence.within(draft.words, *draft.sentence_at(span[0])):
                yield span, lead
    own = list(islice(_own_places(rule, case), _MOST))
    missing = _missing(rule, case, since=own[0][0]) if own else None
    if missing is None:
        return
    # What a mail lacks is said once, a phrase each time it stands there, within reason.
    yield from ((span, missing) for span in own[: 1 if rule.needs else _MOST])


def _own_places(rule: ToneRule, case: Case) -> Iterator[Span]:
    """Yield where the rule's phrases stand and nothing takes them back."""
    draft = case.draft
    forgiven: dict[Span, bool] = {}
    for start, end in chain(rule.phrases.find(draft.words), _met(rule, case)):
        sentence = draft.sentence_at(start)
        if sentence not in forgiven:
            forgiven[sentence] = rule.unless_sentence.within(draft.words, *sentence)
        if not forgiven[sentence] and not _disowned(rule, draft, draft.clause_at(start)[0], start):
            yield start, end


def _met(rule: ToneRule, case: Case) -> Iterator[Span]:
    """Yield the parts of sentences, of clauses, in which words stand that make it together."""
    draft = case.draft
    for all_names, around in (
        (rule.together, draft.sentence_at),
        (rule.in_clause, draft.clause_at),
    ):
        for names in all_names:
            found = [case.spans(name, rule.language) for name in names]
            if not all(found):
                continue
            for part in dict.fromkeys(around(start) for start, _ in found[0]):
                here = [[span for span in spans if _inside(span, part)] for spans in found]
                if all(here) and (span := _apart(here)):
                    yield span


def _inside(span: Span, sentence: Span) -> bool:
    return sentence[0] <= span[0] < sentence[1]


def _apart(choices: list[list[Span]]) -> Span | None:
    """One span of each list, none of them twice; from the first to the last of them."""
    taken: list[Span] = []
    for spans in choices:
        if (span := next((span for span in spans if span not in taken), None)) is None:
            return None
        taken.append(span)
    return min(taken)[0], max(span[1] for span in taken)


def _missing(rule: ToneRule, case: Case, since: int) -> str | None:
    """Name what the mail lacks, or None where nothing is missing; "" for a rule without needs."""
    if not rule.needs:
        return ""
    if case.draft.asks:
        return None
    missing = [name for name in rule.needs if not _has(name, case, since)]
    if len(missing) > rule.may_miss or {*missing} & {*rule.must}:
        return f"Missing: {', '.join(missing)}."
    return None


def _has(name: str, case: Case, since: int) -> bool:
    """Whether a word of the list stands in the mail; a date counts from the find's sentence on."""
    draft = case.draft
    start = draft.sentence_at(since)[0] if name == "date" else 0
    if name == "date" and _TIME.search(draft.words.text, start):
        return True
    lists: tuple[Phrases, ...] = case.rulebook.lists(name, draft.language)
    return any(phrases.within(draft.words, start) for phrases in lists)


def _disowned(rule: ToneRule, draft: Draft, clause: int, place: int) -> bool:
    """Whether one of `unless_before` stands up to four words before, in the same clause."""
    if not rule.unless_before:
        return False
    near = draft.words.text[max(clause, place - _NEAR) : place]
    return bool(rule.unless_before & {*_BEFORE.findall(near)[-_WORDS_BEFORE:]})


def _finding(text: str, rule: ToneRule, span: Span, lead: str) -> Finding:
    why = f"{lead} {rule.why}" if lead else rule.why
    return Finding(*span, text[span[0] : span[1]], rule.name, why, rule.instead, rule.source)


def _is_judged(draft: Draft, finding: Finding) -> bool:
    return draft.plain[finding.start : finding.end] == finding.text


def _touch(one: Finding, other: Finding) -> bool:
    return one.start < other.end and other.start < one.end and other.rule != "long-sentence"


def _tidy(found: list[Finding]) -> tuple[Finding, ...]:
    """Of one rule's findings on the same words keep one; two rules may speak of the same words."""
    by_rule: dict[str, list[Finding]] = {}
    for item in found:
        by_rule.setdefault(item.rule, []).append(item)
    kept = chain.from_iterable(map(without_overlaps, by_rule.values()))
    return tuple(sorted(kept, key=lambda item: (item.start, item.end)))
