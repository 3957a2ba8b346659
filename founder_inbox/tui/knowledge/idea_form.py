"""`F`: what a customer wishes for is written down, or counts as a vote for what is there."""

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from founder_inbox.app.knowledge import ideas
from founder_inbox.app.knowledge.ideas import Wanted
from founder_inbox.app.workspace import Workspace
from founder_inbox.core.display import SafeLine, safe_line
from founder_inbox.core.hours.time_words import counted
from founder_inbox.core.knowledge.ideas import STATE_WORDS
from founder_inbox.core.knowledge.questions import bare_title
from founder_inbox.core.tickets.entry import Ticket
from founder_inbox.tui.widgets.dialog import Dialog, Hint
from founder_inbox.tui.widgets.text import content, line
from founder_inbox.tui.widgets.text_fields import LineField

if TYPE_CHECKING:
    from founder_inbox.tui.main_screen import MainScreen


@dataclass(frozen=True, slots=True)
class Wish:
    """What the form says: a new idea, or with `into` a vote for that one."""

    title: str
    words: str
    problem: str
    into: Wanted | None = None


class IdeaForm(Dialog[Wish | None]):
    """Title, their words and the problem behind; below it what looks alike."""

    DEFAULT_CSS = """
    IdeaForm {
        & > .box { width: 84; }
        .label { color: $text-muted; }
        LineField { margin-bottom: 1; }
        OptionList {
            border: none;
            padding: 0;
            height: auto;
            max-height: 6;
            background: $surface;
            text-wrap: nowrap;
            text-overflow: ellipsis;
        }
        .said { color: $text-error; height: auto; }
    }
    """
    BINDINGS: ClassVar = [Binding("ctrl+s", "save", "Write down", priority=True)]
    heading = "An idea"

    def __init__(self, title: str, words: str, alike: list[Wanted]) -> None:
        super().__init__()
        self._title = title
        self._words = words
        self._alike = alike

    def body(self) -> ComposeResult:
        """Lay out the fields and what looks alike."""
        yield Static(line("What you call it"), classes="label")
        yield LineField(self._title, id="title")
        yield Static(line("Their words"), classes="label")
        yield LineField(self._words, id="words")
        yield Static(line("The problem behind it (empty: you ask them why)"), classes="label")
        yield LineField("", id="problem")
        if self._alike:
            yield Static(line("One of these? tab and enter make it a vote"), classes="label")
            yield OptionList(*map(_row, self._alike), markup=False)
        yield Static(classes="said")

    def hints(self) -> tuple[Hint, ...]:
        """Return the keys."""
        return (("ctrl+s", "write down", "screen.save"), ("esc", "back", "screen.leave"))

    @on(Input.Submitted)
    def _submitted(self) -> None:
        self.action_save()

    @on(OptionList.OptionSelected)
    def _chosen(self, message: OptionList.OptionSelected) -> None:
        self.dismiss(self._wish(self._alike[message.option_index]))

    def action_save(self) -> None:
        """Take it as a new idea."""
        wish = self._wish(None)
        if wish.title:
            self.dismiss(wish)
        else:
            self.query_one(".said", Static).update(line("It needs a few words you know it by."))

    def _wish(self, into: Wanted | None) -> Wish:
        title, words, problem = (
            self.query_one(f"#{name}", LineField).value.strip()
            for name in ("title", "words", "problem")
        )
        return Wish(title, words, problem, into)


def _row(one: Wanted) -> Option:
    words = f"{counted(len(one.voters), 'voter')}, {STATE_WORDS[one.idea.state]}"
    return Option(
        content(safe_line(one.idea.title, 80), (SafeLine(f"  {words}"), "$text-muted")),
        id=one.idea.id,
    )


def log_idea(screen: "MainScreen") -> None:
    """Show the form for the ticket in hand."""
    ticket = screen.current
    if ticket is None:
        screen.say("There is no ticket here.", trouble=True)
        return
    title = safe_line(bare_title(ticket.state.subject), 200)

    def read(ws: Workspace) -> tuple[str, list[Wanted]]:
        words = ideas.their_words(ws, ticket)
        return words, ideas.similar_ideas(ws, f"{title}\n{words}")

    def show(found: tuple[str, list[Wanted]]) -> None:
        screen.app.push_screen(IdeaForm(title, *found), partial(_said, screen, ticket))

    screen.writer.submit(read, show, partial(screen.say, trouble=True))


def _said(screen: "MainScreen", ticket: Ticket, wish: Wish | None) -> None:
    if wish is None:
        return
    now, into = screen.desk.now(), wish.into

    def work(ws: Workspace) -> str:
        if into is not None:
            ideas.vote(ws, ticket, into.idea, wish.words, now)
            found = ideas.find_idea(ws, into.idea.name)
            return f"{counted(len(found.voters), 'voter')} for “{safe_line(found.idea.title, 60)}”"
        found = ideas.log_idea(ws, ticket, wish.title, wish.words, wish.problem, now)
        return f"Written down: {safe_line(found.idea.title, 60)}"

    def done(words: str) -> None:
        screen.reread()
        screen.say(f"{words} · {screen.keymap.first_key('undo')} takes it back")
        if into is None and not wish.problem:
            _ask_why(screen, ticket)

    screen.writer.submit(work, done, partial(screen.say, trouble=True))


def _ask_why(screen: "MainScreen", ticket: Ticket) -> None:
    """The reply that asks what it is for begins by itself."""
    from founder_inbox.tui.triage.ready_replies import begin_with

    if screen.current is not None and screen.current.key == ticket.key:
        begin_with(screen, "why", lambda _language: {})
