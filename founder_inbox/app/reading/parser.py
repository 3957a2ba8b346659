"""Foreign mail is read in a process of its own, which may break; this is how we ask it.

A mail at which it hangs or breaks is put aside, the ones behind it go on in a new process, and
only then it gets a second chance, alone. Each new process first reads an ordinary mail. So a mail
that fails twice is to blame itself; and if not even the ordinary mail can be read, no mail is:
`ParserUnavailable`.
"""

import atexit
import functools
import signal
import threading
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Self

import msgspec

from founder_inbox.app.reading import parser_frames as frames
from founder_inbox.core.mime.unreadable import unreadable_mail
from founder_inbox.core.model import Mail
from founder_inbox.errors import FounderInboxError
from founder_inbox.system import clock
from founder_inbox.system.own_process import bare_environment, module_command
from founder_inbox.system.worker import Worker, WorkerGone

LARGEST_MAIL = 100 * 1024 * 1024
MEGABYTES = 512
SECONDS = 5.0
# By the clock it may take longer: other programs want the processor too.
PATIENCE = 20.0
START_SECONDS = 30.0
PAUSE_SECONDS = 60.0
# How long an answer is waited for while the database is locked.
SHORTLY = 0.01

TOO_LARGE: Final = "it is larger than 100 MB"
TOO_SLOW: Final = "reading it took too long"
TOO_HUNGRY: Final = "reading it needed too much memory"
BREAKS_US: Final = "it makes the reader break"
_ENDS: Final[dict[int | None, str]] = {
    -signal.SIGPROF: TOO_SLOW,
    -signal.SIGALRM: TOO_SLOW,
    frames.NO_ROOM: TOO_HUNGRY,
}

ORDINARY: Final = (
    b"From: Ana <ana@ordinary.test>\r\nTo: support@ordinary.test\r\n"
    b"Subject: =?utf-8?q?Caf=C3=A9?=\r\n"
    b"Message-ID: <ordinary@ordinary.test>\r\nDate: Mon, 2 Nov 2026 09:15:00 +0000\r\n"
    b"MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=B\r\n\r\n--B\r\n"
    b"Content-Type: text/html; charset=utf-8\r\n\r\n<p>Hello, <b>it works</b>.</p>\r\n--B\r\n"
    b"Content-Type: image/png; name=a.png\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    + b"aGVsbG8gd29ybGQ=" * 4_000
    + b"\r\n--B--\r\n"
)


class Unreadable(Exception):
    """One mail can't be read; `str` completes "This mail could not be read: …"."""


class ParserUnavailable(FounderInboxError):
    """The process that reads mail doesn't work, whatever the mail."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What became of the mail at `place` in the list that was given.

    With a `failure` its `mail` is what a glance at the head tells.
    """

    place: int
    mail: Mail
    failure: str | None = None


