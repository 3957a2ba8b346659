"""Everything up to a message in few messages: a new machine need not read thousands."""

from collections.abc import Callable
from datetime import datetime

import msgspec

from founder_inbox.app.reading.shared_lines import settle_shared
from founder_inbox.app.syncing.journal_box import Box, read_box, save_box
from founder_inbox.app.syncing.journal_mail import batch_in, is_believed, learn_machines, put_up
from founder_inbox.app.workspace import Workspace
from founder_inbox.core.sharing import wire
from founder_inbox.core.sharing.foreign import Origin, origin_of
from founder_inbox.mail.imap import ImapSession
from founder_inbox.mail.imap_journal import journal_bodies, journal_headers, snapshots_there
from founder_inbox.store import sharing
from founder_inbox.store.settings import machine_of, set_setting

Now = Callable[[], datetime]
SNAPSHOT_AFTER = 300  # messages since the last one
SNAPSHOT_LINES = 5_000
SNAPSHOT_BYTES = 4 << 20
# Of old snapshots nobody reads more than these messages.
MOST_PARTS = 200


def write_snapshot(ws: Workspace, session: ImapSession, name: str, now: Now) -> None:
    """Write one when so many messages have come since the last that it is worth it."""
    box = read_box(ws.store)
    known = sharing.known_mails(ws.store)
    since = [uid for uid in known if uid > box.snapshot_upto]
    if len(since) < SNAPSHOT_AFTER or "later" in known.values():
        return
    upto = max(known)
    records = sharing.all_records(ws.store, upto)
    batches = list(wire.split_batches(records, SNAPSHOT_LINES, SNAPSHOT_BYTES))
    title = f"{machine_of(ws.store)}-{upto}"
    for part, batch in enumerate(batches, 1):
        snapshot = wire.Snapshot(title, part, len(batches), box.uidvalidity, upto)
        put_up(ws, session, name, batch, now(), snapshot)
    save_box(ws.store, msgspec.structs.replace(box, snapshot_upto=upto + len(batches)))


def start_from_snapshot(
    ws: Workspace, session: ImapSession, box: Box, new: list[int], now: datetime
) -> tuple[int, list[int]]:
    """Read the newest whole snapshot and note what it stands for as read.

    Returns how many lines came, and which messages remain to be read.
    """
    batches = dict(_batches(ws, session, now))
    parts = wire.newest_whole(
        {uid: batch.snapshot for uid, batch in batches.items() if batch.snapshot}, box.uidvalidity
    )
    if not parts:
        return 0, new
    upto = max(snapshot.upto for snapshot in parts.values())
    with ws.store.write():
        for uid in parts:
            learn_machines(ws, batches[uid])
        taken = [sharing.take_in(ws.store, uid, batches[uid].records) for uid in parts]
        for uid in (uid for uid in new if uid <= upto):
            sharing.note_mail(ws.store, uid, "read", "in a snapshot")
        set_setting(ws.store, sharing.OTHERS, "yes")
        settle_shared(ws, taken, now)
    save_box(ws.store, msgspec.structs.replace(read_box(ws.store), snapshot_upto=upto))
    return sum(one.lines for one in taken), [uid for uid in new if uid > upto]


def _batches(ws: Workspace, session: ImapSession, now: datetime) -> list[tuple[int, wire.Batch]]:
    found = journal_headers(session, snapshots_there(session)[-MOST_PARTS:])
    ours = [
        mail
        for mail in found
        if origin_of(mail.header, ws.config.addresses) is Origin.OURS
        and mail.size <= wire.LARGEST_MESSAGE
    ]
    read = ((uid, batch_in(ws, uid, raw)) for uid, raw in journal_bodies(session, ours))
    with ws.store.write():
        return [(uid, b) for uid, b in read if b is not None and is_believed(ws, uid, b, now)]
