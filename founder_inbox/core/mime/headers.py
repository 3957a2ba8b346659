"""Header blocks (RFC 5322) and what stands in a header: unfolding, encoded words, parameters.

Works on bytes of any origin, in linear time, within limits; nothing raises.
"""

import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from urllib.parse import unquote_to_bytes

from founder_inbox.core.mime.charsets import decode

MAX_HEAD = 1 << 20
"""Bytes of one header block that are looked at."""

_MAX_VALUE = 32_000
_MAX_PARAMS = 64

_FIELD = re.compile(rb"^([!-9;-~]{1,80})[ \t]*:((?:[^\n]*)(?:\n[ \t][^\n]*)*)\n?", re.MULTILINE)
_KNOWN = re.compile(
    rb"^(?:from|to|cc|subject|date|message-id|mime-version|content-[a-z-]+|received|x-[a-z-]+"
    rb"|return-path|reply-to|references|in-reply-to|sender|delivered-to)[ \t]*:",
    re.IGNORECASE | re.MULTILINE,
)
_CHARSET = re.compile(rb"charset\s{0,4}\*?=\s{0,4}[\"']?([\w.:-]{2,30})", re.IGNORECASE)
_FOLD = re.compile(rb"\r?\n(?=[ \t])")
_WORD = re.compile(r"=\?([^?*\s]{0,40})(?:\*[^?\s]{0,20})?\?([bBqQ])\?([^?]{0,4000})\?=")
_PARAM = re.compile(
    r';\s{0,40}([^\s=;"]{1,60})\s{0,40}=\s{0,40}("(?:[^"\\]|\\.){0,2000}"?|[^;]{0,2000})', re.DOTALL
)
_SECTION = re.compile(r"([^*]+)(?:\*(\d{1,3}))?(\*)?")


@dataclass(frozen=True, slots=True)
class Headers:
    """The fields of one header block; names are lower case, values raw and still folded."""

    fields: dict[str, list[bytes]]
    damaged: bool = False

    def __contains__(self, name: str) -> bool:
        return name in self.fields

    def raw(self, name: str) -> bytes:
        """All values of `name`, unfolded and joined by commas, within limits."""
        values = self.fields.get(name)
        if not values:
            return b""
        joined = values[0] if len(values) == 1 else b", ".join(values[:1000])
        return _FOLD.sub(b"", joined[:_MAX_VALUE]).strip()

    def first(self, name: str) -> str:
        """The first value of `name` as text, encoded words left as they are."""
        values = self.fields.get(name)
        if not values:
            return ""
        value = _FOLD.sub(b"", values[0][:_MAX_VALUE]).strip()
        return value.decode() if value.isascii() else self.decoded(value)

    def decoded(self, value: bytes) -> str:
        """Raw letters in a header: UTF-8, else the charset of the body (RFC 2047 forbids both)."""
        try:
            return value.decode()
        except UnicodeDecodeError:
            pass
        declared = b" ".join(self.fields.get("content-type", [])[:1])
        match = _CHARSET.search(declared[:2000])
        return decode(value, match[1].decode("ascii", "replace") if match else "")[0]

    def text(self, name: str) -> str:
        """The first value of `name` with encoded words decoded."""
        return decode_words(self.first(name))


def split_head(raw: bytes, start: int, end: int) -> tuple[Headers, int]:
    """The header block at `start`, and where the body behind it begins."""
    if raw.startswith((b"\n", b"\r\n"), start, end):
        return Headers({}), start + (1 if raw[start] == 10 else 2)
    stop = _blank_line(raw, start, end)
    head = raw[start : min(stop, start + MAX_HEAD)]
    fields, read, damaged = _fields(head)
    if read < len(head):
        return Headers(fields, damaged=True), start + read
    body = stop + (2 if raw.startswith(b"\r\n", stop) else 1)
    return Headers(fields, damaged), min(body, end)


def _blank_line(raw: bytes, start: int, end: int) -> int:
    """Where the empty line that ends the head begins (`end` if there is none)."""
    near = min(end, start + MAX_HEAD)
    for limit in (near, end):
        found = [
            i + 1
            for i in (raw.find(b"\n\r\n", start, limit), raw.find(b"\n\n", start, limit))
            if i >= 0
        ]
        if found:
            return min(found)
    return end


