"""A raw mail understood: bytes in, a `Mail` out, whatever the bytes are.

Never raises, and is bounded in time by limits on headers, parts, nesting and text. The raw bytes
stay the truth: this may be run again whenever it gets better.
"""

from datetime import datetime
from functools import partial

from founder_inbox.core.display import safe_line
from founder_inbox.core.mime.addresses import MAX_ADDRESSES, AddressList, read_addresses
from founder_inbox.core.mime.authentication import is_refuted
from founder_inbox.core.mime.body import read_body
from founder_inbox.core.mime.bounces import read_bounce
from founder_inbox.core.mime.headers import Headers, decode_words, is_damaged
from founder_inbox.core.mime.machine_mail import list_address, mail_kind, without_list
from founder_inbox.core.mime.mail_fields import (
    conversation,
    is_made_up,
    message_id,
    read_date,
    references,
)
from founder_inbox.core.mime.packed_files import is_packed, packed_bytes
from founder_inbox.core.mime.parts import Part, read_tree
from founder_inbox.core.mime.quotes import split
from founder_inbox.core.mime.receipts import read_receipt
from founder_inbox.core.mime.skeleton import id_of_large
from founder_inbox.core.model import LARGE, Address, Mail, MailKind

_NOBODY = Address("", "")


def parse(raw: bytes) -> Mail:
    """What a mail says. Damage is told in `warnings`, never raised.

    `date` is what the mail claims, in UTC, None when absent or before 1990. Who "we" are is not
    known here: a mail from our own address is a `customer` like any other.
    """
    raw = _with_newlines(raw)
    root = read_tree(raw)
    headers = root.headers
    warnings: list[str] = []
    senders = _senders(headers, warnings)
    reply_to, to, cc = (_people(headers, name, warnings) for name in ("reply-to", "to", "cc"))
    subject = _subject(headers, warnings)
    id_, sound = message_id(headers, raw, root.start)
    if is_made_up(id_) and len(raw) > LARGE:
        id_ = id_of_large(root, raw, {})
    if not sound:
        warnings.append("Its Message-ID is missing or malformed.")
    text, attachments, remarks = read_body(root, raw)
    kind_by = partial(
        mail_kind,
        sender=senders[0],
        subject=subject,
        reply_to=reply_to,
        type_=_type(headers, root),
        report=root.params.get("report-type", "").lower(),
    )
    kind = kind_by(headers)
    is_passed_on = kind is MailKind.BULK and kind_by(without_list(headers)) is MailKind.CUSTOMER
    parts = split(text, (), senders[0].name)
    everyone = frozenset(a.address.lower() for a in (*senders, *reply_to, *to, *cc))
    refers = references(headers, everyone)
    receipt = read_receipt(root, raw)
    if receipt and receipt.message_id and receipt.message_id not in refers:
        refers = (*refers, receipt.message_id)
    return Mail(
        message_id=id_,
        references=tuple(r for r in refers if r != id_),
        sender=senders[0],
        reply_to=reply_to,
        to=to,
        cc=cc,
        subject=subject,
        date=_date(headers, warnings),
        kind=kind,
        text=text,
        new_text=parts.new_text,
        quoted=parts.quoted,
        signature=parts.signature,
        interleaved=parts.interleaved,
        attachments=attachments,
        bounce=read_bounce(root, raw, text) if kind is MailKind.BOUNCE else None,
        posted_to=safe_line(list_address(headers), 320) if is_passed_on else "",
        conversation=conversation(headers, senders[0].address),
        unproven=is_refuted(headers),
        warnings=tuple(dict.fromkeys([*warnings, *remarks])),
    )


def leaves(raw: bytes) -> tuple[Part, ...]:
    """The parts that hold no parts, in order; `Attachment.part` is an index into it."""
    return tuple(read_tree(_with_newlines(raw)).leaves())


def attachment_bytes(raw: bytes, part: int) -> bytes:
    """The decoded content of an attachment; of a broken one what can be read, at worst nothing."""
    raw = _with_newlines(raw)
    found = tuple(read_tree(raw).leaves())
    if is_packed(part):
        return packed_bytes(found, raw, part)
    return found[part].data(raw) if 0 <= part < len(found) else b""


def _with_newlines(raw: bytes) -> bytes:
    """Mail of old Macs has bare carriage returns only."""
    bare = b"\n" not in raw[:100_000] and b"\r" in raw[:100_000]
    return raw.replace(b"\r", b"\n") if bare else raw


def _type(headers: Headers, root: Part) -> str:
    declared = headers.first("content-type").partition(";")[0].strip().lower()
    return declared or root.type


def _senders(headers: Headers, warnings: list[str]) -> tuple[Address, ...]:
    """The authors, at least one: From, else Sender, else whoever Return-Path names."""
    people = _people(headers, "from", warnings, keep_broken=True)
    if not people:
        warnings.append("It names no sender.")
        people = _people(headers, "sender", []) or _people(headers, "return-path", [])
    if len(people) > 1:
        named = ", ".join(a.address or a.name for a in people[:10])
        warnings.append(safe_line(f"It names several authors: {named}."))
    if people and "@" in people[0].name and people[0].address not in people[0].name.lower():
        true = people[0].address or "nobody"
        warnings.append(safe_line(f"The sender's name shows an address; it came from {true}."))
    return people or (_NOBODY,)


def _people(
    headers: Headers, name: str, warnings: list[str], *, keep_broken: bool = False
) -> tuple[Address, ...]:
    if name not in headers:
        return ()
    found: AddressList = read_addresses(headers.decoded(headers.raw(name)))
    title = name.title()
    if found.damaged:
        warnings.append(f"The header {title} is malformed.")
    if len(found.addresses) >= MAX_ADDRESSES:
        warnings.append(f"{title} names more than {MAX_ADDRESSES} people; the rest is left out.")
    if name in {"from", "reply-to"}:
        warnings.extend(_look_alikes(title, found))
    return tuple(a for a in found.addresses if a.address or (keep_broken and a.name))


def _look_alikes(title: str, found: AddressList) -> list[str]:
    odd = [_spelled(a) for a in found.addresses[:5] if _is_foreign(a)]
    return [safe_line(f"The domain in {title} may be a look-alike: {domain}.") for domain in odd]


def _is_foreign(address: Address) -> bool:
    domain = address.address.rpartition("@")[2]
    return not domain.isascii() or "xn--" in domain


def _spelled(address: Address) -> str:
    """A domain as it is written and as it is encoded, so that look-alikes are told apart."""
    domain = address.address.rpartition("@")[2]
    try:
        other = (
            domain.encode("ascii").decode("idna")
            if domain.isascii()
            else domain.encode("idna").decode()
        )
    except UnicodeError:
        return domain
    return f"{domain} ({other})"


def _subject(headers: Headers, warnings: list[str]) -> str:
    source = headers.first("subject")
    if is_damaged(source):
        warnings.append("The header Subject is malformed.")
    return safe_line(decode_words(source))


def _date(headers: Headers, warnings: list[str]) -> datetime | None:
    date = read_date(headers.first("date"))
    if date is None:
        warnings.append("Its date is missing or can't be right.")
    return date
