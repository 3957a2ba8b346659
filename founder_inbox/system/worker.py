"""A child process for work that may hang or break: frames in, frames out, killed without regret.

A frame is its length in four bytes, most significant first, and then so many bytes. The child
ends when its standard input closes, so it never outlives this process, however that ends.
"""

import contextlib
import fcntl
import os
import select
import subprocess
from collections import deque
from collections.abc import Mapping, Sequence

from founder_inbox.system import clock

LARGEST_FRAME = 256 * 1024 * 1024
_LENGTH = 4
_AT_ONCE = 1024 * 1024


class WorkerGone(Exception):
    """The child could not be started, has ended, or speaks no frames any more.

    `code` is how it ended, as `Popen.returncode` has it; None where it never was or still is.
    """

    def __init__(self, words: str, code: int | None = None) -> None:
        super().__init__(words)
        self.code = code


class Worker:
    """One child. Not for several threads at once."""

    def __init__(self, command: Sequence[str], environment: Mapping[str, str]) -> None:
        """Start it, in a session of its own: Ctrl+C is not its business. Raises WorkerGone."""
        try:
            self._child = subprocess.Popen(
                command,
                env=environment,
                bufsize=0,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
        except OSError as error:
            raise WorkerGone(f"it can't be started ({error.strerror})") from error
        # Popen has both where it was asked for pipes.
        self._input = self._child.stdin.fileno() if self._child.stdin else -1
        self._output = self._child.stdout.fileno() if self._child.stdout else -1
        os.set_blocking(self._input, False)
        for pipe in (self._input, self._output):
            _widen(pipe)
        self._unsent: deque[memoryview] = deque()
        self._received = bytearray()
        self._ended = False

    @property
    def pid(self) -> int:
        """The child's process id."""
        return self._child.pid

    def send(self, *chunks: bytes) -> None:
        """Put one frame, given in pieces, on its way. Never waits; nothing is copied."""
        length = sum(map(len, chunks))
        self._unsent.append(memoryview(length.to_bytes(_LENGTH, "big")))
        self._unsent.extend(memoryview(chunk) for chunk in chunks if chunk)
        self._write()

    def receive(self, seconds: float) -> bytes | None:
        """The next frame, or None when there is none after that time. Raises WorkerGone."""
        deadline = clock.monotonic() + seconds
        while True:
            self._exchange(0.0)
            if (frame := self._frame()) is not None:
                return frame
            if self._ended:
                raise WorkerGone("it ended", self.end())
            left = deadline - clock.monotonic()
            if left <= 0:
                return None
            self._exchange(left)

    def end(self) -> int:
        """End it at once, whatever it does; how it ended. May be called again."""
        self._unsent.clear()
        # Whoever has ended by itself is not told to: its own way to end is worth knowing.
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._child.wait(0.2 if self._ended else 0)
        self._child.kill()
        code = self._child.wait()
        for pipe in (self._child.stdin, self._child.stdout):
            if pipe is not None:
                pipe.close()
        return code

    def _exchange(self, seconds: float) -> None:
        """Write and read what goes without waiting, or as soon as something goes."""
        poll = select.poll()
        poll.register(self._output, select.POLLIN)
        if self._unsent:
            poll.register(self._input, select.POLLOUT)
        for pipe, _ in poll.poll(seconds * 1000):
            if pipe == self._output:
                self._read()
            else:
                self._write()

    def _write(self) -> None:
        try:
            while self._unsent:
                chunk = self._unsent[0]
                written = os.write(self._input, chunk)
                if written == len(chunk):
                    self._unsent.popleft()
                else:
                    self._unsent[0] = chunk[written:]
        except BlockingIOError:
            return
        except BrokenPipeError:  # it has ended; what it still said is read first
            self._unsent.clear()

    def _read(self) -> None:
        data = os.read(self._output, _AT_ONCE)
        self._received += data
        self._ended = self._ended or not data

    def _frame(self) -> bytes | None:
        if len(self._received) < _LENGTH:
            return None
        end = _LENGTH + int.from_bytes(self._received[:_LENGTH], "big")
        if end > LARGEST_FRAME:
            raise WorkerGone("it answered nonsense", self.end())
        if len(self._received) < end:
            return None
        frame = bytes(memoryview(self._received)[_LENGTH:end])
        del self._received[:end]
        return frame


def _widen(pipe: int) -> None:
    """Let a pipe hold a megabyte, so that the child works while this process does."""
    size = getattr(fcntl, "F_SETPIPE_SZ", None)
    if size is not None:
        with contextlib.suppress(OSError):  # more than this user may have
            fcntl.fcntl(pipe, size, _AT_ONCE)
