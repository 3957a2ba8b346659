"""The app in a real terminal: whatever happens beside it, keys are answered and all is put back."""

import fcntl
import os
import pty
import signal
import struct
import subprocess
import sys
import termios
import threading
import time
from collections.abc import Callable
from contextlib import suppress

import pytest

from tests.faults.program import environment
from tests.faults.world import World

SECONDS = 60
CTRL_Q = b"\x11"
# Out of the other screen, the cursor is there, and no mouse is reported.
PUT_BACK = (b"\x1b[?1049l", b"\x1b[?25h", b"\x1b[?1000l")


class Terminal:
    """A terminal of 100 by 30 with the app in it."""

    def __init__(self, world: World) -> None:
        self._master, self._slave = pty.openpty()
        fcntl.ioctl(self._slave, termios.TIOCSWINSZ, struct.pack("HHHH", 30, 100, 0, 0))
        self.before = termios.tcgetattr(self._slave)
        self.said = b""
        self.process = subprocess.Popen(
            [sys.executable, "-m", "founder_inbox", "--config", str(world.config)],
            stdin=self._slave,
            stdout=self._slave,
            stderr=self._slave,
            env={**environment(), "TERM": "xterm-256color"},
            start_new_session=True,
        )
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()

    def press(self, keys: bytes) -> None:
        os.write(self._master, keys)

    def wait(self, true: Callable[[], bool], what: str) -> None:
        """Until it is true; fails with what was said last."""
        give_up = time.monotonic() + SECONDS
        while not true():
            assert time.monotonic() < give_up, f"never {what}: {self.said[-3_000:]!r}"
            assert self.process.poll() is None, f"ended, never {what}: {self.said[-3_000:]!r}"
            with suppress(subprocess.TimeoutExpired):
                self.process.wait(timeout=0.02)

    def answers(self, keys: bytes) -> None:
        """Something is drawn when keys are pressed."""
        before = len(self.said)
        self.press(keys)
        self.wait(lambda: len(self.said) > before, f"an answer to {keys!r}")

    def end(self) -> int:
        """How it ended, once it has."""
        code = self.process.wait(timeout=SECONDS)
        after = termios.tcgetattr(self._slave)
        os.close(self._slave)
        self._listener.join(SECONDS)
        os.close(self._master)
        assert after == self.before
        left = {mark: self.said.rfind(mark) for mark in PUT_BACK}
        assert -1 not in left.values(), left
        assert self.said.rfind(b"\x1b[?1049h") < left[b"\x1b[?1049l"]
        return code

    def _listen(self) -> None:
        with suppress(OSError):  # the last one has closed the other end
            while piece := os.read(self._master, 65_536):
                self.said += piece


def the_sync_is_killed(world: World, _: Terminal) -> None:
    number = int((world.data / "sync.lock").read_text())
    os.kill(number, signal.SIGKILL)


def the_lid_is_shut(_: World, terminal: Terminal) -> None:
    os.kill(terminal.process.pid, signal.SIGSTOP)
    os.kill(terminal.process.pid, signal.SIGCONT)


def the_database_is_cut_short(world: World, _: Terminal) -> None:
    with world.database.open("r+b") as file:
        file.truncate(5_000)


def the_line_is_gone(world: World, _: Terminal) -> None:
    world.machine.imap_wire.hang_up()


@pytest.mark.parametrize(
    ("trouble", "leave"),
    [
        (the_sync_is_killed, CTRL_Q),
        (the_lid_is_shut, CTRL_Q),
        (the_lid_is_shut, signal.SIGTERM),
        (the_database_is_cut_short, signal.SIGHUP),
        (the_line_is_gone, signal.SIGTERM),
    ],
)
def test_keys_are_answered_and_the_terminal_is_put_back(
    world: World, trouble: Callable[[World, Terminal], None], leave: bytes | signal.Signals
) -> None:
    world.arrive()
    assert world.run("sync").code == 0
    before = (world.data / "sync.lock").read_text()
    terminal = Terminal(world)
    terminal.wait(lambda: b"Question 1" in terminal.said, "a ticket on the screen")
    lock = world.data / "sync.lock"
    terminal.wait(lambda: lock.read_text() not in {"", before}, "a sync beside it")

    trouble(world, terminal)
    for keys in (b"?", b"\x1b", b"/", b"x"):
        terminal.answers(keys)
    if isinstance(leave, bytes):
        terminal.press(leave)
    else:
        terminal.process.send_signal(leave)

    code = terminal.end()
    assert code >= 0 or leave == signal.SIGHUP
    assert b"Traceback" not in terminal.said
