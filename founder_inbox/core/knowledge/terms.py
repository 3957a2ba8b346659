"""The words of a text that say what it is about, in a form that different wordings share.

English and German. "How can I get rid of my subscription?" and "cancelling our plan" have the
same terms; "turn it on" and "turn it off" never do.
"""

import re
import unicodedata

from founder_inbox.core.knowledge import words

_LOOKED_AT = 4_000
_WORD = re.compile(r"[^\W_]{2,30}")
_RUN = re.compile(r"(.)\1$")

# Two words that mean one thing, before the text is cut into words.
_PHRASES = tuple(
    (re.compile(rf"\b(?:{pattern})\b"), f" {word} ")
    for pattern, word in (
        (r"(?:log|logg|sign)(?:ed|ing|s)? ?-?(?:in|on)", "login"),
        (r"(?:log|logg|sign)(?:ed|ing|s)? ?-?out", "logout"),
        (r"sign(?:ed|ing|s)? ?-?up", "signup"),
        (r"(?:turn|switch)(?:ed|ing|s)?(?: \w{1,12}){0,3} off", "disable"),
        (r"(?:turn|switch)(?:ed|ing|s)?(?: \w{1,12}){0,3} on", "enable"),
        (r"get(?:ting)? rid of", "delete"),
        (r"(?:2|two|zwei)[ -]?fa(?:c|k)?(?:tor)?|2fa", "twofactor"),
        (r"e[ -]mail(s|adresse)?", "email"),
        (r"set(?:ting)? up", "setup"),
        (r"einmal im jahr|once a year|per year|pro jahr|annual(?:ly)?|jährlich", "yearly"),
        (r"per month|pro monat|monatlich", "monthly"),
    )
)

_ENDINGS = (
    *(
        ("ieren", 4),
        ("ierst", 4),
        ("iere", 4),
        ("iert", 4),
    ),
    *(("ations", 4), ("ation", 4), ("ions", 4), ("ion", 4), ("ings", 4), ("ing", 3)),
    *(("ied", 3), ("ies", 3), ("ed", 3), ("en", 4), ("ern", 4), ("er", 4), ("es", 4)),
    *(("e", 3), ("s", 3), ("n", 4), ("y", 3)),
)


def stem(word: str) -> str:
    """Cut what grammar puts behind a word; `word` has small letters."""
    word = _plain(word)
    for _ in range(3):
        short = _without_ending(word)
        if short == word:
            break
        word = short
    return word


def terms(text: str) -> tuple[str, ...]:
    """Return the terms of a text in their order, each once, without small words."""
    return tuple(dict.fromkeys(_SYNONYMS.get(word, word) for word in _stems(text)))


def surfaces(text: str) -> dict[str, frozenset[str]]:
    """Return each term with how an index may know it: beginnings of words."""
    found: dict[str, frozenset[str]] = {}
    for word in _stems(text):
        name = _SYNONYMS.get(word, word)
        found[name] = _SPELLINGS.get(name, frozenset()) | {word}
    return found


def are_rivals(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether a term of one text stands against a term of the other, or does what it does not."""
    mine, theirs = one - other, other - one
    return bool((mine | theirs) & _DEEDS) or any(
        mine & rivals and theirs & rivals for rivals in _AGAINST
    )


def _stems(text: str) -> list[str]:
    small = text[:_LOOKED_AT].casefold()
    for pattern, word in _PHRASES:
        small = pattern.sub(word, small)
    found = (word for word in _WORD.findall(small) if word not in words.SMALL)
    return [stem(word) for word in found if not word.isdecimal()]


def _without_ending(word: str) -> str:
    for ending, rest in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= rest and not word.endswith("ss"):
            short = word.removesuffix(ending)
            return short[:-1] if _RUN.search(short) and len(short) > 4 else short
    return word


def _plain(word: str) -> str:
    apart = unicodedata.normalize("NFKD", word)
    return "".join(sign for sign in apart if not unicodedata.combining(sign))


def _synonyms() -> dict[str, str]:
    found: dict[str, str] = {}
    for first, *others in words.same():
        for word in (first, *others):
            found[stem(word.casefold())] = first
    return found


def _spellings() -> dict[str, frozenset[str]]:
    return {row[0]: frozenset(stem(word.casefold()) for word in row) for row in words.same()}


def _against() -> tuple[frozenset[str], ...]:
    names = ([stem(word) for word in row] for row in words.rivals())
    return tuple(frozenset(_SYNONYMS.get(name, name) for name in row) for row in names)


_SYNONYMS = _synonyms()
_SPELLINGS = _spellings()
_AGAINST = _against()
_DEEDS = frozenset(_SYNONYMS.get(stem(word), stem(word)) for word in words.deeds())
