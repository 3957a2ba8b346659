"""A mail and its flags as the server gives them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from founder_inbox.core.model import LeftPart
from founder_inbox.core.sync.uids import Ranges

# Arrival at the server where it named none, or one that no calendar has.
NO_DATE = datetime.fromtimestamp(0, UTC)


@dataclass(frozen=True, slots=True)
class Flags:
    """The flags of a mail that mean something to us; `keywords` also says that it is deleted."""

    seen: bool
    answered: bool
    flagged: bool
    keywords: str = ""


@dataclass(frozen=True, slots=True)
class Fetched:
    """One mail as the server gave it.

    `complete` False: `body` is only the beginning, or lacks the heavy parts, which are in `left`.
    `received_at` is NO_DATE where the server named no usable one.
    """

    uid: int
    body: bytes
    size: int
    received_at: datetime
    flags: Flags
    complete: bool = True
    left: tuple[LeftPart, ...] = ()


@dataclass(frozen=True, slots=True)
class Summary:
    """What tells a mail from others without fetching it; `message_id` may be empty."""

    uid: int
    size: int
    received_at: datetime
    message_id: str
    flags: Flags


@dataclass(frozen=True, slots=True)
class Changes:
    """What happened since we looked: flags by UID, of new mails too, and UIDs that are gone.

    `vanished` may be open ended, and name mails that we never had.
    """

    flags: Mapping[int, Flags]
    vanished: Ranges


@dataclass(frozen=True, slots=True)
class Copied:
    """Where mails lie after a copy or a move: the target's UIDVALIDITY, and new UIDs by old ones.

    Empty where the server doesn't say (RFC 4315, COPYUID).
    """

    uidvalidity: int = 0
    uids: Mapping[int, int] = field(default_factory=dict)
