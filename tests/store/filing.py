"""Tickets and messages put into a database without a mail server."""

import itertools
from dataclasses import replace
from datetime import datetime

from founder_inbox.core.model import (
    Address,
    Attachment,
    Direction,
    Lane,
    Mail,
    MailKind,
    Status,
    Topic,
    Verdict,
)
from founder_inbox.core.tickets.facts import Role, TicketState
from founder_inbox.store.database import Store
from founder_inbox.store.messages import NewMessage, add_message, tie_ids
from founder_inbox.store.tickets import create_ticket, save_state
from tests.store.conftest import NOON

TOM = Address("Tom Okafor", "tom@okafor.test")
SUPPORT = Address("", "support@acme.test")
_numbers = itertools.count(1)


def make_mail(
    text: str = "Hi, the export is empty.",
    *,
    sender: Address = TOM,
    to: Address = SUPPORT,
    subject: str = "Export",
    quoted: str = "",
    attachment: str = "",
    message_id: str = "",
) -> Mail:
    """A mail as the parser would give it."""
    return Mail(
        message_id=message_id or f"<{next(_numbers)}@x.test>",
        references=(),
        sender=sender,
        reply_to=(),
        to=(to,),
        cc=(),
        subject=subject,
        date=None,
        kind=MailKind.CUSTOMER,
        text=text,
        new_text=text,
        quoted=quoted,
        signature="",
        attachments=(Attachment(attachment, "image/png", 9, 1),) if attachment else (),
        bounce=None,
        warnings=(),
    )


def add_ticket(
    store: Store,
    *mails: Mail,
    status: Status = Status.OPEN,
    lane: Lane = Lane.HOWTO,
    topic: Topic | None = None,
    moved_at: datetime = NOON,
    waiting_since: datetime | None = None,
    **more: object,
) -> int:
    """A ticket with these mails, standing as said; its key."""
    given = mails or (make_mail(),)
    first = given[0]
    state = TicketState(
        subject=first.subject,
        customer=first.sender,
        status=status,
        verdict=Verdict(lane, topic, (), sure=True),
        messages=len(given),
        opened_at=moved_at,
        moved_at=moved_at,
        waiting_since=waiting_since or moved_at,
    )
    key = create_ticket(store, first.message_id, state)
    for mail in given:
        file_mail(store, key, mail, at=moved_at)
    save_state(store, key, replace(state, **more))  # type: ignore[arg-type]
    return key


def file_mail(store: Store, key: int, mail: Mail, *, at: datetime = NOON) -> int:
    """One more message in a ticket; its row."""
    tie_ids(store, key, [mail.message_id])
    new = NewMessage(
        key=f"{mail.message_id} {mail.text}",
        mail=mail,
        at=at,
        direction=Direction.IN,
        role=Role.CUSTOMER,
        verdict=Verdict(Lane.HOWTO, None, (), sure=True),
    )
    return add_message(store, key, new)
