"""Words for the same thing, from a file: groups of which a mail should use their word."""

import tomllib
from collections.abc import Mapping

from founder_inbox.errors import ConfigError

Groups = tuple[tuple[str, ...], ...]


def parse_synonyms(files: Mapping[str, str]) -> Groups:
    """Read `groups = [["project", "workspace"], …]` of each file. Raises ConfigError."""
    return tuple(group for name, text in files.items() for group in _groups(name, text))


def _groups(name: str, text: str) -> Groups:
    try:
        groups = tomllib.loads(text).get("groups", [])
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{name}: {error}. No word of it is used.") from None
    if not isinstance(groups, list):
        raise ConfigError(f'{name}: groups is not a list: groups = [["project", "workspace"]].')
    return tuple(_group(name, number, group) for number, group in enumerate(groups, 1))


def _group(name: str, number: int, group: object) -> tuple[str, ...]:
    words = [str(word).lower() for word in group] if isinstance(group, list) else []
    if len(words) < 2 or any(not word.replace("-", "").isalpha() for word in words):
        raise ConfigError(
            f"{name}: group {number} of groups is not a list of two or more single words."
        )
    return tuple(words)
