"""From a draft to the bytes that leave: MIME written by hand, so that each header is ours.

Nothing of a foreign mail is passed through: ids are checked or dropped, text is encoded, and there
is no field named Bcc. Bytes, Message-ID, and Date are made once, before the first attempt.
"""

import base64
import hashlib
import quopri
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime

from founder_inbox.core.letters.fields import (
    Field,
    address_field,
    ascii_address,
    ascii_domain,
    file_name_parameters,
    folded,
    id_field,
    is_message_id,
    text_field,
)
from founder_inbox.core.letters.placeholders import unfilled
from founder_inbox.core.model import Address
from founder_inbox.errors import BadInput

KEPT_REFERENCES = 20
_LONGEST_PLAIN_LINE = 78
_TYPE = re.compile(r"[a-z0-9][a-z0-9.+-]{0,60}/[a-z0-9][a-z0-9.+-]{0,80}")
_ATTRIBUTION = re.compile(r"[^\n]{1,400}\bwrote:|[^\n]{0,200}\bschrieb\b[^\n]{0,200}:")


@dataclass(frozen=True, slots=True)
class File:
    """An attachment on its way out. `type` is a media type; odd ones become octet-stream."""

    name: str
    type: str
    data: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A mail before it is built. `body` is the whole text, quoted lines included.

    `references` is in order, oldest first, and may be long: `build` keeps the first and the last
    19. `automatic` is for mail no person wrote (RFC 3834); never for a founder's reply. `html` is
    the same text once more as a page, "" for plain text alone.
    """

    sender: Address
    to: tuple[Address, ...]
    subject: str
    body: str
    cc: tuple[Address, ...] = ()
    reply_to: tuple[Address, ...] = ()
    in_reply_to: str | None = None
    references: tuple[str, ...] = ()
    attachments: tuple[File, ...] = ()
    automatic: bool = False
    html: str = ""


@dataclass(frozen=True, slots=True)
class _Part:
    """One MIME part: its Content-… fields and its encoded body, both ending in CRLF."""

    fields: bytes
    payload: bytes


def build(draft: Draft, message_id: str, date: datetime, *, smtputf8: bool = False) -> bytes:
    """Write the mail (RFC 5322, CRLF, ASCII unless `smtputf8`). `date` is aware; its zone stays.

    Raises BadInput for control characters in a header, a malformed address or Message-ID, and
    for a local part outside ASCII without `smtputf8`. Call `check` before.
    """
    if date.tzinfo is None:
        raise ValueError("a mail's date needs a time zone")
    part = _content(draft, message_id)
    return b"".join(
        [
            folded(Field.DATE, [format_datetime(date)]),
            address_field(Field.FROM, [draft.sender], smtputf8=smtputf8),
            _people(Field.REPLY_TO, draft.reply_to, smtputf8=smtputf8),
            _people(Field.TO, draft.to, smtputf8=smtputf8),
            _people(Field.CC, draft.cc, smtputf8=smtputf8),
            text_field(Field.SUBJECT, draft.subject),
            id_field(Field.MESSAGE_ID, [message_id]),
            # Some providers replace the Message-ID; by this one their copy is still known as ours.
            id_field(Field.OWN_ID, [message_id]),
            _thread_fields(draft),
            _automatic_fields(draft),
            folded(Field.MIME_VERSION, ["1.0"]),
            part.fields,
            b"\r\n",
            part.payload,
        ]
    )


def check(draft: Draft, written: str | None = None) -> None:
    """Raise BadInput when the mail must not leave: nobody to send to, no words, an open field.

    `written` is what the founder wrote in it, where that is not all but the quoted lines: in a
    hand-off, the reason and not the ticket's history.
    """
    words = own_words(draft.body) if written is None else written
    if not (draft.to or draft.cc):
        raise BadInput("There is no one to send this to: add a recipient. The draft is kept.")
    if not words.strip():
        raise BadInput("The mail is empty: write a line before it leaves. The draft is kept.")
    if still_open := unfilled(words):
        fields = ", ".join(still_open)
        raise BadInput(f"Not sent: {fields} is not filled in yet. Write it and send again.")


def envelope(draft: Draft, *, smtputf8: bool = False) -> tuple[str, tuple[str, ...]]:
    """Give SMTP's sender and recipients, each once, domains as A-labels."""
    recipients: dict[str, str] = {}
    for person in (*draft.to, *draft.cc):
        address = ascii_address(person.address, smtputf8=smtputf8)
        recipients.setdefault(address.casefold(), address)
    sender = ascii_address(draft.sender.address, smtputf8=smtputf8)
    return sender, tuple(recipients.values())


def needs_smtputf8(draft: Draft) -> bool:
    """Tell whether some address has letters outside ASCII before its @ (RFC 6531)."""
    people = (draft.sender, *draft.to, *draft.cc, *draft.reply_to)
    return not all(person.address.rpartition("@")[0].isascii() for person in people)


def own_words(body: str) -> str:
    """Cut the quoted lines off, and the line that introduces them ("On … wrote:")."""
    lines = body.split("\n")
    return "\n".join(
        line
        for line, following in zip(lines, [*lines[1:], ""], strict=True)
        if not line.startswith(">")
        and not (following.startswith(">") and _ATTRIBUTION.fullmatch(line.rstrip()))
    )


