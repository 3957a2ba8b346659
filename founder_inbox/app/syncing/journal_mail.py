"""One message of the journal's mailbox: read within bounds, believed or not yet, or appended."""

import logging
from datetime import datetime, timedelta

from founder_inbox.app.workspace import Workspace
from founder_inbox.core.sharing import wire
from founder_inbox.core.tickets.journal import MOST_AHEAD, moment_of
from founder_inbox.mail.imap import ImapSession
from founder_inbox.mail.imap_journal import append_batch
from founder_inbox.store import sharing
from founder_inbox.store.events import CLOCK_BEHIND
from founder_inbox.store.machines import known_machines, note_machine
from founder_inbox.store.settings import get_setting, machine_of
from founder_inbox.system.own_process import host_name

log = logging.getLogger(__name__)
LOOK_AGAIN = timedelta(minutes=30)


def batch_in(ws: Workspace, uid: int, raw: bytes) -> wire.Batch | None:
    """What a message of ours holds; None, and noted why, where it can't be read."""
    try:
        return wire.read_batch(raw)
    except wire.NotReadable as reason:
        log.warning("message %d of the journal is not read: %s", uid, reason)
        with ws.store.write():
            sharing.note_mail(ws.store, uid, "ignored", str(reason))
        return None


def is_believed(ws: Workspace, uid: int, batch: wire.Batch, now: datetime) -> bool:
    """Lines from a future that no wrong clock explains wait until it has come."""
    behind = timedelta(seconds=int(get_setting(ws.store, CLOCK_BEHIND) or 0))
    limit = now + behind + MOST_AHEAD
    latest = max((moment_of(r["id"]) or now for r in batch.records), default=now)
    if latest <= limit or batch.machine == machine_of(ws.store):
        return True
    words = f"the clock of machine {batch.machine[:8]} is far ahead"
    sharing.note_mail(ws.store, uid, "later", words, min(latest - MOST_AHEAD, now + LOOK_AGAIN))
    return False


def learn_machines(ws: Workspace, batch: wire.Batch) -> None:
    """Remember what others say machines are called, and when they wrote. Inside `write()`."""
    here = machine_of(ws.store)
    names = {machine: name for machine, name in batch.names.items() if machine != here}
    if batch.machine != here:
        note_machine(ws.store, batch.machine, names, batch.written)


def put_up(
    ws: Workspace,
    session: ImapSession,
    name: str,
    batch: list[wire.Record],
    now: datetime,
    snapshot: wire.Snapshot | None = None,
) -> None:
    """Append one message with these records. Raises ServerRefused and LineBroken."""
    machine = machine_of(ws.store)
    kind = f"s{snapshot.part}" if snapshot else "e"
    message_id = (
        f"<{kind}.{batch[-1]['id']}.{machine}.{int(now.timestamp())}@founder-inbox.invalid>"
    )
    address = ws.config.account.address
    # A new machine reads the snapshot and none of the messages before it.
    names = {known: one.name for known, one in known_machines(ws.store).items()} if snapshot else {}
    names[machine] = ws.config.journal.machine or host_name()
    raw = wire.write_batch(address, machine, now, batch, message_id, snapshot, names)
    append_batch(session, name, raw)
