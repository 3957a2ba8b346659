"""A mail that could not be read, as far as a glance at its beginning tells.

For mails at which the reader itself failed. So nothing of the reader is used here: a few searches
in the first kilobytes, each bounded.
"""

import hashlib
import re
from binascii import Error, a2b_base64, a2b_qp

from founder_inbox.core.display import safe_line, safe_text
from founder_inbox.core.mime.mail_fields import read_date
from founder_inbox.core.model import Address, Mail, MailKind

_HEAD = 32_768
_SHOWN = 4_000
_LINES = 60
_LONGEST = 1_000
_IDS = 40
_END = re.compile(rb"\r?\n\r?\n")
_VALUE = rb":([^\r\n]{0,1000}(?:\r?\n[ \t][^\r\n]{0,1000}){0,40})"
_WORD = re.compile(r"=\?(utf-8|us-ascii|iso-8859-1)\?([bq])\?([!->@-~]{0,300})\?=", re.IGNORECASE)
_GAP = re.compile(r"(\?=)[ \t]{1,20}(?==\?)")
_ADDRESS = re.compile(r"[^\s<>\"(),;:\\]{1,64}@[\w.-]{1,255}")
_IN_BRACKETS = re.compile(f"<{_ADDRESS.pattern}>")
_ID = re.compile(r"<[!-;=?-~]{3,250}>")


def unreadable_mail(raw: bytes, reason: str) -> Mail:
    """The mail as the ticket shows it: sender, subject, date, the beginning of its source.

    `reason` completes the sentence "This mail could not be read: …".
    """
    end = _END.search(raw, 0, _HEAD)
    head = raw[: end.start() if end else _HEAD]
    source = raw[end.end() : end.end() + _SHOWN] if end else b""
    text = safe_text("\n".join(source.decode("utf-8", "replace").splitlines()[:_LINES]))
    ids = [i for name in (b"references", b"in-reply-to") for i in _ID.findall(_field(head, name))]
    warning = (
        f"This mail could not be read: {reason}. Below its head stands the beginning of its "
        "source, unread. All of it is kept, and it is read again with a newer founder-inbox."
    )
    own = _message_id(head, raw)
    return Mail(
        message_id=own,
        references=tuple(id_ for id_ in dict.fromkeys(ids) if id_ != own)[-_IDS:],
        sender=_sender(_words(_field(head, b"from"))),
        reply_to=(),
        to=_people(_field(head, b"to")),
        cc=_people(_field(head, b"cc")),
        subject=safe_line(_words(_field(head, b"subject"))) or "Unreadable mail",
        date=read_date(_field(head, b"date")),
        kind=MailKind.CUSTOMER,
        text=text,
        new_text=text,
        quoted="",
        signature="",
        attachments=(),
        bounce=None,
        warnings=(warning,),
    )


def _field(head: bytes, name: bytes) -> str:
    """The first field of that name, unfolded, at most so long; empty without one."""
    found = re.search(
        rb"(?im)^" + name + rb":([^\r\n]{0,1000}(?:\r?\n[ \t][^\r\n]{0,1000}){0,40})", head
    )
    text = found[1].decode("utf-8", "replace") if found else ""
    return " ".join(text.split())[:_LONGEST]


def _message_id(head: bytes, raw: bytes) -> str:
    found = _ID.search(_field(head, b"message-id"))
    return found[0] if found else f"<{hashlib.sha256(raw).hexdigest()[:24]}@missing.founder-inbox>"


def _sender(text: str) -> Address:
    found = _IN_BRACKETS.search(text) or _ADDRESS.search(text)
    if found is None:
        return Address(safe_line(text, 100), "")
    name = safe_line(text[: found.start()].strip(' "'), 100)
    return Address(name, _lowered(found[0].strip("<>")))


def _people(text: str) -> tuple[Address, ...]:
    found = dict.fromkeys(_lowered(address) for address in _ADDRESS.findall(text))
    return tuple(Address("", address) for address in found)[:20]


def _lowered(address: str) -> str:
    local, _, domain = safe_line(address).rpartition("@")
    return f"{local}@{domain.lower()}"


def _words(text: str) -> str:
    """Encoded words of the plainest kind decoded (RFC 2047); any other stays as it stands."""
    return _WORD.sub(_decoded, _GAP.sub(r"\1", text))


def _decoded(word: re.Match[str]) -> str:
    charset = "latin-1" if word[1].lower() == "iso-8859-1" else "utf-8"
    try:
        data = a2b_base64(word[3]) if word[2] in "bB" else a2b_qp(word[3], header=True)
    except (Error, ValueError):
        return word[0]
    return data.decode(charset, "replace")
