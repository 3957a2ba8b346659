"""Mail on its way: when it leaves, what is in its way, and taking it back."""

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar, TypeVar

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from founder_inbox.app.queue import drafts
from founder_inbox.app.queue.drafts import KeptDraft
from founder_inbox.app.sending import outbox, takeover
from founder_inbox.app.workspace import Workspace
from founder_inbox.core.acts import Act
from founder_inbox.core.display import SafeLine, safe_line
from founder_inbox.core.hours.time_words import describe_moment
from founder_inbox.core.tickets.outbox import OutboxState
from founder_inbox.store.outbox import OutboxItem
from founder_inbox.store.waiting import WaitingMail
from founder_inbox.tui.ticket.ticket_lines import SENT_STATES
from founder_inbox.tui.widgets.dialog import Hint, offered
from founder_inbox.tui.widgets.list_dialog import ListDialog
from founder_inbox.tui.widgets.text import content

if TYPE_CHECKING:
    from founder_inbox.tui.main_screen import MainScreen

Done = TypeVar("Done")
_MOST_THERE = 5
_TWICE = "The line broke before the server's answer. Sent again, they may get it twice."
_TAKE_OVER = (
    "For a machine that is gone, or far away: its mails come here and wait for you. It lets go of "
    "them when it hears of that. What may be on its way there stays there."
)
_MAYBE_READ = "They may have read it already. As a draft it waits for you here."


