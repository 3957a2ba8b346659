"""Large mails for tests, written without holding them several times."""

import base64
from collections.abc import Sequence


def file_bytes(size: int, seed: int = 1) -> bytes:
    """Bytes that look different everywhere and the same in each run."""
    block = bytes((index * 31 + index // 256 * 7 + seed) % 256 for index in range(4096))
    return (block * (size // 4096 + 1))[:size]


def encoded(data: bytes) -> bytes:
    """base64 in lines of 76 letters."""
    flat = base64.b64encode(data)
    return b"\r\n".join(flat[at : at + 76] for at in range(0, len(flat), 76))


def _lines(lines: Sequence[str]) -> bytes:
    return "".join(f"{line}\r\n" for line in lines).encode()


def part(type_: str, body: bytes, *lines: str) -> bytes:
    """One part with its header."""
    return f"Content-Type: {type_}\r\n".encode() + _lines(lines) + b"\r\n" + body


def attached(name: str, data: bytes, type_: str = "application/pdf") -> bytes:
    """A file in base64."""
    return part(
        f'{type_}; name="{name}"',
        encoded(data),
        "Content-Transfer-Encoding: base64",
        f'Content-Disposition: attachment; filename="{name}"',
    )


def multipart(boundary: str, parts: Sequence[bytes], kind: str = "mixed") -> bytes:
    """Parts in a multipart, with its header."""
    mark = b"--" + boundary.encode()
    body = b"".join(mark + b"\r\n" + one + b"\r\n" for one in parts) + mark + b"--\r\n"
    return part(f'multipart/{kind}; boundary="{boundary}"', body)


def mail(
    content: bytes,
    *,
    subject: str = "The files you asked for",
    sender: str = "Tom Okafor <tom@okafor.test>",
    message_id: str | None = "<large@okafor.test>",
) -> bytes:
    """A whole mail around a part."""
    lines = [
        f"From: {sender}",
        "To: support@acme.test",
        f"Subject: {subject}",
        "Date: Sun, 22 Nov 2026 09:00:00 +0000",
        "MIME-Version: 1.0",
    ]
    return _lines([*lines, *([f"Message-ID: {message_id}"] if message_id else [])]) + content


WORDS = part("text/plain; charset=utf-8", "Hi, here they are.\r\nTom Ökafor".encode())


def with_files(*files: tuple[str, bytes], message_id: str | None = "<large@okafor.test>") -> bytes:
    """A few words and files."""
    parts = [WORDS, *(attached(name, data) for name, data in files)]
    return mail(multipart("outer", parts), message_id=message_id)
