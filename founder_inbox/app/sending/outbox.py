"""The outbox: what is on its way, taking it back, and handing it to the server."""

from collections.abc import Callable
from datetime import datetime, timedelta

from founder_inbox.app.hours.door import require_open
from founder_inbox.app.queue.drafts import restore_draft
from founder_inbox.app.reading.project import project_tickets
from founder_inbox.app.workspace import Workspace
from founder_inbox.core.tickets import outbox as rules
from founder_inbox.core.tickets.journal import EventKind, Json
from founder_inbox.core.tickets.outbox import OutboxEvent, OutboxState, Step
from founder_inbox.errors import NotFound
from founder_inbox.store import events, outbox
from founder_inbox.store.database import Store
from founder_inbox.store.outbox import OutboxItem
from founder_inbox.store.outbox_knew import knows_all
from founder_inbox.store.tickets import key_of_id, ticket_with_key

_LOOK_BACK = 400
Now = Callable[[], datetime]


def list_outbox(store: Store, *, everything: bool = False) -> list[OutboxItem]:
    """What has not been accepted yet, in the order written; with `everything` the sent ones too."""
    if everything:
        return list(reversed(outbox.recent_items(store)))
    return outbox.live_items(store)


def item_named(store: Store, number: int) -> OutboxItem:
    """One item. Raises NotFound."""
    item = outbox.outbox_item(store, number)
    if item is None:
        raise NotFound(f"There is no mail {number} in the outbox. founder-inbox outbox lists it.")
    return item


def cancel(ws: Workspace, number: int, now: datetime) -> str:
    """Take a mail out of the outbox; its words are the ticket's draft again and are returned."""
    item = item_named(ws.store, number)
    rules.check_cancel(OutboxState(item.state))
    with ws.store.write():
        restore_draft(ws.store, item, now)
        withdraw(ws, item, now)
    return item.body


def withdraw(ws: Workspace, item: OutboxItem, now: datetime) -> None:
    """Let a mail that has not left be as if it had never been written. Inside `write()`."""
    outbox.delete_item(ws.store, item.id)
    _forget_act(ws, item, now)
    _project(ws, item, now)


def _forget_act(ws: Workspace, item: OutboxItem, now: datetime) -> None:
    """A cancelled reply was never sent: what counts replies, and undo, must not see it."""
    recent = events.last_events(ws.store, _LOOK_BACK)
    for event in recent:
        queued = event.kind in {EventKind.QUEUED, EventKind.FORWARDED}
        if queued and event.data.get("outbox") == [item.id]:
            # An update about an outage is one act on many tickets: the others' mails stay.
            promised = [
                e.id
                for e in recent
                if e.kind is EventKind.PROMISED and e.data.get("act") == event.id
            ]
            forgotten: list[Json] = [event.id, *promised]
            events.append_event(
                ws.store, now, ws.actor, event.ticket, EventKind.UNDONE, {"events": forgotten}
            )
            return


def retry(ws: Workspace, number: int, now: datetime) -> None:
    """Let a failed, uncertain or held mail go now, with the same Message-ID. Raises Closed."""
    require_open(ws, now)
    try_again(ws, number, now)


def try_again(ws: Workspace, number: int, now: datetime) -> None:
    """The same, whatever the door says."""
    item = item_named(ws.store, number)
    with ws.store.write():
        key = key_of_id(ws.store, item.ticket) if item.ticket else None
        ticket = ticket_with_key(ws.store, key) if key is not None else None
        if ticket is not None and item.seen is not None:
            outbox.has_read_on(ws.store, item.id, ticket.state.customer_messages)
            knows_all(ws.store, item.id)
        if item.state in {OutboxState.HELD, OutboxState.QUEUED}:
            outbox.move_item(ws.store, item.id, item.state, now, not_before=now)
        else:
            state = rules.move(OutboxState(item.state), OutboxEvent.RETRIED)
            outbox.move_item(ws.store, item.id, state, now, not_before=now)
        _project(ws, item, now)


def arrived(ws: Workspace, number: int, now: datetime) -> None:
    """The founder says that an uncertain mail is there. Raises NotFound and ForbiddenMove."""
    from founder_inbox.app.sending.send import confirm_sent

    confirm_sent(ws, item_named(ws.store, number), now, in_sent=False)


def release(ws: Workspace, now: datetime) -> int:
    """Let everything that only waits out its undo time go now. Raises Closed."""
    require_open(ws, now)
    sending = ws.config.sending
    until = now + timedelta(seconds=max(sending.undo_seconds, sending.hot_seconds, 300))
    return outbox.release_before(ws.store, now, until)


def settle_interrupted(store: Store, now: datetime) -> None:
    """What a killed process left as `sending`: queued again, or uncertain. Never sent blindly."""
    for item in outbox.items_in_state(store, OutboxState.SENDING):
        step = Step(item.step) if item.step else None
        state = rules.on_start_up(OutboxState.SENDING, step)
        answer = _UNCERTAIN_WORDS if state is OutboxState.UNCERTAIN else item.answer
        outbox.move_item(store, item.id, state, now, answer=answer)


_UNCERTAIN_WORDS = (
    "The line broke before the server's answer. It may have arrived; "
    "it is looked for in Sent and is not sent again by itself."
)


def _project(ws: Workspace, item: OutboxItem, now: datetime) -> None:
    key = key_of_id(ws.store, item.ticket) if item.ticket else None
    if key is not None:
        project_tickets(ws.store, [key], now)
