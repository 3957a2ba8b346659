"""Undoing a transfer encoding (RFC 2045, 6) piece by piece, for parts too large for memory."""

import binascii
import re
from collections.abc import Iterable, Iterator

from founder_inbox.core.mime.headers import NOT_BASE64

_LONGEST_LINE = 64 * 1024
_PADDING = re.compile(rb"=+")
_GROUP = 4  # letters of base64 that stand for three bytes


def decode_pieces(pieces: Iterable[bytes], encoding: str) -> Iterator[bytes]:
    """The decoded bytes of a part. What is broken in it is skipped, nothing is raised."""
    if encoding == "base64":
        return _base64(pieces)
    if encoding == "quoted-printable":
        return _quoted_printable(pieces)
    return iter(pieces)


def _base64(pieces: Iterable[bytes]) -> Iterator[bytes]:
    rest = b""
    for piece in pieces:
        letters, ended = _until_padding(rest + piece.translate(None, NOT_BASE64))
        whole = len(letters) - len(letters) % _GROUP
        yield binascii.a2b_base64(letters[:whole])
        rest = letters[whole:]
        if ended:
            break
    rest = rest.replace(b"=", b"")
    if len(rest) > 1:
        yield binascii.a2b_base64(rest + b"==")


def _until_padding(letters: bytes) -> tuple[bytes, bool]:
    """The letters up to the padding that ends them, and whether there was such a one.

    A `=` elsewhere is junk, as for Python's own decoder; one at the end may find its end later.
    """
    if b"=" not in letters:
        return letters, False
    kept: list[bytes] = []
    length = position = 0
    for padding in _PADDING.finditer(letters):
        kept.append(letters[position : padding.start()])
        length += padding.start() - position
        position = padding.end()
        if length % _GROUP >= 2 and length % _GROUP + len(padding[0]) >= _GROUP:
            return b"".join(kept), True
        if padding.end() == len(letters) and length % _GROUP == 2:
            kept.append(b"=")
    return b"".join([*kept, letters[position:]]), False


def _quoted_printable(pieces: Iterable[bytes]) -> Iterator[bytes]:
    rest = b""
    for piece in pieces:
        rest += piece
        end = rest.rfind(b"\n") + 1
        if not end and len(rest) > _LONGEST_LINE:
            near = rest.rfind(b"=", len(rest) - 3)
            end = near if near > 0 else len(rest)
        yield binascii.a2b_qp(rest[:end])
        rest = rest[end:]
    yield binascii.a2b_qp(rest)
