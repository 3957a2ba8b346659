"""What leaves the outbox now: the door, the order it was written in, and mails that crossed."""

from collections.abc import Collection
from datetime import datetime, timedelta

from founder_inbox.app.hours.opening import FINISHING, door_for_sending, finished_sitting
from founder_inbox.app.reading.project import project_tickets
from founder_inbox.app.sending.claims import may_leave
from founder_inbox.app.workspace import Workspace
from founder_inbox.core.hours.schedule import Window
from founder_inbox.core.tickets.outbox import ANSWERED, CROSSED, OutboxState
from founder_inbox.store import outbox
from founder_inbox.store.outbox import OutboxItem
from founder_inbox.store.outbox_knew import answered_elsewhere
from founder_inbox.store.settings import machine_of
from founder_inbox.store.tickets import key_of_id, ticket_with_key

# Until somebody says otherwise.
FAR = timedelta(days=3650)


def due_to_leave(
    ws: Workspace, now: datetime, *, looked: bool, named: Collection[int]
) -> list[OutboxItem]:
    """The mails that may leave now, in the order written.

    What was written before this opening waits until somebody `looked` for new mail in it: the
    customer may have written meanwhile. What is `named` was asked for by hand and goes at once.
    """
    door = door_for_sending(ws, now)
    if door.is_open and door.window:
        longest = max(FINISHING, timedelta(seconds=ws.config.sending.hot_seconds))
        outbox.bring_forward(ws.store, now, door.window.end + longest)
    if not outbox.due_items(ws.store, now):
        return []
    if not door.may_send:
        opening = door.next_window.start if door.next_window else now + FAR
        spared = _finished(ws, finished_sitting(ws, now))
        outbox.hold_until(ws.store, opening, opening, spared)
    due = outbox.due_items(ws.store, now)
    if door.window and not looked:
        opened = door.window.start
        due = [item for item in due if item.id in named or not _is_older(item, opened)]
    due = [item for item in due if may_leave(ws, item)]
    return [item for item in due if not _crossed(ws, item, now)]


def _is_older(item: OutboxItem, opened: datetime) -> bool:
    return not item.by_rule and not item.attempts and item.created_at < opened


def _finished(ws: Workspace, sitting: Window | None) -> list[int]:
    """What was written in a session that went on to its window's end: it was promised to leave."""
    if sitting is None:
        return []
    items = outbox.live_items(ws.store)
    return [item.id for item in items if sitting.start <= item.created_at <= sitting.end]


def _crossed(ws: Workspace, item: OutboxItem, now: datetime) -> bool:
    """Hold a reply back when its writer had not seen all: the customer's mail, or another answer.

    An update about an outage is true whatever they wrote meanwhile; their mail stays open.
    """
    key = key_of_id(ws.store, item.ticket) if item.ticket else None
    ticket = ticket_with_key(ws.store, key) if key is not None else None
    if key is None or ticket is None or item.seen is None or item.to_all or item.attempts:
        return False
    if ticket.state.customer_messages > item.seen:
        words = CROSSED
    elif answered_elsewhere(ws.store, item.id, key, machine_of(ws.store)):
        words = ANSWERED
    else:
        return False
    outbox.move_item(ws.store, item.id, OutboxState.HELD, now, answer=words, not_before=now + FAR)
    project_tickets(ws.store, [key], now)
    return True
