"""From a letter's words to the bytes of a mail, the way real programs write them.

Much quicker than `email.message.EmailMessage`, which matters at the start of the demo, and able
to do what it won't: HTML without a plain part, old charsets, a failed delivery (RFC 3464).
"""

import base64
import html
import mimetypes
import quopri
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from email.header import Header
from email.utils import format_datetime, formataddr
from enum import StrEnum
from hashlib import sha256


class Form(StrEnum):
    """How the text is wrapped."""

    PLAIN = "plain"
    HTML = "html"
    ALTERNATIVE = "alternative"


@dataclass(frozen=True, slots=True)
class File:
    """An attachment: its name and content."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """Everything a mail is made of. `at` is aware and written in its own zone.

    `sender` and `to` are (name, address); `message_id` and `references` keep their brackets, the
    last reference is the mail answered. `quote` is the quoted mail with its line of introduction,
    both unmarked. `page` is a ready HTML body in place of the one made from `text`.
    """

    message_id: str
    sender: tuple[str, str]
    to: tuple[str, str]
    subject: str
    at: datetime
    text: str
    quote: tuple[str, str] | None = None
    references: tuple[str, ...] = ()
    headers: tuple[tuple[str, str], ...] = ()
    form: Form = Form.PLAIN
    page: str = ""
    charset: str = "utf-8"
    encoding: str = "8bit"
    files: tuple[File, ...] = ()


def render(sheet: Sheet) -> bytes:
    """Write the mail as it lies on the server: CRLF line ends, headers first (RFC 5322)."""
    head = "\r\n".join(f"{name}: {value}" for name, value in _headers(sheet))
    return head.encode() + b"\r\n" + _body(sheet)


def render_bounce(sheet: Sheet, failed: Sheet) -> bytes:
    """Write the report that `failed`, a mail of ours, did not arrive (RFC 3464)."""
    boundary = _boundary(sheet, "report")
    kind = f'multipart/report; report-type=delivery-status; boundary="{boundary}"'
    headers = (*_headers(sheet), ("Content-Type", kind))
    head = "\r\n".join(f"{name}: {value}" for name, value in headers)
    return head.encode() + b"\r\n\r\n" + _bounce_body(sheet, failed, boundary)


def _quoted(text: str) -> str:
    """Put each line behind a mark, one more level for what is quoted already."""
    lines = text.rstrip().splitlines()
    return "\n".join(
        ">" + ("" if line.startswith(">") or not line else " ") + line for line in lines
    )


def _plain_text(sheet: Sheet) -> str:
    """Put the quotation below the letter, as a plain-text program does."""
    if sheet.quote is None:
        return sheet.text.rstrip() + "\n"
    introduction, text = sheet.quote
    return f"{sheet.text.rstrip()}\n\n{introduction}\n{_quoted(text)}\n"


def _bounce_body(sheet: Sheet, failed: Sheet, boundary: str) -> bytes:
    """Put together words, the machine's report, and the headers of our mail."""
    _, recipient = failed.to
    _, reporter = sheet.sender
    report = (
        f"Reporting-MTA: dns; {reporter.partition('@')[2]}\n"
        f"Arrival-Date: {format_datetime(failed.at)}\n\n"
        f"Final-Recipient: rfc822; {recipient}\n"
        "Action: failed\nStatus: 5.1.1\n"
        f"Remote-MTA: dns; mx.{recipient.partition('@')[2]}\n"
        f"Diagnostic-Code: smtp; 550 5.1.1 <{recipient}>: Recipient address rejected\n"
    )
    original = "".join(f"{name}: {value}\n" for name, value in _headers(failed))
    parts = (
        ("text/plain; charset=us-ascii", _plain_text(sheet)),
        ("message/delivery-status", report),
        ("text/rfc822-headers", original),
    )
    wrapped = (f"Content-Type: {kind}\n\n{content}".encode() for kind, content in parts)
    return _multipart(boundary, (_crlf(part) for part in wrapped))


