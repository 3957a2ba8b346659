"""Outlook's winmail.dat (TNEF, MS-OXTNEF): the files inside, found by offsets, nothing copied."""

import struct
from dataclasses import dataclass

_SIGNATURE = 0x223E9F78
_HEAD = struct.Struct("<BII")  # level, attribute, length; the data and two bytes of sum follow
_RENDERING = 0x00069002  # begins an attachment
_TITLE = 0x00018010
_DATA = 0x0006800F
_PROPERTIES = 0x00069005
# PR_ATTACH_LONG_FILENAME in both string types, with a count of one.
_LONG_NAMES = (
    (b"\x1f\x00\x07\x37\x01\x00\x00\x00", "utf-16-le"),
    (b"\x1e\x00\x07\x37\x01\x00\x00\x00", "latin-1"),
)
_MAX_FILES = 100
_MAX_ATTRIBUTES = 5000
_MAX_NAME = 1000


@dataclass(slots=True)
class TnefFile:
    """A file: its name as it is written there, and where its bytes lie."""

    name: str = ""
    start: int = 0
    end: int = 0


def tnef_files(data: bytes) -> tuple[TnefFile, ...] | None:
    """The files of a winmail.dat in order; what follows damage is left out. None: it is none."""
    if len(data) < 6 or int.from_bytes(data[:4], "little") != _SIGNATURE:
        return None
    files: list[TnefFile] = []
    at = 6
    for _ in range(_MAX_ATTRIBUTES):
        if at + _HEAD.size > len(data) or len(files) > _MAX_FILES:
            break
        level, attribute, length = _HEAD.unpack_from(data, at)
        start, at = at + _HEAD.size, at + _HEAD.size + length + 2
        if level not in {1, 2} or at - 2 > len(data):
            break
        if attribute == _RENDERING:
            files.append(TnefFile())
        elif level == 2 and files:
            _note(files[-1], attribute, data, start, at - 2)
    return tuple(file for file in files[:_MAX_FILES] if file.end)


def _note(file: TnefFile, attribute: int, data: bytes, start: int, end: int) -> None:
    if attribute == _DATA:
        file.start, file.end = start, end
    elif attribute == _TITLE and not file.name:
        file.name = _string(data[start : min(end, start + _MAX_NAME)], "latin-1")
    elif attribute == _PROPERTIES:
        file.name = _long_name(data, start, end) or file.name


def _long_name(data: bytes, start: int, end: int) -> str:
    for mark, encoding in _LONG_NAMES:
        at = data.find(mark, start, end)
        if at >= 0:
            at += len(mark)
            length = min(int.from_bytes(data[at : at + 4], "little"), _MAX_NAME, end - at - 4)
            return _string(data[at + 4 : at + 4 + max(0, length)], encoding)
    return ""


def _string(value: bytes, encoding: str) -> str:
    return value.decode(encoding, "replace").partition("\x00")[0].strip()
