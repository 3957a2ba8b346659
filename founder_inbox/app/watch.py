"""The syncing process: a round, then waiting for news, until it is told to stop."""

import logging
import os
import random
import select
import signal
import sys
from collections.abc import Callable
from datetime import datetime
from types import FrameType

from founder_inbox.app.sync import connect, prepare, say_offline, sync_round
from founder_inbox.app.workspace import Workspace
from founder_inbox.core.backoff import pause_after
from founder_inbox.errors import LoginRefused, ServerUnreachable
from founder_inbox.mail.imap import ImapSession
from founder_inbox.store.actions import due_actions
from founder_inbox.store.outbox import due_items
from founder_inbox.system import clock

log = logging.getLogger(__name__)

IDLE_SECONDS = 9 * 60  # home routers forget a silent line after ten minutes
POLL_SECONDS = 120  # for servers without IDLE
SLEPT_SECONDS = 90  # a bigger jump of the clock means the laptop was asleep
SLICE = 0.5
Now = Callable[[], datetime]


class Watch:
    """The loop's state: whether to stop, whether the founder asked for a round now."""

    def __init__(self, ws: Workspace, now: Now, *, until_eof: bool) -> None:
        """With `until_eof` the end of standard input ends the loop: the parent is gone."""
        self._ws = ws
        self._now = now
        self._until_eof = until_eof
        self._nudged = False
        self.stopping = False

    def listen(self) -> None:
        """SIGTERM, SIGINT and SIGHUP end the loop, SIGUSR1 asks for a round."""
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, self._stop)
        signal.signal(signal.SIGUSR1, self._nudge)

    def run(self) -> None:
        """Sync until told to stop. Raises LoginRefused after the second refusal in a row."""
        prepare(self._ws, self._now())
        failures = refusals = 0
        while not self.should_stop():
            try:
                self._connected()
                failures = refusals = 0
            except LoginRefused as error:
                refusals += 1
                say_offline(self._ws, error, "refused")
                if refusals > 1:
                    raise
                self._pause(pause_after(1, random.random()))  # noqa: S311 - jitter, no secret
            except ServerUnreachable as error:
                log.warning("offline: %s", error)
                failures += 1
                say_offline(self._ws, error, "offline")
                self._pause(pause_after(failures, random.random()))  # noqa: S311 - jitter, no secret

    def should_stop(self) -> bool:
        """Whether somebody asked for the end, or the parent is gone."""
        if self._until_eof and not self.stopping:
            readable, _, _ = select.select([sys.stdin], [], [], 0)
            self.stopping = bool(readable) and not os.read(sys.stdin.fileno(), 1)
        return self.stopping

    def _connected(self) -> None:
        session = connect(self._ws)
        try:
            while not self.should_stop():
                report = sync_round(self._ws, session, self._now)
                if report.trouble is not None:
                    log.warning("not sent: %s", report.trouble)
                if not self._wait(session):
                    session.drop()
                    return
        except ServerUnreachable:
            # A goodbye on a broken line would only wait for its time-out.
            session.drop()
            raise
        session.close()

    def _wait(self, session: ImapSession) -> bool:
        """Wait for news or for something to do; False when the machine has slept meanwhile."""
        self._nudged = False
        before, started = self._now(), clock.monotonic()
        if session.can("IDLE"):
            session.open("INBOX")
            session.wait_for_news(IDLE_SECONDS, self._has_work)
        else:
            self._pause(POLL_SECONDS)
        passed = clock.monotonic() - started
        return (self._now() - before).total_seconds() - passed < SLEPT_SECONDS

    def _pause(self, seconds: float) -> None:
        deadline = clock.monotonic() + seconds
        while clock.monotonic() < deadline and not self._has_work(offline=True):
            clock.wait(SLICE)

    def _has_work(self, *, offline: bool = False) -> bool:
        if self._nudged or self.should_stop():
            return True
        moment = self._now()
        if offline:
            return False
        return bool(due_items(self._ws.store, moment) or due_actions(self._ws.store, moment, 1))

    def _stop(self, _number: int, _frame: FrameType | None) -> None:
        self.stopping = True

    def _nudge(self, _number: int, _frame: FrameType | None) -> None:
        self._nudged = True
