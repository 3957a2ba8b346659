"""The main screen: list and ticket, one key away from everything. It decides nothing.

All keys come through `on_key`, so that a sequence typed fast is read in its order; what an action
does is in `acts`. With a text field in focus single keys are the field's.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import cached_property, partial
from typing import TYPE_CHECKING, TypeAlias

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.events import DescendantFocus, Key
from textual.timer import Timer
from textual.widgets import Input

from founder_inbox.app.hours.veil import behind_veil
from founder_inbox.app.queue.quick_fix import running_fix
from founder_inbox.app.queue.tickets import count_queue
from founder_inbox.app.session.work import pace_since
from founder_inbox.app.workspace import Workspace
from founder_inbox.core.keymap import Keymap, key_name
from founder_inbox.core.keys import BY_ID
from founder_inbox.core.model import Lane
from founder_inbox.core.tickets.entry import QueueCounts, Ticket
from founder_inbox.tui import acts
from founder_inbox.tui.composing.composer_messages import ComposerMessages
from founder_inbox.tui.composing.departures import Departures
from founder_inbox.tui.door.door_watch import DoorWatch
from founder_inbox.tui.door.session import Session
from founder_inbox.tui.knowledge.asked_watch import AskedWatch
from founder_inbox.tui.queue.desk import Desk, Place, Snapshot, take_snapshot
from founder_inbox.tui.queue.footer import Footer, Mood
from founder_inbox.tui.queue.header import Header
from founder_inbox.tui.queue.header_facts import header_facts
from founder_inbox.tui.queue.outage_line import OutageLine, read_standing
from founder_inbox.tui.queue.queue_view import QueueView
from founder_inbox.tui.queue.search_bar import SearchBar
from founder_inbox.tui.queue.words import handing_words
from founder_inbox.tui.ticket.ticket_view import Conversation, TicketPane
from founder_inbox.tui.triage import decisions, moves
from founder_inbox.tui.triage.customer_card import CustomerCard, read_facts
from founder_inbox.tui.triage.finding import Finding
from founder_inbox.tui.widgets.reader import Reader
from founder_inbox.tui.widgets.writer import Writer

if TYPE_CHECKING:
    from founder_inbox.core.outage.standing import Standing
    from founder_inbox.tui.composing.replying import Replying

_Found: TypeAlias = "tuple[Snapshot, QueueCounts, float | None, Standing | None]"

# The ticket follows the cursor when it rests; held down, the cursor must not wait for it.
REST_SECONDS = 0.08


class MainScreen(ComposerMessages):
    """List, ticket, customer; search, header, footer."""

    HORIZONTAL_BREAKPOINTS = [  # noqa: RUF012 - Textual's own declaration
        (0, "-narrow"),
        (100, "-wide"),
        (160, "-full"),
    ]
    AUTO_FOCUS = "#queue"

    def __init__(self, desk: Desk, session: Session, writer: Writer, keymap: Keymap) -> None:
        super().__init__(id="main")
        self.desk = desk
        self.session = session
        self.writer = writer
        self.keymap = keymap
        self.door_watch: DoorWatch
        self.reader: Reader
        self._prefix = ""
        self._rest: Timer | None = None
        self.finding: Finding = Finding(self)
        self.before_search: tuple[Place, int | None] = (Place.QUEUE, None)

    def compose(self) -> ComposeResult:
        """Lay out header, list, ticket, customer, search and footer."""
        zone = self.desk.ws.hours.zone
        yield Header(zone)
        yield OutageLine()
        with Horizontal(id="desk"):
            yield QueueView(self.desk, self.desk.now)
            yield TicketPane(self.desk.now, zone, self.keymap.first_key)
            yield CustomerCard(self.desk.now, zone)
        yield SearchBar(self.keymap.first_key("save_search"))
        yield Footer(self.keymap, handing_words(self.desk.ws))

    def on_mount(self) -> None:
        """Show what there is; the counts follow."""
        self.desk.go(Place.QUEUE)
        self.queue.show_list()
        self.show_ticket()
        self.reread()
        self.call_after_refresh(self._bring_composer)

    async def _bring_composer(self) -> None:
        """The composer is made after the first picture, not before it."""
        from founder_inbox.tui.composing.composer import Composer

        await self.pane.mount(Composer(self.keymap))

    def on_resize(self) -> None:
        """What had no room before is drawn now."""
        self.call_after_refresh(self.show_ticket)

    @property
    def stands(self) -> bool:
        """Whether there is something to draw on: not before the start, not after the end."""
        return bool(self.query(Header))

    @property
    def queue(self) -> QueueView:
        """The list."""
        return self.query_one(QueueView)

    @property
    def pane(self) -> TicketPane:
        """The ticket."""
        return self.query_one(TicketPane)

    @property
    def footer(self) -> Footer:
        """The last line."""
        return self.query_one(Footer)

    @property
    def talk(self) -> Conversation:
        """The conversation."""
        return self.query_one(Conversation)

    @cached_property
    def replying(self) -> "Replying":
        """The way of a reply; loaded when it is first gone."""
        from founder_inbox.tui.composing.replying import Replying

        return Replying(self)

    @cached_property
    def departures(self) -> Departures:
        """The replies on their way."""
        return Departures(self)

    @cached_property
    def asked(self) -> AskedWatch:
        """What was asked before."""
        return AskedWatch(self)

    @property
    def reading(self) -> bool:
        """Whether the ticket is what keys move in."""
        return self.has_class("-reading")

    @property
    def writing(self) -> bool:
        """Whether a reply is being written."""
        return self.has_class("-writing")

    @property
    def read_only(self) -> bool:
        """Whether the door is shut and this is only for reading."""
        return self.session.window is None

    @property
    def current(self) -> Ticket | None:
        """The ticket under the cursor."""
        return self.queue.current

    def targets(self) -> list[Ticket]:
        """The selected tickets, else the one under the cursor."""
        queue = self.queue
        if queue.selected and not self.reading:
            chosen = [i for i, key in enumerate(self.desk.keys) if key in queue.selected]
            if chosen:
                return [ticket for i in chosen if (ticket := self.desk.ticket(i))]
        return [queue.current] if queue.current else []

    def reread(self, keep: int | None = None, then: Callable[[], None] = lambda: None) -> None:
        """Read list and counts anew, off this thread; the cursor stays on its ticket, or on `keep`.

        `then` is called when they are shown.
        """
        self.desk.hang(self.session.veil())
        wish, now, veil = self.desk.wish, self.desk.now(), self.desk.veil

        begun = self.session.begun
        outage_key = "" if self.read_only else self.keymap.first_key("outage")

        def read(ws: Workspace) -> "_Found":
            with behind_veil(ws.store, veil, now):
                shown, counts = (
                    take_snapshot(ws, wish, now),
                    count_queue(ws.store, veil or now, ws.turn),
                )
            counts = replace(counts, fix=running_fix(ws))
            pace = pace_since(ws, begun) if begun else None
            return shown, counts, pace, read_standing(ws, now, outage_key)

        def show(found: "_Found") -> None:
            if not self.stands:
                return
            self.session.note_pace(found[2])
            self.query_one(OutageLine).show(found[3])
            here = self.current
            reading = here.key if here and self.reading else None
            if self.desk.put(wish, found[0], found[1], reading):
                self.queue.show_list(keep if keep is not None else here.key if here else None)
                self.show_ticket()
            self.show_header()
            if not (self.footer.message or isinstance(self.focused, Input)):
                self.show_keys()
            then()

        self.writer.submit(read, show, partial(self.say, trouble=True))

    def show_header(self) -> None:
        """Say how things stand."""
        self.query_one(Header).show(header_facts(self), self.desk.now())

    def show_ticket(self) -> None:
        """Show the ticket under the cursor."""
        if self._rest is not None:
            self._rest.stop()
            self._rest = None
        if self.writing:
            return
        ticket = self.current
        view = self.desk.view(ticket) if ticket else None
        self.pane.show_view(view, self.finding.wanted, self.asked.words(view))
        card = self.query_one(CustomerCard)
        if card.show_view(view) and view is not None:
            read_facts(self, view, partial(card.show_facts, view))
        if view is None and self.reading:
            self.leave_ticket()
        elif not (self._prefix or self.footer.message or isinstance(self.focused, Input)):
            self.show_keys()

    def open_ticket(self) -> None:
        """Read the ticket under the cursor: its keys scroll the text now."""
        if self.current is None:
            return
        self.add_class("-reading")
        self.show_ticket()
        self.talk.focus()
        self.show_keys()
        decisions.mark_read(self)

    def leave_ticket(self) -> None:
        """Back to the list."""
        self.remove_class("-reading")
        self.finding.forget()
        self.queue.focus()
        self.show_keys()
        if self.desk.guest is not None:
            self.reread()

    def show_keys(self) -> None:
        """Show the keys that matter here."""
        footer = self.footer
        if self.read_only:
            footer.show_keys(Mood.READ_ONLY)
        elif self.reading and self.finding.marks:
            footer.show_found()
        elif self.reading:
            footer.show_keys(Mood.TICKET)
        elif not self.desk.keys:
            footer.show_keys(Mood.EMPTY)
        elif self.queue.selected:
            footer.show_keys(Mood.SELECTED)
        elif self.desk.place is not Place.QUEUE:
            footer.show_keys(Mood.ELSEWHERE)
        else:
            here = self.current
            thanks = here is not None and here.state.verdict.lane is Lane.THANKS
            footer.show_keys(Mood.THANKS if thanks else Mood.LIST)

    def say(self, words: str, *, trouble: bool = False) -> None:
        """One sentence in the last line, until the next key."""
        self.footer.say(words, trouble=trouble)

    def run(self, action: str) -> None:
        """Do what an action says, if the door allows it."""
        self.show_keys()
        need = BY_ID[action].needs
        if not self.session.may(need):
            self.say(self.session.refusal(need), trouble=True)
            return
        acts.ACTS[action](self)

    def action_act(self, action: str) -> None:
        """What a click on a key's word does."""
        self._prefix = ""
        if not self.writing:
            self.run(action)

    def on_key(self, event: Key) -> None:
        """Read keys in their order: a first key of two, or an action."""
        if isinstance(self.focused, Input):
            return
        if self.writing:
            self._to_composer(event)
            return
        pressed = key_name(event.key, event.character)
        if self._prefix:
            pressed, self._prefix = f"{self._prefix} {pressed}", ""
            self.show_keys()
        elif self.keymap.is_prefix(pressed):
            self._prefix = pressed
            self.footer.show_following(pressed)
            event.stop()
            event.prevent_default()
            return
        action = self.keymap.action_for(pressed)
        if action is not None:
            event.stop()
            event.prevent_default()
            self.run(action)

    def _to_composer(self, event: Key) -> None:
        """Hand on what was typed while the composer opened, or after a click beside it.

        The composer lets no letter pass, so one that comes here has not been there.
        """
        from founder_inbox.tui.composing.composer import Composer

        composer = self.query_one(Composer)
        if event.is_printable:
            event.stop()
            composer.field.post_message(Key(event.key, event.character))
        if not composer.has_focus_within:
            composer.focus()

    @on(QueueView.Moved)
    def show_ticket_soon(self) -> None:
        """Show the ticket under the cursor when the cursor rests; the list is drawn first."""
        if self._rest is not None:
            self._rest.stop()
        self._rest = self.set_timer(REST_SECONDS, self.show_ticket)

    @on(QueueView.Opened)
    def _clicked(self) -> None:
        self.open_ticket()

    @on(DescendantFocus)
    def _focus_moved(self, event: DescendantFocus) -> None:
        """A click into the conversation opens it, one into the list goes back."""
        if event.widget is not self.focused:
            return
        if event.widget is self.talk and not self.reading:
            self.open_ticket()
        elif event.widget is self.queue and self.reading and not self.writing:
            self.call_next(self.leave_ticket)

    @on(SearchBar.Changed)
    def _search_changed(self, message: SearchBar.Changed) -> None:
        moves.search_for(self, message.value)

    @on(SearchBar.Left)
    def _search_left(self, message: SearchBar.Left) -> None:
        moves.leave_search(self, taken=message.taken)

    @on(SearchBar.Moved)
    def _search_moved(self, message: SearchBar.Moved) -> None:
        moves.step_in_search(self, message.steps)