def kept_references(references: Sequence[str]) -> tuple[str, ...]:
    """Drop what is no Message-ID and what comes twice, then keep the first and the last 19."""
    sound = tuple(dict.fromkeys(id_ for id_ in references if is_message_id(id_)))
    if len(sound) <= KEPT_REFERENCES:
        return sound
    return (sound[0], *sound[1 - KEPT_REFERENCES :])


def _people(name: Field, people: Sequence[Address], *, smtputf8: bool) -> bytes:
    return address_field(name, people, smtputf8=smtputf8) if people else b""


def _thread_fields(draft: Draft) -> bytes:
    written = b""
    if draft.in_reply_to and is_message_id(draft.in_reply_to):
        written += id_field(Field.IN_REPLY_TO, [draft.in_reply_to])
    if references := kept_references(draft.references):
        written += id_field(Field.REFERENCES, references)
    return written


def _automatic_fields(draft: Draft) -> bytes:
    if not draft.automatic:
        return b""
    fields = (
        (Field.AUTO_SUBMITTED, "auto-replied"),  # RFC 3834, 3.1.7
        (Field.PRECEDENCE, "auto_reply"),  # 3.1.8: for responders that know nothing newer
        (Field.AUTO_RESPONSE_SUPPRESS, "All"),
        (Field.LOOP, ascii_domain(draft.sender.address.rpartition("@")[2])),
    )
    return b"".join(folded(name, [value]) for name, value in fields)


def _content(draft: Draft, message_id: str) -> _Part:
    body = _body(draft, message_id)
    if not draft.attachments:
        return body
    parts = [body, *(_attached(file) for file in draft.attachments)]
    return _multipart("mixed", parts, message_id)


def _body(draft: Draft, message_id: str) -> _Part:
    """Make the part that is read: plain text, and HTML beside it where there is some."""
    text = _text(draft.body)
    if not draft.html:
        return text
    # The plainest first (RFC 2046, 5.1.4).
    return _multipart("alternative", [text, _text(draft.html, "html")], message_id)


def _multipart(subtype: str, parts: Sequence[_Part], seed: str) -> _Part:
    """Join parts. "=_" can't stand in quoted-printable, base64, or our 7bit (RFC 2046, 5.1.1)."""
    boundary = "=_" + hashlib.sha256(f"{subtype} {seed}".encode()).hexdigest()[:40]
    line = f"--{boundary}".encode()
    joined = b"".join(
        line + b"\r\n" + part.fields + b"\r\n" + part.payload + b"\r\n" for part in parts
    )
    kind = folded(Field.CONTENT_TYPE, [f"multipart/{subtype};", f'boundary="{boundary}"'])
    return _Part(kind, joined + line + b"--\r\n")


def _text(text: str, subtype: str = "plain") -> _Part:
    data = _wire_text(text).encode()
    encoding, payload = _encoded(data)
    fields = folded(Field.CONTENT_TYPE, [f"text/{subtype};", "charset=utf-8"])
    return _Part(fields + folded(Field.TRANSFER_ENCODING, [encoding]), payload)


def _wire_text(text: str) -> str:
    """Give text only line feeds, no other control characters, and one line end at the end."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").strip("\n")
    clean = "".join(char for char in lines if char in "\n\t" or _is_printed(char))
    return clean + "\n"


def _is_printed(char: str) -> bool:
    return char.isprintable() or unicodedata.category(char) not in ("Cc", "Cs")


def _encoded(data: bytes) -> tuple[str, bytes]:
    """Choose 7bit for plain short lines, base64 for mostly foreign letters, else QP."""
    lines = data.split(b"\n")
    is_tame = not any(line.startswith((b"From ", b".")) for line in lines) and b"=_" not in data
    if data.isascii() and is_tame and max(map(len, lines)) <= _LONGEST_PLAIN_LINE:
        return "7bit", b"\r\n".join(lines)
    if sum(byte > 127 for byte in data) > len(data) // 3:
        return "base64", _base64(data.replace(b"\n", b"\r\n"))
    return "quoted-printable", _quoted_printable(lines)


def _quoted_printable(lines: Sequence[bytes]) -> bytes:
    """Encode line by line; "From " and a leading dot are hidden from mboxes and sloppy servers."""
    encoded = []
    for line in lines:
        text = quopri.encodestring(line, quotetabs=False)
        for mark, code in ((b"From ", b"=46rom "), (b".", b"=2E")):
            if text.startswith(mark):
                text = code + text.removeprefix(mark)
        encoded.append(text.replace(b"\n", b"\r\n"))
    return b"\r\n".join(encoded)


def _base64(data: bytes) -> bytes:
    return base64.encodebytes(data).replace(b"\n", b"\r\n")


def _attached(file: File) -> _Part:
    kind = file.type.lower()
    is_safe = _TYPE.fullmatch(kind) and not kind.startswith(("message/", "multipart/"))
    *most, last = ["attachment", *file_name_parameters(file.name)]
    disposition = [*(f"{token};" for token in most), last]
    fields = (
        folded(Field.CONTENT_TYPE, [kind if is_safe else "application/octet-stream"])
        + folded(Field.TRANSFER_ENCODING, ["base64"])
        + folded(Field.DISPOSITION, disposition)
    )
    return _Part(fields, _base64(file.data))
