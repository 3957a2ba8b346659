"""A mail and its flags as the server gives them."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Flags:
    """The flags of a mail that mean something to us."""

    seen: bool
    answered: bool
    flagged: bool
    keywords: str = ""


@dataclass(frozen=True, slots=True)
class Fetched:
    """One mail as the server gave it. `body` may be only the beginning (`complete` False)."""

    uid: int
    body: bytes
    size: int
    received_at: datetime
    flags: Flags
    complete: bool = True