def _fields(head: bytes) -> tuple[dict[str, list[bytes]], int, bool]:
    """The fields, how far the head goes, and whether a line in it was no field.

    A line that is no field ends the head (RFC 5322 leaves it open; so do Python and Thunderbird),
    unless well-known fields follow it.
    """
    fields: dict[str, list[bytes]] = {}
    position, damaged = 0, False
    for match in _FIELD.finditer(head):
        if match.start() > position and not _is_envelope(head, position):
            damaged = True
            if not _KNOWN.search(head, position):
                return fields, position, True
        fields.setdefault(match[1].lower().decode("ascii"), []).append(match[2].rstrip(b"\r\n"))
        position = match.end()
    if position < len(head):
        return fields, position, True
    return fields, len(head), damaged


def begins_with_field(data: bytes) -> bool:
    """Whether the bytes begin with a header field everybody knows."""
    return _KNOWN.match(data) is not None


def _is_envelope(head: bytes, position: int) -> bool:
    return position == 0 and head.startswith((b"From ", b">From ", b"\xef\xbb\xbf"))


def decode_words(text: str) -> str:
    """Text with RFC 2047 encoded words decoded; a letter split over two words is joined."""
    if "=?" not in text:
        return text
    out: list[str] = []
    position, charset, pending = 0, "", b""
    for match in _WORD.finditer(text):
        between = text[position : match.start()]
        if between.strip() or (out and not pending) or position == 0:
            out.append(decode(pending, charset)[0] + between)
            pending = b""
        elif pending and match[1].lower() != charset:
            out.append(decode(pending, charset)[0])
            pending = b""
        data = _word_bytes(match)
        charset, pending = match[1].lower(), pending + data
        position = match.end()
    return "".join(out) + (decode(pending, charset)[0] if pending else "") + text[position:]


def _word_bytes(match: re.Match[str]) -> bytes:
    data = match[3].encode("utf-8", "replace")
    if match[2] in "qQ":
        return binascii.a2b_qp(data, header=True)
    return decode_base64(data) or (match[0].encode("utf-8", "replace") if data else b"")


def is_damaged(text: str) -> bool:
    """Whether an encoded word in `text` cannot be decoded as it promises."""
    words = list(islice(_WORD.finditer(text), 50))
    return any(not _is_sound(word, alone=len(words) == 1) for word in words)


def _is_sound(match: re.Match[str], *, alone: bool) -> bool:
    """Whether one word keeps its promise; a letter may be split over two, so not each decodes."""
    data = match[3].encode("utf-8", "replace")
    whole = match[2] in "qQ" or len(data.rstrip(b"=")) % 4 != 1
    raw = _word_bytes(match)
    if not whole or b"\n" in raw or b"\r" in raw:
        return False
    return not alone or decode(raw, match[1])[1]


NOT_BASE64 = bytes(
    c
    for c in range(256)
    if c not in b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/="
)


def decode_base64(data: bytes) -> bytes:
    """What can be read of base64 data, however broken (RFC 2045: other characters are skipped)."""
    data = data.translate(None, NOT_BASE64)
    try:
        return binascii.a2b_base64(data)
    except binascii.Error:
        data = data.replace(b"=", b"")
        return binascii.a2b_base64(data[: len(data) - (len(data) % 4 == 1)] + b"==")


def parameters(value: str) -> dict[str, str]:
    """The parameters of a Content-Type or Content-Disposition, RFC 2231 and RFC 2047 undone."""
    found: dict[str, str] = {}
    pieces: dict[str, list[tuple[int, bool, str]]] = {}
    for name, text in _raw_parameters(value):
        section = _SECTION.fullmatch(name)
        if section and (section[2] or section[3]):
            piece = (int(section[2] or 0), bool(section[3]), text)
            pieces.setdefault(section[1], []).append(piece)
        else:
            found.setdefault(name, decode_words(text))
    return found | {name: _join(parts) for name, parts in pieces.items()}


def _raw_parameters(value: str) -> Iterator[tuple[str, str]]:
    for match in islice(_PARAM.finditer(value[:_MAX_VALUE]), _MAX_PARAMS):
        text = match[2].strip()
        if text.startswith('"'):
            text = re.sub(r"\\(.)", r"\1", text[1:].removesuffix('"'))
        yield match[1].lower(), text


def _join(parts: list[tuple[int, bool, str]]) -> str:
    """RFC 2231: numbered pieces in order, the first may name the charset."""
    parts.sort(key=lambda part: part[0])
    charset, data = "", b""
    for number, encoded, text in parts:
        if encoded and number == parts[0][0] and text.count("'") >= 2:
            charset, _, text = text.split("'", 2)  # noqa: PLW2901 - the piece without its prefix
        data += unquote_to_bytes(text) if encoded else text.encode("utf-8", "replace")
    return decode(data, charset)[0]
