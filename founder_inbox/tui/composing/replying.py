"""From `r`, `f` or `c` to the outbox: composer, canned replies, review. Nothing is decided here."""

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from founder_inbox.app.knowledge import asked
from founder_inbox.app.queue import drafts, triage
from founder_inbox.app.queue.drafts import KeptDraft
from founder_inbox.app.queue.promises import promise_words
from founder_inbox.app.sending import canned, draft_files, outgoing, reply
from founder_inbox.app.sending.letters import duration_words
from founder_inbox.app.sending.outgoing import OutgoingStart, Words
from founder_inbox.app.sending.people import complete_people
from founder_inbox.app.sending.writing import OutgoingWriting, ReplyWriting, Writing
from founder_inbox.app.workspace import Workspace
from founder_inbox.core.display import safe_line
from founder_inbox.core.hours.time_words import counted, describe_age
from founder_inbox.core.hours.when import When
from founder_inbox.core.letters.canned import CannedReply, asks
from founder_inbox.core.letters.files import files_words
from founder_inbox.core.model import Address
from founder_inbox.core.tickets.entry import Ticket
from founder_inbox.core.tickets.facts import Then
from founder_inbox.errors import FounderInboxError
from founder_inbox.store.outbox import OutboxItem
from founder_inbox.store.outgoing import Outgoing
from founder_inbox.tui.composing.canned_picker import CannedPicker
from founder_inbox.tui.composing.composer import Composer, edit_outside
from founder_inbox.tui.composing.proofreading import Proofreading
from founder_inbox.tui.queue.desk import Place
from founder_inbox.tui.triage import moves
from founder_inbox.tui.widgets.ask_form import AskForm
from founder_inbox.tui.widgets.letter_head import Unaddressed
from founder_inbox.tui.widgets.review import Review, ReviewScreen
from founder_inbox.tui.widgets.tone_margin import tone_lines

if TYPE_CHECKING:
    from founder_inbox.tui.main_screen import MainScreen


