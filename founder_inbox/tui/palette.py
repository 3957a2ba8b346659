"""The command palette: every action by name, each with its key."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from textual.command import CommandPalette, DiscoveryHit, Hit, Hits, Provider
from textual.content import Content

from founder_inbox.app.queue.searches import saved_searches
from founder_inbox.core.display import SafeLine, safe_line
from founder_inbox.core.keys import ACTIONS, Action, Group
from founder_inbox.core.tickets.saved_searches import SavedSearch
from founder_inbox.tui.help_screen import names_of
from founder_inbox.tui.triage.saved_searches import run_saved
from founder_inbox.tui.widgets.text import content

if TYPE_CHECKING:
    from founder_inbox.tui.main_screen import MainScreen

_NOT_HERE = {Group.COMPOSER, Group.REVIEW}
_MOVES = {"up", "down", "page_up", "page_down", "first", "last", "palette"}


def open_palette(main: "MainScreen") -> None:
    """Open the palette for the main screen."""

    class Commands(Provider):
        """The registry's actions as commands."""

        async def discover(self) -> Hits:
            """All commands, before anything is typed."""
            for action in _commands():
                prompt, run = _prompt(main, action), partial(_run, main, action.id)
                yield DiscoveryHit(prompt, run, text=action.help)
            for search in saved_searches(main.desk.ws):
                prompt, run = _search_prompt(search), partial(_run_search, main, search)
                yield DiscoveryHit(prompt, run, text=f"Search: {search.name}")

        async def search(self, query: str) -> Hits:
            """The commands that fit what is typed."""
            matcher = self.matcher(query)
            for action in _commands():
                score = _score(matcher.match, query, action)
                if score > 0:
                    prompt, run = _prompt(main, action), partial(_run, main, action.id)
                    yield Hit(score, prompt, run, text=action.help)
            for search in saved_searches(main.desk.ws):
                score = matcher.match(f"Search: {search.name}")
                if score > 0:
                    prompt, run = _search_prompt(search), partial(_run_search, main, search)
                    yield Hit(score, prompt, run, text=f"Search: {search.name}")

    main.app.push_screen(
        CommandPalette(providers=[Commands], placeholder="What do you want to do?")
    )


def _score(match: Callable[[str], float], query: str, action: Action) -> float:
    """How well an action fits: its words as typed come before letters found here and there."""
    fuzzy = max(match(action.help), match(action.label))
    names = names_of(action).casefold()
    whole = all(word in names for word in query.casefold().split())
    return fuzzy + 10 if whole else fuzzy


def _commands() -> list[Action]:
    found = [a for a in ACTIONS if a.group not in _NOT_HERE and a.id not in _MOVES]
    return sorted(found, key=lambda action: action.group is Group.MOVE)


def _prompt(main: "MainScreen", action: Action) -> Content:
    key = main.keymap.shown(action.id)
    return content(SafeLine(action.help.rstrip(".")), (SafeLine(f"   {key}"), "bold $text-accent"))


def _search_prompt(search: SavedSearch) -> Content:
    name = safe_line(f"Search: {search.name}")
    return content(name, (SafeLine(f"   {safe_line(search.query, 60)}"), "$text-muted"))


def _run_search(main: "MainScreen", search: SavedSearch) -> None:
    main.call_later(partial(run_saved, main, search))


def _run(main: "MainScreen", action: str) -> None:
    later: Callable[[], None] = partial(main.run, action)
    main.call_later(later)
