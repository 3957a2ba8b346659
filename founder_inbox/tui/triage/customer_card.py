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
from founder_inbox.core.tickets.customers import CustomerFacts, company_of, their_time
from founder_inbox.core.tickets.entry import Ticket
from founder_inbox.core.tickets.goodwill import gift_words, sums_of
from founder_inbox.tui.widgets.dialog import Dialog, Hint
from founder_inbox.tui.widgets.text import Piece, clickable, content

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

    def forget(self) -> None:
        """Read anew what is known when the ticket is shown next."""
        self._view = None

    def on_click(self, event: events.Click) -> None:
        """Nothing but its words can be clicked."""
        event.stop()

    def _draw(self, facts: CustomerFacts | None) -> None:
        view, now = self._view, self._now()
        words = content(*_pieces(view, facts, now, self._zone)) if view else content()
        if view and view.others:
            words += clickable(content((SafeLine("all of theirs\n"), "underline")), "go_customer")
        if view:
            noted = "change the note" if facts and facts.known else "note about them"
            words += clickable(content((SafeLine(noted), "underline")), "customer_note")
        self.update(words, layout=False)


class CustomerScreen(Dialog[str | None]):
    """The same in a dialog; the result is the action that follows, if any."""

    DEFAULT_CSS = "CustomerScreen > .box { width: 60; }"
    BINDINGS: ClassVar = [
        ("q,i", "leave", "Back"),
        ("enter", "then('go_customer')", "Their tickets"),
        ("I,m", "then('customer_note')", "Note"),
        ("D", "then('forget_customer')", "Forget them"),
    ]
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
            ("enter", "theirs", "screen.then('go_customer')"),
            ("I", "note", "screen.then('customer_note')"),
            ("D", "forget", "screen.then('forget_customer')"),
            ("esc", "back", "screen.leave"),
        )

    def action_then(self, action: str) -> None:
        """Go on to their tickets, to the note, or to forgetting them."""
        self.dismiss(action)


def open_customer(screen: "MainScreen") -> None:
    """Show who is writing, in front of everything."""
    ticket = screen.current
    view = screen.desk.view(ticket) if ticket else None
    if view is None:
        screen.say("There is no ticket here.", trouble=True)
        return
    now, zone = screen.desk.now(), screen.desk.ws.hours.zone

    def answered(action: str | None) -> None:
        if action:
            screen.run(action)

    def show(facts: CustomerFacts) -> None:
        screen.app.push_screen(CustomerScreen(view, facts, now, zone), answered)

    read_facts(screen, view, show)


def note_about_them(screen: "MainScreen") -> None:
    """Write down what is good to know of the customer under the cursor."""
    from founder_inbox.app.queue.customer import note_customer, notes_on_customers
    from founder_inbox.tui.triage import decisions
    from founder_inbox.tui.widgets.prompts import TextPrompt

    ticket = screen.current
    if ticket is None:
        screen.say("There is no ticket here.", trouble=True)
        return
    person = ticket.state.customer

    def answered(old: str, text: str | None) -> None:
        now = screen.desk.now()
        if text is None or text == old:
            return
        said = "Noted. It stands on their card, and search finds it."
        decisions.write(
            screen,
            lambda ws: note_customer(ws, person.address, text, now),
            partial(noted, said if text else "The note is gone."),
        )

    def noted(said: str, _: object) -> None:
        screen.query_one(CustomerCard).forget()
        decisions.changed(screen, said, None)
        screen.show_ticket()

    def ask(old: str) -> None:
        hint = "Only for you and the team: how they like it, what they run, what to mind."
        heading = f"About {person.name or person.address}"
        prompt = TextPrompt(heading, hint, value=old, several_lines=True, may_be_empty=True)
        screen.app.push_screen(prompt, partial(answered, old))

    def read(ws: Workspace) -> str:
        noted = notes_on_customers(ws.store).get(person.address.casefold())
        return noted.text if noted else ""

    screen.writer.submit(read, ask, partial(screen.say, trouble=True))


def list_theirs(screen: "MainScreen") -> None:
    """Every ticket of the customer under the cursor, as a search."""
    ticket = screen.current
    if ticket is not None:
        _list(screen, ticket, f"from:{ticket.state.customer.address}")


def list_company(screen: "MainScreen") -> None:
    """Every ticket of the company that the customer under the cursor writes from."""
    ticket = screen.current
    domain = company_of(ticket.state.customer.address) if ticket else ""
    if ticket is None or not domain:
        screen.say("Their address says nothing of a company.", trouble=True)
    else:
        _list(screen, ticket, f"company:{domain}")


def _list(screen: "MainScreen", ticket: Ticket, query: str) -> None:
    from founder_inbox.tui.triage.moves import search_for

    screen.before_search = (screen.desk.place, ticket.key)
    screen.leave_ticket()
    search_for(screen, query)
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
    if known and known.known:
        yield SafeLine("\nGood to know\n"), "bold"
        yield safe_text(known.known.text, 600)
        yield SafeLine(f"\n  {describe_age(known.known.at, now)}\n"), "$text-muted"
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
    if known.given:
        yield SafeLine(f"\nGiven: {safe_line(sums_of(known.given), 60)}\n"), "bold"
    for gift in known.given[-_SHOWN:]:
        yield SafeLine(f"{safe_line(gift_words(gift), 80)}\n"), ""
        yield SafeLine(f"  {describe_age(gift.at, now)}\n"), "$text-muted"
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
