"""Whether a customer's mail is hot: insults, threats, anger, capitals, `!!!` (handbook ch. 6).

Words count one or two, shouting and repeated marks one each; two make it hot. Somebody who
shouts for joy is not angry.
"""

import re
from dataclasses import dataclass

from founder_inbox.core.tone.phrases import LONGEST, Rule, find_phrases
from founder_inbox.core.tone.praise import praises

HOT = 2
_LETTERS = re.compile(r"[^\W\d_]")
_CAPITALS = re.compile(r"[^\W\d_a-zß-öø-ÿ]")
_MARKS = re.compile(r"[!?]{3,20}|!!")
_ENOUGH = 20


@dataclass(frozen=True, slots=True)
class Heat:
    """How hot a mail is: its points, and why in a few words, each once."""

    points: int
    reasons: tuple[str, ...]

    @property
    def is_hot(self) -> bool:
        """Whether to answer it with a cool head."""
        return self.points >= HOT


COLD = Heat(0, ())


def heat_of(text: str, rules: tuple[Rule, ...], praise: tuple[Rule, ...]) -> Heat:
    """Weigh a customer's own words; `rules` are those of heat.toml, `praise` of praise.toml."""
    text = text[:LONGEST]
    weights = {rule.name: rule.weight for rule in rules}
    found = list(find_phrases(rules, text))
    loud = [*_shouts(text), *_marks(text)]
    if not found and praises(text, praise):
        return COLD
    points = sum(weights[finding.rule] for finding in found) + len(loud)
    reasons = dict.fromkeys([*(finding.why for finding in found), *loud])
    return Heat(points, tuple(reasons))


def _shouts(text: str) -> list[str]:
    """Say "capitals" when more than half of the letters are."""
    letters, capitals = len(_LETTERS.findall(text)), len(_CAPITALS.findall(text))
    return ["capitals"] if letters >= _ENOUGH and capitals * 2 > letters else []


def _marks(text: str) -> list[str]:
    return ["!!!"] if _MARKS.search(text) else []
