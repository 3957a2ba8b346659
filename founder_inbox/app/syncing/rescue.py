"""Looking into Junk once a day, at headers only, and moving out of it what the founder wants back.

Nothing leaves Junk by itself, and Trash is never looked into.
"""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta

import msgspec

from founder_inbox.app.syncing.junk import Found, keep_look, last_look
from founder_inbox.app.syncing.moving import DONE, GONE, find_mail
from founder_inbox.app.workspace import Workspace
from founder_inbox.core.display import safe_line
from founder_inbox.core.mime.addresses import read_addresses
from founder_inbox.core.mime.headers import split_head
from founder_inbox.core.sync.junk import EVERY, SPAN, JunkMail
from founder_inbox.mail.imap import ImapSession, ServerRefused
from founder_inbox.store.actions import Action
from founder_inbox.store.junk import answered_customers, held_ids
from founder_inbox.store.moves import WantedMail

MOST = 500  # of the newest; a filter that takes more a fortnight is beyond help
_LONGEST = 16 * 1024
_ID = re.compile(r"<[^<>\s]{1,250}>")


def look_into_junk(
    ws: Workspace, session: ImapSession, roles: dict[str, str], now: datetime
) -> None:
    """Once a day: who among the senders in Junk is known to us. Raises LineBroken.

    A mailbox that the server refuses is looked at the next day.
    """
    found = last_look(ws)
    if found is not None and timedelta(0) <= now - found.looked_at < EVERY:
        return
    from founder_inbox.app.queue.unwanted import blocked_addresses

    mails: list[JunkMail] = []
    customers = answered_customers(ws.store) - ws.household.own - set(blocked_addresses(ws))
    if "junk" in roles and customers:
        try:
            there = list(_headers(session, roles["junk"], now))
        except ServerRefused as refusal:
            if refusal.wait:
                raise
            there = []
        mails = [mail for mail in there if mail.address.casefold() in customers]
        held = held_ids(ws.store, {mail.message_id for mail in mails})
        mails = [mail for mail in mails if mail.message_id not in held]
    keep_look(ws, Found(now, sorted(mails, key=lambda m: m.received_at, reverse=True)))


def bring_back(session: ImapSession, roles: dict[str, str], action: Action) -> str:
    """Move one mail from Junk to the inbox: DONE, or GONE when it lies there no more.

    Raises ServerRefused and LineBroken.
    """
    mail = msgspec.json.decode(action.target, type=JunkMail)
    if "junk" not in roles or "inbox" not in roles:
        return GONE
    wanted = WantedMail(mail.message_id, mail.subject, mail.size, mail.received_at)
    copied = False
    if action.attempts and not session.can("MOVE"):
        session.open(roles["inbox"])
        copied = bool(find_mail(session, wanted))
    selected = session.open_to_write(roles["junk"])
    same = selected.uidvalidity == mail.uidvalidity
    uids = session.uids(mail.uid)[:1] if same else find_mail(session, wanted)[-1:]
    if not uids or (same and uids != [mail.uid]):
        return GONE
    if copied:
        session.delete(uids)
    else:
        session.move(uids, roles["inbox"])
    return DONE


def _headers(session: ImapSession, junk: str, now: datetime) -> Iterator[JunkMail]:
    selected = session.open(junk)
    since = (now - SPAN).date()
    for summary, header in session.headers(session.uids_since(since)[-MOST:]):
        fields, _ = split_head(header[:_LONGEST], 0, min(len(header), _LONGEST))
        senders = read_addresses(fields.first("from")).addresses
        named = _ID.search(fields.first("message-id"))
        if senders and named and "\\Deleted" not in summary.flags.keywords:
            yield JunkMail(
                selected.uidvalidity,
                summary.uid,
                named[0],
                str(safe_line(senders[0].name, 100)),
                str(safe_line(senders[0].address, 254)),
                str(safe_line(fields.text("subject"), 200)),
                summary.size,
                summary.received_at,
            )
