"""Promises in mails that another program has sent: named, and kept in mind only after a yes."""

from collections.abc import Sequence

from founder_inbox.core.model import Status
from founder_inbox.core.tickets.entry import Entry, EntryKind, Ticket
from founder_inbox.core.tickets.facts import Role
from founder_inbox.core.tickets.journal import Event, EventKind, effective
from founder_inbox.core.tickets.promises import PromiseHint
from founder_inbox.store.database import Store
from founder_inbox.store.events import events_of_ticket

# What has one of these was asked about, or written, here.
_KNOWN = frozenset({EventKind.SENT, EventKind.PROMISED})


def promise_hint(store: Store, ticket: Ticket, history: Sequence[Entry]) -> PromiseHint | None:
    """The earliest date in our last mail to the customer, if it left from elsewhere.

    None where the ticket is closed, or the mail was written here, or has been asked about.
    """
    if ticket.state.status is Status.CLOSED or store.hours is None:
        return None
    ours = [e for e in history if e.kind is EntryKind.MESSAGE and e.role is Role.US and not e.state]
    message_id = ours[-1].message_id if ours else None
    if not message_id or _is_known(store, ticket, message_id):
        return None
    from founder_inbox.core.promises.finder import find_promises

    last = ours[-1]
    found = find_promises(last.new_text, last.at, store.hours())
    dated = [promise for promise in found if promise.has_date]
    return PromiseHint(dated[0].words, dated[0].due, message_id) if dated else None


def _is_known(store: Store, ticket: Ticket, message_id: str) -> bool:
    # An undone yes asks again; an undone reply never left.
    return any(
        event.kind in _KNOWN and _message_of(event) == message_id
        for event in effective(events_of_ticket(store, ticket.key))
    )


def _message_of(event: Event) -> str:
    return str(event.data.get("message_id"))
