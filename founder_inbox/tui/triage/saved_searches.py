"""Saved searches on the screen: a name for the one in hand, and the list of all."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from founder_inbox.app.queue import searches
from founder_inbox.core.display import SafeLine, safe_line
from founder_inbox.core.tickets.saved_searches import SavedSearch, name_of
from founder_inbox.tui.triage import decisions, moves
from founder_inbox.tui.widgets.dialog import Dialog, Hint
from founder_inbox.tui.widgets.text import content, line

if TYPE_CHECKING:
    from founder_inbox.tui.main_screen import MainScreen

_NONE = "None is saved yet. Search with /, then ctrl+s gives it a name."


def save_search(screen: "MainScreen") -> None:
    """Ask for a name, and keep the search in hand under it."""
    from founder_inbox.tui.widgets.prompts import TextPrompt

    query, now = screen.desk.query, screen.desk.now()
    if not query or screen.desk.trouble:
        screen.say(screen.desk.trouble or "Search for something first, then give it a name.")
        return

    def answered(name: str | None) -> None:
        if name:
            said = f"Saved as {name}; {screen.keymap.first_key('saved_searches')} finds it again."
            decisions.write(
                screen,
                lambda ws: searches.save_search(ws, name, query, now),
                partial(decisions.changed, screen, said),
            )

    prompt = TextPrompt(
        "Save this search", query, check=lambda text: f"Saved as {name_of(text)}", verb="save"
    )
    screen.app.push_screen(prompt, answered)


def show_saved(screen: "MainScreen") -> None:
    """List the saved searches; one is run, or forgotten."""
    known = searches.saved_searches(screen.desk.ws)
    screen.app.push_screen(SavedSearches(known), partial(_chosen, screen))


def run_saved(screen: "MainScreen", search: SavedSearch) -> None:
    """Show what a saved search finds now."""
    moves.search_everything(screen)
    moves.search_for(screen, search.query)
    moves.leave_search(screen, taken=True)


def _chosen(screen: "MainScreen", choice: tuple[str, SavedSearch] | None) -> None:
    if choice is None:
        return
    act, search = choice
    if act == "run":
        run_saved(screen, search)
        return
    now = screen.desk.now()
    said = f"Forgotten: {search.name} · {screen.keymap.first_key('undo')} takes it back"
    decisions.write(
        screen,
        lambda ws: searches.forget_search(ws, search.name, now),
        partial(decisions.changed, screen, said),
    )


class SavedSearches(Dialog[tuple[str, SavedSearch] | None]):
    """The list. The result is what to do with which one: run it, or forget it."""

    DEFAULT_CSS = """
    SavedSearches OptionList { border: none; padding: 0; height: auto; max-height: 60vh; }
    SavedSearches OptionList { background: $surface; }
    """
    BINDINGS: ClassVar = [
        ("j", "move(1)", "Down"),
        ("k", "move(-1)", "Up"),
        ("d", "forget", "Forget"),
        ("q", "leave", "Back"),
    ]
    heading = "Saved searches"

    def __init__(self, known: Sequence[SavedSearch]) -> None:
        super().__init__()
        self._known = tuple(known)

    def body(self) -> ComposeResult:
        """Lay out the names with their queries."""
        if not self._known:
            yield Static(line(_NONE))
            return
        width = max(len(search.name) for search in self._known)
        yield OptionList(
            *(
                Option(
                    content(
                        (safe_line(search.name), "bold $text-accent"),
                        SafeLine(" " * (width - len(search.name) + 3)),
                        safe_line(search.query, 200),
                    )
                )
                for search in self._known
            ),
            markup=False,
        )

    def hints(self) -> tuple[Hint, ...]:
        """Return the keys."""
        back: Hint = ("esc", "back", "screen.leave")
        if not self._known:
            return (back,)
        return (("enter", "search", "screen.run"), ("d", "forget", "screen.forget"), back)

    def action_move(self, steps: int) -> None:
        """Move the cursor."""
        for options in self.query(OptionList):
            (options.action_cursor_down if steps > 0 else options.action_cursor_up)()

    def action_run(self) -> None:
        """Search for it."""
        self._take("run")

    def action_forget(self) -> None:
        """Keep it no longer."""
        self._take("forget")

    @on(OptionList.OptionSelected)
    def _clicked(self) -> None:
        self._take("run")

    def _take(self, act: str) -> None:
        for options in self.query(OptionList):
            if options.highlighted is not None:
                self.dismiss((act, self._known[options.highlighted]))
