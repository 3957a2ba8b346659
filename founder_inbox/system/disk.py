"""The disk under the data folder, and who may read what lies there."""

import shutil
import stat
from pathlib import Path


def free_bytes(folder: Path) -> int:
    """How much can still be written there. Raises OSError where the folder is gone."""
    return shutil.disk_usage(folder).free


def readable_by_others(paths: tuple[Path, ...]) -> list[Path]:
    """Those of the files and folders that somebody else on this machine may read or enter."""
    found = []
    for path in paths:
        try:
            mode = stat.S_IMODE(path.stat().st_mode)
        except OSError:
            continue
        if mode & 0o077:
            found.append(path)
    return found