class MailParser:
    """Asks one process, started when first needed and kept warm. Threads take turns."""

    def __init__(self, command: Sequence[str] | None = None, *, patience: float = PATIENCE) -> None:
        """With a `command` of its own another program answers; `patience` is for one mail."""
        limits = (str(MEGABYTES), str(SECONDS))
        self._command = command or module_command(frames.MODULE, *limits)
        self.patience = patience
        self._worker: Worker | None = None
        self._trouble: ParserUnavailable | None = None
        self._not_before = 0.0
        self._ahead: deque[list[bytes]] = deque()
        self.turn = threading.RLock()

    @property
    def works(self) -> bool:
        """False for a minute after it turned out that the process doesn't."""
        return self._trouble is None or clock.monotonic() >= self._not_before

    @property
    def pid(self) -> int | None:
        """The process's id, None while there is none."""
        return self._worker.pid if self._worker else None

    def parse(self, raw: bytes) -> Mail:
        """What one mail says. Raises Unreadable and ParserUnavailable."""
        with self.parse_all([raw]) as readings:
            reading = readings.wait()
        if reading is None or reading.failure is not None:
            raise Unreadable(reading.failure if reading else BREAKS_US)
        return reading.mail

    def parse_all(self, raws: Sequence[bytes]) -> "Readings":
        """What each of several mails says; a block of `with` in which the answers come."""
        return Readings(self, raws)

    def read_ahead(self, raws: Sequence[bytes]) -> None:
        """Have mails read that `parse_all` is asked for next, in the order of the calls.

        An offer: where the process does not work, or another question comes between, `parse_all`
        asks anew.
        """
        sent = [raw for raw in raws if len(raw) <= LARGEST_MAIL]
        with self.turn:
            try:
                worker = self.worker()
            except ParserUnavailable:
                return
            for raw in sent:
                worker.send(frames.PARSE, raw)
            if sent:
                self._ahead.append(sent)

    def take_ahead(self, raws: Sequence[bytes]) -> bool:
        """Whether the next answers are about these mails; what is about others is given up."""
        if self._ahead and self._ahead[0] == raws:
            self._ahead.popleft()
            return True
        if self._ahead:
            self.end()
        return False

    def attachment(self, raw: bytes, part: int) -> bytes:
        """The decoded content of an attachment. Raises Unreadable and ParserUnavailable."""
        if len(raw) > LARGEST_MAIL:
            raise Unreadable(TOO_LARGE)
        number = part.to_bytes(frames.PART_BYTES, "big")
        with self.turn:
            try:
                return self._ask(frames.ATTACHMENT, number, raw)
            except (WorkerGone, Unreadable) as fault:
                self.prove()
                raise Unreadable(reason_of(fault)) from fault

    def prove(self) -> None:
        """Read an ordinary mail. Raises ParserUnavailable when not even that succeeds."""
        with self.turn:
            try:
                decode(self._ask(frames.PARSE, ORDINARY))
            except (WorkerGone, Unreadable) as fault:
                raise self._unavailable(f"not even an ordinary mail: {reason_of(fault)}") from fault

    def end(self) -> None:
        """End the process; the next mail starts another."""
        self._ahead.clear()
        worker, self._worker = self._worker, None
        if worker is not None:
            worker.end()

    def worker(self) -> Worker:
        """The process, started now if there is none. Raises ParserUnavailable."""
        if self._worker is not None:
            return self._worker
        if self._trouble is not None and not self.works:
            raise self._trouble
        try:
            self._worker = Worker(self._command, bare_environment())
            hello = self._worker.receive(START_SECONDS)
        except WorkerGone as gone:
            raise self._unavailable(str(gone)) from gone
        if hello != frames.HELLO:
            words = "it says nothing" if hello is None else "it is of another version"
            raise self._unavailable(words)
        self._trouble = None
        return self._worker

    def _ask(self, *question: bytes) -> bytes:
        if self._ahead:  # the next answers are not about this question
            self.end()
        worker = self.worker()
        try:
            worker.send(*question)
            return content(worker.receive(self.patience))
        except BaseException:  # Ctrl+C too: what came later would be taken for the next answer
            self.end()
            raise

    def _unavailable(self, words: str) -> ParserUnavailable:
        self.end()
        self._not_before = clock.monotonic() + PAUSE_SECONDS
        self._trouble = ParserUnavailable(
            f"The process that reads mail does not work: {words}. Mail is fetched and kept, and "
            "becomes tickets as soon as it does. Start founder-inbox again; if that doesn't help, "
            "the machine may be short of memory or processes."
        )
        return self._trouble


