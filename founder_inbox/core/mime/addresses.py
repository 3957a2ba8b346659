"""Address lists (RFC 5322 section 3.4), read in linear time whatever stands in them.

Python's own parser raises on a lone quote and takes seconds on twenty thousand commas.
"""

import re
from dataclasses import dataclass, field

from founder_inbox.core.display import safe_line
from founder_inbox.core.mime.headers import decode_words
from founder_inbox.core.model import Address

MAX_ADDRESSES = 300

_TOKEN = re.compile(
    r'"(?:[^"\\]|\\.){0,300}"'
    r"|=\?[^?\s]{1,60}\?[bBqQ]\?[^?]{0,400}\?="
    r"|<[^<>]{0,500}>?"
    r'|[^\s"<>(),;:=]+|\s+|.',
    re.DOTALL,
)
_OBSOLETE = re.compile(  # RFC 5322 section 4.4: comments, and white space around "." and "@"
    r"\([^()]{0,200}\)|\s+(?=[.@])|(?<=[.@])\s+"
)
_SPEC = re.compile(
    r'(?P<local>[^\s@<>,;:"()\[\]\\]{1,128}|"[^"\\\s]{1,128}")'
    r"@(?P<domain>[^\s@<>,;:\"()\[\]\\]{1,253}|\[[0-9A-Za-z.:]{1,60}\])"
)


@dataclass(frozen=True, slots=True)
class AddressList:
    """The addresses of a header in order; `damaged` when it breaks RFC 5322 in some place."""

    addresses: tuple[Address, ...]
    damaged: bool = False


@dataclass(slots=True)
class _Reader:
    """What is known of the mailbox being read."""

    found: list[Address] = field(default_factory=list)
    damaged: bool = False
    words: list[str] = field(default_factory=list)
    comment: list[str] = field(default_factory=list)
    angle: str | None = None
    depth: int = 0
    in_group: bool = False

    def take(self, sign: str) -> None:
        if self.depth or sign in "()":
            self._comment(sign)
        elif sign in ",;":
            self.close()
            self.in_group = self.in_group and sign == ","
        elif sign == ":" and not self.in_group and not any("@" in w for w in self.words):
            self.damaged = self.damaged or not "".join(self.words).strip()
            self.words, self.comment, self.in_group = [], [], True
        elif sign[0] == "<":
            self.damaged = self.damaged or self.angle is not None or sign[-1] != ">"
            self.angle = self.angle or sign.strip("<>")
        else:
            self.damaged = self.damaged or sign in ':"'
            self.words.append(sign)

    def _comment(self, sign: str) -> None:
        self.depth = max(0, self.depth + (sign == "(") - (sign == ")"))
        if sign not in "()":
            self.comment.append(sign)

    def close(self) -> None:
        """End the mailbox being read and keep it."""
        phrase = "".join(self.words).strip()
        if self.angle is not None:
            self._keep(phrase, _in_angles(self.angle))
            self.damaged = self.damaged or ("@" in phrase and '"' not in phrase)
        elif phrase:
            words = phrase.split()
            spec = next((word for word in words if "@" in word), phrase)
            others = " ".join(word for word in words if word is not spec) if spec != phrase else ""
            self._keep(others or "".join(self.comment), spec)
            self.damaged = self.damaged or bool(others)
        self.words, self.comment, self.angle = [], [], None

    def _keep(self, name: str, spec: str) -> None:
        match = _SPEC.fullmatch(spec.strip().rstrip("."))
        if match:
            address = f"{match['local']}@{match['domain'].lower()}"
        else:
            self.damaged, address, name = True, "", f"{name} {spec}".strip()
        person = Address(safe_line(_unquote(name), 200), safe_line(address, 400))
        if person.name or person.address:
            self.found.append(person)


def _in_angles(text: str) -> str:
    """The address in "<...>": without route and comments, of several words the one with "@"."""
    spec = _OBSOLETE.sub("", text).rpartition(":")[2].strip()
    if spec[:1] == '"' or " " not in spec:
        return spec
    return next((word for word in spec.split() if "@" in word), spec)


def _unquote(phrase: str) -> str:
    if '"' in phrase:
        phrase = re.sub(r'\\(.)|"', r"\1", phrase)
    return decode_words(phrase.strip())


def read_addresses(text: str) -> AddressList:
    """The addresses in a header value; at most 300, from the first 32,000 characters.

    Something that is no address stays in the list with an empty `address`, so that it is seen.
    """
    reader = _Reader()
    for match in _TOKEN.finditer(text[:32_000]):
        reader.take(match[0])
        if len(reader.found) >= MAX_ADDRESSES:
            break
    else:
        reader.damaged = reader.damaged or reader.depth > 0
        reader.close()
    found = tuple(reader.found)
    if "=?" in text and not any(a.address for a in found) and "@" in (plain := decode_words(text)):
        return AddressList(read_addresses(plain.replace("=?", "")).addresses, damaged=True)
    return AddressList(found, reader.damaged)
