"""A small linear model that weighs what the rules found against the words (softmax regression).

It was trained by `tests/tools/train_lanes.py` on texts written for this project, in four
languages. Its weights are whole hundredths in a text file: no library is needed to use it.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from founder_inbox.core.lanes.evidence import Evidence, Reading
from founder_inbox.core.lanes.patterns import MASKED, STOP
from founder_inbox.core.lanes.reasons import is_telling
from founder_inbox.core.lanes.rules import SURE, Role, Rules
from founder_inbox.core.model import Lane

LANES = (Lane.THANKS, Lane.URGENT, Lane.HOWTO, Lane.FEATURE)
SCALE = 100
OPENING = 60
SUBJECT_OPENING = 20
STEM = 5
TELLING_LETTERS = 4

Weights = dict[str, tuple[float, ...]]


@dataclass(frozen=True, slots=True)
class Guess:
    """How likely each lane is (adding up to 1), how many of the words were known; all features."""

    likely: dict[Lane, float]
    words_read: int
    names: tuple[str, ...] = ()

    def among(self, lanes: Iterable[Lane]) -> dict[Lane, float]:
        """How likely each of some lanes is, if it is one of them."""
        total = sum(self.likely[lane] for lane in lanes) or 1.0
        return {lane: self.likely[lane] / total for lane in lanes}


def guess(evidence: Evidence) -> Guess | None:
    """Ask the shipped model; None where the rules came without its weights."""
    if not evidence.rules.weights:
        return None
    weights = parse_weights(evidence.rules.weights)
    names = features(evidence)
    read = sum(name in weights for name in names if name.isalpha())
    return Guess(probabilities(names, weights), read, tuple(names))


def telling_words(opinion: Guess, lane: Lane, rules: Rules, limit: int = 2) -> tuple[str, ...]:
    """The words of the mail that speak most for a lane rather than for the others."""
    weights, at = parse_weights(rules.weights), LANES.index(lane)
    gains = {
        name: weights[name][at] - sum(weights[name]) / len(LANES)
        for name in opinion.names
        if name in weights and name.isalpha() and len(name) >= TELLING_LETTERS and is_telling(name)
    }
    told = sorted((name for name in gains if gains[name] > 0), key=lambda n: (-gains[n], n))
    return tuple(told[:limit])


def decided_by_own_rule(evidence: Evidence, role: Role) -> bool:
    """Say whether a sure rule speaks for the role that the model was never taught.

    Such a rule was written by the founder, after the training: nobody may overrule it.
    """
    weights = parse_weights(evidence.rules.weights)
    hits = (*evidence.subject.hits, *evidence.body.hits)
    rules = (evidence.rules.rules[number] for number in {hit.rule for hit in hits})
    return any(
        rule.role is role and rule.weight >= SURE and f"={role} {rule.reason}" not in weights
        for rule in rules
    )


def features(evidence: Evidence) -> list[str]:
    """Name what the model looks at: words, pairs, stems of the opening, and the rules' hits.

    What stands in the subject counts as such and as part of the mail.
    """
    found: dict[str, None] = {}
    subject = evidence.subject.tokens[:SUBJECT_OPENING]
    found.update(dict.fromkeys(_words(evidence.body.tokens[:OPENING], "")))
    found.update(dict.fromkeys(_words(subject, "")))
    found.update(dict.fromkeys(_words(subject, "S:")))
    found.update(dict.fromkeys(_rule_names(evidence.body, evidence, "=")))
    found.update(dict.fromkeys(_rule_names(evidence.subject, evidence, "S=")))
    return list(found)


def _words(tokens: list[str], mark: str) -> Iterable[str]:
    before = STOP
    for token in tokens:
        if token != MASKED:
            yield mark + token
            yield f"{mark}{before} {token}"
            if len(token) > STEM:
                yield f"{mark}{token[:STEM]}*"
        before = token


def _rule_names(reading: Reading, evidence: Evidence, mark: str) -> Iterable[str]:
    for hit in reading.hits:
        rule = evidence.rules.rules[hit.rule]
        strength = "sure" if rule.weight >= SURE else "hint"
        yield f"{mark}{rule.role}"
        yield f"{mark}{rule.role} {strength}"
        yield f"{mark}{rule.role} {rule.reason}"


@lru_cache(maxsize=4)
def parse_weights(text: str) -> Weights:
    """Read the lines "feature TAB four whole hundredths, blank between" in LANES' order."""
    weights: Weights = {}
    for line in text.splitlines():
        name, _, numbers = line.partition("\t")
        weights[name] = tuple(int(number) / SCALE for number in numbers.split())
    return weights


def probabilities(names: Sequence[str], weights: Weights) -> dict[Lane, float]:
    """Return how likely each lane is; they add up to 1."""
    nothing = (0.0,) * len(LANES)
    known = [weights[name] for name in names if name in weights] or [nothing]
    size = math.sqrt(len(names)) or 1.0
    bias = weights.get("", nothing)
    lanes = zip(bias, zip(*known, strict=True), strict=True)
    sums = [own + sum(said) / size for own, said in lanes]
    return dict(zip(LANES, shares(sums), strict=True))


def shares(sums: list[float]) -> list[float]:
    """Turn sums into positive numbers that add up to 1 (softmax)."""
    top = max(sums)
    powers = [math.exp(value - top) for value in sums]
    total = sum(powers)
    return [power / total for power in powers]
