"""A ticket's files: what there is and where, asking for them, saving and opening them.

Saving overwrites nothing and follows no link; whether opening is wise is decided here, and asking
the founder about it is the screen's part.
"""

import contextlib
import os
import secrets
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from founder_inbox.app.reading.parser import Unreadable
from founder_inbox.app.workspace import Workspace
from founder_inbox.core.display import safe_filename
from founder_inbox.core.mime.risks import BEGINNING, why_ask
from founder_inbox.core.mime.transfer import decode_pieces
from founder_inbox.core.model import Address, Attachment
from founder_inbox.core.tickets.entry import Ticket
from founder_inbox.errors import BadInput, CannotWrite, NotFound
from founder_inbox.store import messages, parts
from founder_inbox.store.mailboxes import raw_of_message
from founder_inbox.store.messages import Message
from founder_inbox.store.parts import PartRow, PartState
from founder_inbox.system.opener import open_outside
from founder_inbox.system.paths import downloads_path


@dataclass(frozen=True, slots=True)
class TicketFile:
    """A file and the mail it came with; `part` where it was left on the server at first."""

    attachment: Attachment
    message: int
    message_id: str
    at: datetime
    sender: Address
    part: PartRow | None = None

    @property
    def here(self) -> bool:
        """Whether it can be saved without the server."""
        return self.part is None or self.part.state is PartState.HERE


def files_of(ws: Workspace, ticket: Ticket) -> list[TicketFile]:
    """The files of a ticket's mails, oldest first."""
    history = messages.messages_of_ticket(ws.store, ticket.key)
    return [file for message in history for file in files_of_message(ws, message)]


def files_of_message(ws: Workspace, message: Message) -> list[TicketFile]:
    """The files of one mail, in its order."""
    left = parts.parts_of_message(ws.store, message.id) if message.attachments else {}
    return [
        TicketFile(a, message.id, message.message_id, message.at, message.sender, left.get(a.part))
        for a in message.attachments
    ]


def file_bytes(ws: Workspace, file: TicketFile) -> bytes:
    """A file that is here, in memory as a whole: for small ones that go along with a mail."""
    return b"".join(_content(ws, file))


def as_now(ws: Workspace, file: TicketFile) -> TicketFile:
    """The same file as it stands by now."""
    part = parts.part_row(ws.store, file.part.id) if file.part else None
    return replace(file, part=part)


def ask_for(ws: Workspace, files: Sequence[TicketFile]) -> None:
    """Have what is not here fetched by whoever talks to the server, now or later."""
    parts.want_parts(ws.store, [file.part.id for file in files if file.part])


def ask_no_more(ws: Workspace, files: Sequence[TicketFile]) -> None:
    """Nobody waits for these any more; the pieces that came are kept."""
    parts.leave_parts(ws.store, [file.part.id for file in files if file.part])


def default_folder(ws: Workspace) -> Path:
    """Where files are saved unless told otherwise."""
    return downloads_path(ws.config.attachments.dir, ws.paths.config)


def save_file(ws: Workspace, file: TicketFile, folder: Path) -> Path:
    """Write a file into a folder, under a free name, 0600; where it lies.

    Raises CannotWrite, with nothing half done left behind, NotFound for one on the server, and
    BadInput for one that can't be decoded.
    """
    if not file.here:
        raise NotFound(
            f"{file.attachment.name} is still on the server. It can be saved when it is here."
        )
    try:
        folder.mkdir(parents=True, exist_ok=True)
        descriptor, path = _create(folder, safe_filename(file.attachment.name))
        try:
            with os.fdopen(descriptor, "wb") as target:
                target.writelines(_content(ws, file))
        except BaseException:
            path.unlink(missing_ok=True)
            raise
    except OSError as error:
        raise CannotWrite(
            f"Can't write into {folder}: {error.strerror}. What was saved before stays."
        ) from error
    return path


def why_ask_first(ws: Workspace, file: TicketFile) -> str | None:
    """Why a file that is here should not be opened without a question; None for a harmless one."""
    start = b""
    for piece in _content(ws, file):
        start += piece
        if len(start) >= BEGINNING:
            break
    return why_ask(file.attachment.name, file.attachment.type, start[:BEGINNING])


def open_file(ws: Workspace, file: TicketFile) -> Path | None:
    """Open a copy of a file with the desktop's own program, without waiting for it.

    Where there is no desktop it is saved into the default folder instead, and that path returned.
    """
    with _private(ws.paths.opened):
        folder = ws.paths.opened / secrets.token_hex(8)
        folder.mkdir(mode=0o700)
    copy = save_file(ws, file, folder)
    if open_outside(copy):
        return None
    shutil.rmtree(folder, ignore_errors=True)
    return save_file(ws, file, default_folder(ws))


def forget_opened(ws: Workspace) -> None:
    """Remove the copies that were made for opening."""
    shutil.rmtree(ws.paths.opened, ignore_errors=True)


def _content(ws: Workspace, file: TicketFile) -> Iterator[bytes]:
    if file.part is not None:
        part = parts.part_row(ws.store, file.part.id) or file.part
        return decode_pieces(parts.pieces_of(ws.store, part), part.encoding)
    raw = raw_of_message(ws.store, file.message)
    return iter([_decoded(ws, raw or b"", file.attachment)])


def _decoded(ws: Workspace, raw: bytes, attachment: Attachment) -> bytes:
    """An attachment's content, decoded where it can do no harm. Raises BadInput."""
    try:
        return ws.parser.attachment(raw, attachment.part)
    except Unreadable as reason:
        raise BadInput(
            f"The file {attachment.name} can't be taken out of its mail: {reason}. The mail is "
            "kept as it came; another mail program may be able to open it."
        ) from reason


@contextlib.contextmanager
def _private(folder: Path) -> Iterator[None]:
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        yield
    except OSError as error:
        raise CannotWrite(f"Can't write into {folder}: {error.strerror}.") from error


def _create(folder: Path, name: str) -> tuple[int, Path]:
    stem, dot, suffix = name.rpartition(".")
    for number in range(1, 10_000):
        path = folder / (
            name if number == 1 else f"{stem or name}-{number}{dot}{suffix if stem else ''}"
        )
        with contextlib.suppress(FileExistsError):
            return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600), path
    raise FileExistsError(17, "that name is there ten thousand times", str(folder / name))
