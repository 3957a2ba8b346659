"""A small linear model for mail about which the rules are silent (softmax regression).

It was trained by `tests/tools/train_lanes.py` on texts written for this project, in four
languages. Its weights are whole hundredths in a text file: no library is needed to use it.
"""

import math
from collections.abc import Iterable
from functools import lru_cache

from founder_inbox.core.lane_evidence import Evidence, Reading
from founder_inbox.core.lane_patterns import MASKED, STOP
from founder_inbox.core.lane_rules import SURE
from founder_inbox.core.model import Lane

LANES = (Lane.THANKS, Lane.URGENT, Lane.HOWTO, Lane.FEATURE)
SCALE = 100
OPENING = 60
STEM = 5

Weights = dict[str, tuple[float, ...]]


def features(evidence: Evidence) -> list[str]:
    """Name what the model looks at: words, pairs, stems of the opening, and the rules' hits."""
    found: dict[str, None] = {}
    for reading in (evidence.subject, evidence.body):
        found.update(dict.fromkeys(_words(reading.tokens[:OPENING])))
        found.update(dict.fromkeys(_rule_names(reading, evidence)))
    return list(found)


def _words(tokens: list[str]) -> Iterable[str]:
    before = STOP
    for token in tokens:
        if token != MASKED:
            yield token
            yield f"{before} {token}"
            if len(token) > STEM:
                yield token[:STEM] + "*"
        before = token


def _rule_names(reading: Reading, evidence: Evidence) -> Iterable[str]:
    for hit in reading.hits:
        if hit.start < OPENING:
            rule = evidence.rules.rules[hit.rule]
            strength = "sure" if rule.weight >= SURE else "hint"
            yield f"={rule.role}"
            yield f"={rule.role} {strength}"
            yield f"={rule.role} {rule.reason}"
    roles = {evidence.rules.rules[hit.rule].role for hit in reading.hits}
    yield f"=length {min(len(reading.tokens), 80) // 20}" if roles else "=silent"


@lru_cache(maxsize=4)
def parse_weights(text: str) -> Weights:
    """Read the lines "feature TAB four whole hundredths, blank between" in LANES' order."""
    weights: Weights = {}
    for line in text.splitlines():
        name, _, numbers = line.partition("\t")
        weights[name] = tuple(int(number) / SCALE for number in numbers.split())
    return weights


def probabilities(names: list[str], weights: Weights) -> dict[Lane, float]:
    """Return how likely each lane is; they add up to 1."""
    known = [weights[name] for name in names if name in weights]
    size = math.sqrt(len(names)) or 1.0
    bias = weights.get("", (0.0,) * len(LANES))
    sums = [bias[lane] + sum(row[lane] for row in known) / size for lane in range(len(LANES))]
    top = max(sums)
    powers = [math.exp(value - top) for value in sums]
    total = sum(powers)
    return {lane: power / total for lane, power in zip(LANES, powers, strict=True)}