class Replying:
    """One mail at a time: a reply under its ticket, a forward, or a new mail."""

    def __init__(self, screen: "MainScreen") -> None:
        self._screen = screen
        self.proofreading = Proofreading(screen)
        self._writing: Writing | None = None

    @property
    def _ticket(self) -> Ticket | None:
        """The ticket that is answered."""
        return self._writing.answers if self._writing else None

    @property
    def _ws(self) -> Workspace:
        return self._screen.desk.ws

    def begin(
        self, *, everyone: bool = False, canned_first: bool = False, then: Then = Then.WAIT
    ) -> None:
        """Open the composer for the ticket under the cursor; `then`: what sending makes of it."""
        screen, ticket = self._screen, self._screen.current
        if ticket is None:
            return
        try:
            start = reply.begin_reply(self._ws, ticket, everyone=everyone)
        except FounderInboxError as error:
            screen.say(str(error), trouble=True)
            return
        screen.open_ticket()
        self._writing = ReplyWriting(ticket, start.everyone, then)
        composer = self._composer()
        screen.add_class("-writing")
        composer.open(start, start.body, self._facts(ticket), files_words(start.files))
        self.proofreading.listen(self._composer(), ticket)
        screen.set_focus(composer.field)
        if canned_first:
            self.choose_canned(start.body)

    def forward(self, message: int | None = None) -> None:
        """Pass the ticket under the cursor on, or one mail of it; its files are copied first."""
        screen, ticket = self._screen, self._screen.current
        if ticket is None:
            return
        now = screen.desk.now()
        screen.writer.submit(
            lambda ws: outgoing.begin_forward(ws, ticket, now, message=message),
            self.go_on,
            partial(screen.say, trouble=True),
        )

    def write_new(self) -> None:
        """Write to somebody first."""
        screen, now = self._screen, self._screen.desk.now()
        screen.writer.submit(
            lambda ws: outgoing.begin_new(ws, now), self.go_on, partial(screen.say, trouble=True)
        )

    def resume(self, mail: Outgoing) -> None:
        """Go on with a forward or new mail as it was left."""
        screen = self._screen
        screen.writer.submit(
            lambda ws: outgoing.go_on(ws, mail), self.go_on, partial(screen.say, trouble=True)
        )

    def go_on(self, start: OutgoingStart) -> None:
        """Open the composer for a forward or a new mail."""
        screen = self._screen
        if screen.writing or not screen.stands or screen.app.screen is not screen:
            return
        self._writing = OutgoingWriting(start.mail)
        composer, words = self._composer(), start.words
        screen.add_class("-writing", "-alone")
        lines = len(start.quoted.splitlines())
        below = f"{counted(lines, 'line')} of the ticket go along below" if lines else ""
        head = Unaddressed(start.sender, words.people, words.subject)
        composer.open_addressed(head, words.body, files_words(start.files), below)
        self.proofreading.listen(self._composer(), None)
        if not composer.address.focus_first():
            screen.set_focus(composer.field)

    def complete(self, line: str) -> None:
        """Offer the people that a line of people may mean."""

        def found(people: list[Address]) -> None:
            if self._writing is not None:
                self._composer().address.show_people(line, people)

        self._screen.writer.submit(lambda ws: complete_people(ws, line), found, lambda _words: None)

    def show_drafts(self) -> None:
        """List all drafts, to go on with one or throw it away."""
        from founder_inbox.tui.composing.drafts_screen import DraftsScreen

        screen, now = self._screen, self._screen.desk.now()
        trouble = partial(screen.say, trouble=True)

        def throw_away(draft: KeptDraft) -> None:
            screen.writer.submit(
                lambda ws: drafts.discard(ws, draft, now), lambda _none: screen.reread(), trouble
            )

        def show(found: list[KeptDraft]) -> None:
            screen.app.push_screen(DraftsScreen(found, throw_away), self.go_on_with)

        screen.writer.submit(drafts.list_drafts, show, trouble)

    def go_on_with(self, draft: KeptDraft | None) -> None:
        """Open a kept draft in the composer; None is a change of mind."""
        screen = self._screen
        if draft is None:
            return
        if draft.outgoing is not None:
            self.resume(draft.outgoing)
        elif draft.ticket is not None:
            key = draft.ticket.key

            def begin() -> None:
                if screen.current is not None and screen.current.key == key:
                    self.begin()

            if key not in screen.desk.keys:
                moves.go_to(screen, Place.ALL)
            screen.reread(key, begin)

    def _composer(self) -> Composer:
        return self._screen.query_one(Composer)

    def _facts(self, ticket: Ticket) -> str:
        since = ticket.state.waiting_since
        return f"waiting {describe_age(since, self._screen.desk.now())}" if since else ""

    def _words(self, body: str) -> Words:
        address = self._composer().address
        return Words(body, address.people, address.subject) if address.is_used else Words(body)

    def keep(self, body: str) -> None:
        """Save the draft."""
        writing, now = self._writing, self._screen.desk.now()
        words = self._words(body)
        if writing is not None:
            self._screen.writer.submit(
                lambda ws: writing.keep(ws, words, now),
                lambda _none: None,
                partial(self._screen.say, trouble=True),
            )

    def leave(self, body: str) -> None:
        """Back to the ticket; the draft stays."""
        self.keep(body)
        again = "r goes" if self._ticket else "g d lists it, and enter goes"
        self._close()
        self._focus_behind()
        self._screen.reread()
        self._screen.say(f"The draft is kept; {again} on with it.")

    def take_five(self, body: str) -> None:
        """Put the ticket aside for five minutes with what is written so far."""
        from founder_inbox.tui.triage import decisions

        self.keep(body)
        if self._ticket is None:
            self._composer().say("only an answer can be put aside with its ticket")
            return
        if self._screen.read_only:
            self._composer().say(self._screen.session.refusal())
            return
        self._close()
        self._screen.talk.focus()
        decisions.take_five(self._screen)

    def keep_open_draft(self) -> None:
        """Save what stands in an open composer, for the end of a window or of the program."""
        if self._screen.writing:
            self.keep(self._composer().body)

    def review(self, body: str) -> None:
        """Show the mail as it will leave."""
        writing, words = self._writing, self._words(body)
        if writing is None:
            return
        self.keep(body)
        try:
            letter = writing.preview(self._ws, words, self._screen.desk.now())
        except FounderInboxError as error:
            self._screen.say(str(error), trouble=True)
            return
        mate = self._ws.teammate
        left = tone_lines(self._composer().margin.rest(body))
        name, now = mate.name if mate else "", self._screen.desk.now()
        promises = [promise_words(p.words, p.due, now, self._ws) for p in letter.promises]
        shown = ReviewScreen(
            letter, name, left, promises, only_sends=writing.only_sends, stays=writing.stays
        )

        def reviewed(review: Review | None) -> None:
            taken = letter.promises if review and review.promises else ()
            self._reviewed(writing.promising(taken), words, review)

        self._screen.app.push_screen(shown, reviewed)

    def _reviewed(self, writing: Writing, words: Words, review: Review | None) -> None:
        if review is None:
            self._composer().focus()
        elif review.then == "remind":
            from founder_inbox.tui.triage.decisions import ask_when

            ask_when(
                self._screen,
                "Remind me",
                lambda when: self._send(writing, words, Then.WAIT, when),
                self._composer().focus,
                "send, and remind me then",
            )
        elif review.then == "hand_off":
            self._hand_off()
        else:
            then = Then.CLOSE if review.then == "close" else Then.WAIT
            self._send(writing, words, then, None)

    def _hand_off(self) -> None:
        """Let the teammate take it after all; the draft is kept."""
        screen = self._screen
        self._close()
        screen.talk.focus()
        screen.run("hand_off")

    def _send(self, writing: Writing, words: Words, then: Then, remind: When | None) -> None:
        screen, now, ticket = self._screen, self._screen.desk.now(), writing.answers

        def work(ws: Workspace) -> OutboxItem:
            item = writing.queue(ws, words, now, then)
            if remind is not None and ticket is not None:
                triage.snooze(ws, [ticket], replace(remind, if_no_answer=True), now)
            return item

        self._close()
        name = words.people.partition("<")[0].strip(" ,") or words.people
        if ticket is not None:
            screen.queue.drop({ticket.key})
            screen.leave_ticket()
            name = ticket.state.customer.name or ticket.state.customer.address
        else:
            self._focus_behind()
        key = ticket.key if ticket else None
        screen.writer.submit(work, partial(self._sent, name), partial(self._not_sent, key))

    def _sent(self, name: str, item: OutboxItem) -> None:
        self._screen.reread()
        now = self._screen.desk.now()
        wait = max(int((item.not_before - now).total_seconds()), 0)
        when = "in a moment" if wait < 2 else f"in {duration_words(wait)}"
        if not self._screen.session.door.may_send:
            when = f"when support opens, {self._screen.session.opening()}"
        words = f"It goes out {when}; z takes it back."
        self._screen.departures.follow(item, name, words)

    def _not_sent(self, key: int | None, words: str) -> None:
        self._screen.reread(key)
        self._screen.say(f"{words} The draft is kept.", trouble=True)

    def _close(self) -> None:
        self._writing = None
        self._screen.remove_class("-writing", "-alone")
        self._screen.show_ticket()

    def _focus_behind(self) -> None:
        """Back to where the founder was: in the ticket, or in the list."""
        (self._screen.talk if self._screen.reading else self._screen.queue).focus()

    def choose_files(self, body: str) -> None:
        """Choose files that go along, and say in the composer which ones do."""
        from founder_inbox.tui.composing.files_screen import FilesScreen

        writing, screen = self._writing, self._screen
        if writing is None:
            return
        self.keep(body)

        def chosen(_none: None) -> None:
            files = draft_files.attached(self._ws, writing.draft)
            self._composer().show_files(files_words(files))
            self._composer().focus()

        files = draft_files.attached(self._ws, writing.draft)
        shown = FilesScreen(screen.writer, writing.draft, files, screen.desk.now)
        screen.app.push_screen(shown, chosen)

    def choose_canned(self, _body: str = "") -> None:
        """Pick a canned reply, ask what it wants to know, put it in."""
        ticket, now = self._ticket, self._screen.desk.now()
        if ticket is None:
            self._composer().say("canned replies answer a ticket; this mail answers none")
            return
        try:
            replies = canned.ranked_replies(self._ws, ticket)
        except FounderInboxError as error:
            self._composer().say(str(error))
            return

        def preview(chosen: CannedReply) -> str:
            return canned.fill_reply(self._ws, ticket, chosen, {}, now).text

        known = [*self._screen.asked.offers(ticket), *replies]
        self._screen.app.push_screen(CannedPicker(known, preview), partial(self._chosen, ticket))

    def _chosen(self, ticket: Ticket, chosen: CannedReply | None) -> None:
        if chosen is None:
            self._composer().focus()
        elif questions := asks(chosen):
            self._screen.app.push_screen(AskForm(questions), partial(self.put_in, ticket, chosen))
        else:
            self.put_in(ticket, chosen, {})

    def put_in(self, ticket: Ticket, chosen: CannedReply, answers: dict[str, str] | None) -> None:
        """Put a canned reply into the draft, filled; without answers leave the draft as it is."""
        now = self._screen.desk.now()
        if answers is not None:
            filled = canned.fill_reply(self._ws, ticket, chosen, answers, now)
            self._composer().insert(filled.text)
            offer = self._screen.asked.offer_of(ticket, chosen)
            self._screen.writer.submit(
                lambda ws: (
                    asked.note_use(ws, ticket, offer, now)
                    if offer
                    else canned.used_reply(ws, chosen, now)
                ),
                lambda _none: None,
                partial(self._screen.say, trouble=True),
            )
        self._composer().focus()

    def edit_outside(self, body: str) -> None:
        """Write in the founder's own editor."""
        edited = edit_outside(self._screen.app, body)
        if edited is not None:
            self._composer().rewrite(edited)
        self._composer().say(safe_line("" if edited is not None else "no change"))
