"""Mails one after another in a file: mboxrd, the one kind of mbox that loses nothing.

A line of a mail that begins with any number of `>` and `From ` gets one `>` more, which a reader
takes away again (qmail's mbox(5); RFC 4155 describes the older kind without it).
"""

import re
from datetime import UTC, datetime

_FROM = re.compile(rb"^(>*From )", re.MULTILINE)
_QUOTED = re.compile(rb"^>(>*From )", re.MULTILINE)
_ODD = re.compile(r"[^\x21-\x7e]")


def to_mboxrd(raw: bytes, sender: str, at: datetime) -> bytes:
    """One mail's lines in an mbox: the `From ` line, the mail with LF, an empty line."""
    who = _ODD.sub("", sender)[:200] or "MAILER-DAEMON"
    head = f"From {who} {at.astimezone(UTC):%a %b %d %H:%M:%S %Y}\n".encode("ascii")
    body = raw.replace(b"\r\n", b"\n")
    end = b"\n" if body.endswith(b"\n") else b"\n\n"
    return head + _FROM.sub(rb">\1", body) + end


def from_mboxrd(lines: bytes) -> bytes:
    """A mail as it came, from its lines in an mbox without the `From ` line: CRLF, unquoted."""
    body = lines.removesuffix(b"\n") if lines.endswith(b"\n\n") else lines
    plain = _QUOTED.sub(rb"\1", body.replace(b"\r\n", b"\n"))
    return plain.replace(b"\n", b"\r\n")
