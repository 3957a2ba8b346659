"""A ticket's files: what there is, and saving them without overwriting anything."""

import contextlib
import os
from dataclasses import dataclass
from pathlib import Path

from founder_inbox.app.parser import Unreadable
from founder_inbox.app.tickets import view_ticket
from founder_inbox.app.workspace import Workspace
from founder_inbox.core.display import safe_filename
from founder_inbox.core.model import Attachment
from founder_inbox.core.tickets.entry import Entry, Ticket
from founder_inbox.errors import BadInput, CannotWrite
from founder_inbox.store.mailboxes import raw_of_message


@dataclass(frozen=True, slots=True)
class TicketFile:
    """A file and the mail it came with."""

    attachment: Attachment
    entry: Entry


def files_of(ws: Workspace, ticket: Ticket) -> list[TicketFile]:
    """The files of a ticket's mails, oldest first."""
    history = view_ticket(ws.store, ticket).history
    return [TicketFile(a, entry) for entry in history for a in entry.attachments]


def save_file(ws: Workspace, file: TicketFile, folder: Path) -> Path:
    """Write a file into a folder, under a free name, 0600; where it lies.

    Raises CannotWrite, and BadInput for a file that can't be decoded.
    """
    row = file.entry.message
    raw = raw_of_message(ws.store, row) if row is not None else None
    data = attachment_bytes(ws, raw or b"", file.attachment)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        descriptor, path = _create(folder, safe_filename(file.attachment.name))
        with os.fdopen(descriptor, "wb") as target:
            target.write(data)
    except OSError as error:
        raise CannotWrite(
            f"Can't write into {folder}: {error.strerror}. What was saved before stays."
        ) from error
    return path


def attachment_bytes(ws: Workspace, raw: bytes, attachment: Attachment) -> bytes:
    """An attachment's content, decoded where it can do no harm. Raises BadInput."""
    try:
        return ws.parser.attachment(raw, attachment.part)
    except Unreadable as reason:
        raise BadInput(
            f"The file {attachment.name} can't be taken out of its mail: {reason}. The mail is "
            "kept as it came; another mail program may be able to open it."
        ) from reason


def _create(folder: Path, name: str) -> tuple[int, Path]:
    stem, dot, suffix = name.rpartition(".")
    for number in range(1, 10_000):
        path = folder / (
            name if number == 1 else f"{stem or name}-{number}{dot}{suffix if stem else ''}"
        )
        with contextlib.suppress(FileExistsError):
            return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600), path
    raise FileExistsError(f"{folder / name} is there ten thousand times")