def _headers(sheet: Sheet) -> list[tuple[str, str]]:
    headers = [
        ("Date", format_datetime(sheet.at)),
        ("From", formataddr(sheet.sender)),
        ("To", formataddr(sheet.to)),
        ("Subject", _encoded(sheet.subject)),
        ("Message-ID", sheet.message_id),
    ]
    if sheet.references:
        headers.append(("In-Reply-To", sheet.references[-1]))
        headers.append(("References", "\r\n ".join(sheet.references)))
    headers.extend((name, _encoded(value)) for name, value in sheet.headers)
    headers.append(("MIME-Version", "1.0"))
    return headers


def _encoded(value: str) -> str:
    if value.isascii():
        return value
    return Header(value, "utf-8", maxlinelen=76).encode(linesep="\r\n")


def _body(sheet: Sheet) -> bytes:
    """Content headers, an empty line, content."""
    content = _content(sheet)
    if not sheet.files:
        return content
    boundary = _boundary(sheet, "mixed")
    head = f'Content-Type: multipart/mixed; boundary="{boundary}"\r\n\r\n'
    parts = [content, *(_attachment(file) for file in sheet.files)]
    return head.encode() + _multipart(boundary, parts)


def _content(sheet: Sheet) -> bytes:
    if sheet.form is Form.PLAIN:
        return _text_part("plain", _plain_text(sheet), sheet)
    if sheet.form is Form.HTML:
        return _text_part("html", _page(sheet), sheet)
    boundary = _boundary(sheet, "alternative")
    head = f'Content-Type: multipart/alternative; boundary="{boundary}"\r\n\r\n'
    plain = _text_part("plain", _plain_text(sheet), sheet)
    return head.encode() + _multipart(boundary, (plain, _text_part("html", _page(sheet), sheet)))


def _text_part(subtype: str, text: str, sheet: Sheet) -> bytes:
    content = text.encode(sheet.charset, "xmlcharrefreplace" if subtype == "html" else "strict")
    encoding = _encoding(content, sheet)
    head = (
        f"Content-Type: text/{subtype}; charset={sheet.charset}\r\n"
        f"Content-Transfer-Encoding: {encoding}\r\n\r\n"
    )
    return head.encode() + _crlf(_transfer(content, encoding))


def _encoding(content: bytes, sheet: Sheet) -> str:
    if max(map(len, content.splitlines()), default=0) > 900:
        return "quoted-printable"
    if content.isascii():
        return "7bit"
    return sheet.encoding


def _transfer(content: bytes, encoding: str) -> bytes:
    if encoding == "base64":
        return base64.encodebytes(content)
    if encoding == "quoted-printable":
        return quopri.encodestring(content)
    return content


def _attachment(file: File) -> bytes:
    kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
    head = (
        f'Content-Type: {kind}; name="{file.name}"\r\n'
        f'Content-Disposition: attachment; filename="{file.name}"\r\n'
        "Content-Transfer-Encoding: base64\r\n\r\n"
    )
    return head.encode() + _crlf(base64.encodebytes(file.content))


def _multipart(boundary: str, parts: Iterable[bytes]) -> bytes:
    mark = f"--{boundary}".encode()
    body = b"".join(mark + b"\r\n" + part + b"\r\n" for part in parts)
    return body + mark + b"--\r\n"


def _boundary(sheet: Sheet, use: str) -> str:
    return "_=" + sha256(f"{use} {sheet.message_id}".encode()).hexdigest()[:24]


def _crlf(content: bytes) -> bytes:
    return content.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")


def _page(sheet: Sheet) -> str:
    if sheet.page:
        return sheet.page
    body = _paragraphs(sheet.text)
    if sheet.quote is not None:
        introduction, text = sheet.quote
        body += (
            '<div class="gmail_quote"><div dir="ltr" class="gmail_attr">'
            f"{html.escape(introduction)}</div>"
            '<blockquote class="gmail_quote" style="margin:0 0 0 .8ex;border-left:1px solid '
            f'#ccc;padding-left:1ex">{_paragraphs(text)}</blockquote></div>\n'
        )
    return f'<html><body><div dir="ltr">\n{body}</div></body></html>\n'


def _paragraphs(text: str) -> str:
    blocks = text.rstrip().split("\n\n")
    return "".join(
        f"<p>{html.escape(block).replace(chr(10), '<br>' + chr(10))}</p>\n" for block in blocks
    )
