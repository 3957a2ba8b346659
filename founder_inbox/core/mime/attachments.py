"""What is attached to a mail: names that are safe and differ, types, sizes."""

from collections.abc import Sequence
from dataclasses import replace
from unicodedata import normalize

from founder_inbox.core.display import safe_filename, safe_line
from founder_inbox.core.mime.headers import split_head
from founder_inbox.core.mime.parts import Part
from founder_inbox.core.model import Attachment

_SUFFIXES = {
    "text/plain": ".txt",
    "text/html": ".html",
    "text/calendar": ".ics",
    "text/csv": ".csv",
    "message/rfc822": ".eml",
    "application/pdf": ".pdf",
    "application/zip": ".zip",
    "application/ms-tnef": ".dat",
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/gif": ".gif",
}


def list_attachments(
    parts: Sequence[tuple[int, Part]], raw: bytes, packed: Sequence[Attachment] = ()
) -> tuple[tuple[Attachment, ...], tuple[str, ...]]:
    """The attachments with names that differ, and a sentence for each damaged one.

    `parts` come with their index among the mail's leaves; none is decoded. `packed` are files
    found inside of parts.
    """
    taken: set[str] = set()
    out: list[Attachment] = []
    warnings: list[str] = []
    for number, part in parts:
        name = _unique(_name(part, raw, number), taken)
        taken.add(_folded(name))
        if part.is_broken(raw):
            warnings.append(
                f"The attachment {name} is damaged; what can be read of it can be saved."
            )
        out.append(Attachment(name, safe_line(part.type, 120), part.size(raw), number))
    for file in packed:
        name = _unique(file.name, taken)
        taken.add(_folded(name))
        out.append(replace(file, name=name))
    return tuple(out), tuple(warnings)


def _name(part: Part, raw: bytes, number: int) -> str:
    if part.filename.strip():
        return safe_filename(part.filename)
    if part.type == "message/rfc822":
        headers, _ = split_head(raw, part.start, part.end)
        return safe_filename(f"{headers.text('subject')[:80].replace('/', '-') or 'mail'}.eml")
    kind = part.type.partition("/")[0]
    stem = "image" if kind == "image" else "attachment"
    return f"{stem}-{number + 1}{_SUFFIXES.get(part.type, '.bin')}"


def _folded(name: str) -> str:
    """The name as a file system sees it that ignores case and composes accents."""
    return normalize("NFC", name).casefold()


def _unique(name: str, taken: set[str]) -> str:
    if _folded(name) not in taken:
        return name
    stem, dot, suffix = name.rpartition(".")
    stem, tail = (stem, dot + suffix) if stem else (name, "")
    counted = (f"{stem[:90]}-{count}{tail}" for count in range(2, 10_000))
    return next((n for n in counted if _folded(n) not in taken), name)
