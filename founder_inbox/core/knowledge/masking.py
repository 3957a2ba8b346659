"""A text others may read: names, addresses, numbers, keys and secret links taken out.

What is masked stays visible as `[name]`, `[address]`, `[number]`, `[key]`, `[link]`, so that the
founder sees what to write instead. What a private word looks like stands in `private_words`, what
makes a name one in `said_names`.
"""

import re
from collections.abc import Collection, Iterable

from founder_inbox.core.knowledge import private_words
from founder_inbox.core.knowledge.said_names import parts_of, without_names

_MOST = 50_000
_LINK = re.compile(
    r"\b(?:https?|ftp)://[^\s<>\"'()\[\]{}]{1,2000}|\bwww\.[^\s<>\"'()\[\]{}]{1,500}"
    r"|(?<![\w@./-])(?:[a-z0-9-]{1,63}\.){1,5}[a-z]{2,24}(?=[/?])[^\s<>\"'()\[\]{}]{1,500}",
    re.IGNORECASE,
)
_LONG_PIECE = re.compile(r"[A-Za-z0-9_-]{16,}")
_HEX = re.compile(r"[0-9a-f]{12,}", re.IGNORECASE)
_WORD = re.compile(r"[A-Z]?[a-z]{2,30}\d{0,2}|[a-z]|[A-Z]{2,12}|\d{1,4}|x86|v\d{1,3}")
# What comes after it opens something for whoever has the link.
_DOORS = re.compile(
    r"/(?:[a-z]|login|signin|magic|auth|oauth|reset|verify|confirm|activate|token|invit(?:e|ation)|"
    r"unsubscribe|share|shared|preview)/[^/]",
    re.IGNORECASE,
)


def mask(text: str, names: Iterable[str] = ()) -> str:
    """Take out what must not become public; `names` are the people's and companies' known here.

    A link without anything secret stays. Works on the first 50,000 characters and drops the rest.
    """
    known = [*names]
    parts = parts_of(known)
    said = text[:_MOST]
    kept: list[str] = []

    def set_aside(found: re.Match[str]) -> str:
        link, rest = _without_tail(found[0])
        if _is_secret(link, parts):
            return f"[link]{rest}"
        kept.append(link)
        return f"\0{len(kept) - 1}\0{rest}"

    said = _LINK.sub(set_aside, said.replace("\0", ""))
    said = _each(said, private_words.ADDRESSES)
    said = _each(said, private_words.KEYS)
    said = private_words.IBAN.sub(_number_if_long, said)
    said = private_words.LONG_KEY.sub(_key_unless_words, said)
    said = private_words.FOLDERS.sub(r"\1[name]", said)
    said = _each(said, private_words.STREETS)
    said = private_words.SAID_PHONE.sub(r"\1[number]", said)
    said = _each(said, private_words.NUMBERS)
    said = private_words.LONG_NUMBER.sub(_number_if_long, said)
    said = without_names(said, known)
    return re.sub(r"\0(\d{1,6})\0", lambda found: kept[int(found[1])], said)


def _each(text: str, table: Iterable[tuple[re.Pattern[str], str]]) -> str:
    for pattern, instead in table:
        text = pattern.sub(instead, text)
    return text


def _number_if_long(found: re.Match[str]) -> str:
    """Six digits are somebody's; a million is not."""
    digits = "".join(sign for sign in found[0] if sign.isdecimal())
    is_round = digits == found[0] and len(digits.rstrip("0")) < 3
    return found[0] if len(digits) < 6 or is_round else "[number]"


def _key_unless_words(found: re.Match[str]) -> str:
    """A file's name may be as long as a key: words, and a number of a few digits."""
    pieces = re.split("[-_]", found[0])
    return found[0] if len(pieces) > 1 and all(map(_WORD.fullmatch, pieces)) else "[key]"


def _without_tail(link: str) -> tuple[str, str]:
    """A link and the full stop that ends its sentence."""
    short = link.rstrip(".,;:!?")
    return short, link[len(short) :]


def _is_secret(link: str, names: Collection[str]) -> bool:
    """Whether a link carries something: who, a token, a query, an address."""
    plain = link.partition("://")[2] or link
    host, _, path = plain.partition("/")
    if "@" in plain or "?" in link or "=" in link or re.search(r"\d{5}", path):
        return True
    if _DOORS.search(f"/{path}") or any(map(_is_hex, re.split(r"[/.#]", path))):
        return True
    bare = "".join(sign for sign in plain.casefold() if sign.isalnum() or sign in "/.")
    if any(name in bare for name in names):
        return True
    return any(map(_looks_random, _LONG_PIECE.findall(f"{host}/{path}")))


def _is_hex(piece: str) -> bool:
    return bool(_HEX.fullmatch(piece))


def _looks_random(piece: str) -> bool:
    mixed = piece != piece.lower() and piece != piece.upper()
    return any(sign.isdecimal() for sign in piece) or (mixed and "-" not in piece)
