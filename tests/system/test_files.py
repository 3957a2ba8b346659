"""Files of the founder's: whole, or not there."""

import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from founder_inbox.errors import BadInput, CannotWrite
from founder_inbox.system.files import write_new, write_only_new, write_whole


@contextmanager
def full_disk(left: int) -> Iterator[None]:
    """No file of this process may grow beyond so many bytes."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (left, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_on_a_full_disk_no_half_of_a_file_stays_and_the_name_is_free(tmp_path: Path) -> None:
    with full_disk(10), pytest.raises(CannotWrite, match="Nothing was saved"):
        write_only_new(tmp_path / "howto.md", "Open the settings, then Lists.")
    assert list(tmp_path.iterdir()) == []

    path = write_only_new(tmp_path / "howto.md", "Open the settings, then Lists.")
    assert path.read_text() == "Open the settings, then Lists."


def test_a_file_that_is_there_is_never_lost_to_a_full_disk(tmp_path: Path) -> None:
    path = write_new(tmp_path, "howto", ".md", "as it was")
    with pytest.raises(BadInput):
        write_only_new(path, "new")
    with full_disk(4), pytest.raises(CannotWrite):
        write_whole(path, [b"something longer"])

    assert [file.read_text() for file in tmp_path.iterdir()] == ["as it was"]
