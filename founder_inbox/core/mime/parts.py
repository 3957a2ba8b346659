"""The tree of a mail's parts (RFC 2045, 2046), found by offsets: nothing is copied or decoded.

Own code, because `email.message_from_bytes` takes seconds on hostile input of 100 KB and holds
a 25 MB mail several times in memory.
"""

import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from founder_inbox.core.mime.charsets import decode
from founder_inbox.core.mime.headers import (
    Headers,
    begins_with_field,
    decode_base64,
    parameters,
    split_head,
)
from founder_inbox.core.mime.inline_files import decode_uu

MAX_DEPTH = 20
MAX_PARTS = 500
MAX_TEXT = 1_000_000
"""Bytes of a text part that are decoded to be shown."""

_TYPE = re.compile(r"\s*([\w.+-]{1,60})\s*/\s*([\w.+*-]{1,80})")
_BOUNDARY_SEEN = re.compile(
    rb"^--([^\r\n]{1,200}?)[ \t]{0,20}\r?\n(?=content-[a-z-]{2,30}[ \t]{0,4}:)",
    re.IGNORECASE | re.MULTILINE,
)
_UUENCODE = frozenset({"x-uuencode", "uuencode", "x-uue"})
_CHECKS = 20_000  # lines beginning like a boundary that are looked at in one mail
_SCAN = 150_000_000  # bytes searched for boundaries in one mail
_NOT_BASE64 = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/= \t\r\n"


