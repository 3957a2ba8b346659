"""The composer's keys as the founder wants them: its own bindings, and the hints that name them."""

from collections.abc import Mapping
from types import MappingProxyType

from founder_inbox.core.keymap import Keymap
from founder_inbox.tui.widgets.dialog import Hint

# The composer's binding to the action in the registry of keys.
_BINDINGS: Mapping[str, str] = MappingProxyType(
    {
        "composer.review": "review",
        "composer.canned": "composer_canned",
        "composer.attach": "attach",
        "composer.editor": "editor",
        "composer.read_up": "read_up",
        "composer.read": "read_on",
        "composer.take_five": "composer_take_five",
        "composer.next_field": "next_field",
        "composer.finding": "next_finding",
        "composer.take_spelling": "take_spelling",
        "composer.silence_here": "silence_here",
        "composer.silence_forever": "silence_forever",
    }
)

_HINTS: tuple[Hint, ...] = (
    ("ctrl+s", "review", "review"),
    ("/", "canned", "canned"),
    ("ctrl+l", "files", "attach"),
    ("ctrl+e", "editor", "edit_outside"),
    ("esc", "back", "leave"),
)
# Textual leaves a binding as it is where it gets no key: one that no keyboard has takes it away.
_NO_KEY = "no_key"


def composer_keys(keymap: Keymap) -> dict[str, str]:
    """Bindings to their keys, as `App.set_keymap` takes them."""
    return {
        binding: ",".join(keymap.keys[action]) or _NO_KEY for binding, action in _BINDINGS.items()
    }


def composer_hints(keymap: Keymap | None) -> tuple[Hint, ...]:
    """The foot's hints with the founder's keys; those whose action has no key are left out."""
    if keymap is None:
        return _HINTS
    named = {action: keymap.first_key(action) for action in _BINDINGS.values()}
    named["edit_outside"] = named["editor"]
    shown = ((named.get(action, key), words, action) for key, words, action in _HINTS)
    return tuple(hint for hint in shown if hint[0])


def next_field_hint(keymap: Keymap | None) -> tuple[Hint, ...]:
    """The hint beside the open fields; none where the founder took the key away."""
    key = keymap.first_key("next_field") if keymap else "ctrl+n"
    return ((key, "next", "next_field"),) if key else ()
