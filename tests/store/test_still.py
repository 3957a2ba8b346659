"""A database on a disk without room is read as it lies there, and opened anew when it can be."""

from pathlib import Path

from founder_inbox.store.database import VERSION, Store, open_store
from founder_inbox.store.settings import get_setting, set_setting
from founder_inbox.store.still import open_still
from founder_inbox.store.write_lock import WriteLock


def closed_store(path: Path) -> Path:
    store = open_store(path)
    set_setting(store, "name", "before")
    store.close()
    return path


def test_what_somebody_else_writes_then_is_seen_and_one_can_write_again(tmp_path: Path) -> None:
    path = closed_store(tmp_path / "inbox.db")
    connection = open_still(path, VERSION)
    assert connection is not None
    still = Store(path, connection, WriteLock(path.open("rb")))
    still.still = True
    assert get_setting(still, "name") == "before"

    other = open_store(path)
    set_setting(other, "name", "meanwhile")
    assert get_setting(still, "name") == "meanwhile"
    set_setting(still, "name", "after")
    assert get_setting(other, "name") == "after"

    still.close()
    other.close()


def test_what_does_not_lie_whole_in_its_one_file_is_not_read_so(tmp_path: Path) -> None:
    path = closed_store(tmp_path / "inbox.db")
    other = open_store(path)
    set_setting(other, "name", "in the log")

    assert open_still(path, VERSION) is None
    other.close()
    assert open_still(path, VERSION + 1) is None
    assert open_still(tmp_path / "none.db", VERSION) is None
    (tmp_path / "text.db").write_text("This is no database, and never was one.")
    assert open_still(tmp_path / "text.db", VERSION) is None
