"""Fetching mails in batches, each stored and understood before the next is asked for.

A mail at which the line breaks again and again must not keep the others from coming in: the
mails of a broken batch are asked for one by one, last, and one that breaks three lines is left.
"""

import json
import os
import re
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from founder_inbox.app.reading.intake import Intake
from founder_inbox.app.reading.project import project_stale, project_tickets
from founder_inbox.app.reading.taken_in import TakenIn
from founder_inbox.app.workspace import Workspace
from founder_inbox.core.mime.mail_fields import read_date
from founder_inbox.core.sync.mailbox import NO_DATE, Fetched
from founder_inbox.core.sync.plan import BATCH_MAILS, batches
from founder_inbox.mail.imap import ImapSession, LineBroken, Size
from founder_inbox.store import mailboxes
from founder_inbox.store.mailboxes import MailboxRow
from founder_inbox.store.packing import Packed, pack
from founder_inbox.store.places import lost_mails, place_again, tickets_at
from founder_inbox.store.settings import get_setting, set_setting
from founder_inbox.store.sync_state import say
from founder_inbox.system.ahead import one_ahead

SIZES_AT_ONCE = 500
MOST_BREAKS = 3
_DATE = re.compile(rb"(?im)^date:[ \t]*([^\r\n]{1,120})")
Now = Callable[[], datetime]
Batch = tuple[list[Size], list[Packed] | LineBroken]


@dataclass(slots=True)
class FetchedMails:
    """How many mails are new here, and the tickets they went to."""

    mails: int = 0
    taken: TakenIn = field(default_factory=TakenIn)


def fetch_mails(
    ws: Workspace,
    session: ImapSession,
    row: MailboxRow,
    uids: Sequence[int],
    now: Now,
    between: Callable[[], object],
) -> FetchedMails:
    """Fetch, store and understand mails of the open mailbox, in the order given.

    `between` is called after each batch. Raises ServerUnreachable; what was stored stays.
    """
    fetched, intake = FetchedMails(), Intake(ws)
    failures = _failures(ws, row)
    try:
        with closing(_got(session, uids, failures)) as got:
            for number, (batch, found) in enumerate(got):
                if isinstance(found, LineBroken):
                    intake.finish(now())
                    _note_failure(ws, row, batch, failures)
                    raise found
                fetched.mails += _keep(ws, row, found, now)
                waiting = mailboxes.not_understood_of(ws.store, row, [p.mail.uid for p in found])
                fetched.taken |= intake.put(waiting, now())
                if not number:  # the newest mails wait for nobody
                    fetched.taken |= intake.finish(now())
                if len(uids) > BATCH_MAILS:
                    say(ws.store, os.getpid(), "fetching", f"{fetched.mails:,} of {len(uids):,}")
                    between()
        fetched.taken |= intake.finish(now())
        if uids:
            between()
    finally:
        project_stale(ws.store, now())
    if failures:
        still = {uid: breaks for uid, breaks in failures.items() if breaks >= MOST_BREAKS}
        _keep_failures(ws, row, still)
    return fetched


def _got(
    session: ImapSession, uids: Sequence[int], failures: Mapping[int, int]
) -> Generator[Batch, None, None]:
    """Each batch with its mails, or with the break of the line that ended it all.

    Where there are several, the next comes over the network, and is packed, while one is filed.
    """

    def one_by_one() -> Generator[Batch, None, None]:
        for batch in _batches(session, uids, failures):
            try:
                yield batch, list(map(pack, session.mails(batch)))
            except LineBroken as broken:
                yield batch, broken
                return

    return one_by_one() if len(uids) <= BATCH_MAILS else one_ahead(one_by_one(), session.cut)


def _keep(ws: Workspace, row: MailboxRow, found: Sequence[Packed], now: Now) -> int:
    dated = [replace(packed, mail=_dated(packed.mail, now())) for packed in found]
    with ws.store.write_again():
        added = mailboxes.add_packed(ws.store, row, dated)
        # A mail that we knew already may have come back with other flags.
        known = tickets_at(ws.store, row, [packed.mail.uid for packed in found])
        project_tickets(ws.store, known, now())
    return added


def recognise_mails(
    ws: Workspace, session: ImapSession, row: MailboxRow, uids: Sequence[int], now: datetime
) -> int:
    """In a renumbered mailbox give mails we hold their new places, without fetching them again.

    Returns how many were recognised; the rest of `uids` is to be fetched.
    """
    lost = lost_mails(ws.store, row) if uids else {}
    placed = 0
    for start in range(0, len(uids) if lost else 0, SIZES_AT_ONCE):
        portion = uids[start : start + SIZES_AT_ONCE]
        found = session.summaries(portion)
        with ws.store.write():
            placed += place_again(ws.store, row, found, lost)
            project_tickets(ws.store, tickets_at(ws.store, row, portion), now)
    return placed


def still_missing(
    ws: Workspace, session: ImapSession, row: MailboxRow, wanted: Sequence[int]
) -> frozenset[int]:
    """What was to be fetched, is not here, and still lies on the server."""
    missing = set(wanted) - mailboxes.known_uids(ws.store, row).keys()
    return frozenset(missing & set(session.uids(min(missing)))) if missing else frozenset()


def forget_failures(ws: Workspace, row: MailboxRow) -> None:
    """Give mails at which the line broke another chance."""
    if _failures(ws, row):
        _keep_failures(ws, row, {})


def _batches(
    session: ImapSession, uids: Sequence[int], failures: Mapping[int, int]
) -> Iterator[list[Size]]:
    sound = [uid for uid in uids if uid not in failures]
    for start in range(0, len(sound), SIZES_AT_ONCE):
        portion = sound[start : start + SIZES_AT_ONCE]
        sizes = {size.uid: size.size for size in session.sizes(portion)}
        in_order = [(uid, sizes[uid]) for uid in portion if uid in sizes]
        for batch in batches(in_order):
            yield [Size(uid, size) for uid, size in batch]
    for uid in uids:
        if 0 < failures.get(uid, 0) < MOST_BREAKS:
            yield session.sizes([uid])


def _dated(mail: Fetched, now: datetime) -> Fetched:
    """A mail whose arrival the server can't tell arrived when it says, or now; never in 1970."""
    if mail.received_at > NO_DATE + timedelta(days=1):
        return mail
    found = _DATE.search(mail.body[:65_536])
    claimed = read_date(found[1].decode("ascii", "replace")) if found else None
    return replace(mail, received_at=claimed if claimed and claimed <= now else now)


def _note_failure(
    ws: Workspace, row: MailboxRow, batch: Sequence[Size], failures: dict[int, int]
) -> None:
    again = {item.uid: failures.get(item.uid, 0) + 1 for item in batch}
    _keep_failures(ws, row, failures | again)


def _failures(ws: Workspace, row: MailboxRow) -> dict[int, int]:
    """How often the line broke while this was fetched, by UID; under the present numbering."""
    kept = json.loads(get_setting(ws.store, _setting(row)) or "{}")
    return {int(uid): int(breaks) for uid, breaks in kept.items()}


def _keep_failures(ws: Workspace, row: MailboxRow, failures: dict[int, int]) -> None:
    set_setting(ws.store, _setting(row), json.dumps(failures))


def _setting(row: MailboxRow) -> str:
    return f"line_broke_at:{row.id}:{row.uidvalidity}"
