"""The process that reads foreign mail: bytes on standard input, what they say on standard output.

Run as `python -m founder_inbox.app.reading.parser_process MEGABYTES SECONDS`: the memory it may
use at most, and the processor time for one mail. It has no database, no network and no password,
can write no file, and may be killed at any moment.
"""

import contextlib
import gc
import os
import resource
import signal
import sys
from typing import BinaryIO

from founder_inbox.app.reading.parser_frames import (
    ATTACHMENT,
    DONE,
    FAILED,
    HELLO,
    NO_MEMORY,
    NO_ROOM,
    PART_BYTES,
    encode_mail,
)
from founder_inbox.core.mime.reader import attachment_bytes, parse

_FILES = 16
_PATIENCE = 6  # so many times the processor time may pass by the clock


def main() -> None:
    """Answer until standard input ends: whoever started us is gone then, or done."""
    megabytes, seconds = int(sys.argv[1]), float(sys.argv[2])
    answers = _own_channel()
    _limit(megabytes)
    gc.freeze()
    try:
        _tell(answers, HELLO)
        while (question := _next_question(sys.stdin.buffer)) is not None:
            # The kernel ends us when a mail takes longer, also inside a library; by the clock
            # too, so that nothing stays behind when nobody is there any more to end us.
            signal.setitimer(signal.ITIMER_PROF, seconds)
            signal.setitimer(signal.ITIMER_REAL, seconds * _PATIENCE)
            answer = _answer(*question)
            signal.setitimer(signal.ITIMER_PROF, 0)
            signal.setitimer(signal.ITIMER_REAL, 0)
            _tell(answers, *answer)
    except BrokenPipeError:
        pass
    except MemoryError:
        os._exit(NO_ROOM)


def _answer(kind: bytes, part: int, raw: bytes) -> tuple[bytes, bytes]:
    try:
        if kind == ATTACHMENT:
            return DONE, attachment_bytes(raw, part)
        return DONE, encode_mail(parse(raw))
    except MemoryError:
        return NO_MEMORY, b""
    except Exception as error:  # noqa: BLE001 - the process's edge: whatever it was is an answer
        return FAILED, type(error).__name__.encode()


def _own_channel() -> BinaryIO:
    """Standard output for our answers alone: what a library prints goes nowhere."""
    channel = os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.close(nowhere)
    return channel


def _limit(megabytes: int) -> None:
    sys.dont_write_bytecode = True
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for number in (signal.SIGPROF, signal.SIGALRM):
        signal.signal(number, signal.SIG_DFL)  # somebody before us may have ignored them
    limits = {
        "RLIMIT_AS": megabytes * 1024 * 1024,
        "RLIMIT_CORE": 0,
        "RLIMIT_FSIZE": 0,
        "RLIMIT_NOFILE": _FILES,
        "RLIMIT_NPROC": 0,
    }
    for name, value in limits.items():
        # macOS lacks some and refuses others; the limits in time hold everywhere.
        with contextlib.suppress(AttributeError, ValueError, OSError):
            resource.setrlimit(getattr(resource, name), (value, value))


def _next_question(source: BinaryIO) -> tuple[bytes, int, bytes] | None:
    """What is asked, the part it is about, the mail; None at the end, also in the middle of one."""
    size, kind = int.from_bytes(source.read(4), "big"), source.read(1)
    part = source.read(PART_BYTES) if kind == ATTACHMENT else b""
    size -= len(kind) + len(part)
    raw = source.read(size) if kind else b""
    return (kind, int.from_bytes(part, "big"), raw) if kind and len(raw) == size else None


def _tell(target: BinaryIO, *chunks: bytes) -> None:
    target.write(sum(map(len, chunks)).to_bytes(4, "big"))
    for chunk in chunks:
        target.write(chunk)
    target.flush()


if __name__ == "__main__":
    main()
