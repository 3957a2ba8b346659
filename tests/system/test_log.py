"""The log says what went wrong, and about nobody."""

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from founder_inbox.errors import CannotWrite
from founder_inbox.system.log import start_log

log = logging.getLogger("founder_inbox.test")


@pytest.fixture
def path(tmp_path: Path) -> Iterator[Path]:
    """A started log; the logging of the test run is put back afterwards."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    start_log(tmp_path / "data" / "founder-inbox.log")
    yield tmp_path / "data" / "founder-inbox.log"
    for handler in root.handlers:
        handler.close()
    root.handlers[:] = handlers
    root.setLevel(level)
    logging.getLogger("founder_inbox").setLevel(logging.NOTSET)


def test_no_line_names_an_address(path: Path) -> None:
    log.warning("refused: %s <%s>", "Tom", "tom.o'k+x@okafor.test")
    log.info("user=<ana@ruiz.studio>, mailto:vlad@acme.test")

    text = path.read_text()
    assert "refused: Tom <<address>>" in text
    assert "@" not in text


def test_no_traceback_names_an_address(path: Path) -> None:
    try:
        raise ValueError("no such person tom@okafor.test")
    except ValueError:
        log.exception("failed")

    text = path.read_text()
    assert "Traceback" in text
    assert "@" not in text


def test_only_the_owner_may_read_it_also_after_it_was_rolled_over(path: Path) -> None:
    for _ in range(600):
        log.warning("x" * 1_000)

    files = list(path.parent.iterdir())
    assert len(files) == 3
    assert {file.stat().st_mode & 0o777 for file in files} == {0o600}


def test_it_never_grows_beyond_four_files_of_256_kib(path: Path) -> None:
    for _ in range(2_000):
        log.warning("x" * 1_000)

    files = list(path.parent.iterdir())
    assert len(files) == 4
    assert all(file.stat().st_size <= 256 * 1024 for file in files)


def test_chatter_of_libraries_stays_out(path: Path) -> None:
    logging.getLogger("imapclient").info("LOGIN secret")
    log.info("ours")

    assert "secret" not in path.read_text()
    assert "ours" in path.read_text()


def test_where_it_can_not_be_written_it_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    with pytest.raises(CannotWrite, match="log"):
        start_log(tmp_path / "file" / "x.log")
