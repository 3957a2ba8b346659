"""Which key does what here: the registry of `keys` with the founder's own wishes."""

import difflib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from founder_inbox.core.keys import ACTIONS, BY_ID, FIXED, Action, Group
from founder_inbox.errors import ConfigError

_MODIFIED = re.compile(r"(?:(?:ctrl|alt|shift|super)\+){1,3}[a-z0-9_]{1,20}")
_NAMED = FIXED | {"space", "tab", "backspace", "delete", "insert", "home", "end"}
_NAMED |= {"pageup", "pagedown"} | {f"f{number}" for number in range(1, 13)}
# These have screens of their own, so the same key may mean something else there.
_APART = (Group.COMPOSER, Group.REVIEW)


@dataclass(frozen=True, slots=True)
class Keymap:
    """Which keys each action has, after the founder's own wishes."""

    keys: Mapping[str, tuple[str, ...]]
    _pressed: Mapping[str, str] = field(default_factory=dict)
    _prefixes: frozenset[str] = frozenset()

    def action_for(self, pressed: str) -> str | None:
        """The action that a key or sequence starts on the main screen."""
        return self._pressed.get(pressed)

    def is_prefix(self, pressed: str) -> bool:
        """Whether a key begins sequences only."""
        return pressed in self._prefixes

    def following(self, prefix: str) -> list[tuple[str, Action]]:
        """What may follow a prefix: second key and action."""
        return [
            (keys.partition(" ")[2], BY_ID[action])
            for keys, action in self._pressed.items()
            if keys.startswith(prefix + " ")
        ]

    def first_key(self, action: str) -> str:
        """The key that footer and palette show; empty when there is none."""
        return next(iter(self.keys.get(action, ())), "")

    def shown(self, action: str) -> str:
        """All keys of an action as people read them: "enter, o"."""
        return ", ".join(self.keys.get(action, ()))


def key_name(key: str, character: str | None) -> str:
    """A pressed key as the registry spells it: its character where it has one, else its name."""
    if character and character.isprintable() and not character.isspace():
        return character
    return key


def resolve(overrides: Mapping[str, str | Sequence[str]]) -> Keymap:
    """The keymap with `[keys]` of the configuration. Raises ConfigError for what can't be."""
    keys = {action.id: action.keys for action in ACTIONS}
    for name, given in overrides.items():
        action = _named(name)
        wanted = (given,) if isinstance(given, str) else tuple(given)
        keys[name] = tuple(_spelled(action, key) for key in wanted if key.strip())
        keys[name] += tuple(key for key in action.keys if key in FIXED)
    return Keymap(keys, *_table(keys))


def _named(name: str) -> Action:
    action = BY_ID.get(name)
    if action is None:
        near = difflib.get_close_matches(name, BY_ID, n=1, cutoff=0.5)
        hint = f" Did you mean {near[0]}?" if near else ""
        raise ConfigError(
            f"[keys] has no action {name!r}.{hint} docs/keys.md lists every action with its key."
        )
    if action.fixed:
        raise ConfigError(
            f"[keys] {name}: {', '.join(action.keys)} can't be changed, because nobody should get "
            "stuck. Remove the line."
        )
    return action


def _spelled(action: Action, given: str) -> str:
    parts = given.split()
    if not 1 <= len(parts) <= 2 or not all(map(_is_key, parts)):
        raise ConfigError(
            f"[keys] {action.id} = {given!r} is not a key. A key is one character (j, #), a name "
            "(space, f5), one with ctrl+ before it (ctrl+r), or two with a space between (g i)."
        )
    if action.group is Group.COMPOSER and (len(parts) > 1 or len(parts[0]) == 1):
        raise ConfigError(
            f"[keys] {action.id} = {given!r} would be typed into the mail. Choose a key with "
            "ctrl+ or alt+ before it, or one of f1 to f12."
        )
    taken = [key for key in parts if key in FIXED]
    if taken:
        raise ConfigError(
            f"[keys] {action.id} = {given!r}: {taken[0]} is kept for moving, opening and going "
            "back. Choose another key."
        )
    return " ".join(parts)


def _is_key(key: str) -> bool:
    return len(key) == 1 or key in _NAMED or _MODIFIED.fullmatch(key) is not None


def _table(keys: Mapping[str, tuple[str, ...]]) -> tuple[dict[str, str], frozenset[str]]:
    """Key to action for the main screen, and the prefixes. Raises ConfigError on a clash."""
    pressed: dict[str, str] = {}
    for action in ACTIONS:
        for key in keys[action.id] if action.group not in _APART else ():
            if key in pressed:
                raise _clash(key, pressed[key], action.id)
            pressed[key] = action.id
    prefixes = frozenset(key.partition(" ")[0] for key in pressed if " " in key)
    for key in sorted(prefixes & pressed.keys()):
        longer = next(name for long, name in pressed.items() if long.startswith(key + " "))
        raise _clash(key, pressed[key], longer)
    return pressed, prefixes


def _clash(key: str, one: str, other: str) -> ConfigError:
    return ConfigError(
        f"[keys] gives {key!r} to both {one} and {other}. "
        "Give one of them another key, or an empty list for none."
    )
