"""A text others may read: names, addresses, numbers, keys and secret links taken out.

What is masked stays visible as `[name]`, `[address]`, `[number]`, `[key]`, `[link]`, so that the
founder sees what to write instead.
"""

import re
from collections.abc import Iterable

_MOST = 50_000
_LINK = re.compile(
    r"\b(?:https?|ftp)://[^\s<>\"'()\[\]{}]{1,2000}|\bwww\.[^\s<>\"'()\[\]{}]{1,500}"
)
_MAIL = re.compile(r"(?<![\w.+-])[\w.+%-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")
_LONG_PIECE = re.compile(r"[A-Za-z0-9_-]{16,}")
_KEY = re.compile(
    r"(?<![\w-])(?=[\w-]{0,80}\d)(?=[\w-]{0,80}[A-Za-z])[A-Za-z0-9_-]{16,200}(?![\w-])"
)
_KEY_PREFIX = re.compile(
    r"(?<!\w)(?:sk|pk|rk|whsec|ghp|gho|xox[abp]|AKIA|key|tok|token)[_-][\w-]{6,200}"
)
_SAID_KEY = re.compile(
    r"\b((?:password|passwort|kennwort|api[ -]?key|token|secret|pin|licen[cs]e key)"
    r"(?:\s{0,2}(?:is|ist|was|war))?\s{0,2}[:=]?\s{1,2})(?=\S{0,60}[\d!$%&*#?])\S{4,120}",
    re.IGNORECASE,
)
_IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{2,4}){3,8}\b")
_IP = re.compile(r"\b(?:\d{1,3}\.){3}\d{1,3}\b|\b(?:[0-9a-fA-F]{1,4}:){3,7}[0-9a-fA-F]{1,4}\b")
_LONG_NUMBER = re.compile(r"(?<![\w.])[+(]{0,2}\d(?:[ ./()-]{0,2}\d){5,30}(?!\w)")
_SAID_NUMBER = re.compile(
    r"\b((?:order|invoice|customer|account|ticket|case|phone|tel|bestellung|rechnung|kunde|konto)"
    r"[a-z]{0,10}\.?(?:\s{1,2}(?:no|nr|number|id|nummer)\.?)?\s{0,2}[:#]?\s{0,2}#?)"
    r"(?=[A-Z0-9-]{0,40}\d{3})[A-Z0-9-]{3,40}\b",
    re.IGNORECASE,
)
_HASHED = re.compile(r"(?<!\w)#(?=\w{0,20}\d)\w{3,20}\b")
_STREET = re.compile(
    r"\b\d{1,5}[a-z]?\s(?:[A-Z][\w'-]{1,30}\s){1,4}"
    r"(?:Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Drive|Dr|Boulevard|Blvd|Way|Court|Ct|Square)\b\.?"
    r"|\b[A-ZÄÖÜ][\wäöüß-]{1,40}(?:straße|strasse|str\.|weg|gasse|platz|allee)\s?\d{1,5}\s?[a-z]?\b"
)
_NAMELESS = frozenset({"support", "info", "team", "hello", "office", "mail", "admin", "the"})


def mask(text: str, names: Iterable[str] = ()) -> str:
    """Take out what must not become public; `names` are the people's and companies' known here.

    A link without anything secret stays. Works on the first 50,000 characters and drops the rest.
    """
    said = text[:_MOST]
    kept: list[str] = []

    def set_aside(found: re.Match[str]) -> str:
        link, rest = _without_tail(found[0])
        if _is_secret(link):
            return f"[link]{rest}"
        kept.append(link)
        return f"\0{len(kept) - 1}\0{rest}"

    said = _LINK.sub(set_aside, said.replace("\0", ""))
    said = _MAIL.sub("[address]", said)
    said = _SAID_KEY.sub(r"\1[key]", said)
    said = _KEY_PREFIX.sub("[key]", said)
    said = _IBAN.sub(_number_if_long, said)
    said = _KEY.sub("[key]", said)
    said = _STREET.sub("[address]", said)
    said = _IP.sub("[number]", said)
    said = _SAID_NUMBER.sub(r"\1[number]", said)
    said = _HASHED.sub("[number]", said)
    said = _LONG_NUMBER.sub(_number_if_long, said)
    said = _without_names(said, names)
    return re.sub(r"\0(\d{1,6})\0", lambda found: kept[int(found[1])], said)


def _number_if_long(found: re.Match[str]) -> str:
    return "[number]" if sum(sign.isdecimal() for sign in found[0]) >= 6 else found[0]


def _without_tail(link: str) -> tuple[str, str]:
    """A link and the full stop that ends its sentence."""
    short = link.rstrip(".,;:!?")
    return short, link[len(short) :]


def _is_secret(link: str) -> bool:
    """Whether a link carries something: who, a token, a query, an address."""
    plain = link.partition("://")[2] or link
    host, _, path = plain.partition("/")
    if "@" in plain or "?" in link or "=" in link or re.search(r"\d{5}", path):
        return True
    return any(map(_looks_random, _LONG_PIECE.findall(f"{host}/{path}")))


def _looks_random(piece: str) -> bool:
    mixed = piece != piece.lower() and piece != piece.upper()
    return any(sign.isdecimal() for sign in piece) or (mixed and "-" not in piece)


def _without_names(text: str, names: Iterable[str]) -> str:
    wanted: list[str] = []
    for name in names:
        whole = " ".join(name.split())[:100]
        words = [word.strip(".,()\"'") for word in whole.split()]
        wanted += [whole, *(word for word in words if _can_stand_alone(word))]
    found = sorted({re.escape(name) for name in wanted if len(name) > 1}, key=len, reverse=True)
    if not found:
        return text
    return re.sub(rf"(?<!\w)(?:{'|'.join(found)})(?!\w)", "[name]", text)


def _can_stand_alone(word: str) -> bool:
    """Whether a part of a name is a name: not "of" and not "Support"."""
    return len(word) > 2 and word[0].isupper() and word.casefold() not in _NAMELESS
