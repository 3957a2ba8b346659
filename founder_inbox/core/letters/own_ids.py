"""Message-IDs that only we can have made: they bring an answer home when all else is stripped.

`<fi.TICKET.TOKEN@domain>` stands in References of our replies, `<fi.h.TICKET.TOKEN@domain>` in
those of a hand-off. The token is an HMAC, so that a stranger can't write one for another ticket.
"""

import base64
import hashlib
import hmac
import re
from dataclasses import dataclass
from enum import StrEnum

from founder_inbox.core.letters.fields import ascii_domain
from founder_inbox.errors import BadInput

_TICKET = r"[0-9a-hjkmnp-tv-z]{7,51}"
_TICKET_ONLY = re.compile(_TICKET)
_TOKEN_LENGTH = 16
_OWN = re.compile(rf"<fi\.(h\.)?({_TICKET})\.([a-z2-7]{{{_TOKEN_LENGTH}}})@([!-;=?-~]{{1,255}})>")
_ORIGINAL = re.compile(
    rb"(?im)^(?:X-Founder-Inbox|X-Microsoft-Original-Message-ID):[ \t]{0,9}(?:\r?\n[ \t]{1,9})?"
    rb"(<[!-;=?-~]{1,990}>)"
)
_HEAD = 65_536
_RANDOM = re.compile(r"[0-9a-f]{16,64}")


class OwnKind(StrEnum):
    """What an id of ours is about: a reply to a customer, or a hand-off to a teammate."""

    REPLY = "reply"
    HAND_OFF = "hand_off"


@dataclass(frozen=True, slots=True)
class OwnId:
    """An id in our form. Nothing is proven until `is_genuine` has looked at the token."""

    kind: OwnKind
    ticket: str
    token: str


def new_message_id(domain: str, random_hex: str) -> str:
    """Make a Message-ID from 16 to 64 hexadecimal digits of chance, which the caller draws."""
    if not _RANDOM.fullmatch(random_hex):
        raise BadInput("A Message-ID is made from 16 to 64 hexadecimal digits.")
    return f"<{random_hex}@{ascii_domain(domain)}>"


def own_id(kind: OwnKind, ticket: str, secret: bytes, domain: str) -> str:
    """Make our id for a ticket; `secret` is the account's key, the same on each machine."""
    if not _TICKET_ONLY.fullmatch(ticket):
        raise BadInput(f"“{ticket[:60]}” is not a ticket's id.")
    mark = "h." if kind is OwnKind.HAND_OFF else ""
    return f"<fi.{mark}{ticket}.{_token(kind, ticket, secret)}@{ascii_domain(domain)}>"


def parse_own_id(message_id: str) -> OwnId | None:
    """Read an id of our form, from any domain; None for any other text."""
    found = _OWN.fullmatch(message_id.strip())
    if not found:
        return None
    kind = OwnKind.HAND_OFF if found[1] else OwnKind.REPLY
    return OwnId(kind, found[2], found[3])


def is_genuine(own: OwnId, secret: bytes) -> bool:
    """Check the token in constant time."""
    return hmac.compare_digest(own.token, _token(own.kind, own.ticket, secret))


def original_ids(raw: bytes) -> list[str]:
    """The Message-IDs a mail of ours had when it left, where a provider put another one on it.

    They prove nothing in a mail that came in; ask only of one that lies in Sent.
    """
    head = re.split(rb"\r?\n\r?\n", raw[:_HEAD], maxsplit=1)[0]
    return [found.decode("ascii") for found in _ORIGINAL.findall(head)]


def _token(kind: OwnKind, ticket: str, secret: bytes) -> str:
    digest = hmac.new(secret, f"{kind}.{ticket}".encode(), hashlib.sha256).digest()
    return base64.b32encode(digest).decode().lower()[:_TOKEN_LENGTH]
