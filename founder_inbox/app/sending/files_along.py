"""The files that mails of a ticket came with, to go along with a mail of ours."""

from collections.abc import Iterable

from founder_inbox.app.reading.attachments import file_bytes, files_of_message
from founder_inbox.app.workspace import Workspace
from founder_inbox.core.display import safe_filename
from founder_inbox.core.letters.compose import File
from founder_inbox.core.letters.files import MOST_ATTACHED
from founder_inbox.errors import BadInput
from founder_inbox.store.messages import Message


def files_along(
    ws: Workspace, history: Iterable[Message], most: int = MOST_ATTACHED
) -> tuple[File, ...]:
    """The files of these mails, as far as they are here and fit into `most` bytes together.

    What can't go along is left out: the text of the mail names every file.
    """
    files: list[File] = []
    room = most
    for message in history:
        for file in files_of_message(ws, message):
            if not file.here or file.attachment.size > room:
                continue
            try:
                data = file_bytes(ws, file)
            except BadInput:  # the text names it; a file that breaks things is not passed on
                continue
            if len(data) <= room:
                room -= len(data)
                name = safe_filename(file.attachment.name)
                files.append(File(name, file.attachment.type, data))
    return tuple(files)
