"""Mail in from one mailbox: look, plan, fetch in batches, each batch with its bookmark."""

import os
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime

from founder_inbox.app.project import project_tickets
from founder_inbox.app.take_in import TakenIn, take_in_all
from founder_inbox.app.workspace import Workspace
from founder_inbox.core import sync_plan
from founder_inbox.core.mailbox import Flags
from founder_inbox.mail.imap import ImapSession, Selected, Size
from founder_inbox.store import mailboxes
from founder_inbox.store.mailboxes import MailboxRow
from founder_inbox.store.sync_state import say

SIZES_AT_ONCE = 500
# Without CONDSTORE only the newest are looked at every time, all of them with --full.
SHALLOW = 400
Now = Callable[[], datetime]


@dataclass(slots=True)
class Pulled:
    """What came in from a mailbox; summed up over a round."""

    fetched: int = 0
    updated: int = 0
    removed: int = 0
    taken: TakenIn = field(default_factory=TakenIn)
    question: str | None = None

    def add(self, other: "Pulled") -> None:
        """Count another mailbox in."""
        self.fetched += other.fetched
        self.updated += other.updated
        self.removed += other.removed
        self.taken |= other.taken
        self.question = self.question or other.question


def pull_mailbox(
    ws: Workspace, session: ImapSession, name: str, role: str, now: Now, *, full: bool
) -> Pulled:
    """Make our picture of a mailbox equal to the server's. Repeatable at any point.

    Raises ServerUnreachable when the line breaks; what was stored until then stays.
    """
    selected = session.open(name)
    row = _row(ws, name, role, selected, now())
    count = mailboxes.count_known(ws.store, row)
    if not full and _is_unchanged(row, selected, count):
        return Pulled()
    known = mailboxes.known_uids(ws.store, row)
    plan = _plan(session, row, selected, known, full=full)
    pulled = _fetch(ws, session, row, plan.fetch, now)
    pulled.updated = _flags(ws, session, row, selected, known, full=full, now=now())
    gone = mailboxes.mark_gone(ws.store, row, plan.gone, now())
    project_tickets(ws.store, gone, now())
    pulled.removed = len(plan.gone)
    pulled.question = plan.question
    _bookmark(ws, row, selected, plan.question, now())
    return pulled


def _row(ws: Workspace, name: str, role: str, selected: Selected, now: datetime) -> MailboxRow:
    row = mailboxes.mailbox_named(ws.store, name)
    if row is None:
        return mailboxes.add_mailbox(ws.store, name, role, selected.uidvalidity)
    if row.uidvalidity != selected.uidvalidity:
        # The numbers mean other mails now. Bytes that come again are recognised by their hash.
        mailboxes.forget_uids(ws.store, row, selected.uidvalidity, now)
        return mailboxes.mailbox_named(ws.store, name) or row
    return row


def _plan(
    session: ImapSession,
    row: MailboxRow,
    selected: Selected,
    known: dict[int, Flags],
    *,
    full: bool,
) -> sync_plan.Plan:
    """What is new and what is gone; all UIDs are compared only when the count does not add up."""
    if not full and known and not row.trouble:
        new = set(session.uids(row.uidnext)) - known.keys()
        if len(known) + len(new) == selected.exists:
            return sync_plan.plan_mailbox(new | known.keys(), known.keys())
    return sync_plan.plan_mailbox(set(session.uids()), known.keys(), confirmed=full)


def _is_unchanged(row: MailboxRow, selected: Selected, known: int) -> bool:
    if selected.highestmodseq == 0 or row.trouble:
        return False
    ours = (row.uidnext, row.highestmodseq, row.messages)
    server = (selected.uidnext, selected.highestmodseq, selected.exists)
    return sync_plan.is_unchanged(ours, server, known)


def _fetch(
    ws: Workspace, session: ImapSession, row: MailboxRow, uids: tuple[int, ...], now: Now
) -> Pulled:
    pulled = Pulled()
    for start in range(0, len(uids), SIZES_AT_ONCE):
        portion = uids[start : start + SIZES_AT_ONCE]
        sizes = {size.uid: size.size for size in session.sizes(portion)}
        newest_first = [(uid, sizes[uid]) for uid in portion if uid in sizes]
        for batch in sync_plan.batches(newest_first):
            fetched = session.mails([Size(uid, size) for uid, size in batch])
            pulled.fetched += mailboxes.add_fetched(ws.store, row, fetched)
            pulled.taken |= take_in_all(ws, now())
            if len(uids) > sync_plan.BATCH_MAILS:
                words = f"{pulled.fetched:,} of {len(uids):,}"
                say(ws.store, os.getpid(), "fetching", words)
    return pulled


def _flags(
    ws: Workspace,
    session: ImapSession,
    row: MailboxRow,
    selected: Selected,
    known: dict[int, Flags],
    *,
    full: bool,
    now: datetime,
) -> int:
    """Take over what other clients did to flags; returns how many mails changed."""
    if not known:
        return 0
    if row.highestmodseq and selected.highestmodseq and not full:
        server = session.flags_since(min(known), row.highestmodseq)
    else:
        looked_at = sorted(known) if full else sorted(known)[-SHALLOW:]
        server = session.flags(looked_at)
    changed = [uid for uid, flags in server.items() if uid in known and known[uid] != flags]
    tickets: set[int] = set()
    with ws.store.write():
        for uid in changed:
            ticket = mailboxes.set_flags(ws.store, row, uid, server[uid])
            tickets |= {ticket} if ticket is not None else set()
        project_tickets(ws.store, tickets, now)
    return len(changed)


def _bookmark(
    ws: Workspace, row: MailboxRow, selected: Selected, question: str | None, now: datetime
) -> None:
    mailboxes.save_mailbox(
        ws.store,
        replace(
            row,
            uidnext=selected.uidnext,
            highestmodseq=selected.highestmodseq,
            low_uid=1,
            messages=selected.exists,
            trouble=question,
        ),
        now,
    )
