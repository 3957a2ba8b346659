"""What one command cost from start to end: wall time, CPU and memory, its children included.

Run as a program it is the small parent that such a command needs: Linux counts the memory of
whoever started a process as that process's own.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

_MAXRSS_PER_MIB = 2**20 if sys.platform == "darwin" else 2**10


@dataclass(frozen=True, slots=True)
class Spent:
    """Seconds on the wall and of CPU, and the largest process in MiB."""

    wall: float
    cpu: float
    memory: float

    def __add__(self, other: "Spent") -> "Spent":
        """Cost of one after the other."""
        memory = max(self.memory, other.memory)
        return Spent(self.wall + other.wall, self.cpu + other.cpu, memory)


def run(words: Sequence[str | Path], environment: Mapping[str, str] | None = None) -> Spent:
    """Run a command to its end; raises RuntimeError with its words when it fails."""
    told = subprocess.run(
        [sys.executable, "-S", __file__, *words],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        env=_installed(environment or {}),
        check=False,
    )
    if told.returncode:
        raise RuntimeError(f"{words[0]} failed: {told.stderr[-500:]}")
    return Spent(**json.loads(told.stdout))


def _installed(more: Mapping[str, str]) -> dict[str, str]:
    """Our environment and more; an installed program has its byte code beside it."""
    ours = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**ours, **more}


def _measure(words: Sequence[str]) -> tuple[int, Spent]:
    started = time.perf_counter()
    child = subprocess.Popen(words, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    # wait4 and not wait: only it tells what this one child used, with those it waited for.
    _, status, used = os.wait4(child.pid, 0)
    wall = time.perf_counter() - started
    child.returncode = os.waitstatus_to_exitcode(status)
    spent = Spent(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / _MAXRSS_PER_MIB)
    return child.returncode, spent


if __name__ == "__main__":
    code, cost = _measure(sys.argv[1:])
    sys.stdout.write(json.dumps(asdict(cost)))
    sys.exit(code)
