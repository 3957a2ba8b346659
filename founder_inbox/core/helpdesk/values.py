"""Values out of foreign JSON, whatever type they turn out to have."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TypeAlias

from founder_inbox.core.display import safe_line
from founder_inbox.core.mime.addresses import read_addresses
from founder_inbox.core.model import Address

Value: TypeAlias = object
Record: TypeAlias = Mapping[str, object]

LONGEST_TEXT = 2_000_000
MOST_ENTRIES = 5_000


def record(value: Value) -> Record:
    """The value if it is an object, else an empty one."""
    return value if isinstance(value, dict) else {}


def items(value: Value) -> list[Value]:
    """The value if it is a list, else an empty one."""
    return value if isinstance(value, list) else []


def text(value: Value) -> str:
    """The value if it is text or a number, as text; else ""."""
    if isinstance(value, str):
        return value[:LONGEST_TEXT]
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else ""


def line(value: Value, limit: int = 300) -> str:
    """The same on one line."""
    return safe_line(text(value), limit)


def time(value: Value) -> datetime | None:
    """An ISO 8601 time with its zone; without one it is UTC. None for anything else."""
    try:
        moment = datetime.fromisoformat(text(value)[:40])
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def people(value: Value) -> tuple[Address, ...]:
    """The addresses in a list of texts, or in one text; those without an @ are left out."""
    given = ", ".join(text(one) for one in items(value)) if isinstance(value, list) else text(value)
    return tuple(person for person in read_addresses(given).addresses if "@" in person.address)
