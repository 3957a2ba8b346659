"""Header fields as they leave: names only from our list, values that can't break out.

Every value passes `_checked`: CR, LF, NUL, and any other control character are refused, so no text
can begin a new field. Folding happens between tokens, never inside one: an 80-character id of
an Exchange server stays whole (RFC 5322, 2.2.3; Python's own writer encodes it and Outlook then
loses the thread).
"""

import base64
import re
import unicodedata
from collections.abc import Iterable, Sequence
from enum import StrEnum
from urllib.parse import quote

from founder_inbox.core.model import Address
from founder_inbox.errors import BadInput

_LINE = 76
_MAX_TOKEN = 900
_ENCODED_BYTES = 39
_MESSAGE_ID = re.compile(r"<[!-;=?-~]{1,900}>")
_ATEXT = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]"
_LOCAL = re.compile(rf'(?:{_ATEXT}|\.){{1,64}}|"[ !#-\[\]-~]{{1,62}}"')
_LABEL = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?")
_LITERAL = re.compile(r"\[[0-9A-Za-z:.-]{3,60}\]")
_PLAIN_NAME = re.compile(rf"(?:{_ATEXT}|[ .]){{1,60}}")
# IDNA 2008 keeps these letters; Python's codec (2003) would turn straße into strasse.
_KEPT_BY_IDNA_2008 = frozenset("ßς\u200c\u200d")


class Field(StrEnum):
    """The only header fields a mail of ours can have. There is no Bcc."""

    DATE = "Date"
    FROM = "From"
    REPLY_TO = "Reply-To"
    TO = "To"
    CC = "Cc"
    SUBJECT = "Subject"
    MESSAGE_ID = "Message-ID"
    OWN_ID = "X-Founder-Inbox"
    IN_REPLY_TO = "In-Reply-To"
    REFERENCES = "References"
    AUTO_SUBMITTED = "Auto-Submitted"
    AUTO_RESPONSE_SUPPRESS = "X-Auto-Response-Suppress"
    PRECEDENCE = "Precedence"
    LOOP = "X-Founder-Inbox-Loop"
    MIME_VERSION = "MIME-Version"
    CONTENT_TYPE = "Content-Type"
    TRANSFER_ENCODING = "Content-Transfer-Encoding"
    DISPOSITION = "Content-Disposition"


def folded(name: Field, tokens: Sequence[str]) -> bytes:
    """Write one field with its CRLF; a line may break before a token, never inside one."""
    line, lines = f"{name}:", []
    for place, token in enumerate(tokens):
        _check(name, token)
        if place and len(line) + 1 + len(token) > _LINE:
            lines.append(line)
            line = ""
        line += f" {token}"
    return "\r\n".join([*lines, line]).encode() + b"\r\n"


def text_field(name: Field, text: str) -> bytes:
    """Write a field of free text (Subject), with RFC 2047 words where it is not plain ASCII."""
    _check(name, text, limit=10_000)
    return folded(name, _text_tokens(text))


def id_field(name: Field, ids: Iterable[str]) -> bytes:
    """Write Message-IDs as they are. Raises BadInput for one that `is_message_id` refuses."""
    tokens = list(ids)
    for token in tokens:
        if not is_message_id(token):
            raise BadInput(f"{name} can't be written: “{token[:60]!a}” is not a Message-ID.")
    return folded(name, tokens)


def address_field(name: Field, people: Sequence[Address], *, smtputf8: bool = False) -> bytes:
    """Write a list of mailboxes; names as RFC 2047 words, domains as A-labels."""
    tokens: list[str] = []
    for place, person in enumerate(people, 1):
        spec = ascii_address(person.address, smtputf8=smtputf8)
        comma = "," if place < len(people) else ""
        tokens += [*_name_tokens(name, person.name), f"<{spec}>{comma}"]
    return folded(name, tokens)


def is_message_id(text: str) -> bool:
    """Tell whether a foreign id may stand in our header: one printable ASCII token in brackets."""
    return bool(_MESSAGE_ID.fullmatch(text)) and "=?" not in text


def ascii_address(address: str, *, smtputf8: bool = False) -> str:
    """Give an addr-spec with its domain as A-labels. Raises BadInput when it is no address.

    A local part outside ASCII passes only with `smtputf8` (RFC 6531).
    """
    local, at, domain = address.rpartition("@")
    if not at:
        raise BadInput(f"“{_shown(address)}” is not a mail address: it has no @.")
    _check_local(local, address, smtputf8=smtputf8)
    return f"{local}@{ascii_domain(domain)}"


