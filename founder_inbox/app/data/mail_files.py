"""Mails in files: an mbox, a Maildir with its folders, single mails. Read one at a time."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from founder_inbox.core.mime.mbox import from_mboxrd
from founder_inbox.core.sync.mailbox_names import role_by_name
from founder_inbox.errors import BadInput, NotFound

LARGEST = 64 * 2**20
_LEFT_OUT = frozenset({"junk", "trash", "drafts"})


@dataclass(frozen=True, slots=True)
class FileMail:
    """A mail's bytes with CRLF, the folder's role if its name has one, and when the file was new.

    `body` is empty for a mail over `LARGEST`, which is left out.
    """

    body: bytes
    role: str | None
    at: datetime


def read_mails(path: Path) -> Iterator[FileMail]:
    """Every mail in an mbox, a Maildir, a folder of `.eml` files, or one such file.

    A Maildir comes with its Maildir++ folders, but without Junk, Trash and drafts.

    Raises NotFound, and BadInput for what is none of these.
    """
    try:
        yield from _read(path)
    except OSError as error:
        raise BadInput(f"{path} can't be read: {error.strerror}.") from error


def _read(path: Path) -> Iterator[FileMail]:
    if not path.exists():
        raise NotFound(f"There is no file {path}.")
    if path.is_dir():
        yield from _read_folder(path)
        return
    with path.open("rb") as file:
        first = file.readline(1_000)
        file.seek(0)
        at = datetime.fromtimestamp(path.stat().st_mtime, UTC)
        if first.startswith(b"From "):
            yield from _read_mbox(file, role_by_name(path.stem), at)
        elif path.suffix == ".eml":
            yield _single(path, None)
        else:
            raise BadInput(f"{path} is no mbox: it does not begin with “From ”. Nothing came in.")


def _read_folder(path: Path) -> Iterator[FileMail]:
    boxes = [box for box in (path, *sorted(path.glob(".*"))) if (box / "cur").is_dir()]
    if not boxes:
        singles = sorted(path.glob("*.eml"))
        if not singles:
            raise BadInput(f"{path} is no Maildir and holds no .eml files. Nothing came in.")
        yield from (_single(file, None) for file in singles)
        return
    for box in boxes:
        role = None if box == path else role_by_name(box.name.lstrip("."))
        if role in _LEFT_OUT:
            continue
        for part in ("cur", "new"):
            for file in sorted((box / part).glob("*")):
                if file.is_file():
                    yield _single(file, role)


def _single(file: Path, role: str | None) -> FileMail:
    status = file.stat()
    body = b"" if status.st_size > LARGEST else file.read_bytes()
    crlf = body.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
    return FileMail(crlf, role, datetime.fromtimestamp(status.st_mtime, UTC))


def _read_mbox(file: IO[bytes], role: str | None, at: datetime) -> Iterator[FileMail]:
    """A mail begins at a `From ` line that is the first, or follows an empty one (RFC 4155)."""
    lines: list[bytes] = []
    size, empty_before = 0, True
    while line := file.readline(LARGEST):
        if empty_before and line.startswith(b"From "):
            if size:
                yield _collected(lines, size, role, at)
            lines, size = [], 0
        else:
            size += len(line)
            if size <= LARGEST:
                lines.append(line)
        empty_before = line in {b"\n", b"\r\n"}
    if size:
        yield _collected(lines, size, role, at)


def _collected(lines: list[bytes], size: int, role: str | None, at: datetime) -> FileMail:
    body = b"" if size > LARGEST else from_mboxrd(b"".join(lines))
    return FileMail(body, role, at)
