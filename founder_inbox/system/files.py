"""Files that are the founder's: written once, never over another one."""

import os
from itertools import count
from pathlib import Path

from founder_inbox.errors import CannotWrite


def write_new(folder: Path, name: str, ending: str, text: str) -> Path:
    """Write `name` + `ending`, or `name-2`, `name-3` … where that is taken; returns the path.

    Only the owner may read folder and file. Raises CannotWrite.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for number in count(1):
            path = folder / (f"{name}{ending}" if number == 1 else f"{name}-{number}{ending}")
            try:
                descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            except FileExistsError:
                continue
            with os.fdopen(descriptor, "w", encoding="utf-8") as file:
                file.write(text)
            return path
    except OSError as error:
        raise CannotWrite(f"{folder} can't be written to: {error}. Nothing was saved.") from error
    raise AssertionError  # the count never ends
