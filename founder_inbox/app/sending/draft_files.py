"""Files for a draft: chosen, copied at once, and taken off again.

The copy is what leaves: the file may be moved, changed or deleted a second later.
"""

import mimetypes
import os
import stat
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from founder_inbox.app.workspace import Workspace
from founder_inbox.core.display import safe_filename
from founder_inbox.core.letters.compose import File
from founder_inbox.core.letters.files import MOST_ATTACHED, DraftFile
from founder_inbox.core.mime.risks import BEGINNING, why_ask
from founder_inbox.core.sizes import size_words
from founder_inbox.errors import BadInput, NotFound
from founder_inbox.store import draft_files

_UNKNOWN = "application/octet-stream"
_KEPT = "The draft is as it was."


def attach(ws: Workspace, draft: str, path: str, now: datetime) -> DraftFile:
    """Copy a file into the data folder, as one of a draft's. `~` is the home folder.

    Raises NotFound for a file that is not there, and BadInput for a folder, a file that can't be
    read, and one that is too large for a mail together with the others.
    """
    where = Path(path).expanduser()
    held = sum(file.size for file in draft_files.files_of_draft(ws.store, draft))
    data = _read(where, MOST_ATTACHED - held)
    name = safe_filename(where.name)
    file = File(name, media_type(name, data[:BEGINNING]), data)
    return draft_files.add_draft_file(ws.store, draft, file, now)


def attach_all(
    ws: Workspace, draft: str, paths: Sequence[str], now: datetime
) -> tuple[DraftFile, ...]:
    """Attach several, or none of them if one is refused."""
    with ws.store.write():
        return tuple(attach(ws, draft, path, now) for path in paths)


def attached(ws: Workspace, draft: str) -> tuple[DraftFile, ...]:
    """What goes along with a draft, in the order chosen."""
    return tuple(draft_files.files_of_draft(ws.store, draft))


def detach(ws: Workspace, draft: str, file: int) -> None:
    """Take a file off a draft; the founder's own file is not touched."""
    draft_files.remove_draft_file(ws.store, draft, file)


def media_type(name: str, beginning: bytes) -> str:
    """What to call a file's kind: by its name, and never text for what can run."""
    kind, packed = _TYPES.guess_type(name, strict=True)
    if kind is None or packed is not None:
        return _PACKED.get(packed or "", _UNKNOWN)
    if kind.startswith("text/") and (why_ask(name, "", beginning) or b"\0" in beginning):
        return kind if kind == "text/html" and b"\0" not in beginning else _UNKNOWN
    return kind


# Without the machine's own lists: a file has the same type wherever it is sent from.
_TYPES = mimetypes.MimeTypes()
_PACKED = {"gzip": "application/gzip", "bzip2": "application/x-bzip2", "xz": "application/x-xz"}


def _read(path: Path, room: int) -> bytes:
    """A regular file's bytes, at most `room` of them."""
    try:
        # NONBLOCK: what becomes a pipe between the look and the opening would never open.
        _look_at(path, room)
        with open(path, "rb", opener=lambda p, f: os.open(p, f | os.O_NONBLOCK)) as file:
            data = file.read(max(room, 0) + 1)
    except FileNotFoundError:
        raise NotFound(f"There is no file {path}. {_KEPT}") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise BadInput(f"{path} can't be read: {reason}. {_KEPT}") from error
    if len(data) > room:
        raise _too_large(path, len(data), room)
    return data


def _look_at(path: Path, room: int) -> None:
    """Refuse what is no file, or too large, before it is opened. Raises OSError too."""
    about = path.stat()
    if stat.S_ISDIR(about.st_mode):
        raise BadInput(f"{path} is a folder. Pack it into one file first, such as a zip. {_KEPT}")
    if not stat.S_ISREG(about.st_mode):
        raise BadInput(f"{path} is a device or a pipe, not a file. {_KEPT}")
    if about.st_size > room:
        raise _too_large(path, about.st_size, room)


def _too_large(path: Path, size: int, room: int) -> BadInput:
    most = size_words(MOST_ATTACHED)
    if size > MOST_ATTACHED:
        return BadInput(
            f"{path.name} has {size_words(size)}, and a mail carries {most} at most. Put it where "
            f"it can be downloaded, and send the link. {_KEPT}"
        )
    return BadInput(
        f"{path.name} has {size_words(size)}, and of {most} that a mail carries "
        f"{size_words(max(room, 0))} are left. Send it with a second mail, or a link. {_KEPT}"
    )
