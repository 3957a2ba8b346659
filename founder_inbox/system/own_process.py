"""Starting this very program once more, however it was found the first time."""

import os
import socket
import sys
from pathlib import Path

import founder_inbox

# What an interpreter may need to find itself; nothing else is handed to a bare child.
_BARE = ("HOME", "LANG", "LC_ALL", "LC_CTYPE", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "PYTHONHOME")


def host_name() -> str:
    """What this machine is called in its network, without the domain."""
    return socket.gethostname().partition(".")[0]


def own_command(*arguments: str) -> list[str]:
    """The command line of `founder-inbox` with these arguments."""
    return module_command("founder_inbox", *arguments)


def module_command(module: str, *arguments: str) -> list[str]:
    """The command line that runs a module of this program."""
    # -P: a file named like a module in the founder's current folder is not run.
    return [sys.executable, "-P", "-m", module, *arguments]


def own_environment() -> dict[str, str]:
    """The environment in which that finds this package; it may not be installed."""
    root = str(Path(founder_inbox.__file__).parent.parent)
    paths = [root, os.environ.get("PYTHONPATH", "")]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in paths if path)}


def bare_environment() -> dict[str, str]:
    """The same with hardly a variable in it: whatever secrets lie in ours are not passed on."""
    own = own_environment()
    return {name: own[name] for name in (*_BARE, "PYTHONPATH") if name in own}
