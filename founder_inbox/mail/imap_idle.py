"""Waiting for news (RFC 2177, IDLE), with the traps of servers and of the library kept away."""

import select
from collections.abc import Callable

from imapclient.exceptions import IMAPClientError

from founder_inbox.mail import imap_answers as answers
from founder_inbox.mail.imap_faults import ServerRefused
from founder_inbox.mail.imap_line import ImapLine

DONE_SECONDS = 15  # the answer to the end of IDLE, which costs a server nothing
IDLE_SLICE = 0.5  # seconds between two looks at what the founder did meanwhile


def wait_for_news(line: ImapLine, seconds: float, interrupted: Callable[[], bool]) -> bool:
    """IDLE until the server tells of a change (True), `seconds` pass, or `interrupted` says so.

    `interrupted` is asked twice a second; what it raises is passed on and leaves the line
    unusable. Raises LineBroken when the server closed the line, ServerRefused without IDLE.
    """
    slices = max(1, int(seconds / IDLE_SLICE))
    while slices > 0:
        tag, news = _begin_idle(line)
        stop = ready = news
        while slices > 0 and not stop:
            slices -= 1
            ready = _readable(line, IDLE_SLICE)
            stop = ready or interrupted()
        if _end_idle(line, tag) or news:
            return True
        if not ready:
            return False
    return False


def _begin_idle(line: ImapLine) -> tuple[bytes, bool]:
    """The tag of IDLE, and whether news came before the server agreed to it."""
    if not line.can("IDLE"):
        raise ServerRefused(f"{line.server.host} (IMAP) has no IDLE.")
    imap = line.client._imap
    news = False
    with line.speaking():
        tag: bytes = imap._command("IDLE")
        while (told := imap._get_response()) is not None:
            news = news or answers.is_news(told)
            if imap.tagged_commands[tag]:
                _status, text = imap.tagged_commands.pop(tag)
                raise IMAPClientError(str(text[0]))
    return tag, news


def _end_idle(line: ImapLine, tag: bytes) -> bool:
    """Whether there was news. Written here, because the library trips over a stray `+`."""
    imap = line.client._imap
    news = False
    with line.speaking(min(DONE_SECONDS, line.command_seconds)):
        imap.send(b"DONE\r\n")
        while not imap.tagged_commands[tag]:
            told = imap._get_response()
            news = news or (told is not None and answers.is_news(told))
            imap._check_bye()
        del imap.tagged_commands[tag]
    return news


def _readable(line: ImapLine, seconds: float) -> bool:
    with line.speaking():
        # What came in one packet with the answer to IDLE is in our hands already.
        if line.wire.has_buffered():
            return True
        readable, _, _ = select.select([line.client.socket()], [], [], seconds)
    return bool(readable)
