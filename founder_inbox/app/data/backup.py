"""A backup: one file, made while everything runs, read through before it gets its name."""

import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from founder_inbox.app.data.own_files import read_own_files
from founder_inbox.app.workspace import Workspace
from founder_inbox.errors import BadInput, CannotWrite
from founder_inbox.store import backup as copies

_UNFINISHED = ".unfinished"


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup that was read through: rows by table, the founder's own files, its size in bytes."""

    path: Path
    contents: copies.Contents
    files: int
    size: int


def back_up(
    ws: Workspace, target: Path, tell: Callable[[int, int], None], *, replace: bool = False
) -> Backup:
    """Copy database and own files into `target`; `tell` hears (pages left, pages in all).

    A file that is there stays until the new one is whole. Raises BadInput when there is one and
    it is not to be replaced, or when the copy does not hold what was copied; CannotWrite.
    """
    if target.exists() and not replace:
        raise BadInput(f"{target} is there already and stays as it is. --replace takes its place.")
    unfinished = target.with_name(target.name + _UNFINISHED)
    try:
        unfinished.unlink(missing_ok=True)
        files = read_own_files(ws.paths)
        copied = copies.copy_database(ws.store, unfinished, tell)
        copies.add_own_files(unfinished, files)
        contents = copies.verify(unfinished)
        if contents != copied:
            raise BadInput(f"{target} would lack something: {contents.rows} of {copied.rows}.")
        _make_durable(unfinished)
        unfinished.replace(target)
    except OSError as error:
        raise CannotWrite(f"{target} can't be written: {error.strerror}.") from error
    finally:
        with suppress(OSError):  # the disk that was in the way above
            unfinished.unlink(missing_ok=True)
    return Backup(target, contents, len(files), target.stat().st_size)


def _make_durable(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
