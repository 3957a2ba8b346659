"""The file itself: who may read it, writers that meet, errors in words."""

import os
import sqlite3
import stat
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from founder_inbox.errors import CannotWrite
from founder_inbox.store.database import Store, open_store
from founder_inbox.store.settings import get_setting, machine_of, set_setting, ticket_secret_of

Opened = Callable[[Path], Store]


@pytest.fixture
def no_umask() -> Iterator[None]:
    before = os.umask(0)
    yield
    os.umask(before)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_nobody_else_may_read_the_files_whatever_the_umask(
    no_umask: None, tmp_path: Path, opened: Opened
) -> None:
    store = opened(tmp_path / "data" / "inbox.db")
    set_setting(store, "a", "b")

    assert mode(tmp_path / "data") == 0o700
    files = {path.name: mode(path) for path in (tmp_path / "data").iterdir()}
    assert set(files.values()) == {0o600}
    assert {"inbox.db", "inbox.lock", "inbox.db-wal"} <= set(files)


def test_what_one_connection_wrote_the_other_reads_and_notices(
    tmp_path: Path, opened: Opened
) -> None:
    one, other = opened(tmp_path / "inbox.db"), opened(tmp_path / "inbox.db")
    before = other.data_version()

    set_setting(one, "a", "b")

    assert other.data_version() != before
    assert get_setting(other, "a") == "b"


def test_two_threads_that_write_at_once_lose_nothing(tmp_path: Path, opened: Opened) -> None:
    path = tmp_path / "inbox.db"
    set_setting(opened(path), "count", "0")

    def count_up() -> None:
        store = open_store(path)
        for _ in range(50):
            with store.write():
                set_setting(store, "count", str(int(get_setting(store, "count") or 0) + 1))
        store.close()

    threads = [threading.Thread(target=count_up) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert get_setting(opened(path), "count") == "200"


def test_processes_that_open_a_new_database_at_once_all_succeed(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; "
        "from founder_inbox.store.database import open_store; "
        "from founder_inbox.store.settings import machine_of; "
        "print(machine_of(open_store(Path(sys.argv[1]))))"
    )
    command = [sys.executable, "-c", code, str(tmp_path / "inbox.db")]
    running = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(4)]
    answers = {process.communicate()[0].strip() for process in running}

    assert [process.returncode for process in running] == [0] * 4
    assert len(answers) == 1


def write_and_fail(store: Store) -> None:
    with store.write():
        set_setting(store, "a", "b")
        raise LookupError


def test_an_error_inside_a_transaction_leaves_nothing_behind(store: Store) -> None:
    with pytest.raises(LookupError):
        write_and_fail(store)

    assert get_setting(store, "a") is None
    set_setting(store, "a", "c")
    assert get_setting(store, "a") == "c"


def test_an_inner_transaction_is_part_of_the_outer_one(store: Store) -> None:
    with pytest.raises(LookupError), store.write():
        write_and_fail(store)

    assert get_setting(store, "a") is None


def test_a_full_disk_is_said_in_words_and_changes_nothing(store: Store) -> None:
    pages = store.connection.execute("pragma page_count").fetchone()[0]
    store.connection.execute(f"pragma max_page_count = {pages + 3}")

    def write_much() -> None:
        with store.write():
            set_setting(store, "kept", "no")
            store.run("insert into setting values ('big', ?)", "x" * 1_000_000)

    with pytest.raises(CannotWrite, match=r"full.*Make room"):
        write_much()

    assert get_setting(store, "kept") is None
    store.connection.execute("pragma max_page_count = 100000")
    set_setting(store, "kept", "yes")
    assert get_setting(store, "kept") == "yes"


@pytest.mark.parametrize(
    "content", [b"this is no database at all, " * 100, b"SQLite format 3\0" + b"\xff" * 8000]
)
def test_a_damaged_file_is_explained_and_left_as_it_is(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "inbox.db"
    path.write_bytes(content)

    with pytest.raises(CannotWrite, match="safe on the server"):
        open_store(path)

    assert path.read_bytes() == content


def test_a_folder_that_can_not_be_made_is_explained(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")

    with pytest.raises(CannotWrite, match="Can't write"):
        open_store(tmp_path / "file" / "inbox.db")


def test_a_database_of_a_newer_program_is_left_alone(tmp_path: Path, opened: Opened) -> None:
    path = tmp_path / "inbox.db"
    open_store(path).close()
    with closing(sqlite3.connect(path)) as newer, newer:
        newer.execute("pragma user_version = 99")
    newer.close()

    with pytest.raises(CannotWrite, match="newer"):
        open_store(path)


def test_commits_reach_the_disk_before_they_return(store: Store) -> None:
    full = 2
    assert store.connection.execute("pragma synchronous").fetchone()[0] == full
    assert store.connection.execute("pragma journal_mode").fetchone()[0] == "wal"


def test_what_the_server_has_anyway_is_committed_without_waiting_for_the_disk(
    store: Store,
) -> None:
    full, normal = 2, 1
    with store.write_again():
        with store.write():
            set_setting(store, "a", "1")
        assert store.connection.execute("pragma synchronous").fetchone()[0] == normal
    assert store.connection.execute("pragma synchronous").fetchone()[0] == full

    with store.write(), store.write_again():
        assert store.connection.execute("pragma synchronous").fetchone()[0] == full
    with pytest.raises(KeyError), store.write_again():
        raise KeyError
    assert store.connection.execute("pragma synchronous").fetchone()[0] == full
    assert get_setting(store, "a") == "1"


def _fail_after(store: Store, act: Callable[[], object]) -> None:
    with store.write():
        store.at_last(act)
        raise KeyError


def test_what_is_done_at_last_is_part_of_its_transaction_and_of_no_other(store: Store) -> None:
    with store.write():
        store.at_last(lambda: set_setting(store, "a", "late"))
        set_setting(store, "a", "early")
    assert get_setting(store, "a") == "late"

    with pytest.raises(KeyError):
        _fail_after(store, lambda: set_setting(store, "a", "never"))
    set_setting(store, "b", "2")
    assert get_setting(store, "a") == "late"


def test_a_setting_keeps_its_last_value(store: Store) -> None:
    set_setting(store, "a", "1")
    set_setting(store, "a", "2")

    assert get_setting(store, "a") == "2"
    assert get_setting(store, "b") is None


def test_the_machine_and_the_ticket_secret_are_made_once(tmp_path: Path, opened: Opened) -> None:
    one, other = opened(tmp_path / "a" / "inbox.db"), opened(tmp_path / "b" / "inbox.db")

    assert machine_of(one) == machine_of(one) != machine_of(other)
    assert ticket_secret_of(one) == ticket_secret_of(opened(tmp_path / "a" / "inbox.db"))
    assert len(ticket_secret_of(other)) == 32
