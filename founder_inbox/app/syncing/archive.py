"""Following Archive: what another program files there from now on has moved, and is not gone.

What lay there before the first sync stays outside: nobody wants ten years of settled mail. What
is filed there later is recognised, or fetched where it was filed before we had seen it.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from founder_inbox.app.reading.project import project_tickets
from founder_inbox.app.syncing.fetch import SIZES_AT_ONCE, FetchedMails, fetch_mails
from founder_inbox.app.workspace import Workspace
from founder_inbox.mail.imap import ImapSession, Selected
from founder_inbox.store import mailboxes
from founder_inbox.store.mailboxes import MailboxRow
from founder_inbox.store.places import forget_uids, held_mails, place_again, tickets_at

EVERY = timedelta(minutes=10)
Now = Callable[[], datetime]


def is_archive_due(ws: Workspace, name: str, now: datetime) -> bool:
    """Whether it is time to look into Archive, also without a mail missing elsewhere."""
    row = mailboxes.mailbox_named(ws.store, name)
    looked = row.checked_at if row else None
    return looked is None or not timedelta(0) <= now - looked < EVERY


def follow_archive(
    ws: Workspace, session: ImapSession, name: str, now: Now, between: Callable[[], object]
) -> FetchedMails:
    """Look at what was filed there since the last look. Raises ServerRefused and LineBroken."""
    selected = session.open(name)
    row = mailboxes.mailbox_named(ws.store, name)
    if row is None:
        row = mailboxes.add_mailbox(ws.store, name, "archive", selected.uidvalidity)
        _bookmark(ws, row, selected, now())
        return FetchedMails()
    if row.uidvalidity != selected.uidvalidity:
        with ws.store.write():
            unread = forget_uids(ws.store, row, selected.uidvalidity, now())
            project_tickets(ws.store, unread, now())
        _bookmark(ws, row, selected, now())
        return FetchedMails()
    new = session.uids(row.uidnext) if selected.uidnext > row.uidnext else []
    for start in range(0, len(new), SIZES_AT_ONCE):
        found = session.summaries(new[start : start + SIZES_AT_ONCE])
        with ws.store.write():
            place_again(ws.store, row, found, held_mails(ws.store, found))
            there = tickets_at(ws.store, row, [mail.uid for mail in found])
            project_tickets(ws.store, there, now())
    here = mailboxes.known_uids(ws.store, row).keys()
    unknown = [uid for uid in reversed(new) if uid not in here]
    fetched = fetch_mails(ws, session, row, unknown, now, between)
    _bookmark(ws, row, selected, now())
    return fetched


def _bookmark(ws: Workspace, row: MailboxRow, selected: Selected, now: datetime) -> None:
    there = replace(
        row,
        uidvalidity=selected.uidvalidity,
        uidnext=selected.uidnext,
        messages=selected.exists,
        trouble=None,
    )
    mailboxes.save_mailbox(ws.store, there, now)
