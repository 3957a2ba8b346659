"""Files that were chosen for a draft: their bytes lie here from that moment on.

A file stays with its draft, goes with the mail into the outbox, and comes back with it when the
mail is taken back (`outbox` is emptied with the outbox's row). Sent, only the mail keeps it.
"""

import sqlite3
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from founder_inbox.core.letters.files import DraftFile
from founder_inbox.core.times import to_text
from founder_inbox.store.database import Store

if TYPE_CHECKING:
    from founder_inbox.core.letters.compose import File

# The draft's own ticket and those that were merged into it, as in `drafts.draft_of`.
_OF_DRAFT = """
    outbox is null and (draft = ?1 or draft in (
        select ticket_alias.id from ticket_alias
          join ticket on ticket.key = ticket_alias.ticket where ticket.id = ?1))
"""


def add_draft_file(store: Store, draft: str, file: "File", now: datetime) -> DraftFile:
    """Keep a file with a draft. Durable when this returns."""
    with store.write():
        row = store.run(
            "insert into draft_file (draft, name, type, size, body, added_at) "
            "values (?, ?, ?, ?, ?, ?)",
            draft,
            file.name,
            file.type,
            len(file.data),
            file.data,
            to_text(now),
        )
    return DraftFile(row, file.name, file.type, len(file.data))


def files_of_draft(store: Store, draft: str) -> list[DraftFile]:
    """What goes along with a draft, in the order chosen."""
    rows = store.rows(
        f"select id, name, type, size from draft_file where {_OF_DRAFT} order by id",  # noqa: S608 - own words
        draft,
    )
    return [_file(row) for row in rows]


def read_files(store: Store, files: Sequence[DraftFile]) -> "tuple[File, ...]":
    """The files with their bytes, for the mail that is built."""
    from founder_inbox.core.letters.compose import File

    found = []
    for file in files:
        row = store.row("select name, type, body from draft_file where id = ?", file.id)
        if row is not None:
            found.append(File(row["name"], row["type"], row["body"]))
    return tuple(found)


def remove_draft_file(store: Store, draft: str, file: int) -> bool:
    """Take a file off a draft; whether it was there."""
    with store.write():
        return bool(
            store.changed(f"delete from draft_file where id = ?2 and {_OF_DRAFT}", draft, file)  # noqa: S608 - own words
        )


def send_along(store: Store, files: Sequence[DraftFile], outbox: int) -> None:
    """These go with a mail now, and are the draft's again if it is taken back."""
    with store.write():
        for file in files:
            store.run("update draft_file set outbox = ? where id = ?", outbox, file.id)


def forget_sent(store: Store, outbox: int) -> None:
    """The mail was accepted: its own bytes keep the files from now on."""
    with store.write():
        store.run("delete from draft_file where outbox = ?", outbox)


def _file(row: sqlite3.Row) -> DraftFile:
    return DraftFile(row["id"], row["name"], row["type"], row["size"])
