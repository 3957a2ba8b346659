"""The shared journal without those who were forgotten: messages with lines of theirs written anew.

What remains of a message goes up first, then the old one is taken away, by UID: a crash between
the two repeats lines, and a line counts once.
"""

from datetime import datetime, timedelta

from founder_inbox.app.syncing.journal_box import read_box
from founder_inbox.app.syncing.journal_mail import batch_in, put_up
from founder_inbox.app.workspace import Workspace
from founder_inbox.core.sharing import wire
from founder_inbox.core.sharing.foreign import Origin, origin_of
from founder_inbox.core.sharing.forgotten import what_stays
from founder_inbox.core.tickets.journal import EventKind, moment_of
from founder_inbox.mail.imap import ImapSession
from founder_inbox.mail.imap_journal import journal_bodies, journal_headers, journal_name
from founder_inbox.store import forgotten

# Of two claims the one that lies first counts: a message with a fresh one keeps its place.
_SETTLED = timedelta(hours=1)
_AT_ONCE = 100


def rewrite_journal(ws: Workspace, session: ImapSession, now: datetime) -> int:
    """Look through what may hold lines of theirs; returns how many messages were written anew.

    Raises ServerRefused and LineBroken; what was not looked at waits.
    """
    waiting = forgotten.to_look_through(ws.store)
    box = read_box(ws.store)
    if not waiting or not ws.config.journal.share or box.trouble:
        return 0
    name = journal_name(session)
    if session.open(name).uidvalidity != box.uidvalidity:
        return 0
    written = 0
    for start in range(0, len(waiting), _AT_ONCE):
        uids = waiting[start : start + _AT_ONCE]
        later = set()
        for uid, batch in _batches(ws, session, uids):
            left = _left(ws, batch)
            if left is None:
                continue
            if _has_fresh_claim(batch, now):
                later.add(uid)
                continue
            if left:
                put_up(ws, session, name, left, now, batch.snapshot)
            _take_away(session, name, uid)
            written += 1
        forgotten.looked_through(ws.store, set(uids) - later)
    return written


def _take_away(session: ImapSession, name: str, uid: int) -> None:
    """Erase a message; at Google by way of Trash, elsewhere there only a label would go."""
    trash = session.roles().get("trash")
    session.open_to_write(name)
    if session.can("X-GM-EXT-1") and trash:
        if there := [*session.move([uid], trash).uids.values()]:
            session.open_to_write(trash)
            session.delete(there)
    else:
        session.delete([uid])
    session.open(name)


def _batches(ws: Workspace, session: ImapSession, uids: list[int]) -> list[tuple[int, wire.Batch]]:
    marked = {uid for uid, f in session.flags(uids).items() if "\\Deleted" in f.keywords}
    ours = [
        mail
        for mail in journal_headers(session, [uid for uid in uids if uid not in marked])
        if origin_of(mail.header, ws.config.addresses) is Origin.OURS
        and mail.size <= wire.LARGEST_MESSAGE
    ]
    read = [(uid, batch_in(ws, uid, raw)) for uid, raw in journal_bodies(session, ours)]
    return [(uid, batch) for uid, batch in read if batch is not None]


def _left(ws: Workspace, batch: wire.Batch) -> list[wire.Record] | None:
    """The records that stay; None where nothing has to go."""
    known = forgotten.all_forgotten(ws.store)
    left = [what_stays(record, known) for record in batch.records]
    if all(one is other for one, other in zip(left, batch.records, strict=True)):
        return None
    return [{**record} for record in left if record is not None]


def _has_fresh_claim(batch: wire.Batch, now: datetime) -> bool:
    claims = (r for r in batch.records if r["kind"] == EventKind.CLAIMED)
    return any((moment_of(r["id"]) or now) > now - _SETTLED for r in claims)
