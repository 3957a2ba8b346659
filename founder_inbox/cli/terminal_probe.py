"""Asking the terminal itself how wide it draws an emoji."""

import os
import re
import select
import sys

_EMOJI = "\N{THUMBS UP SIGN}"
_WHERE = "\x1b[6n"  # ECMA-48, 8.3.35: the terminal answers with the cursor's place
_PLACE = re.compile(rb"\x1b\[(\d{1,5});(\d{1,5})R")
_SECONDS = 0.5


def emoji_cells() -> int | None:
    """How many cells an emoji takes; None without a terminal, or where it does not answer."""
    try:
        import termios
        import tty
    except ImportError:
        return None
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        return None
    terminal = sys.stdin.fileno()
    try:
        before = termios.tcgetattr(terminal)
    except termios.error:
        return None
    try:
        tty.setcbreak(terminal, termios.TCSANOW)
        first = _column("\r" + _WHERE, terminal)
        after = _column(_EMOJI + _WHERE, terminal) if first else None
        sys.stdout.write("\r\x1b[K")
        sys.stdout.flush()
    finally:
        termios.tcsetattr(terminal, termios.TCSANOW, before)
    return after - first if first and after else None


def _column(ask: str, terminal: int) -> int | None:
    sys.stdout.write(ask)
    sys.stdout.flush()
    answer = b""
    while not (found := _PLACE.search(answer)):
        ready, _, _ = select.select([terminal], [], [], _SECONDS)
        if not ready or len(answer) > 1_000:
            return None
        answer += os.read(terminal, 100)
    return int(found[2])
