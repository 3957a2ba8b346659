"""A process that was suspended while it wrote: the others say so, and go on afterwards."""

import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from founder_inbox.errors import CannotWrite
from founder_inbox.store import write_lock
from founder_inbox.store.database import Store
from founder_inbox.store.settings import get_setting, set_setting

Opened = Callable[[Path], Store]
WRITES = """
import sys
from pathlib import Path
from founder_inbox.store.database import open_store
store = open_store(Path(sys.argv[1]))
with store.write():
    print("writing", flush=True)
    sys.stdin.read()
"""


@contextmanager
def suspended(path: Path) -> Iterator["subprocess.Popen[str]"]:
    """A program that stands still in the middle of writing."""
    command = [sys.executable, "-c", WRITES, str(path)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    with subprocess.Popen(command, **pipes) as other:  # type: ignore[call-overload]
        assert other.stdout.readline() == "writing\n"
        other.send_signal(signal.SIGSTOP)
        yield other
        other.send_signal(signal.SIGCONT)
        other.stdin.close()


def test_who_keeps_the_lock_is_named_and_reading_goes_on(
    tmp_path: Path, opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = opened(path := tmp_path / "inbox.db")
    set_setting(store, "a", "1")
    monkeypatch.setattr(write_lock, "PATIENCE_SECONDS", 0.05)
    with suspended(path) as other:
        for _ in range(2):
            with pytest.raises(CannotWrite, match=rf"process {other.pid}\) has been writing"):
                set_setting(store, "a", "2")
        assert get_setting(store, "a") == "1"


def test_when_it_goes_on_both_write_and_nobody_keeps_what_they_gave_up(
    tmp_path: Path, opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = opened(path := tmp_path / "inbox.db")
    monkeypatch.setattr(write_lock, "PATIENCE_SECONDS", 0.05)
    with suspended(path), pytest.raises(CannotWrite):
        set_setting(store, "a", "1")
    monkeypatch.setattr(write_lock, "PATIENCE_SECONDS", 30)

    set_setting(opened(path), "a", "2")
    set_setting(store, "a", "3")

    assert get_setting(store, "a") == "3"


def test_a_program_that_is_closed_meanwhile_does_not_wait(
    tmp_path: Path, opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = opened(path := tmp_path / "inbox.db")
    monkeypatch.setattr(write_lock, "PATIENCE_SECONDS", 0.05)
    with suspended(path):
        store.close()

    set_setting(opened(path), "a", "1")
