"""What the headers of a mail say about whether a machine may answer it (RFC 3834)."""

from dataclasses import dataclass, field
from datetime import datetime

from founder_inbox.core.mime.addresses import read_addresses
from founder_inbox.core.mime.charsets import decode
from founder_inbox.core.mime.headers import MAX_HEAD, Headers, split_head
from founder_inbox.core.mime.mail_fields import read_date
from founder_inbox.core.model import Address, MailKind

LOOP_MARK = "x-founder-inbox-loop"
_RECIPIENT_FIELDS = ("to", "cc", "resent-to", "resent-cc")


@dataclass(frozen=True, slots=True, kw_only=True)
class MailFacts:
    """What a decision about an automatic answer rests on; addresses are folded.

    `return_path` is None where the mail has no such header and "" where the sender is null.
    `fields` are the names of its header fields in lower case. `received_at` is the server's
    arrival time, `date` what the mail claims.
    """

    kind: MailKind
    sender: str
    return_path: str | None
    received_at: datetime
    date: datetime | None = None
    written_to: frozenset[str] = frozenset()
    fields: frozenset[str] = field(default_factory=frozenset)
    auto_submitted: str = ""
    precedence: str = ""
    suppress: frozenset[str] = frozenset()
    type: str = ""
    is_spam: bool = False


def read_facts(raw: bytes, kind: MailKind, received_at: datetime) -> MailFacts:
    """Read the facts of a raw mail that was understood as `kind`. Never raises."""
    headers, _ = split_head(raw[:MAX_HEAD], 0, min(len(raw), MAX_HEAD))
    people = (a for name in _RECIPIENT_FIELDS for a in _people(headers.raw(name)))
    senders = _people(headers.raw("from"))
    return MailFacts(
        kind=kind,
        sender=senders[0].address.casefold() if senders else "",
        return_path=_return_path(headers),
        received_at=received_at,
        date=read_date(headers.first("date")),
        written_to=frozenset(person.address.casefold() for person in people if person.address),
        fields=frozenset(headers.fields),
        auto_submitted=_word(headers.first("auto-submitted")),
        precedence=_word(headers.first("precedence") or headers.first("x-precedence")),
        suppress=frozenset(map(_word, headers.first("x-auto-response-suppress").split(",")[:20])),
        type=_word(headers.first("content-type")),
        is_spam=_is_spam(headers),
    )


def bears_loop_mark(raw: bytes) -> bool:
    """Say whether a mail is an automatic answer of founder-inbox, this one or another's."""
    headers, _ = split_head(raw[:MAX_HEAD], 0, min(len(raw), MAX_HEAD))
    return LOOP_MARK in headers


def _return_path(headers: Headers) -> str | None:
    """The topmost one: the server that delivered to us wrote it (RFC 5321, 4.4)."""
    if "return-path" not in headers:
        return None
    found = read_addresses(headers.first("return-path")).addresses
    return found[0].address.casefold() if found else ""


def _people(value: bytes) -> tuple[Address, ...]:
    return read_addresses(decode(value)[0]).addresses


def _word(value: str) -> str:
    """A field's first word without comment and parameters, in lower case."""
    return value.partition(";")[0].partition("(")[0].strip().casefold()


def _is_spam(headers: Headers) -> bool:
    flags = (headers.first("x-spam-flag"), headers.first("x-spam-status"))
    return any(flag.strip().casefold().startswith("yes") for flag in flags)
