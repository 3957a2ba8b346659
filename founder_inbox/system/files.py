"""Files that are the founder's: written once, or whole in the place of another one."""

import os
from collections.abc import Iterable
from itertools import count
from pathlib import Path

from founder_inbox.errors import BadInput, CannotWrite


def write_new(folder: Path, name: str, ending: str, text: str) -> Path:
    """Write `name` + `ending`, or `name-2`, `name-3` … where that is taken; returns the path.

    Only the owner may read folder and file. Raises CannotWrite.
    """
    for number in count(2):
        path = folder / f"{name}{ending}"
        if _written(path, text):
            return path
        name = f"{name.removesuffix(f'-{number - 1}')}-{number}"
    raise AssertionError  # the count never ends


def write_only_new(path: Path, text: str) -> Path:
    """Write a file that must not be there yet. Raises BadInput where it is, CannotWrite."""
    if not _written(path, text):
        raise BadInput(f"{path} is there already and stays as it is. Choose another name.")
    return path


def write_whole(path: Path, pieces: Iterable[bytes]) -> Path:
    """Write a file, in the place of one that is there only when all is written and on the disk.

    Only the owner may read it. Raises CannotWrite, and whatever `pieces` raises; then no half of
    it stays.
    """
    unfinished = path.with_name(path.name + ".unfinished")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.writelines(pieces)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
    except OSError as error:
        raise _not_written(path, error) from error
    finally:
        unfinished.unlink(missing_ok=True)
    return path


def _written(path: Path, text: str) -> bool:
    """Whether the file was written; False where there is one. No half of it stays."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return False
    except OSError as error:
        raise _not_written(path, error) from error
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        path.unlink(missing_ok=True)
        raise _not_written(path, error) from error
    return True


def _not_written(path: Path, error: OSError) -> CannotWrite:
    return CannotWrite(f"{path} can't be written: {error.strerror}. Nothing was saved.")
