"""The last step before a stream: everything that is printed is clean, and so is every JSON text."""

import json
from collections.abc import Mapping, Sequence
from typing import TypeAlias

from founder_inbox.core.display import safe_text

Json: TypeAlias = "str | int | float | bool | Sequence[Json] | Mapping[str, Json] | None"

LONGEST = 5_000_000


def as_json(data: Json) -> str:
    """One line of JSON; foreign letters stay as they are, control characters don't."""
    return json.dumps(_clean(data), ensure_ascii=False)


def for_terminal(text: str) -> str:
    """Text that does nothing to a terminal but appear."""
    return safe_text(text, LONGEST)


def _clean(data: Json) -> Json:
    if isinstance(data, str):
        return safe_text(data, LONGEST)
    if isinstance(data, Mapping):
        return {key: _clean(value) for key, value in data.items()}
    if isinstance(data, Sequence):
        return [_clean(value) for value in data]
    return data
