"""A program in a terminal of its own, watched byte by byte: no emulator in the timed loop."""

import fcntl
import os
import pty
import re
import select
import signal
import struct
import sys
import termios
import time
from collections.abc import Sequence
from typing import Self

COLUMNS, ROWS = 120, 40
# Brackets of a frame, and where the cursor stands or whether it shows: no change to see.
_INVISIBLE = re.compile(rb"\x1b\[\?\d+[hl]|\x1b\[\d*(?:;\d*)?H|\x1b\[\?\d+\$p|\x1b\[0?m")
_ASKS_FOR_FRAMES = b"\x1b[?2026$p"
_FRAMES_ARE_KNOWN = b"\x1b[?2026;2$y"


class Terminal:
    """A running program and what it wrote, with the time of each piece."""

    def __init__(self, command: Sequence[str]) -> None:
        self.started = time.perf_counter()
        self.pid, self._descriptor = pty.fork()
        if self.pid == 0:
            _become(command)

    def press(self, key: str) -> float:
        """Type a key; when that was."""
        at = time.perf_counter()
        os.write(self._descriptor, key.encode())
        return at

    def wait_for(self, wanted: bytes, seconds: float = 30) -> float:
        """When the piece arrived with which that text was there. Raises TimeoutError."""
        seen = b""
        give_up = time.perf_counter() + seconds
        while time.perf_counter() < give_up:
            piece, at = self._read(0.05)
            seen += piece
            if wanted in seen:
                return at
        raise TimeoutError(f"no {wanted!r} in {seen[-2000:]!r}")

    def wait_for_change(self, seconds: float = 2) -> float:
        """When the first piece arrived that changes a cell. Raises TimeoutError."""
        give_up = time.perf_counter() + seconds
        while time.perf_counter() < give_up:
            piece, at = self._read(0.05)
            if _INVISIBLE.sub(b"", piece).strip():
                return at
        raise TimeoutError("nothing changed on the screen")

    def settle(self, quiet: float = 0.15, seconds: float = 10) -> None:
        """Read on until nothing has come for `quiet` seconds."""
        give_up = time.perf_counter() + seconds
        while time.perf_counter() < give_up:
            if not self._read(quiet)[0]:
                return

    def memory(self) -> float:
        """MiB in memory (RSS) where the system tells, else 0."""
        try:
            with open(f"/proc/{self.pid}/statm") as pages:  # noqa: PTH123 - no file, the kernel
                return int(pages.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20
        except OSError:
            return 0.0

    def _read(self, seconds: float) -> tuple[bytes, float]:
        ready, _, _ = select.select([self._descriptor], [], [], seconds)
        at = time.perf_counter()
        if not ready:
            return b"", at
        try:
            piece = os.read(self._descriptor, 1 << 16)
        except OSError:  # the program has ended
            return b"", at
        if _ASKS_FOR_FRAMES in piece:
            os.write(self._descriptor, _FRAMES_ARE_KNOWN)
        return piece, at

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        os.kill(self.pid, signal.SIGTERM)
        self.settle(0.3, 2)
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self._descriptor)


def _become(command: Sequence[str]) -> None:
    """Turn the child into the program, in a terminal of a fixed size."""
    fcntl.ioctl(sys.__stdin__ or 0, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
    kept = {name: value for name, value in os.environ.items() if name != "NO_COLOR"}
    kept |= {"TERM": "xterm-256color", "COLORTERM": "truecolor", "LC_ALL": "C.UTF-8"}
    os.execve(command[0], list(command), kept)
