"""The servers' process: it starts, and it never outlives whoever started it."""

import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

import founder_inbox
from founder_inbox.demo import provider as provider_module
from founder_inbox.demo.provider import Provider, start
from founder_inbox.errors import FounderInboxError

from .conftest import NOW

_STARTER = """
import sys, time
from datetime import UTC, datetime
from founder_inbox.demo.provider import start
running = start(datetime(2026, 11, 22, 9, 20, tzinfo=UTC), quiet=True)
print(running.imap_port, running.smtp_port, flush=True)
time.sleep(60)
"""


def _answers(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True


def _falls_silent(port: int) -> bool:
    deadline = time.monotonic() + 10
    while _answers(port):
        if time.monotonic() > deadline:
            return False
    return True


def _running() -> Provider:
    running = start(NOW, quiet=True)
    assert _answers(running.imap_port)
    assert _answers(running.smtp_port)
    return running


def test_closing_ends_the_servers_without_force() -> None:
    running = _running()
    running.close()
    assert running.process.returncode == 0
    assert not _answers(running.imap_port)
    running.close()


def test_leaving_the_context_ends_the_servers_even_after_an_error() -> None:
    with pytest.raises(ZeroDivisionError), _running() as running:
        raise ZeroDivisionError
    assert running.process.returncode == 0


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_a_signal_ends_the_servers_and_closing_stays_harmless(number: signal.Signals) -> None:
    running = _running()
    running.process.send_signal(number)
    assert running.process.wait(10) == -number
    running.close()
    assert not _answers(running.smtp_port)


def test_ctrl_c_is_left_to_the_starter() -> None:
    with _running() as running:
        running.process.send_signal(signal.SIGINT)
        assert _answers(running.imap_port)
        assert running.process.poll() is None


def test_the_servers_end_when_their_starter_is_killed() -> None:
    root = Path(founder_inbox.__file__).parent.parent
    with subprocess.Popen(
        [sys.executable, "-c", _STARTER], stdout=subprocess.PIPE, cwd=root
    ) as starter:
        assert starter.stdout is not None
        ports = [int(port) for port in starter.stdout.readline().split()]
        assert len(ports) == 2
        assert all(_answers(port) for port in ports)
        starter.kill()
    assert all(_falls_silent(port) for port in ports)


def test_servers_that_do_not_start_are_explained(monkeypatch: pytest.MonkeyPatch) -> None:
    broken = {"PYTHONPATH": "", "PYTHONHOME": "/nowhere"}
    monkeypatch.setattr(provider_module, "_environment", lambda: broken)
    with pytest.raises(FounderInboxError, match="did not start"):
        start(NOW)
