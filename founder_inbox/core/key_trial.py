"""Which keys a terminal may keep for itself, and what else does the same."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from founder_inbox.core.keys import ACTIONS, FIXED, Action


@dataclass(frozen=True, slots=True)
class TriedKey:
    """A key that is no letter or sign, the words of what it does, and whose keys those are."""

    key: str
    words: str
    actions: tuple[Action, ...]


def keys_to_try() -> tuple[TriedKey, ...]:
    """Every key of the registry that a terminal or a program around it may take away."""
    found: dict[str, list[Action]] = {}
    for action in ACTIONS:
        for key in action.keys:
            if len(key) > 1 and " " not in key and key != "space":
                found.setdefault(key, []).append(action)
    return tuple(
        TriedKey(key, ", ".join(dict.fromkeys(action.label for action in actions)), tuple(actions))
        for key, actions in found.items()
    )


def advice(arrived: Collection[str]) -> Iterator[str]:
    """A sentence for each key that did not arrive: what it does, and another way there."""
    for tried in keys_to_try():
        if tried.key not in arrived:
            yield f"{tried.key} ({tried.words}): {_way(tried, arrived)}"


def _way(tried: TriedKey, arrived: Collection[str]) -> str:
    others = [[key for key in action.keys if _arrives(key, arrived)] for action in tried.actions]
    if all(others):
        return (
            f"{' or '.join(dict.fromkeys(key for keys in others for key in keys))} does the same."
        )
    if tried.key in FIXED:
        return "nothing else does all of it; another terminal is needed."
    alone = tried.actions[others.index([])]
    return f'no other key does it; choose one in [keys]: {alone.id} = "…"'


def _arrives(key: str, arrived: Collection[str]) -> bool:
    return key in arrived or len(key.split(maxsplit=1)[0]) == 1
