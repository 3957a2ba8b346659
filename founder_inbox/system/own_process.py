"""Starting this very program once more, however it was found the first time."""

import os
import sys
from pathlib import Path

import founder_inbox


def own_command(*arguments: str) -> list[str]:
    """The command line of `founder-inbox` with these arguments."""
    # -P: a file named like a module in the founder's current folder is not run.
    return [sys.executable, "-P", "-m", "founder_inbox", *arguments]


def own_environment() -> dict[str, str]:
    """The environment in which that finds this package; it may not be installed."""
    root = str(Path(founder_inbox.__file__).parent.parent)
    paths = [root, os.environ.get("PYTHONPATH", "")]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in paths if path)}
