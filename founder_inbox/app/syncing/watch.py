"""The syncing process: a round, then waiting for news, until it is told to stop."""

import contextlib
import logging
import os
import random
import select
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from datetime import datetime
from types import FrameType

from founder_inbox.app.hours.opening import door_now
from founder_inbox.app.hours.set_back import check_between
from founder_inbox.app.reading.intake import can_read_anew
from founder_inbox.app.syncing.forgetting import finish_file
from founder_inbox.app.syncing.share import has_news
from founder_inbox.app.syncing.sync import (
    connect,
    has_moved_on,
    prepare,
    say_offline,
    sent_has_moved_on,
    sync_round,
)
from founder_inbox.app.workspace import Workspace
from founder_inbox.core.hours.set_back import Look
from founder_inbox.core.sync.backoff import pause_after
from founder_inbox.errors import FounderInboxError, LoginRefused, ServerUnreachable
from founder_inbox.mail.imap import ImapSession, ServerRefused
from founder_inbox.store.actions import due_actions
from founder_inbox.store.outbox import due_items
from founder_inbox.store.parts import is_wanted
from founder_inbox.store.sync_state import read_sync_state, say
from founder_inbox.system import clock

log = logging.getLogger(__name__)

IDLE_SECONDS = 9 * 60  # home routers forget a silent line after ten minutes
POLL_SECONDS = 120  # for servers without IDLE
OUTSIDE_SECONDS = 15 * 60  # outside the support hours nobody waits for news
GLANCE_SECONDS = 1.0  # how often the door is looked at meanwhile
SENT_SECONDS = 120  # IDLE hears of the inbox only; answers from other programs land in Sent
SLEPT_SECONDS = 90  # a bigger jump of the clock means the laptop was asleep
GOOD_SECONDS = 120  # a line that held so long forgives the failures before it
END_SECONDS = 0.35  # what is still running then is ended in the middle; every step survives that
SLICE = 0.2
ENDS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
Now = Callable[[], datetime]


class _Stopped(Exception):
    """Told to stop where there is no connection yet that could be cut."""


class _Slept(Exception):
    """The machine was asleep; the line is dead, whatever it looks like."""


