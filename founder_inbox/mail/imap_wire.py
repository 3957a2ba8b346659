"""Reading from an IMAP connection with an end: of a line, and of the time it may take.

imaplib reads lines of at most 1 MB, which the UIDs of 150,000 mails exceed, and a server that
drips a byte now and then passes every time-out of a socket (docs/decisions.md).
"""

import time
from typing import Any

LONGEST_LINE = 32 * 1024 * 1024
PIECE = 64 * 1024


class Wire:
    """Stands in for `read` and `readline` of an imaplib object, on its own buffered file."""

    def __init__(self, imap: Any) -> None:  # noqa: ANN401 - imaplib's object has private parts
        self._imap = imap
        self._deadline = float("inf")
        imap.read = self.read
        imap.readline = self.readline

    def allow(self, seconds: float) -> None:
        """From now on everything read must be there within `seconds`."""
        self._deadline = time.monotonic() + seconds

    def readline(self) -> bytes:
        """One line with its end; less only when the server has closed the line.

        Raises TimeoutError when the time is up, ValueError when the line is too long.
        """
        pieces: list[bytes] = []
        length = 0
        while chunk := self._imap.file.peek(1):
            self._check_time()
            end = chunk.find(b"\n") + 1
            pieces.append(self._imap.file.read(end or len(chunk)))
            length += len(pieces[-1])
            if end:
                break
            if length > LONGEST_LINE:
                raise ValueError("a line without an end")
        return b"".join(pieces)

    def read(self, size: int) -> bytes:
        """Exactly `size` bytes; fewer only when the server has closed the line.

        Raises TimeoutError when the time is up.
        """
        pieces: list[bytes] = []
        missing = size
        while missing and (chunk := self._imap.file.read1(min(missing, PIECE))):
            self._check_time()
            pieces.append(chunk)
            missing -= len(chunk)
        return b"".join(pieces)

    def has_buffered(self) -> bool:
        """Whether something has been read from the socket that nobody has asked for yet."""
        connection = self._imap.sock
        patience = connection.gettimeout()
        connection.setblocking(False)
        try:
            return bool(self._imap.file.peek(1))
        except OSError:  # nothing there, as TLS says it
            return False
        finally:
            connection.settimeout(patience)

    def _check_time(self) -> None:
        if time.monotonic() > self._deadline:
            raise TimeoutError("no answer in time")