@dataclass(frozen=True, slots=True)
class Part:
    """One part: its fields, and where its body lies in the raw mail."""

    headers: Headers
    type: str
    params: dict[str, str]
    disposition: str
    filename: str
    start: int
    end: int
    children: tuple["Part", ...] = ()
    damaged: bool = False

    def leaves(self) -> Iterator["Part"]:
        """The parts that hold no parts, in the order of the mail."""
        if not self.children:
            yield self
        for child in self.children:
            yield from child.leaves()

    def encoding(self) -> str:
        """The transfer encoding's name (RFC 2045), lower case."""
        return self.headers.first("content-transfer-encoding").split(";")[0].strip(" \"'").lower()

    def data(self, raw: bytes, limit: int | None = None) -> bytes:
        """The body with its transfer encoding undone, from at most `limit` bytes of it."""
        end = self.end if limit is None else min(self.end, self.start + limit)
        body = raw[self.start : end]
        encoding = self.encoding()
        if encoding == "base64" and not self._is_plain(body):
            return decode_base64(body)
        if encoding == "quoted-printable":
            return binascii.a2b_qp(body)
        if encoding in _UUENCODE:
            return decode_uu(body)
        return body

    def _is_plain(self, body: bytes) -> bool:
        """Whether text said to be base64 is words: white space inside most lines."""
        if not self.type.startswith("text/"):
            return False
        lines = [line.strip() for line in body[:4000].split(b"\n") if line.strip()]
        spaced = sum(b" " in line for line in lines)
        return spaced * 2 > len(lines)

    def text(self, raw: bytes) -> tuple[str, bool]:
        """The body as text, and whether its charset could be followed."""
        data = self.data(raw, MAX_TEXT)
        return decode(data, self.params.get("charset", "") or _charset_in(data, self.type))

    def size(self, raw: bytes) -> int:
        """About how many bytes the decoded body has, without decoding it."""
        length = self.end - self.start
        if self.encoding() != "base64":
            return length
        breaks = raw.count(b"\n", self.start, self.end) + raw.count(b"\r", self.start, self.end)
        padding = raw.count(b"=", max(self.start, self.end - 8), self.end)
        return max(0, (length - breaks) * 3 // 4 - padding)

    def is_broken(self, raw: bytes) -> bool:
        """Whether a base64 body holds what base64 does not."""
        if self.encoding() != "base64":
            return False
        return bool(raw[self.start : self.end].translate(None, _NOT_BASE64))


def _charset_in(data: bytes, kind: str) -> str:
    """The charset an HTML body names itself, where the mail names none."""
    if kind != "text/html":
        return ""
    match = re.search(rb"charset=[\"']?([\w-]{3,20})", data[:2000], re.IGNORECASE)
    return match[1].decode("ascii", "replace") if match else ""


@dataclass(slots=True)
class _Budget:
    """What may still be spent on one mail."""

    parts: int = MAX_PARTS
    checks: int = _CHECKS
    scan: int = _SCAN


def read_tree(raw: bytes) -> Part:
    """The mail as a tree. Where a limit is reached the rest is one leaf, marked as damaged."""
    start = len(raw) - len(raw.lstrip(b"\r\n")) if raw[:1] in b"\r\n" else 0
    if start and not begins_with_field(raw[start : start + 200]):
        start = 0
    return _read(raw, start, len(raw), "text/plain", 0, _Budget())


def _read(raw: bytes, start: int, end: int, default: str, depth: int, budget: _Budget) -> Part:
    budget.parts -= 1
    headers, body = split_head(raw, start, end)
    declared = headers.first("content-type")
    match = _TYPE.match(declared[:400])
    kind = f"{match[1]}/{match[2]}".lower() if match else default
    params = parameters(declared) if ";" in declared else {}
    described = headers.first("content-disposition")
    about = parameters(described) if ";" in described else {}
    children: tuple[Part, ...] = ()
    damaged = headers.damaged
    if kind.startswith("multipart/"):
        children = _read_children(raw, body, end, kind, params.get("boundary", ""), depth, budget)
        if not children:
            kind, damaged = "text/plain", True
    return Part(
        headers=headers,
        type=kind,
        params=params,
        disposition=described.partition(";")[0].strip().lower(),
        filename=about.get("filename") or params.get("name", ""),
        start=body,
        end=end,
        children=children,
        damaged=damaged,
    )


def _read_children(
    raw: bytes, start: int, end: int, kind: str, boundary: str, depth: int, budget: _Budget
) -> tuple[Part, ...]:
    if depth >= MAX_DEPTH:
        return ()
    default = "message/rfc822" if kind == "multipart/digest" else "text/plain"
    children = []
    mark = boundary.encode("utf-8", "replace")
    spans = _spans(raw, start, end, mark, budget) if mark else iter(())
    first = next(spans, None)
    if first is None and (seen := _boundary_in(raw, start, end)):
        spans = _spans(raw, start, end, seen, budget)
        first = next(spans, None)
        before = raw.find(b"--" + seen, start, end)
        if raw[start:before].strip():
            # The boundary is a guess: what stands before it may be a part as well.
            children.append(_read(raw, start, before, default, depth + 1, budget))
    for begin, stop in chain([first] if first else [], spans):
        if budget.parts <= 0:
            stop = end  # noqa: PLW2901 - the rest is one leaf
        children.append(_read(raw, begin, stop, default, depth + 1, budget))
        if stop == end:
            break
    return tuple(children)


def _boundary_in(raw: bytes, start: int, end: int) -> bytes:
    """The boundary a body uses where the header names none or another; empty if none is seen."""
    match = _BOUNDARY_SEEN.search(raw, start, min(end, start + 20_000))
    return match[1] if match else b""


def _spans(
    raw: bytes, start: int, end: int, boundary: bytes, budget: _Budget
) -> Iterator[tuple[int, int]]:
    """Where the parts between the boundary's lines begin and end."""
    begin: int | None = None
    for line, after, closes in _delimiters(raw, start, end, b"--" + boundary, budget):
        if begin is not None:
            yield begin, max(begin, line - (raw[line - 1] == 10) - (raw[line - 2] == 13))
        begin = None if closes else after
        if closes:
            return
    if begin is not None:
        yield begin, end


def _delimiters(
    raw: bytes, start: int, end: int, mark: bytes, budget: _Budget
) -> Iterator[tuple[int, int, bool]]:
    """The boundary's lines: where each begins, where the next begins, whether it is the last."""
    position = start
    while budget.checks > 0 and budget.scan > 0:
        found = raw.find(mark, position, end)
        budget.scan -= (found if found >= 0 else end) - position
        if found < 0:
            return
        budget.checks -= 1
        position = found + len(mark)
        newline = raw.find(b"\n", position, min(end, position + 200))
        newline = newline if newline >= 0 else min(end, position + 200)
        rest = raw[position:newline].strip()
        if (found == start or raw[found - 1] == 10) and rest in (b"", b"--"):
            position = min(end, newline + 1)
            yield found, position, rest == b"--"
