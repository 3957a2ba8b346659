"""Harsh words in the founder's own draft: what hurts, where it stands, and why (handbook ch. 6).

Rather misses one than scolds a good mail. What is quoted (`>` lines, or in quotation marks) are
somebody else's words.
"""

import re

from founder_inbox.core.tone.findings import Finding, without_overlaps
from founder_inbox.core.tone.phrases import LONGEST, Rule, find_phrases

_QUOTED = re.compile(
    r"^[ \t]{0,3}>[^\n]*|\"[^\"\n]{1,300}\"|\u201c[^\u201d\n]{1,300}\u201d"
    r"|\u201e[^\u201c\n]{1,300}\u201c|\u00ab[^\u00bb\n]{1,300}\u00bb",
    re.MULTILINE,
)
# Three words in capitals in a row; with a small word among them it is no list of abbreviations.
_CAPITALS = re.compile(r"\b[^\W\d_a-zß-öø-ÿ]{1,30}(?:[ ,]{1,2}[^\W\d_a-zß-öø-ÿ]{1,30}){2,40}\b")
_ENGLISH = "you the not is to please read i do why and this that it have your already my"
_GERMAN = "we sie das nicht ist ich und die der bitte schon wir es du"
_SMALL = frozenset(f"{_ENGLISH} {_GERMAN}".upper().split())
_IMPATIENT = re.compile(r"\?{2,8}|\?!{1,8}|!\?{1,8}")
_SHOUTING = "Capitals read as shouting; small letters say the same."
_PUNCTUATION = "This sounds impatient; one question mark asks as well."


def find_harsh(draft: str, rules: tuple[Rule, ...]) -> tuple[Finding, ...]:
    """Find harsh words in a draft, in the order of the text; `rules` are those of harsh.toml."""
    text = draft[:LONGEST]
    found = [*find_phrases(rules, text)]
    found += [
        Finding(*match.span(), match[0], "shouting", _SHOUTING)
        for match in _CAPITALS.finditer(text)
        if _SMALL & {*re.split(r"[ ,]+", match[0])}
    ]
    found += [
        Finding(*match.span(), match[0], "impatience", _PUNCTUATION)
        for match in _IMPATIENT.finditer(text)
    ]
    quoted = [match.span() for match in _QUOTED.finditer(text)]
    own = [f for f in found if not any(a <= f.start and f.end <= b for a, b in quoted)]
    return without_overlaps(own)
