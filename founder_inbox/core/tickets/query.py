"""Search in Gmail's words: `from: to: subject: tag: is: has: lane: before: after: older_than:`.

`company:` is our own: who writes for it.

A leading `-` excludes, quotes make a phrase, everything else is looked for in the text.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from founder_inbox.core.model import Lane, Status
from founder_inbox.core.times import to_text
from founder_inbox.errors import BadInput

_TOKEN = re.compile(
    r'(?P<minus>-)?(?:(?P<key>[a-zA-Z_]{2,12}):)?(?:"(?P<phrase>[^"]*)"?|(?P<word>\S+))'
)
_AGE = re.compile(r"(\d{1,4})([hdwmy])")
_DAYS = {"h": 1 / 24, "d": 1, "w": 7, "m": 30, "y": 365}
TEXT_KEYS = frozenset({"from", "to", "subject"})
KEYS = TEXT_KEYS | {
    "company",
    "tag",
    "is",
    "has",
    "lane",
    "before",
    "after",
    "older_than",
    "newer_than",
}
IS_WORDS = frozenset({*Status, "unread", "read", "quick_fix", "tagged", "handed-off", "any"})
LONGEST = 1_000


@dataclass(frozen=True, slots=True)
class Term:
    """One thing to look for. `key` is empty for plain text, else one of the words above.

    `value` is text, a status, a lane, or a time as RFC 3339 date for before and after.
    """

    key: str
    value: str
    exclude: bool = False


def parse_query(text: str, now: datetime) -> tuple[Term, ...]:
    """The terms in what a person typed; all must hold. `now` resolves `older_than:3d`.

    Raises BadInput for a word after a colon that can't be meant (`is:opne`).
    """
    terms = []
    for found in _TOKEN.finditer(text[:LONGEST]):
        value = found["phrase"] if found["phrase"] is not None else found["word"]
        if value and not _is_begun(value):
            terms.append(_term((found["key"] or "").lower(), value, bool(found["minus"]), now))
    return tuple(terms)


def asks_for_any(terms: Iterable[Term]) -> bool:
    """Whether `is:any` stands there: level two looks through everything then."""
    return any(term.key == "is" and term.value == "any" and not term.exclude for term in terms)


def _term(key: str, value: str, exclude: bool, now: datetime) -> Term:
    if key in {"", "tag", "company", *TEXT_KEYS}:
        return Term(key, value, exclude)
    if key == "is":
        return Term("is", _one_of("is", value, sorted(IS_WORDS)).replace("-", "_"), exclude)
    if key == "lane":
        return Term("lane", _one_of("lane", value, list(Lane)), exclude)
    if key == "has":
        return Term("has", _one_of("has", value, ["attachment"]), exclude)
    if key in {"before", "after"}:
        return Term(key, _day(key, value), exclude)
    if key == "older_than":
        return Term("before", _age(value, now), exclude)
    if key == "newer_than":
        return Term("after", _age(value, now), exclude)
    return Term("", f"{key}:{value}", exclude)


def _is_begun(value: str) -> bool:
    """Whether only the word before the colon is typed yet: that must not empty the list."""
    return value.endswith(":") and value[:-1].lower() in KEYS


def _one_of(key: str, value: str, allowed: list[str]) -> str:
    if value.lower() in allowed:
        return value.lower()
    raise BadInput(f"{key}:{value} finds nothing: after {key}: comes one of {', '.join(allowed)}.")


def _day(key: str, value: str) -> str:
    try:
        return date.fromisoformat(value.replace("/", "-")).isoformat()
    except ValueError:
        raise BadInput(f"{key}:{value} is not a day; write {key}:2026-11-22.") from None


def _age(value: str, now: datetime) -> str:
    found = _AGE.fullmatch(value)
    if not found:
        raise BadInput(f"{value!r} is not an age; write 12h, 3d, 2w, 6m or 1y.")
    age = timedelta(days=int(found[1]) * _DAYS[found[2]])
    beginning = datetime.min.replace(tzinfo=UTC)
    return to_text(now - min(age, now - beginning))