class Readings:
    """The answers about several mails, as they come; what fails comes last.

    All questions are sent at once, so that the process reads on while its answers are filed.
    """

    def __init__(self, parser: MailParser, raws: Sequence[bytes]) -> None:
        self._parser = parser
        self._raws = raws
        self._asked: deque[int] = deque()
        self._waiting = deque(i for i, raw in enumerate(raws) if len(raw) <= LARGEST_MAIL)
        self._too_large = deque(i for i, raw in enumerate(raws) if len(raw) > LARGEST_MAIL)
        self._suspects: deque[int] = deque()
        self._on_trial: int | None = None
        self._had_fault = False
        self._since = 0.0

    def __enter__(self) -> Self:
        self._parser.turn.acquire()
        if self._parser.take_ahead([self._raws[place] for place in self._waiting]):
            self._asked, self._waiting = self._waiting, deque()
            self._since = clock.monotonic()
        return self

    def __exit__(self, *_: object) -> None:
        if self._asked:  # nobody waits for these answers any more; they must not come later
            self._parser.end()
        self._parser.turn.release()

    def wait(self) -> Reading | None:
        """The next answer, however long that mail may take; None after the last.

        Raises ParserUnavailable; the mails that had no answer yet then keep waiting.
        """
        while True:
            if (reading := self._next(self._parser.patience)) is not None:
                return reading
            if not (self._asked or self._waiting or self._suspects or self._too_large):
                return None

    def ready(self) -> Reading | None:
        """The next answer if it is there or comes in a moment; never starts anything."""
        return self._next(SHORTLY) if self._asked else None

    def _next(self, seconds: float) -> Reading | None:
        if self._too_large:
            return self._failed(self._too_large.popleft(), TOO_LARGE)
        if not self._asked:
            if not (self._waiting or self._suspects):
                return None
            self._ask()
        place = self._asked[0]
        try:
            left = self._since + self._parser.patience - clock.monotonic()
            answer = self._parser.worker().receive(max(0.0, min(seconds, left)))
            if answer is None and seconds < left:
                return None
            mail = decode(content(answer))
        except (WorkerGone, Unreadable) as fault:
            return self._put_aside(place, reason_of(fault))
        self._asked.popleft()
        self._on_trial = None
        self._since = clock.monotonic()
        return Reading(place, mail)

    def _ask(self) -> None:
        """Send what waits; when nothing does any more, one suspect, alone."""
        if self._had_fault or not self._waiting:
            self._parser.prove()
            self._had_fault = False
        if not self._waiting:
            self._on_trial = self._suspects.popleft()
            self._waiting.append(self._on_trial)
        worker = self._parser.worker()
        for place in self._waiting:
            worker.send(frames.PARSE, self._raws[place])
        self._asked.extend(self._waiting)
        self._waiting.clear()
        self._since = clock.monotonic()

    def _put_aside(self, place: int, reason: str) -> Reading | None:
        """The first asked for failed: those behind it are asked for anew, in a new process."""
        self._parser.end()
        self._had_fault = True
        self._asked.popleft()
        self._waiting.extendleft(reversed(self._asked))
        self._asked.clear()
        if self._on_trial == place:
            self._on_trial = None
            return self._failed(place, reason)
        self._suspects.append(place)
        return None

    def _failed(self, place: int, reason: str) -> Reading:
        return Reading(place, unreadable_mail(self._raws[place], reason), reason)


def content(answer: bytes | None) -> bytes:
    """What follows the letter of an answer. Raises Unreadable where that is not "done"."""
    if answer is None:
        raise Unreadable(TOO_SLOW)
    if answer[:1] == frames.DONE:
        return answer[1:]
    raise Unreadable(TOO_HUNGRY if answer[:1] == frames.NO_MEMORY else BREAKS_US)


def decode(data: bytes) -> Mail:
    """The mail in an answer. Raises Unreadable where there is none."""
    try:
        return frames.decode_mail(data)
    except (msgspec.DecodeError, ValueError) as error:
        raise Unreadable(BREAKS_US) from error


def reason_of(fault: Exception) -> str:
    """Why a mail could not be read, in words."""
    return _ENDS.get(fault.code, BREAKS_US) if isinstance(fault, WorkerGone) else str(fault)


def parser_command(megabytes: int = MEGABYTES, seconds: float = SECONDS) -> list[str]:
    """The process that reads mail, with its limits in memory and processor time."""
    return module_command(frames.MODULE, str(megabytes), str(seconds))


@functools.cache
def process_parser() -> MailParser:
    """The one of this process."""
    parser = MailParser()
    atexit.register(parser.end)
    return parser
