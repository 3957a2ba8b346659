"""Customers' mails for tests, written in two lines."""

from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime


def letter(
    subject: str = "Export is empty",
    text: str = "Hi, the export gives me an empty file. Can you look?",
    *,
    sender: str = "Tom Okafor <tom@okafor.test>",
    to: str = "support@acme.test",
    message_id: str = "<one@okafor.test>",
    references: str = "",
    date: datetime | None = None,
    **headers: str,
) -> bytes:
    """A plain mail with CRLF. Header names in `headers` are written with `_` for `-`."""
    mail = EmailMessage()
    mail["From"] = sender
    mail["To"] = to
    mail["Subject"] = subject
    mail["Message-ID"] = message_id
    if date is not None:
        mail["Date"] = format_datetime(date)
    if references:
        mail["References"] = references
        mail["In-Reply-To"] = references.rsplit(maxsplit=1)[-1]
    for name, value in headers.items():
        mail[name.replace("_", "-")] = value
    mail.set_content(text)
    return mail.as_bytes().replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
