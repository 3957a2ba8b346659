"""Handing a file to the desktop's own program for it."""

import os
import shutil
import subprocess
import sys
import threading
from pathlib import Path


def open_outside(path: Path) -> bool:
    """Open a file as a double click would; False where there is no desktop that could.

    Returns at once. The program gets nothing of our terminal, and outlives us.
    """
    command = _opener()
    if command is None:
        return False
    try:
        child = subprocess.Popen(
            [command, str(path)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            cwd=path.parent,
        )
    except OSError:
        return False
    threading.Thread(target=child.wait, daemon=True).start()
    return True


def _opener() -> str | None:
    if sys.platform == "darwin":
        return shutil.which("open")
    if sys.platform.startswith("linux") and not (
        os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    ):
        return None  # xdg-open would start a browser in this terminal
    return shutil.which("xdg-open")
