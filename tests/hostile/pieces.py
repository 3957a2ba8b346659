"""What hostile mails are put together from: bytes, for no library would write them."""

import base64
import quopri
from collections.abc import Callable, Mapping
from random import Random

Maker = Callable[[Random, str], bytes]
"""Makes one mail; the word given is to stay readable in it, and to be found."""

SUBJECT = b"How do I export my list"
PLAIN = b"text/plain; charset=utf-8"
HTML = b"text/html; charset=utf-8"


def mail(
    random: Random,
    body: str | bytes,
    fields: Mapping[str, bytes | str | None] | None = None,
    *,
    kind: bytes = PLAIN,
    encoding: str = "8bit",
) -> bytes:
    """A mail of whatever `fields` say over the usual ones; None leaves a field out."""
    content = body.encode("utf-8", "surrogateescape") if isinstance(body, str) else body
    usual: dict[str, bytes | str | None] = {
        "From": "Mallory Moon <mallory@evil.test>",
        "To": "support@acme.test",
        "Subject": SUBJECT,
        "Message-ID": f"<{random.getrandbits(64):x}@evil.test>",
        "Date": "Mon, 23 Nov 2026 08:10:00 +0000",
        "MIME-Version": "1.0",
        "Content-Type": kind,
        "Content-Transfer-Encoding": encoding,
    }
    written = [
        b"%s: %s" % (name.encode(), _bytes(value))
        for name, value in (usual | dict(fields or {})).items()
        if value is not None
    ]
    return b"\r\n".join([*written, b"", transferred(content, encoding)])


def transferred(content: bytes, encoding: str) -> bytes:
    """A body in its transfer encoding."""
    if encoding == "base64":
        return base64.encodebytes(content).replace(b"\n", b"\r\n")
    if encoding == "quoted-printable":
        return quopri.encodestring(content).replace(b"\n", b"\r\n")
    return content


def multipart(random: Random, *parts: bytes, subtype: str = "mixed") -> tuple[bytes, bytes]:
    """Content-Type and body of several parts; each part is its fields, an empty line, its body."""
    mark = b"=_%x" % random.getrandbits(48)
    body = b"".join(b"--%s\r\n%s\r\n" % (mark, part) for part in parts)
    kind = b'multipart/%s; boundary="%s"' % (subtype.encode(), mark)
    return kind, body + b"--" + mark + b"--\r\n"


def part(content: bytes, kind: bytes = PLAIN, *fields: bytes) -> bytes:
    """One part of a `multipart`."""
    return b"\r\n".join([b"Content-Type: " + kind, *fields, b"", content])


def words(canary: str) -> bytes:
    """A question like a customer's, with the word that must stay."""
    return f"Hi, how do I export my list? {canary} it is empty.".encode()


def with_file(random: Random, canary: str, *described: bytes, data: bytes = b"hello") -> bytes:
    """A mail with one attachment, described as the fields say."""
    kind, body = multipart(
        random, part(words(canary)), b"\r\n".join([*described, b"", data])
    )  # fmt: skip
    return mail(random, body, kind=kind)


def encoded_word(text: str, way: str, charset: str = "utf-8") -> bytes:
    """RFC 2047, `way` being q or b, without its limit in length."""
    data = text.encode(charset, "replace")
    if way == "b":
        return b"=?%s?b?%s?=" % (charset.encode(), base64.b64encode(data))
    letters = b"".join(b"=%02X" % byte for byte in data)
    return b"=?%s?q?%s?=" % (charset.encode(), letters)


def _bytes(value: bytes | str) -> bytes:
    return value if isinstance(value, bytes) else value.encode("utf-8", "surrogateescape")
