"""From `r` to the outbox: the composer, canned replies, the review. Nothing is decided here."""

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from founder_inbox.app import canned, draft_files, reply, tone, triage
from founder_inbox.app.letters import duration_words
from founder_inbox.app.workspace import Workspace
from founder_inbox.core.display import safe_line
from founder_inbox.core.hours.time_words import describe_age
from founder_inbox.core.hours.when import When
from founder_inbox.core.letters.canned import CannedReply, asks
from founder_inbox.core.letters.files import files_words
from founder_inbox.core.tickets.entry import Ticket
from founder_inbox.core.tickets.facts import Then
from founder_inbox.errors import FounderInboxError
from founder_inbox.store.outbox import OutboxItem
from founder_inbox.tui.ask_form import AskForm
from founder_inbox.tui.canned_picker import CannedPicker
from founder_inbox.tui.composer import Composer, edit_outside
from founder_inbox.tui.review import Review, ReviewScreen
from founder_inbox.tui.tone_margin import tone_lines

if TYPE_CHECKING:
    from founder_inbox.tui.main_screen import MainScreen


class Replying:
    """One reply at a time, under its ticket."""

    def __init__(self, screen: "MainScreen") -> None:
        self._screen = screen
        self._ticket: Ticket | None = None
        self._everyone = False

    @property
    def _ws(self) -> Workspace:
        return self._screen.desk.ws

    def begin(self, *, everyone: bool = False, canned_first: bool = False) -> None:
        """Open the composer for the ticket under the cursor."""
        screen, ticket = self._screen, self._screen.current
        if ticket is None:
            return
        try:
            start = reply.begin_reply(self._ws, ticket, everyone=everyone)
        except FounderInboxError as error:
            screen.say(str(error), trouble=True)
            return
        screen.open_ticket()
        self._ticket, self._everyone = ticket, everyone
        composer = self._composer()
        screen.add_class("-writing")
        composer.open(start, start.body, self._facts(ticket), files_words(start.files))
        self._listen(ticket)
        screen.set_focus(composer.field)
        if canned_first:
            self.choose_canned(start.body)

    def _listen(self, ticket: Ticket) -> None:
        """Let the composer hear how the draft sounds; a mistake in a rule is said there."""
        try:
            checker = tone.tone_checker(self._ws, ticket)
        except FounderInboxError as error:
            self._composer().listen(None, str(error))
            return
        self._composer().listen(lambda text, but: checker.check(text, also_silenced=but))

    def silence(self, rule: str) -> None:
        """Never speak of a tone rule again."""
        self._screen.writer.submit(
            lambda ws: tone.silence_rule(ws, rule),
            lambda _rules: self._composer().say(
                safe_line(f"{rule}: never again; founder-inbox tone --unsilence brings it back")
            ),
            partial(self._screen.say, trouble=True),
        )

    def _composer(self) -> Composer:
        return self._screen.query_one(Composer)

    def _facts(self, ticket: Ticket) -> str:
        since = ticket.state.waiting_since
        return f"waiting {describe_age(since, self._screen.desk.now())}" if since else ""

    def keep(self, body: str) -> None:
        """Save the draft."""
        ticket, now = self._ticket, self._screen.desk.now()
        if ticket is not None:
            self._screen.writer.submit(
                lambda ws: reply.keep_draft(ws, ticket, body, now),
                lambda _none: None,
                partial(self._screen.say, trouble=True),
            )

    def leave(self, body: str) -> None:
        """Back to the ticket; the draft stays."""
        self.keep(body)
        self._close()
        self._screen.talk.focus()
        self._screen.say("The draft is kept; r goes on with it.")

    def take_five(self, body: str) -> None:
        """Put the ticket aside for five minutes with what is written so far."""
        from founder_inbox.tui import decisions

        self.keep(body)
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
        ticket = self._ticket
        if ticket is None:
            return
        self.keep(body)
        try:
            letter = reply.preview(self._ws, ticket, body, self._screen.desk.now(), self._everyone)
        except FounderInboxError as error:
            self._screen.say(str(error), trouble=True)
            return
        mate = self._ws.teammate
        left = tone_lines(self._composer().margin.rest(body))
        shown = ReviewScreen(letter, mate.name if mate else "", left)
        self._screen.app.push_screen(shown, partial(self._reviewed, ticket, body))

    def _reviewed(self, ticket: Ticket, body: str, review: Review | None) -> None:
        if review is None:
            self._composer().focus()
        elif review.then == "remind":
            from founder_inbox.tui.decisions import ask_when

            ask_when(
                self._screen,
                "Remind me",
                lambda when: self._send(ticket, body, Then.WAIT, when),
                self._composer().focus,
                "send, and remind me then",
            )
        elif review.then == "hand_off":
            self._hand_off()
        else:
            then = Then.CLOSE if review.then == "close" else Then.WAIT
            self._send(ticket, body, then, None)

    def _hand_off(self) -> None:
        """Let the teammate take it after all; the draft is kept."""
        screen = self._screen
        self._close()
        screen.talk.focus()
        screen.run("hand_off")

    def _send(self, ticket: Ticket, body: str, then: Then, remind: When | None) -> None:
        screen, now, everyone = self._screen, self._screen.desk.now(), self._everyone

        def work(ws: Workspace) -> OutboxItem:
            item = reply.queue_reply(ws, ticket, body, now, then=then, everyone=everyone)
            if remind is not None:
                triage.snooze(ws, [ticket], replace(remind, if_no_answer=True), now)
            return item

        self._close()
        screen.queue.drop({ticket.key})
        screen.leave_ticket()
        person = ticket.state.customer
        sent = partial(self._sent, person.name or person.address)
        screen.writer.submit(work, sent, partial(self._not_sent, ticket.key))

    def _sent(self, name: str, item: OutboxItem) -> None:
        self._screen.reread()
        now = self._screen.desk.now()
        wait = max(int((item.not_before - now).total_seconds()), 0)
        when = "in a moment" if wait < 2 else f"in {duration_words(wait)}"
        if not self._screen.session.door.may_send:
            when = f"when support opens, {self._screen.session.opening()}"
        words = f"It goes out {when}; z takes it back."
        self._screen.departures.follow(item, name, words)

    def _not_sent(self, key: int, words: str) -> None:
        self._screen.reread(key)
        self._screen.say(f"{words} The draft is kept.", trouble=True)

    def _close(self) -> None:
        self._ticket = None
        self._screen.remove_class("-writing")
        self._screen.show_ticket()

    def choose_files(self, body: str) -> None:
        """Choose files that go along, and say in the composer which ones do."""
        from founder_inbox.tui.files_screen import FilesScreen

        ticket, screen = self._ticket, self._screen
        if ticket is None:
            return
        self.keep(body)

        def chosen(_none: None) -> None:
            files = draft_files.attached(self._ws, ticket.id)
            self._composer().show_files(files_words(files))
            self._composer().focus()

        files = draft_files.attached(self._ws, ticket.id)
        shown = FilesScreen(screen.writer, ticket.id, files, screen.desk.now)
        screen.app.push_screen(shown, chosen)

    def choose_canned(self, _body: str = "") -> None:
        """Pick a canned reply, ask what it wants to know, put it in."""
        ticket, now = self._ticket, self._screen.desk.now()
        if ticket is None:
            return
        try:
            replies = canned.ranked_replies(self._ws, ticket)
        except FounderInboxError as error:
            self._composer().say(str(error))
            return

        def preview(chosen: CannedReply) -> str:
            return canned.fill_reply(self._ws, ticket, chosen, {}, now).text

        self._screen.app.push_screen(CannedPicker(replies, preview), partial(self._chosen, ticket))

    def _chosen(self, ticket: Ticket, chosen: CannedReply | None) -> None:
        if chosen is None:
            self._composer().focus()
        elif questions := asks(chosen):
            self._screen.app.push_screen(
                AskForm(questions), partial(self._answered, ticket, chosen)
            )
        else:
            self._answered(ticket, chosen, {})

    def _answered(
        self, ticket: Ticket, chosen: CannedReply, answers: dict[str, str] | None
    ) -> None:
        now = self._screen.desk.now()
        if answers is not None:
            filled = canned.fill_reply(self._ws, ticket, chosen, answers, now)
            self._composer().insert(filled.text)
            self._screen.writer.submit(
                lambda ws: canned.used_reply(ws, chosen, now),
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
