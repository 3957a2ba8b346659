"""A conversation as another help desk kept it, whichever that was."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from founder_inbox.core.model import Address


class Voice(StrEnum):
    """Who speaks in an entry, and whether the customer ever saw it."""

    CUSTOMER = "customer"
    US = "us"
    NOTE = "note"


class State(StrEnum):
    """Whose turn it was there."""

    OPEN = "open"
    PENDING = "pending"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One thing that was said. `text` is HTML where `html`; `files` names what was attached.

    `id` tells it from every other one of the same help desk; `message_id` is the mail's own, ""
    where the help desk does not say it. `author.address` may be empty.
    """

    id: str
    voice: Voice
    at: datetime
    author: Address
    text: str
    html: bool
    to: tuple[Address, ...] = ()
    cc: tuple[Address, ...] = ()
    files: tuple[str, ...] = ()
    message_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversation:
    """Everything that was said about one thing, oldest first. `desk` is the program's name.

    `assignee` is who had it there, if anybody.
    """

    desk: str
    id: str
    subject: str
    customer: Address
    state: State
    entries: tuple[Entry, ...]
    tags: tuple[str, ...] = ()
    assignee: Address | None = None


@dataclass(frozen=True, slots=True)
class Broken:
    """A record that can't be read; `words` complete "page-3.json, conversation 7: …"."""

    words: str


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A record that is no work: spam, deleted, a draft, merged into another one."""


Found = Conversation | Broken | LeftOut
