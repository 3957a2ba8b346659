"""One at a time."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from founder_inbox.errors import AlreadyRunning, CannotWrite
from founder_inbox.system.locks import held, hold

HOLDER = """
import sys
from pathlib import Path
from founder_inbox.system.locks import hold
with hold(Path(sys.argv[1]), "The sync"):
    print("held", flush=True)
    sys.stdin.read()
"""


ONLOOKER = """
import sys
from pathlib import Path
from founder_inbox.system.locks import held
print("looking", flush=True)
while True:
    held(Path(sys.argv[1]))
"""


@pytest.fixture
def lock(tmp_path: Path) -> Path:
    return tmp_path / "data" / "sync.lock"


def holder(lock: Path) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(lock)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


def test_a_second_process_is_told_who_holds_the_lock(lock: Path) -> None:
    with holder(lock) as process:
        with (
            pytest.raises(AlreadyRunning, match=rf"The sync already runs.*process {process.pid}\)"),
            hold(lock, "The sync"),
        ):
            pass
        assert held(lock)
        process.communicate("")

    assert not held(lock)


def test_a_killed_process_holds_nothing(lock: Path) -> None:
    with holder(lock) as process:
        process.send_signal(signal.SIGKILL)
        process.wait()

        assert not held(lock)
        with hold(lock, "The sync"):
            assert held(lock)


def test_the_lock_is_free_after_the_block_even_when_it_failed(lock: Path) -> None:
    with pytest.raises(LookupError), hold(lock, "The sync"):
        raise LookupError

    assert not held(lock)


def test_a_shorter_process_number_leaves_nothing_of_a_longer_one(lock: Path) -> None:
    lock.parent.mkdir()
    lock.write_text("123456789012345")
    with hold(lock, "The sync"):
        assert lock.read_text().isdigit()
        assert len(lock.read_text()) < 10


def test_only_the_owner_may_read_it_and_a_missing_one_is_not_held(lock: Path) -> None:
    assert not held(lock)
    with hold(lock, "The sync"):
        assert lock.stat().st_mode & 0o777 == 0o600
        assert lock.parent.stat().st_mode & 0o777 == 0o700


def test_where_no_file_can_be_made_it_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    with (
        pytest.raises(CannotWrite, match="Nothing was changed"),
        hold(tmp_path / "file" / "l", "x"),
    ):
        pass


def test_looking_whether_it_is_held_never_keeps_anybody_out(lock: Path) -> None:
    with hold(lock, "The sync"):
        pass
    with subprocess.Popen(
        [sys.executable, "-c", ONLOOKER, str(lock)], stdout=subprocess.PIPE
    ) as it:
        assert it.stdout is not None
        it.stdout.readline()
        try:
            for _ in range(300):
                with hold(lock, "The sync"):
                    pass
        finally:
            it.kill()
