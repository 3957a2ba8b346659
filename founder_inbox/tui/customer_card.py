"""Who is writing: the third column of a wide screen."""

from collections.abc import Callable, Iterator
from datetime import datetime

from textual.widgets import Static

from founder_inbox.app.tickets import TicketView
from founder_inbox.core.display import SafeLine, safe_line
from founder_inbox.core.hours.time_words import counted, describe_age
from founder_inbox.core.model import Status
from founder_inbox.core.tickets.entry import Ticket
from founder_inbox.tui.text import Piece, content

_SHOWN = 8
_STATUS_WORDS = {
    Status.OPEN: "open",
    Status.WAITING: "waiting",
    Status.SNOOZED: "put off",
    Status.HANDED_OFF: "handed off",
    Status.CLOSED: "done",
}


class CustomerCard(Static):
    """Name, address, since when, earlier tickets."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        super().__init__(id="card", markup=False)
        self._now = now

    def show_view(self, view: TicketView | None) -> None:
        """Show the customer of a ticket."""
        if self.display:
            pieces = _pieces(view, self._now()) if view else ()
            self.update(content(*pieces), layout=False)


def _pieces(view: TicketView, now: datetime) -> Iterator[Piece]:
    facts = view.ticket.state
    name = safe_line(facts.customer.name) or safe_line(facts.customer.address)
    yield SafeLine(f"{name}\n"), "bold $text-accent"
    yield SafeLine(f"{safe_line(facts.customer.address)}\n\n"), ""
    tickets = (view.ticket, *view.others)
    first = min((t.state.opened_at for t in tickets if t.state.opened_at), default=None)
    if first:
        yield SafeLine(f"wrote first {describe_age(first, now)} ago\n"), "$text-muted"
    mails = sum(ticket.state.customer_messages for ticket in tickets)
    yield (
        SafeLine(f"{counted(mails, 'mail')} in {counted(len(tickets), 'ticket')}\n"),
        "$text-muted",
    )
    if facts.last_reply_at:
        age = describe_age(facts.last_reply_at, now)
        yield SafeLine(f"heard from us {age} ago\n"), "$text-muted"
    if view.others:
        yield SafeLine("\nEarlier\n"), "bold"
        for other in view.others[:_SHOWN]:
            yield from _other(other, now)


def _other(ticket: Ticket, now: datetime) -> Iterator[Piece]:
    facts = ticket.state
    yield SafeLine(f"{safe_line(facts.subject, 60) or '(no subject)'}\n"), ""
    age = f", {describe_age(facts.moved_at, now)}" if facts.moved_at else ""
    yield SafeLine(f"  {_STATUS_WORDS[facts.status]}{age}\n"), "$text-muted"
