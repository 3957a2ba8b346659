"""The ideas, most wanted first: where each stands, who asked, and telling them."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from founder_inbox.app.knowledge import ideas
from founder_inbox.app.knowledge.ideas import Wanted
from founder_inbox.app.sending.mailing import Letter
from founder_inbox.app.workspace import Workspace
from founder_inbox.core.display import SafeLine, safe_line
from founder_inbox.core.hours.time_words import counted
from founder_inbox.core.knowledge.ideas import STATE_WORDS, IdeaState
from founder_inbox.core.tickets.entry import Ticket
from founder_inbox.tui.knowledge.mailing import ask_in_tongues, review_letters
from founder_inbox.tui.widgets.dialog import Hint
from founder_inbox.tui.widgets.list_dialog import ListDialog
from founder_inbox.tui.widgets.prompts import TextPrompt
from founder_inbox.tui.widgets.text import content, line

if TYPE_CHECKING:
    from founder_inbox.tui.main_screen import MainScreen

_EMPTY = "No idea is written down yet. F on a ticket does it."
_SHOWN = 4


class IdeasScreen(ListDialog[None]):
    """A row an idea; below it what is behind the one under the cursor."""

    DEFAULT_CSS = """
    IdeasScreen {
        & > .box { width: 96%; max-width: 110; height: 90%; }
        OptionList { height: 1fr; }
        .detail { height: auto; max-height: 9; margin-top: 1; }
    }
    """
    BINDINGS: ClassVar = [
        ("p", "put('planned')", "Planned"),
        ("c", "put('considering')", "Considering"),
        ("a", "put('solved')", "Solved already"),
        ("s", "ship", "Shipped"),
        ("d", "decline", "Declined"),
        ("w", "problem", "The problem"),
        ("t", "tracker", "Tracker"),
        ("m", "join", "Join"),
    ]
    heading = "Ideas"

    def __init__(self, main: "MainScreen", found: list[Wanted]) -> None:
        super().__init__()
        self._main = main
        self._found = found
        self._marked: str | None = None

    def body(self) -> ComposeResult:
        """Lay out list and detail."""
        yield OptionList(markup=False)
        yield Static(classes="detail")
        yield Static(classes="said")

    def hints(self) -> tuple[Hint, ...]:
        """Return the keys."""
        if not self._found:
            return (("esc", "back", "screen.leave"),)
        return (
            ("p", "planned", "screen.put('planned')"),
            ("c", "considering", "screen.put('considering')"),
            ("a", "solved already", "screen.put('solved')"),
            ("s", "shipped", "screen.ship"),
            ("d", "declined", "screen.decline"),
            ("w", "why", "screen.problem"),
            ("t", "tracker", "screen.tracker"),
            ("m", "join", "screen.join"),
            ("esc", "back", "screen.leave"),
        )

    def on_mount(self) -> None:
        """Show them."""
        self._draw()
        self.options.focus()

    @on(OptionList.OptionHighlighted)
    def _highlighted(self) -> None:
        here = self._here
        detail = _detail(here) if here else line(_EMPTY)
        self.query_one(".detail", Static).update(detail)

    def action_put(self, state: str) -> None:
        """Say where it stands."""
        self._change(state=state)

    def action_problem(self) -> None:
        """Write down the problem behind it."""
        here = self._here
        if here:
            heading, value = "What are they trying to get done?", here.idea.problem
            self._ask(heading, here.idea.title, lambda text: self._change(problem=text), value)

    def action_tracker(self) -> None:
        """Write down where the tracker has it."""
        here = self._here
        if here:
            heading, value = "Where does your tracker have it?", here.idea.url
            self._ask(heading, "https://…", lambda text: self._change(url=text), value)

    def action_join(self) -> None:
        """Mark an idea, then make it one with the next one marked."""
        here, now = self._here, self._main.desk.now()
        if here is None:
            return
        marked = next((one for one in self._found if one.idea.id == self._marked), None)
        if marked is None or marked.idea.id == here.idea.id:
            self._marked = here.idea.id
            self.say("Marked. m on another idea makes one of both, under that one's name.")
            return
        self._marked = None
        self._do(lambda ws: ideas.join_ideas(ws, marked.idea, here.idea, now))

    def action_ship(self) -> None:
        """Say what they can do now, and tell them."""
        here = self._here
        if here:
            heading = "It is live: what can they do now, and where?"
            state = IdeaState.SHIPPED
            self._ask_all(
                here, state, heading, here.idea.title, lambda texts: self._tell(here, state, texts)
            )

    def action_decline(self) -> None:
        """Say why not, and what to do instead, and tell them."""
        here = self._here
        if here is None:
            return
        state = IdeaState.DECLINED

        def reasoned(reasons: tuple[str, ...]) -> None:
            heading, hint = "What can they do instead?", "Even with another product."
            self._ask_all(
                here, state, heading, hint, lambda texts: self._tell(here, state, reasons, texts)
            )

        heading = "Why not? As you would tell them."
        self._ask_all(here, state, heading, here.idea.title, reasoned)

    def _ask_all(
        self,
        here: Wanted,
        state: IdeaState,
        heading: str,
        hint: str,
        then: Callable[[tuple[str, ...]], None],
    ) -> None:
        """Ask once for each language that the voters write."""

        def voters(ws: Workspace) -> list[Ticket]:
            return [ticket for _, ticket in ideas.voters_to_tell(ws, here, state)]

        def first(text: str) -> None:
            ask_in_tongues(self._main, heading, text, voters, then, self._fail)

        self._ask(heading, hint, first)

    def _ask(self, heading: str, hint: str, then: Callable[[str], None], value: str = "") -> None:
        def answered(text: str | None) -> None:
            if text:
                then(text)

        self.app.push_screen(TextPrompt(heading, hint, value=value), answered)

    def _tell(
        self,
        here: Wanted,
        state: IdeaState,
        text: tuple[str, ...],
        instead: tuple[str, ...] = (),
    ) -> None:
        now = self._main.desk.now()

        def work(ws: Workspace) -> list[Letter]:
            return ideas.letters_about(ws, here, state, text, instead, now)

        def send(ws: Workspace) -> object:
            return ideas.tell_voters(ws, here, state, text, instead, now)

        review_letters(self._main, work, send, self._told, self._fail)

    def _told(self, many: int) -> None:
        self._read()
        undo = self._main.keymap.first_key("undo")
        self.say(f"{counted(many, 'mail')} on their way. In the list {undo} takes them back.")

    def _change(self, **said: str) -> None:
        here, now = self._here, self._main.desk.now()
        if here is not None:
            self._do(lambda ws: ideas.change_idea(ws, here.idea, now, **said))

    def _do(self, work: Callable[[Workspace], object]) -> None:
        self._main.writer.submit(work, lambda _done: self._read(), self._fail)

    def _read(self) -> None:
        def show(found: list[Wanted]) -> None:
            self._found = found
            self._draw()

        self._main.writer.submit(ideas.list_ideas, show, self._fail)

    @property
    def _here(self) -> Wanted | None:
        at = self.options.highlighted
        return self._found[at] if at is not None and at < len(self._found) else None

    def _draw(self) -> None:
        if not self.is_attached:
            return
        options = self.options
        here = options.highlighted or 0
        options.clear_options()
        options.add_options([Option(_row(one), id=one.idea.id) for one in self._found])
        options.highlighted = min(here, len(self._found) - 1) if self._found else None
        self._highlighted()

    def _fail(self, words: str) -> None:
        self.say(words, trouble=True)


def _row(one: Wanted) -> Content:
    votes = SafeLine(f"{len(one.voters):>4}  ")
    state = SafeLine(f"{STATE_WORDS[one.idea.state]:<16}")
    return content((votes, "bold"), (state, "$text-muted"), safe_line(one.idea.title, 120))


def _detail(one: Wanted) -> Content:
    idea = one.idea
    rows = [f"{idea.name} · {counted(len(one.voters), 'voter')}"]
    rows += [f"The problem: {idea.problem}"] if idea.problem else []
    rows += [f"Said: {idea.reason}"] if idea.reason else []
    rows += [f"Tracker: {idea.url}"] if idea.url else []
    rows += [f"{v.name or v.address}: “{safe_line(v.words, 160)}”" for v in one.voters[:_SHOWN]]
    return content(SafeLine("\n")).join([line(safe_line(row, 220)) for row in rows])


def show_ideas(main: "MainScreen") -> None:
    """Show all ideas."""

    def show(found: list[Wanted]) -> None:
        main.app.push_screen(IdeasScreen(main, found), lambda _: main.reread())

    main.writer.submit(ideas.list_ideas, show, partial(main.say, trouble=True))
