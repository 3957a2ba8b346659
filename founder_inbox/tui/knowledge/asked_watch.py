"""Asked before: looked up off the screen's thread for the ticket in sight, and offered."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from founder_inbox.app.queue.tickets import TicketView
from founder_inbox.app.workspace import Workspace
from founder_inbox.core.model import Lane
from founder_inbox.core.tickets.entry import Ticket

if TYPE_CHECKING:
    from founder_inbox.app.knowledge.asked import AskedBefore
    from founder_inbox.core.knowledge.offers import Offer
    from founder_inbox.core.letters.canned import CannedReply
    from founder_inbox.tui.main_screen import MainScreen

_KEPT = 200


class AskedWatch:
    """What is known of each how-do-I ticket that was in sight."""

    def __init__(self, screen: "MainScreen") -> None:
        self._screen = screen
        self._known: dict[int, AskedBefore] = {}
        self._asked_for: set[tuple[int, int]] = set()

    def words(self, view: TicketView | None) -> str:
        """How often it was asked, as far as is known now; the rest follows."""
        if view is None or view.ticket.state.verdict.lane is not Lane.HOWTO:
            return ""
        self._look(view.ticket)
        return self._words(view.ticket.key)

    def offers(self, ticket: Ticket) -> "list[CannedReply]":
        """The answers that were given before, for the picker."""
        known = self._known.get(ticket.key)
        return known.replies if known else []

    def offer_of(self, ticket: Ticket, chosen: "CannedReply") -> "Offer | None":
        """The offer that a reply from the picker was; None for a canned one."""
        known = self._known.get(ticket.key)
        offers = known.offers if known else ()
        return next((offer for offer in offers if offer.reply is chosen), None)

    def answer(self) -> None:
        """Begin a reply with the likeliest answer."""
        screen, ticket = self._screen, self._screen.current
        if ticket is None or screen.writing:
            return

        def show(found: "AskedBefore") -> None:
            self._keep(ticket, found)
            here = screen.current
            if here is None or here.key != ticket.key or screen.writing:
                return
            if found.offers:
                self._begin(ticket, found.offers[0].reply)
            else:
                screen.say("This is a new question: no answer fits yet.")

        self._read(ticket, show, partial(screen.say, trouble=True))

    def _begin(self, ticket: Ticket, chosen: "CannedReply") -> None:
        from founder_inbox.core.letters.canned import asks
        from founder_inbox.tui.widgets.ask_form import AskForm

        screen = self._screen
        screen.replying.begin()
        if not screen.writing:
            return
        if questions := asks(chosen):
            put_in = partial(screen.replying.put_in, ticket, chosen)
            screen.app.push_screen(AskForm(questions), put_in)
        else:
            screen.replying.put_in(ticket, chosen, {})

    def _look(self, ticket: Ticket) -> None:
        wanted = (ticket.key, ticket.state.messages)
        if wanted in self._asked_for:
            return
        if len(self._asked_for) > _KEPT:
            self._asked_for.clear()
        self._asked_for.add(wanted)
        # What goes wrong here is said when somebody asks for the answer.
        self._read(ticket, partial(self._show, ticket), lambda _words: None)

    def _read(
        self,
        ticket: Ticket,
        show: Callable[["AskedBefore"], None],
        trouble: Callable[[str], None],
    ) -> None:
        now, veil = self._screen.desk.now(), self._screen.desk.veil

        def read(ws: Workspace) -> "AskedBefore":
            from founder_inbox.app.hours.veil import behind_veil
            from founder_inbox.app.knowledge.asked import look_up

            with behind_veil(ws.store, veil, now):
                return look_up(ws, ticket, now)

        self._screen.writer.submit(read, show, trouble)

    def _show(self, ticket: Ticket, found: "AskedBefore") -> None:
        self._keep(ticket, found)
        here = self._screen.pane.view if self._screen.stands else None
        if here is not None and here.ticket.key == ticket.key:
            self._screen.pane.say_asked(self._words(ticket.key))

    def _keep(self, ticket: Ticket, found: "AskedBefore") -> None:
        if len(self._known) > _KEPT:
            self._known.clear()
        self._known[ticket.key] = found

    def _words(self, key: int) -> str:
        found = self._known.get(key)
        if found is None or not found.offers:
            return ""
        key_words = f"{self._screen.keymap.first_key('as_before')} answers as before"
        # An article of theirs may know it before anybody has asked.
        return f"{found.words or 'in your FAQ'}: {key_words}"
