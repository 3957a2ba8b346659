"""Parts of large mails, fetched from the server when somebody wants them: a piece at a time.

Each piece is in the database before the next is asked for, so that a broken line, a crash or a
change of mind costs one piece, and no file is ever in memory as a whole.
"""

import os
from collections.abc import Callable, Iterator, Mapping

from founder_inbox.app.workspace import Workspace
from founder_inbox.mail.imap import ImapSession, ServerRefused
from founder_inbox.mail.imap_parts import read_piece
from founder_inbox.store import parts
from founder_inbox.store.moves import places_of, wanted_mail
from founder_inbox.store.parts import PartRow, PartState
from founder_inbox.store.sync_state import say

PIECE = 1 << 20
GONE = "It is no longer on the server; the text of the mail stays here."
NOTHING: Callable[[], object] = lambda: None  # noqa: E731 - a name for a callback


def bring_parts(
    ws: Workspace,
    session: ImapSession,
    roles: Mapping[str, str],
    between: Callable[[], object] = NOTHING,
) -> None:
    """Fetch every part that is wanted; opens mailboxes. Calls `between` after each piece.

    What can't be had says why in its row. Raises ServerUnreachable when the line breaks; what is
    wanted stays so, and goes on where it stopped.
    """
    tried: set[int] = set()
    while part := next((p for p in parts.wanted_parts(ws.store) if p.id not in tried), None):
        tried.add(part.id)
        try:
            _bring(ws, session, roles, part, between)
        except ServerRefused as refusal:
            if refusal.wait:
                raise
            parts.fail_part(ws.store, part.id, str(refusal))


def _bring(
    ws: Workspace,
    session: ImapSession,
    roles: Mapping[str, str],
    part: PartRow,
    between: Callable[[], object],
) -> None:
    for uid in _places(ws, session, roles, part):
        while part.state is PartState.WANTED:
            data = read_piece(session, uid, part.section, part.got, PIECE)
            if data is None:
                break
            _keep(ws, part, data)
            between()
            part = parts.part_row(ws.store, part.id) or part
        if part.state is not PartState.WANTED:
            return
    parts.fail_part(ws.store, part.id, GONE)


def _keep(ws: Workspace, part: PartRow, data: bytes) -> None:
    # Sizes that servers tell are sometimes wrong; only the end of the part is its end.
    endless = part.got + len(data) > 2 * part.size + PIECE
    parts.add_piece(ws.store, part, data, last=len(data) < PIECE or endless)
    words = f"a file, {_megabytes(part.got + len(data))} of {_megabytes(part.size)} MB"
    say(ws.store, os.getpid(), "fetching", words)


def _places(
    ws: Workspace, session: ImapSession, roles: Mapping[str, str], part: PartRow
) -> Iterator[int]:
    """The UIDs of the mail, each with its mailbox open: where we know it, then where it may be."""
    known = places_of(ws.store, part.raw)
    for place in known:
        if session.open(place.mailbox).uidvalidity == place.uidvalidity:
            yield place.uid
    mail = wanted_mail(ws.store, part.raw)
    for mailbox in dict.fromkeys(roles.values()) if mail else ():
        session.open(mailbox)
        found = session.find_message_id(mail.message_id if mail else "")[:20]
        yield from (item.uid for item in session.sizes(found) if mail and item.size == mail.size)


def _megabytes(size: int) -> str:
    return f"{size / 1_000_000:.1f}"
