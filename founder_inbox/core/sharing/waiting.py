"""Replies that wait in the outbox of a machine, as every other machine sees them.

Only the machine that a mail was written on sends it, or one that took it over by hand.
"""

from collections.abc import Mapping
from typing import Any

# A larger mail is told of by its words; its files stay on the machine where it was written.
LARGEST_CARRIED = 4 << 20

# What may be taken over: it is known not to be on its way, and not to have arrived.
TAKEABLE = frozenset({"held", "queued", "failed"})


def text_in(data: Mapping[str, Any], name: str) -> str:
    """A field as text; empty for anything else."""
    value = data.get(name)
    return value if isinstance(value, str) else ""


def texts_in(data: Mapping[str, Any], name: str) -> tuple[str, ...]:
    """A field as texts; those of them that are some."""
    value = data.get(name)
    return tuple(v for v in value if isinstance(v, str)) if isinstance(value, list) else ()
