"""The syncing process as the app sees it: started, looked after, ended. No mail code in here."""

import contextlib
import signal
import subprocess

from founder_inbox.core.sync.backoff import pause_after
from founder_inbox.errors import LoginRefused
from founder_inbox.system import clock
from founder_inbox.system.locks import held
from founder_inbox.system.own_process import own_command, own_environment
from founder_inbox.system.paths import Paths

SYNC_LOCK = "sync.lock"
END_SECONDS = 0.5


class SyncProcess:
    """A child running `sync --watch`; it ends by itself when this process does."""

    def __init__(self, config_path: str | None, paths: Paths) -> None:
        self._config_path = config_path
        self._paths = paths
        self._child: subprocess.Popen[bytes] | None = None
        self._failures = 0
        self._not_before = 0.0
        self._refused = False

    def start(self) -> None:
        """Start the child, unless some process syncs this data folder. In the main thread only."""
        if held(self._paths.data / SYNC_LOCK):
            return
        config = ["--config", self._config_path] if self._config_path else []
        # A child inherits what is ignored: a nudge must not end one that can't listen yet.
        before = signal.signal(signal.SIGUSR1, signal.SIG_IGN)
        try:
            self._child = subprocess.Popen(
                own_command("sync", "--watch", "--until-eof", *config),
                env=own_environment(),
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
        finally:
            signal.signal(signal.SIGUSR1, before)

    @property
    def runs(self) -> bool:
        """Whether the child is alive."""
        return self._child is not None and self._child.poll() is None

    def ensure(self) -> None:
        """Start it again when it died, with longer and longer pauses. Call it now and then."""
        if self.runs:
            return
        if (child := self._child) is not None:
            self._refused = child.returncode == LoginRefused.exit_code
            self._failures += 1
            self._not_before = clock.monotonic() + pause_after(self._failures, 0.5)
            self._forget()
        # A refused login is not tried again by itself: providers lock accounts for that.
        if clock.monotonic() >= self._not_before and not self._refused:
            self.start()

    def nudge(self) -> None:
        """Ask for a round now, also after a refused login: the founder may have mended it."""
        self._refused = False
        self._not_before = 0.0
        if self._child is not None and self.runs:
            self._child.send_signal(signal.SIGUSR1)
        else:
            self._forget()

    def stop(self) -> None:
        """End the child within half a second, kindly first."""
        child = self._forget()
        if child is None:
            return
        child.terminate()
        try:
            child.wait(END_SECONDS)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()

    def _forget(self) -> subprocess.Popen[bytes] | None:
        """Let go of the child; the end of its standard input tells it to stop."""
        child, self._child = self._child, None
        if child is not None and child.stdin is not None:
            with contextlib.suppress(OSError):  # the child may be gone already
                child.stdin.close()
        return child
