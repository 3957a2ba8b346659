"""Every key on one screen; typing narrows it, enter does it."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from founder_inbox.core.display import SafeLine, safe_line
from founder_inbox.core.keymap import Keymap
from founder_inbox.core.keys import ACTIONS, Action, Group
from founder_inbox.tui.widgets.dialog import DOWN, ENTER, Dialog, Hint
from founder_inbox.tui.widgets.text import content
from founder_inbox.tui.widgets.text_fields import LineField

_KEYS = 16


def names_of(action: Action) -> str:
    """All words an action may be looked for by: what it does, its label, its name in `[keys]`."""
    return f"{action.help} {action.label} {action.id.replace('_', ' ')}"


class HelpScreen(Dialog[str | None]):
    """The result is the action to run, None for none."""

    DEFAULT_CSS = """
    HelpScreen {
        & > .box { width: 84; height: 90%; }
        LineField { border: none; height: 1; padding: 0 1; background: $boost; margin-bottom: 1; }
        OptionList { border: none; padding: 0; height: 1fr; background: $surface; }
        OptionList > .option-list--option-highlighted { background: $primary-muted; }
        OptionList > .option-list--option-disabled { text-style: bold; color: $text-primary; }
    }
    """
    BINDINGS: ClassVar = [
        ("down", "move('cursor_down')", "Down"),
        ("up", "move('cursor_up')", "Up"),
        ("pagedown", "move('page_down')", "Page down"),
        ("pageup", "move('page_up')", "Page up"),
    ]
    heading = "All keys"

    def __init__(self, keymap: Keymap) -> None:
        super().__init__()
        self._keymap = keymap

    def body(self) -> ComposeResult:
        """Lay out the search field and the list."""
        yield LineField(placeholder="Type to search: snooze, send, lane …")
        options = OptionList(markup=False)
        options.can_focus = False
        yield options

    def hints(self) -> tuple[Hint, ...]:
        """Return the keys."""
        return (("enter", "do it", ENTER), ("↑ ↓", "choose", DOWN), ("esc", "back", "screen.leave"))

    def on_mount(self) -> None:
        """Show all."""
        self.query_one(LineField).focus()
        self._list("")

    def action_move(self, how: str) -> None:
        """Move the choice."""
        getattr(self.query_one(OptionList), f"action_{how}")()

    @on(Input.Changed)
    def _typed(self, message: Input.Changed) -> None:
        self._list(message.value)

    @on(Input.Submitted)
    def _submitted(self) -> None:
        options = self.query_one(OptionList)
        if options.highlighted is not None:
            self._take(options.get_option_at_index(options.highlighted).id)

    @on(OptionList.OptionSelected)
    def _clicked(self, message: OptionList.OptionSelected) -> None:
        self._take(message.option_id)

    def _take(self, action: str | None) -> None:
        apart = {a.id for a in ACTIONS if a.group in {Group.COMPOSER, Group.REVIEW}}
        self.dismiss(None if action in apart else action)

    def _list(self, query: str) -> None:
        options = self.query_one(OptionList)
        options.clear_options()
        words = query.casefold().split()
        for group in Group:
            found = [a for a in ACTIONS if a.group is group and self._fits(a, words)]
            if found:
                options.add_option(Option(content(SafeLine(group.value)), disabled=True))
                options.add_options([Option(self._row(a), id=a.id) for a in found])
        options.action_first()

    def _fits(self, action: Action, words: list[str]) -> bool:
        text = f"{names_of(action)} {action.group} {self._keymap.shown(action.id)}"
        return all(word in text.casefold() for word in words)

    def _row(self, action: Action) -> Content:
        keys = safe_line(self._keymap.shown(action.id)) or SafeLine("in the palette")
        padded = SafeLine(f"  {keys:<{_KEYS}} ")
        return content((padded, "bold $text-accent"), SafeLine(action.help))
