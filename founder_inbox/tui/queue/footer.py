"""The last line: what just happened, else the keys that matter here."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from rich.cells import cell_len
from textual.content import Content
from textual.reactive import reactive
from textual.widgets import Static

from founder_inbox.core.display import SafeLine, safe_line
from founder_inbox.core.keymap import Keymap
from founder_inbox.core.keys import BY_ID
from founder_inbox.tui.widgets.text import clickable, content, pressable


class Mood(Enum):
    """Where the founder is, as far as the footer is concerned."""

    LIST = ("done", "reply", "canned", "hand_off", "quick_fix", "snooze")
    THANKS = ("sweep", "done", "reply", "canned", "hand_off", "snooze")
    TICKET = ("done", "reply", "canned", "hand_off", "snooze", "back")
    SELECTED = ("done", "snooze", "quick_fix", "tag", "select_all", "back")
    ELSEWHERE = ("open", "reopen", "reply", "note", "undo", "go_queue")
    EMPTY = ("go_waiting", "go_snoozed", "go_all", "go_outbox", "undo")
    READ_ONLY = ("open", "reply", "unfold", "back")
    SEARCH = ()


class Footer(Static):
    """Six keys and the way to all others; or one message until the next key."""

    auto_links = reactive(False)

    def __init__(self, keymap: Keymap, handing: str) -> None:
        """`handing`: what handing off does, in a word or three; empty: as in the registry."""
        super().__init__(id="footer", markup=False)
        self._keymap = keymap
        self._handing = handing
        self.message = ""
        self._shown: Content | None = None
        self._mood = Mood.SEARCH

    def on_click(self) -> None:
        """A click on what was said brings the keys back."""
        if self.message:
            self.show_keys(self._mood)

    def show_keys(self, mood: Mood) -> None:
        """Show the keys of a place, as many as there is room for; a click does the same."""
        self._mood = mood
        shown = [self._hint(action) for action in mood.value if self._keymap.first_key(action)]
        extra = [self._hint("search"), self._hint("help")]
        room = (self.app.size.width or 80) - 2
        while len(shown) > 1 and _width([*shown, *extra]) > room:
            shown.pop()
        self._draw([*shown, *extra])

    def show_following(self, prefix: str) -> None:
        """Show what may follow a first key."""
        following = self._keymap.following(prefix)
        self._draw([_Hint(f"{prefix} {key}", action.label, action.id) for key, action in following])

    def say(self, words: str, *, trouble: bool = False) -> None:
        """Show one sentence instead."""
        self.message = words
        self.set_class(bool(words), "-said")
        style = "bold $text-error" if trouble else "$text-success"
        self._write(content((safe_line(words, 2_000), style)))

    def show_found(self) -> None:
        """Show the keys among the hits of an open ticket."""
        steps = [
            _Hint(self._keymap.first_key(action), words, action)
            for action, words in (("next_message", "next hit"), ("previous_message", "hit before"))
        ]
        shown = [hint for hint in steps if hint.key]
        self._draw([*shown, *map(self._hint, ("done", "reply", "back", "help"))])

    def show_find(self) -> None:
        """Show the keys of the field that looks inside a ticket."""
        self._draw(
            [
                _Hint("enter", "from hit to hit"),
                _Hint("/", "everywhere", "search"),
                _Hint("escape", "back"),
            ]
        )

    def show_search(self) -> None:
        """Show the keys of the search field."""
        keys = [_Hint("enter", "open the list"), _Hint("down", "choose"), _Hint("escape", "back")]
        self._draw([*keys, self._hint("save_search")])

    def _draw(self, hints: Sequence["_Hint"]) -> None:
        self.message = ""
        self.remove_class("-said")
        self._write(content(_GAP).join(hint.content for hint in hints))

    def _write(self, words: Content) -> None:
        """Draw, if it is something else: this is asked for with every key."""
        if self._shown is None or not words.is_same(self._shown):
            self._shown = words
            self.update(words)

    def _hint(self, action: str) -> "_Hint":
        key = self._keymap.first_key(action)
        label = BY_ID[action].label
        if action == "hand_off" and self._handing:
            label = self._handing
        return _Hint(key, label, action)


_GAP = SafeLine("   ")
_SHORT = {"escape": "esc", "down": "↓ ↑"}


@dataclass(frozen=True, slots=True)
class _Hint:
    """A key and its word; `action` is what a click does, without one the key is pressed."""

    key: str
    label: str
    action: str = ""

    @property
    def content(self) -> Content:
        about = SafeLine(f" {self.safe_label}")
        words = content((self.shown_key, "bold $text-accent"), about)
        return clickable(words, self.action) if self.action else pressable(words, self.key)

    @property
    def shown_key(self) -> SafeLine:
        return safe_line(_SHORT.get(self.key, self.key))

    @property
    def safe_label(self) -> SafeLine:
        return safe_line(self.label)

    @property
    def width(self) -> int:
        return cell_len(self.shown_key) + 1 + cell_len(self.safe_label)


def _width(hints: Sequence[_Hint]) -> int:
    return sum(hint.width + len(_GAP) for hint in hints) - len(_GAP)
