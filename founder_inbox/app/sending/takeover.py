"""Replies that wait on another machine: shown here, and sent from here once taken over by hand."""

from datetime import datetime

from founder_inbox.app.reading.project import project_tickets
from founder_inbox.app.sending.due import FAR
from founder_inbox.app.sending.waiting import say_of
from founder_inbox.app.workspace import Workspace
from founder_inbox.core.sharing.waiting import TAKEABLE
from founder_inbox.errors import NotFound
from founder_inbox.store import outbox
from founder_inbox.store.machines import machine_name
from founder_inbox.store.outbox import NewOutboxItem, OutboxItem
from founder_inbox.store.settings import machine_of
from founder_inbox.store.tickets import key_of_id
from founder_inbox.store.waiting import WaitingMail, waiting_elsewhere

TAKEN = "Taken over from another machine. Read it, then send (retry) or take it back (cancel)."


def list_elsewhere(ws: Workspace) -> list[tuple[WaitingMail, str]]:
    """What waits in the outbox of other machines, in the order written, and where."""
    mails = waiting_elsewhere(ws.store, machine_of(ws.store))
    return [(mail, machine_name(ws.store, mail.machine)) for mail in mails]


def take_over(ws: Workspace, ticket: str | None, now: datetime) -> list[OutboxItem]:
    """Bring what waits on other machines, for a ticket's id or all of it, into this outbox.

    It keeps its Message-ID and waits for the founder; the other machine lets go of it when it
    hears of that. What may be on its way there, or was too large to be carried, stays there.
    Raises NotFound when nothing can be taken over.
    """
    mails = [m for m, _ in list_elsewhere(ws) if ticket is None or m.ticket == ticket]
    taken = [mail for mail in mails if mail.state in TAKEABLE and mail.mime]
    if not taken:
        raise NotFound(
            "Nothing waits on another machine that could be sent from here. What may be on its "
            "way, or has large files, is sent only by the machine where it was written."
        )
    with ws.store.write():
        items = [_take(ws, mail, now) for mail in taken]
        keys = [key_of_id(ws.store, mail.ticket) for mail in taken if mail.ticket]
        project_tickets(ws.store, [key for key in keys if key is not None], now)
    return items


def _take(ws: Workspace, mail: WaitingMail, now: datetime) -> OutboxItem:
    number = outbox.add_to_outbox(
        ws.store,
        NewOutboxItem(
            ticket=mail.ticket,
            message_id=mail.message_id,
            mime=mail.mime,
            sender=mail.sender,
            recipients=mail.recipients,
            subject=mail.subject,
            body=mail.body,
            then=mail.then,
            seen=mail.seen,
            not_before=now + FAR,
            answer=TAKEN,
        ),
        now,
    )
    item = outbox.outbox_item(ws.store, number)
    if item is None:
        raise NotFound("The mail is no longer in the outbox.")
    say_of(ws, item, now)
    return item
