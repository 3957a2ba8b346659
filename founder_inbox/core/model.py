"""The records everything speaks in: frozen, plain, without I/O.

Every `datetime` is aware and in UTC. Message-IDs keep their angle brackets, as in RFC 5322.
All text in here has passed `core.display`: no control or direction characters.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

LARGE = 256 * 1024
"""Bytes from which on a mail is fetched without its heavy parts."""


class Lane(StrEnum):
    """The handbook's queue step (ch. 4), in queue order; machine mail stands apart."""

    THANKS = "thanks"
    URGENT = "urgent"
    HOWTO = "howto"
    FEATURE = "feature"
    AUTOMATIC = "automatic"


class Topic(StrEnum):
    """What an urgent mail is about; billing goes before everything else (ch. 4)."""

    BILLING = "billing"
    OUTAGE = "outage"
    BUG = "bug"
    SECURITY = "security"


class Status(StrEnum):
    """Whose turn it is."""

    OPEN = "open"
    WAITING = "waiting"
    SNOOZED = "snoozed"
    HANDED_OFF = "handed_off"
    CLOSED = "closed"


class MailKind(StrEnum):
    """Who is behind a mail: a person, a machine, a list, or a failed delivery."""

    CUSTOMER = "customer"
    AUTOMATIC = "automatic"
    BULK = "bulk"
    BOUNCE = "bounce"


class Direction(StrEnum):
    """To us, or from us."""

    IN = "in"
    OUT = "out"


@dataclass(frozen=True, slots=True)
class Address:
    """A mailbox: display name (may be empty) and addr-spec, lower-cased domain."""

    name: str
    address: str


@dataclass(frozen=True, slots=True)
class Attachment:
    """A part that is not shown as text. `part` is its index in `core.mime.leaves` order."""

    name: str
    type: str
    size: int
    part: int


@dataclass(frozen=True, slots=True)
class LeftPart:
    """A part of a large mail that was left on the server, or of which only the beginning is here.

    `leaf` is its index in `core.mime.leaves` order, `section` its number in IMAP (RFC 9051,
    6.4.5), `size` its bytes there, `encoding` the transfer encoding in lower case.
    """

    leaf: int
    section: str
    size: int
    encoding: str


@dataclass(frozen=True, slots=True)
class Bounce:
    """A failed delivery (RFC 3464): who was not reached, which mail of ours, how final."""

    recipient: str
    message_id: str | None
    permanent: bool
    diagnostic: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """Why a mail stands in its lane. `reasons` are short words a person can read."""

    lane: Lane
    topic: Topic | None
    reasons: tuple[str, ...]
    sure: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """A raw mail as we understood it.

    `text` is the whole readable body; `new_text`, `quoted` and `signature` are its parts.
    `message_id` is made from a hash where the mail has none. `references` is the header's ids in
    order, then In-Reply-To's where missing there. `date` is what the mail claims, or None.
    `warnings` are sentences for `inspect` and the ticket ("header damaged"). `interleaved` means
    that answers stand between quotations: `new_text` has the answers, the screen shows `text`.
    `posted_to` is the address of the list that passed on what is otherwise a person's mail: if
    the founder is support on that list, it is a customer's. `conversation` is an id made of what
    Outlook says of its conversation and of the sender, empty where it says nothing. `unproven`:
    the receiving server found that the sender's domain does not stand by the mail.
    """

    message_id: str
    references: tuple[str, ...]
    sender: Address
    reply_to: tuple[Address, ...]
    to: tuple[Address, ...]
    cc: tuple[Address, ...]
    subject: str
    date: datetime | None
    kind: MailKind
    text: str
    new_text: str
    quoted: str
    signature: str
    attachments: tuple[Attachment, ...]
    bounce: Bounce | None
    warnings: tuple[str, ...]
    interleaved: bool = False
    posted_to: str = ""
    conversation: str = ""
    unproven: bool = False