class Watch:
    """The loop's state: whether to stop, whether the founder asked for a round now."""

    def __init__(
        self,
        ws: Workspace,
        now: Now,
        *,
        until_eof: bool,
        opened: Callable[[], object] | None = None,
    ) -> None:
        """With `until_eof` the end of standard input ends the loop: the parent is gone.

        `opened` is called after the first round of each window that begins meanwhile.
        """
        self._ws = ws
        self._opened = opened
        self._was_open = True
        self._now = now
        self._until_eof = until_eof
        self._session: ImapSession | None = None
        self._connecting = False
        self._sending = False
        self._nudged = False
        self._looked_again = False
        self._refusals = 0
        self._ended = threading.Event()
        self._look = Look(now(), clock.monotonic())
        self.stopping = False

    def listen(self) -> None:
        """SIGTERM, SIGINT and SIGHUP end the loop, SIGUSR1 asks for a round."""
        wake, signalled = os.pipe()
        os.set_blocking(signalled, False)
        signal.set_wakeup_fd(signalled, warn_on_full_buffer=False)
        for number in ENDS:
            signal.signal(number, self._stop)
        signal.signal(signal.SIGUSR1, self._nudge)
        threading.Thread(target=self._stand_by, args=(wake,), daemon=True).start()

    def run(self) -> None:
        """Sync until told to stop. Raises LoginRefused after the second refusal in a row."""
        try:
            self._run()
        except _Stopped:
            pass
        except FounderInboxError:
            if not self.stopping:
                raise
        finally:
            self._ended.set()

    def _run(self) -> None:
        prepare(self._ws, self._now())
        self._was_open = self._is_open()
        failures = 0
        while not self.stopping:
            started = clock.monotonic()
            try:
                self._connected()
                failures = 0
            except LoginRefused as error:
                self._refusals += 1
                say_offline(self._ws, error, "refused")
                if self._refusals > 1:
                    raise
                self._pause(pause_after(1, random.random()))  # noqa: S311 - jitter, no secret
            except ServerUnreachable as error:
                if self.stopping:
                    return
                held = clock.monotonic() - started > GOOD_SECONDS
                failures = 1 if held else failures + 1
                log.warning("offline: %s", error)
                say_offline(self._ws, error, "offline")
                finish_file(self._ws)
                asked = getattr(error, "wait", 0.0)
                pause = pause_after(failures, random.random(), asked)  # noqa: S311 - jitter, no secret
                if self._pause(pause):
                    failures = 0

    def _connected(self) -> None:
        session = self._connect()
        self._refusals = 0
        try:
            while not self.stopping:
                if self._nudged or not self._quiet_for():
                    self._round(session)
                else:
                    say(self._ws.store, os.getpid(), "idle")
                self._wait(session)
        except (ServerUnreachable, _Slept) as error:
            # A goodbye on a broken line would only wait for its time-out.
            session.drop()
            if isinstance(error, ServerUnreachable):
                raise
        else:
            session.close()
        finally:
            self._session = None

    def _round(self, session: ImapSession) -> None:
        self._nudged = False
        report = sync_round(self._ws, session, self._now, undisturbed=self._undisturbed)
        if report.trouble is not None:
            log.warning("left undone: %s", report.trouble)
        is_open = self._is_open()
        if is_open and not self._was_open and self._opened is not None:
            self._opened()
        self._was_open = is_open

    def _quiet_for(self) -> float:
        """For how many seconds no round is wanted: outside the hours they are far apart.

        A line that dropped, or a restart of the app, is no reason for one.
        """
        last = read_sync_state(self._ws.store).synced_at
        if last is None or self._is_open() or self._has_work():
            return 0
        passed = (self._now() - last).total_seconds()
        return OUTSIDE_SECONDS - passed if 0 <= passed < OUTSIDE_SECONDS else 0

    def _connect(self) -> ImapSession:
        self._connecting = True
        try:
            self._session = connect(self._ws)
        finally:
            self._connecting = False
        return self._session

    def _wait(self, session: ImapSession) -> None:
        """Wait for news or for something to do. Raises _Slept when the machine did."""
        awake = self._awake_since()

        def interrupted() -> bool:
            if self._has_slept(awake):
                raise _Slept
            self._watch_clock()
            return self._nudged or self.stopping or self._has_work()

        moved_on = has_moved_on(self._ws, session)
        if not self._is_open():
            self._rest(session, interrupted)
            return
        if moved_on and not self._looked_again:
            self._looked_again = True  # once: a server that counts oddly must not keep us busy
            return
        self._looked_again = False
        try:
            until = clock.monotonic() + IDLE_SECONDS
            while (left := until - clock.monotonic()) > 0:
                if session.wait_for_news(min(SENT_SECONDS, left), interrupted) or interrupted():
                    return
                if sent_has_moved_on(self._ws, session) or has_news(self._ws, session):
                    return
        except ServerRefused:  # no IDLE: ask now and then
            deadline = clock.monotonic() + POLL_SECONDS
            while clock.monotonic() < deadline and not interrupted():
                clock.wait(SLICE)

    def _rest(self, session: ImapSession, interrupted: Callable[[], bool]) -> None:
        """Keep the line while the door is shut: a round now and then, and one when it opens."""
        until = clock.monotonic() + (self._quiet_for() or OUTSIDE_SECONDS)
        looked, opened = clock.monotonic(), False

        def over() -> bool:
            nonlocal looked, opened
            if clock.monotonic() - looked >= GLANCE_SECONDS:
                looked, opened = clock.monotonic(), self._is_open()
            return opened or interrupted() or clock.monotonic() >= until

        while not over():
            # News only end the waiting for news: they are fetched when it is time.
            with contextlib.suppress(ServerRefused):
                session.wait_for_news(IDLE_SECONDS, over)
            clock.wait(SLICE)

    def _is_open(self) -> bool:
        return door_now(self._ws, self._now()).is_open

    def _pause(self, seconds: float) -> bool:
        """Wait without a connection; True when something suggests that it may be there again."""
        awake = self._awake_since()
        deadline = clock.monotonic() + seconds
        while clock.monotonic() < deadline and not self.stopping:
            if self._nudged or self._has_slept(awake):
                self._nudged = False
                return True
            clock.wait(SLICE)
        return False

    def _awake_since(self) -> float:
        """What the clock on the wall is ahead of the one that stands still while we sleep."""
        return self._now().timestamp() - clock.monotonic()

    def _has_slept(self, awake: float) -> bool:
        return self._awake_since() - awake > SLEPT_SECONDS

    def _watch_clock(self) -> None:
        """Write down a clock that was set back; a jump ahead was a sleep."""
        look = Look(self._now(), clock.monotonic())
        check_between(self._ws, self._look, look)
        self._look = look

    def _has_work(self) -> bool:
        store, moment = self._ws.store, self._now()
        if due_items(store, moment) or due_actions(store, moment, 1) or is_wanted(store):
            return True
        return can_read_anew(self._ws)

    @contextlib.contextmanager
    def _undisturbed(self) -> Iterator[None]:
        self._sending = True
        try:
            yield
        finally:
            self._sending = False

    def _stop(self, _number: int, _frame: FrameType | None) -> None:
        self.stopping = True
        if self._session is not None:
            self._session.cut()  # whoever waits for the server finds the line broken
        elif self._connecting:
            raise _Stopped

    def _nudge(self, _number: int, _frame: FrameType | None) -> None:
        self._nudged = True

    def _stand_by(self, wake: int) -> None:
        """In a thread: see the end of standard input, and end what does not end by itself.

        A look-up of a host's name, for one, lets no signal through.
        """
        inputs = [wake, *([sys.stdin.fileno()] if self._until_eof else [])]
        told = False
        while not told:
            readable, _, _ = select.select(inputs, [], [])
            if wake in readable:
                told = any(number in ENDS for number in os.read(wake, 64))
            elif not os.read(inputs[1], 64):
                inputs = [wake]
                signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGTERM)
        if not self._ended.wait(END_SECONDS) and not self._sending:
            os._exit(0)