def ascii_domain(domain: str) -> str:
    """Give a domain in lower case as A-labels (münchen.example -> xn--mnchen-3ya.example)."""
    if _LITERAL.fullmatch(domain):
        return domain
    try:
        labels = [_ascii_label(label) for label in domain.split(".")]
    except UnicodeError as error:
        raise BadInput(f"“{_shown(domain)}” can't be a mail domain: {error}.") from error
    whole = ".".join(labels)
    if len(whole) > 255 or not all(_LABEL.fullmatch(label) for label in labels):
        raise BadInput(f"“{_shown(domain)}” can't be a mail domain.")
    return whole


def file_name_parameters(name: str) -> list[str]:
    """Write an attachment's name as Content-Disposition parameters (RFC 2231, continued)."""
    _check(Field.DISPOSITION, name, limit=255)
    if re.fullmatch(r"[A-Za-z0-9 ._()+,-]{1,60}", name):
        return [f'filename="{name}"']
    chunks = _percent_chunks(name)
    if len(chunks) == 1:
        return [f"filename*=utf-8''{chunks[0]}"]
    first, *rest = chunks
    continued = (f"filename*{number}*={chunk}" for number, chunk in enumerate(rest, 1))
    return [f"filename*0*=utf-8''{first}", *continued]


def _check(name: Field, value: str, limit: int = _MAX_TOKEN) -> None:
    if len(value) > limit:
        raise BadInput(f"{name} is too long: {len(value):,} characters, {limit:,} are allowed.")
    if any(unicodedata.category(char) in ("Cc", "Cs", "Zl", "Zp") for char in value):
        raise BadInput(
            f"{name} contains a line break or another control character: “{_shown(value)}”. "
            "Nothing was sent."
        )


def _shown(text: str) -> str:
    return ascii(text[:60])[1:-1]


def _text_tokens(text: str) -> list[str]:
    words = text.split(" ")
    is_plain = text.isascii() and "=?" not in text and max(map(len, words)) <= _LINE - 10
    return words if is_plain and all(words) else _encoded_words(text)


def _encoded_words(text: str) -> list[str]:
    """Write RFC 2047 B words of whole characters, each under 76 letters; none for no text."""
    chunks, size = [""], 0
    for char in text:
        width = len(char.encode())
        if size + width > _ENCODED_BYTES:
            chunks.append("")
            size = 0
        chunks[-1] += char
        size += width
    encoded = (base64.b64encode(chunk.encode()).decode() for chunk in chunks if chunk)
    return [f"=?utf-8?b?{chunk}?=" for chunk in encoded]


def _name_tokens(field: Field, name: str) -> list[str]:
    _check(field, name, limit=300)
    if not name:
        return []
    if not name.isascii() or "=?" in name or len(name) > 60:
        return _encoded_words(name)
    if _PLAIN_NAME.fullmatch(name) and "." not in name and "  " not in name:
        return [name.strip()]
    escaped = name.replace("\\", "\\\\").replace('"', '\\"')
    return [f'"{escaped}"']


def _check_local(local: str, address: str, *, smtputf8: bool) -> None:
    if local.isascii():
        if not _LOCAL.fullmatch(local):
            raise BadInput(f"“{_shown(address)}” is not a mail address.")
        return
    if not smtputf8:
        raise BadInput(
            f"“{_shown(address)}” has letters before the @ that this mail server can't send to. "
            "Ask for another address; nothing was sent."
        )
    _check(Field.TO, local)
    if len(local.encode()) > 64 or re.search(r'[\s<>()\[\]:;@\\,"]', local):
        raise BadInput(f"“{_shown(address)}” is not a mail address.")


def _ascii_label(label: str) -> str:
    if label.isascii():
        return label.lower()
    if _KEPT_BY_IDNA_2008 & set(label):
        return "xn--" + unicodedata.normalize("NFKC", label.lower()).encode("punycode").decode()
    return label.encode("idna").decode().lower()


def _percent_chunks(name: str) -> list[str]:
    chunks = [""]
    for char in name:
        piece = quote(char, safe="")
        if len(chunks[-1]) + len(piece) > 50:
            chunks.append("")
        chunks[-1] += piece
    return chunks
