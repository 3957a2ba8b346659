"""Files that are the founder's: written once, never over another one."""

import os
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


def _written(path: Path, text: str) -> bool:
    """Whether the file was written; False where there is one."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        return False
    except OSError as error:
        raise CannotWrite(
            f"{path} can't be written: {error.strerror}. Nothing was saved."
        ) from error
    return True
