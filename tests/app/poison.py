"""A parser that some mails hang, break, fool or starve: no real mail does that to ours.

`way` is how it fails with every mail: "dies", "mute", "stranger"; without one it reads mails as
ours does, but for those with a marker in them.
"""

import os
import resource
import sys
from pathlib import Path

from founder_inbox.app.reading.parser_frames import DONE, HELLO, NO_MEMORY, PARSE, encode_mail
from founder_inbox.core.mime.reader import parse

HANGS = b"poison-hangs"
ENDS = b"poison-ends"
STARVES = b"poison-starves"
SHOUTS = b"poison-shouts"
LIES = b"poison-lies"
ALL = (HANGS, ENDS, STARVES, SHOUTS, LIES)
ROOT = Path(__file__).parents[2]


def poison_command(way: str = "", breaks_at: str = ENDS.decode()) -> list[str]:
    return [sys.executable, "-c", f"import sys; sys.path.insert(0, {str(ROOT)!r}); "
            f"from tests.app import poison; poison.main({way!r}, {breaks_at!r})"]  # fmt: skip


def tell(*chunks: bytes) -> None:
    data = b"".join(chunks)
    os.write(1, len(data).to_bytes(4, "big") + data)


def main(way: str, breaks_at: str) -> None:
    if way == "mute":
        return
    tell(b"somebody else" if way == "stranger" else HELLO)
    while head := sys.stdin.buffer.read(4):
        question = sys.stdin.buffer.read(int.from_bytes(head, "big"))
        if way == "dies":
            os._exit(1)
        answer(question, breaks_at.encode())


def answer(question: bytes, breaks_at: bytes) -> None:
    while HANGS in question:
        pass
    if breaks_at in question:
        os._exit(3)
    if STARVES in question:
        resource.setrlimit(resource.RLIMIT_AS, (300 * 1024 * 1024,) * 2)
        try:
            bytearray(1024 * 1024 * 1024)
        except MemoryError:
            return tell(NO_MEMORY)
    if SHOUTS in question:
        os.write(1, b"\xff" * 4096)
        os._exit(0)
    if LIES in question:
        return tell(DONE, b"this is no mail")
    return tell(DONE, encode_mail(parse(question[len(PARSE) :])))
