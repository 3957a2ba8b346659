"""Does a mail look like a quick fix? Suggested with its reason, never set.

A short mail that names something small and visible: a typo, a label, a dead link, a wrong text.
Not what is about money, data, outages or security, and not one that tells of more than one thing.
"""

import re
from dataclasses import dataclass

from founder_inbox.core.model import Lane, Topic, Verdict

_LONGEST = 700
_GRAVE = frozenset({Topic.BILLING, Topic.OUTAGE, Topic.SECURITY})
_LANES = frozenset({Lane.URGENT, Lane.HOWTO, Lane.FEATURE})


@dataclass(frozen=True, slots=True)
class FixHint:
    """Why it may be a quick fix, in words ("they name a typo"), and a guess in minutes."""

    reason: str
    minutes: int


def _words(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(rf"\b(?:{pattern})" for pattern in patterns), re.IGNORECASE)


_SMALL: tuple[tuple[re.Pattern[str], FixHint], ...] = (
    (
        _words(
            r"typos?\b",
            r"misspell?\w*",
            r"misspelt\b",
            r"spell(?:ing|ed) (?:mistake|error|wrong)",
            r"(?:tipp|schreib|rechtschreib)fehler\w*",
            r"falsch geschrieben\b",
            r"faute (?:de frappe|d['’]orthographe)",
            r"coquille\b",
            r"erratas?\b",
            r"falta de ortografía",
            r"mal escrit[oa]\b",
        ),
        FixHint("they name a typo", 5),
    ),
    (
        _words(
            r"(?:broken|dead|wrong) link\w*",
            r"link\b[^.!?\n]{0,40}\b(?:is broken|is dead|leads? nowhere|goes nowhere|404)",
            r"(?:toter?|kaputter?|falscher?) link\b",
            r"link\b[^.!?\n]{0,40}\b(?:ins leere|kaputt|geht nicht)",
            r"lien (?:mort|cassé|brisé)",
            r"enlace (?:roto|muerto)",
        ),
        FixHint("they name a broken link", 5),
    ),
    (
        _words(
            r"(?:button|label|heading|headline|title|tooltip|caption|placeholder|footer)\b"
            r"[^.!?\n]{0,60}\b(?:says|reads|should (?:say|read|be called)|still says|is wrong)",
            r"(?:knopf|button|beschriftung|überschrift|titel)\b[^.!?\n]{0,60}"
            r"\b(?:heißt|steht|sollte)",
            r"(?:bouton|libellé|titre)\b[^.!?\n]{0,60}\b(?:dit|affiche|devrait)",
            r"(?:botón|etiqueta|título)\b[^.!?\n]{0,60}\b(?:dice|pone|debería)",
        ),
        FixHint("they name a label", 10),
    ),
    (
        _words(
            r"(?:wrong|outdated|old) (?:text|wording|logo|icon|year|copyright|translation)",
            r"(?:text|wording|translation|screenshot)\b[^.!?\n]{0,40}\b(?:wrong|outdated)\b",
            r"(?:falscher?|veralteter?|alter?) (?:text|übersetzung|bild|logo)",
            r"(?:mauvaise|vieille) traduction\b",
            r"traducción (?:mal|incorrecta|errónea)",
        ),
        FixHint("they name a wrong text", 10),
    ),
    (
        _words(
            r"(?:cut off|overlaps?|misaligned|unreadable|too small)\b[^.!?\n]{0,40}"
            r"\b(?:on (?:mobile|my phone)|button|text|column|font)",
            r"(?:text|button|font|colou?r)\b[^.!?\n]{0,40}"
            r"\b(?:cut off|overlaps?|misaligned|unreadable|too small|hard to read)",
        ),
        FixHint("they name something that looks wrong", 15),
    ),
)
# More than one thing, or a thing that is not small.
_LARGE = _words(
    r"(?:several|many|all|every(?:where)?|multiple) (?:pages?|typos|links|customers|users)",
    r"crash\w*",
    r"data loss|lost (?:all|my) data",
    r"rewrite\b",
    r"can['’]?t (?:log ?in|sign in|pay)\b",
)


def fix_hint(subject: str, words: str, verdict: Verdict) -> FixHint | None:
    """Say why a customer's mail looks like a quick fix; None where it does not."""
    if verdict.lane not in _LANES or verdict.topic in _GRAVE:
        return None
    text = f"{subject[:200]}\n{words.strip()[: _LONGEST + 1]}"
    if len(words.strip()) > _LONGEST or _LARGE.search(text):
        return None
    return next((hint for pattern, hint in _SMALL if pattern.search(text)), None)
