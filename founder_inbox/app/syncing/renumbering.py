"""A mailbox with a new UIDVALIDITY: the same mails, other mails, or a server out of order."""

import json
from datetime import datetime

from founder_inbox.app.reading.project import project_tickets
from founder_inbox.app.workspace import Workspace
from founder_inbox.core.display import safe_line
from founder_inbox.core.sync import plan as sync_plan
from founder_inbox.mail.imap import ImapSession, Selected, ServerRefused
from founder_inbox.store import mailboxes
from founder_inbox.store.mailboxes import MailboxRow
from founder_inbox.store.places import forget_uids
from founder_inbox.store.settings import get_setting, set_setting

# So many Message-IDs are compared when a server gives a mailbox a new number.
SAMPLE = 50
# Some servers give another number at every connection; fetching all again each time helps nobody.
MOST_IN_A_ROW = 5


class Unsteady(ServerRefused):
    """The mailbox is numbered anew at every connection. It is left until it stays the same."""


def row_for(
    ws: Workspace,
    session: ImapSession,
    name: str,
    role: str,
    selected: Selected,
    now: datetime,
    *,
    insists: bool,
) -> MailboxRow:
    """What we know of a mailbox, under the number it has now.

    Raises Unsteady after five new numbers at as many connections in a row; with `insists`, or when
    a number was seen twice, it is taken up again.
    """
    first_look = name not in session.looked_at
    session.looked_at.add(name)
    row = mailboxes.mailbox_named(ws.store, name)
    if row is None:
        return mailboxes.add_mailbox(ws.store, name, role, selected.uidvalidity)
    if row.uidvalidity == selected.uidvalidity:
        if first_look:
            _note(ws, row, 0, selected.uidvalidity)
        return row
    changes, last = _noted(ws, row)
    steady = insists or (changes >= MOST_IN_A_ROW and last == selected.uidvalidity)
    changes = 1 if steady else changes + 1
    _note(ws, row, changes, selected.uidvalidity)
    if changes > MOST_IN_A_ROW:
        raise Unsteady(
            f"{safe_line(name, 60)} got another number (UIDVALIDITY) from the server "
            f"{changes} times in a row, so its mails are not fetched any more. What is synced "
            "stays readable. Tell your provider; founder-inbox sync --full tries again."
        )
    ours = mailboxes.message_ids_of(ws.store, row, SAMPLE)
    if ours and sync_plan.is_same_mailbox(ours, session.message_ids(list(ours))):
        mailboxes.renumber(ws.store, row, selected.uidvalidity)
    else:
        # The numbers mean other mails now. Bytes that come again are recognised by their hash.
        with ws.store.write():
            unread = forget_uids(ws.store, row, selected.uidvalidity, now)
            project_tickets(ws.store, unread, now)
    return mailboxes.mailbox_named(ws.store, name) or row


def _noted(ws: Workspace, row: MailboxRow) -> tuple[int, int]:
    changes, last = json.loads(get_setting(ws.store, _setting(row)) or "[0, 0]")
    return int(changes), int(last)


def _note(ws: Workspace, row: MailboxRow, changes: int, number: int) -> None:
    if changes or _noted(ws, row)[0]:
        set_setting(ws.store, _setting(row), json.dumps([changes, number]))


def _setting(row: MailboxRow) -> str:
    return f"renumbered:{row.id}"