class OutboxScreen(ListDialog[KeptDraft | None]):
    """The outbox as a list; acts on what is under the cursor. The result is a draft to go on."""

    DEFAULT_CSS = """
    OutboxScreen {
        & > .box { width: 92%; max-width: 110; }
        OptionList { height: auto; max-height: 60vh; }
        .elsewhere { height: auto; color: $text-muted; display: none; }
        .elsewhere.-shown { margin-top: 1; display: block; }
        .said { margin-top: 1; color: $text-warning; }
    }
    """
    BINDINGS: ClassVar = [
        ("r", "retry", "Send now"),
        ("e", "edit", "Edit"),
        ("c", "cancel", "Take back"),
        ("a", "arrived", "It arrived"),
        ("t", "take_over", "Take over"),
    ]
    heading = "Outbox"

    def __init__(self, main: "MainScreen") -> None:
        super().__init__()
        self._main = main
        self._others: list[tuple[WaitingMail, str]] = []

    def body(self) -> ComposeResult:
        """Lay out the list."""
        yield OptionList(markup=False)
        yield Static(classes="elsewhere")
        yield Static(classes="said")

    def hints(self) -> tuple[Hint, ...]:
        """Return the keys."""
        return (
            ("r", "send now", "screen.retry"),
            ("e", "edit", "screen.edit"),
            ("c", "take back", "screen.cancel"),
            ("a", "it arrived", "screen.arrived"),
            ("esc", "back", "screen.leave"),
        )

    def on_mount(self) -> None:
        """Show what there is, and keep it true."""
        self._list()
        self.set_interval(1.0, self._list)

    def action_retry(self) -> None:
        """Let the mail go now, if the door allows it."""
        if not self._main.session.may(Act.SEND):
            self.say(self._main.session.refusal(Act.SEND))
            return
        now = self._main.desk.now()

        def retry() -> None:
            self._change(lambda ws, number: outbox.retry(ws, number, now))

        if self._is_uncertain:
            self._ask(_TWICE, "send it again", retry)
        else:
            retry()

    def action_arrived(self) -> None:
        """The founder knows that an uncertain mail is there."""
        if self._is_uncertain:
            now = self._main.desk.now()
            self._change(lambda ws, number: outbox.arrived(ws, number, now))
        else:
            self.say("Only a mail whose line broke can have arrived without our knowing.")

    def action_cancel(self) -> None:
        """Take the mail back; its words are a draft again."""
        now = self._main.desk.now()
        self._take_back(lambda: self._change(lambda ws, number: outbox.cancel(ws, number, now)))

    def action_edit(self) -> None:
        """Take the mail back, and write on."""
        now = self._main.desk.now()

        def take(ws: Workspace, number: int) -> KeptDraft:
            outbox.cancel(ws, number, now)
            return max(drafts.list_drafts(ws), key=lambda draft: draft.updated_at)

        self._take_back(lambda: self._change(take, self.dismiss))

    def action_take_over(self) -> None:
        """Bring what waits on other machines here, where it waits for the founder."""
        if self._others:
            now = self._main.desk.now()

            def take(ws: Workspace) -> list[OutboxItem]:
                return takeover.take_over(ws, None, now)

            def agreed() -> None:
                self._main.writer.submit(take, lambda _: self._list(), self.say)

            self._ask(_TAKE_OVER, "take over", agreed, "Send it from here")

    def _take_back(self, take: Callable[[], None]) -> None:
        if self._is_uncertain:
            self._ask(_MAYBE_READ, "make it a draft", take)
        else:
            take()

    @property
    def _is_uncertain(self) -> bool:
        options = self.options
        if options.highlighted is None:
            return False
        number = int(options.get_option_at_index(options.highlighted).id or 0)
        items = outbox.list_outbox(self._main.desk.ws.store)
        return any(i.id == number and i.state == OutboxState.UNCERTAIN for i in items)

    def _ask(
        self,
        words: str,
        yes: str,
        then: Callable[[], None],
        heading: str = "It may have arrived",
    ) -> None:
        from founder_inbox.tui.widgets.prompts import ConfirmPrompt

        prompt = ConfirmPrompt(heading, words, yes=yes, no="wait")
        self.app.push_screen(prompt, lambda agreed: then() if agreed else None)

    def _change(
        self,
        change: Callable[[Workspace, int], Done],
        then: Callable[[Done], object] | None = None,
    ) -> None:
        options = self.options
        if options.highlighted is None:
            return
        number = int(options.get_option_at_index(options.highlighted).id or 0)

        def done(result: Done) -> None:
            self._list()
            if then is not None and self.is_attached:
                then(result)

        self._main.writer.submit(lambda ws: change(ws, number), done, self.say)

    def _list(self) -> None:
        """Draw what lies there; the writer may report when the screen is gone already."""
        if not self.is_attached:
            return
        ws, options = self._main.desk.ws, self.options
        items = outbox.list_outbox(ws.store)
        rows = [(str(item.id), self._row(item)) for item in items]
        here = options.highlighted or 0
        options.clear_options()
        options.add_options([Option(row, id=number) for number, row in rows])
        self._list_elsewhere(takeover.list_elsewhere(ws))
        if rows:
            options.highlighted = min(here, len(rows) - 1)
        elif not self._others:
            self.say("Nothing is on its way. What you send waits here for ten seconds.")

    def _list_elsewhere(self, others: list[tuple[WaitingMail, str]]) -> None:
        """What waits on other machines: those send it, unless `t` brings it here."""
        self._others = others
        place = self.query_one(".elsewhere", Static)
        place.set_class(bool(others), "-shown")
        place.update(content(SafeLine("\n")).join([_there(*each) for each in others[:_MOST_THERE]]))

    def _row(self, item: OutboxItem) -> Content:
        ws, now = self._main.desk.ws, self._main.desk.now()
        state = SENT_STATES.get(item.state, item.state)
        # What waits for the founder has no time of its own.
        if item.state == "held" and not item.answer:
            state = f"{state}, leaves {describe_moment(item.not_before, now, ws.hours.zone)}"
        answer = f"\n  {safe_line(item.answer, 200)}" if item.answer else ""
        return content(
            (safe_line(", ".join(item.recipients), 50), "bold"),
            SafeLine("  "),
            safe_line(item.subject, 80),
            (SafeLine(f"\n  {state}"), "$text-muted"),
            (SafeLine(answer), "$text-warning"),
        )


def _there(mail: WaitingMail, machine: str) -> Content:
    """A mail on another machine, in one line."""
    people = safe_line(", ".join(mail.recipients), 40)
    state = f"{SENT_STATES.get(mail.state, mail.state)} on {safe_line(machine, 40)}"
    key = content((SafeLine("t"), "bold $text-accent"), SafeLine(" bring it here"))
    return content(
        (people, "bold"),
        SafeLine("  "),
        safe_line(mail.subject, 60),
        SafeLine(f"\n  {state}   "),
    ) + offered(key, "screen.take_over")
