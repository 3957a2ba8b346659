"""Who is writing: the third column of a wide screen, and a dialog on any other."""

from collections.abc import Callable, Iterator
from datetime import datetime, tzinfo
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.widgets import Static

from founder_inbox.app.queue.tickets import TicketView
from founder_inbox.app.workspace import Workspace
from founder_inbox.core.display import SafeLine, safe_line, safe_text
from founder_inbox.core.hours.time_words import counted, describe_age, describe_moment
from founder_inbox.core.model import Status
from founder_inbox.core.tickets.customers import CustomerFacts, their_time
from founder_inbox.core.tickets.entry import Ticket
from founder_inbox.tui.dialog import Dialog, Hint
from founder_inbox.tui.text import Piece, clickable, content

if TYPE_CHECKING:
    from founder_inbox.tui.main_screen import MainScreen

_SHOWN = 8
_STATUS_WORDS = {
    Status.OPEN: "open",
    Status.WAITING: "waiting",
    Status.SNOOZED: "put off",
    Status.HANDED_OFF: "handed off",
    Status.CLOSED: "done",
}


class CustomerCard(Static):
    """Name, company, their time, since when, promises, own notes, earlier tickets."""

    def __init__(self, now: Callable[[], datetime], zone: tzinfo) -> None:
        super().__init__(id="card", markup=False)
        self._now = now
        self._zone = zone
        self._view: TicketView | None = None

    def show_view(self, view: TicketView | None) -> bool:
        """Show the customer of a ticket; whether there is anybody to know more of."""
        if not self.display or (view is not None and view == self._view):
            return False
        self._view = view
        self._draw(None)
        return view is not None

    def show_facts(self, view: TicketView, facts: CustomerFacts) -> None:
        """Add what was read meanwhile, if it is still about the same ticket."""
        if view is self._view and self.display:
            self._draw(facts)

    def on_click(self, event: events.Click) -> None:
        """Nothing but its words can be clicked."""
        event.stop()

    def _draw(self, facts: CustomerFacts | None) -> None:
        view, now = self._view, self._now()
        words = content(*_pieces(view, facts, now, self._zone)) if view else content()
        if view and view.others:
            words += clickable(content((SafeLine("all of theirs"), "underline")), "go_customer")
        self.update(words, layout=False)


class CustomerScreen(Dialog[bool]):
    """The same in a dialog; the result is whether their tickets are wanted as a list."""

    DEFAULT_CSS = "CustomerScreen > .box { width: 60; }"
    BINDINGS: ClassVar = [("q,i", "leave", "Back"), ("enter", "theirs", "Their tickets")]
    heading = "Who is writing"

    def __init__(self, view: TicketView, facts: CustomerFacts, now: datetime, zone: tzinfo) -> None:
        super().__init__()
        self._words = content(*_pieces(view, facts, now, zone))

    def body(self) -> ComposeResult:
        """Lay out what is known."""
        yield Static(self._words)

    def hints(self) -> tuple[Hint, ...]:
        """Return the keys."""
        return (
            ("enter", "all their tickets", "screen.theirs"),
            ("esc", "back", "screen.leave"),
        )

    def action_theirs(self) -> None:
        """List their tickets."""
        self.dismiss(True)


def open_customer(screen: "MainScreen") -> None:
    """Show who is writing, in front of everything."""
    ticket = screen.current
    view = screen.desk.view(ticket) if ticket else None
    if view is None:
        screen.say("There is no ticket here.", trouble=True)
        return
    now, zone = screen.desk.now(), screen.desk.ws.hours.zone

    def answered(theirs: bool | None) -> None:
        if theirs:
            list_theirs(screen)

    def show(facts: CustomerFacts) -> None:
        screen.app.push_screen(CustomerScreen(view, facts, now, zone), answered)

    read_facts(screen, view, show)


def list_theirs(screen: "MainScreen") -> None:
    """Every ticket of the customer under the cursor, as a search."""
    from founder_inbox.tui.moves import search_for

    ticket = screen.current
    if ticket is not None:
        screen.before_search = (screen.desk.place, ticket.key)
        screen.leave_ticket()
        search_for(screen, f"from:{ticket.state.customer.address}")
        screen.queue.focus()
        screen.show_keys()


def read_facts(
    screen: "MainScreen", view: TicketView, show: Callable[[CustomerFacts], None]
) -> None:
    """Read what is known of a customer, off the screen's thread, and no further than the veil."""
    from founder_inbox.app.hours.veil import behind_veil

    now, veil = screen.desk.now(), screen.desk.veil

    def read(ws: Workspace) -> CustomerFacts:
        from founder_inbox.app.queue.customer import read_customer

        with behind_veil(ws.store, veil, now):
            return read_customer(ws, view, now)

    screen.writer.submit(read, show, partial(screen.say, trouble=True))


def _pieces(
    view: TicketView, known: CustomerFacts | None, now: datetime, zone: tzinfo
) -> Iterator[Piece]:
    facts = view.ticket.state
    name = safe_line(facts.customer.name) or safe_line(facts.customer.address)
    yield SafeLine(f"{name}\n"), "bold $text-accent"
    yield SafeLine(f"{safe_line(facts.customer.address)}\n"), ""
    if known and known.company:
        yield SafeLine(f"{safe_line(known.company, 60)}\n"), "$text-muted"
    if known and known.zone:
        yield SafeLine(f"{their_time(known.zone, now)}\n"), "$text-muted"
    yield SafeLine("\n")
    if known and known.gently:
        age = describe_age(known.gently.at, now)
        words = f"Rough ticket {age} ago, {known.gently.why}: go gently.\n\n"
        yield SafeLine(words), "bold $text-warning"
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
    if known:
        yield from _promises_and_notes(known, now, zone)
    if view.others:
        yield SafeLine("\nEarlier\n"), "bold"
        for other in view.others[:_SHOWN]:
            yield from _other(other, now)


def _promises_and_notes(known: CustomerFacts, now: datetime, zone: tzinfo) -> Iterator[Piece]:
    if known.promises:
        yield SafeLine("\nPromised\n"), "bold"
    for promise in known.promises[:_SHOWN]:
        due = describe_moment(promise.due, now, zone)
        yield SafeLine(f"{safe_line(promise.words, 60)}\n"), ""
        yield SafeLine(f"  {due}\n"), "$text-muted"
    if known.notes:
        yield SafeLine("\nYour notes\n"), "bold"
    for note in known.notes:
        yield safe_text(note.text.strip(), 300)
        yield SafeLine(f"\n  {describe_age(note.at, now)}\n"), "$text-muted"


def _other(ticket: Ticket, now: datetime) -> Iterator[Piece]:
    facts = ticket.state
    yield SafeLine(f"{safe_line(facts.subject, 60) or '(no subject)'}\n"), ""
    age = f", {describe_age(facts.moved_at, now)}" if facts.moved_at else ""
    yield SafeLine(f"  {_STATUS_WORDS[facts.status]}{age}\n"), "$text-muted"
