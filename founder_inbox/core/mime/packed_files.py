"""Files inside another part: Outlook's winmail.dat, and uuencode in a text.

An attachment has the number of the part it lies in. These have one of their own above all parts,
so that they can be listed, saved and opened like any other: see `number_of`.
"""

from founder_inbox.core.display import safe_filename
from founder_inbox.core.mime.inline_files import InlineFile, name_inline_files
from founder_inbox.core.mime.parts import MAX_PARTS, Part
from founder_inbox.core.mime.tnef import tnef_files
from founder_inbox.core.model import Attachment

TNEF_TYPES = frozenset({"application/ms-tnef", "application/vnd.ms-tnef"})
_STEP = 2 * MAX_PARTS
_MAX_LISTED = 30_000_000  # bytes of a winmail.dat, still encoded, that are looked into


def is_tnef(part: Part) -> bool:
    """Whether a part is Outlook's winmail.dat, by its type or its name."""
    return part.type in TNEF_TYPES or part.filename.strip().lower() == "winmail.dat"


def number_of(leaf: int, file: int) -> int:
    """The number of the `file`-th file inside a leaf; both count from 0."""
    return _STEP * (leaf + 1) + file


def inside_tnef(part: Part, leaf: int, raw: bytes) -> list[Attachment] | None:
    """The files of a winmail.dat, None where it can't be read."""
    found = tnef_files(part.data(raw, _MAX_LISTED))
    if found is None:
        return None
    return [
        Attachment(
            safe_filename(file.name or f"attachment-{number + 1}.bin"),
            "application/octet-stream",
            file.end - file.start,
            number_of(leaf, number),
        )
        for number, file in enumerate(found)
    ]


def inside_text(files: tuple[InlineFile, ...], leaf: int) -> list[Attachment]:
    """The files of a text that can be decoded."""
    return [
        Attachment(file.name, "application/octet-stream", file.size, number_of(leaf, number))
        for number, file in enumerate(files)
        if file.lines
    ]


def packed_bytes(leaves: tuple[Part, ...], raw: bytes, number: int) -> bytes:
    """The content of a file by its number; nothing where there is none."""
    leaf, file = number // _STEP - 1, number % _STEP
    if not 0 <= leaf < len(leaves):
        return b""
    part = leaves[leaf]
    if is_tnef(part):
        data = part.data(raw, _MAX_LISTED)
        packed = tnef_files(data) or ()
        return data[packed[file].start : packed[file].end] if file < len(packed) else b""
    text = part.data(raw).decode("latin-1").replace("\r\n", "\n").replace("\r", "\n")
    found = name_inline_files(text)[1]
    return found[file].data() if file < len(found) else b""


def is_packed(number: int) -> bool:
    """Whether a number is that of a file inside a part, not of a part."""
    return number >= _STEP
