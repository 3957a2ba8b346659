"""`python -m tests.fuzz [--minutes 10]`: changes mails for so long, and says what broke.

What is tried runs in a process of its own, so that a mail that kills or hangs it is found as well;
another one goes on. Exit code 1 where something broke; the mails lie in the folder that is named.
"""

import argparse
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.fuzz.loop import work
from tests.hostile.examined import examine, understand


def main() -> int:
    """Run it; 0 where nothing broke."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--seed", default="1")
    parser.add_argument("--keep", type=Path, help="a folder for what broke; else a new one")
    parser.add_argument("--share", type=float, help=argparse.SUPPRESS)
    given = parser.parse_args()
    folder = given.keep or Path(tempfile.mkdtemp(prefix="fuzz-"))
    folder.mkdir(parents=True, exist_ok=True)
    if given.share:
        work(folder, given.seed, given.share, examine, understand)
        return 0
    command = [sys.executable, "-m", "tests.fuzz", "--keep", str(folder)]
    return supervise(command, folder, given.seed, given.minutes * 60)


def supervise(command: list[str], folder: Path, seed: str, seconds: float) -> int:
    """Start a process, and another when it dies, until the time is over; says what came of it."""
    end, died = time.monotonic() + seconds, 0
    tried = edges = kept = 0
    while (left := end - time.monotonic()) > 0:
        share = [*command, "--seed", f"{seed}.{died}", "--share", f"{left:.3f}"]
        done = subprocess.run(share, stdout=subprocess.PIPE, text=True, check=False)
        if done.returncode == 0:
            tried, edges, kept = map(int, done.stdout.split()[-3:])
            break
        died += 1
        current = folder / "current"
        if not current.exists():
            raise SystemExit("The fuzzer itself does not start; its words are above.")
        current.rename(folder / f"died-{died}.eml")
        (folder / f"died-{died}.txt").write_text(f"ended with {done.returncode}\n")
    broken = sorted(folder.glob("fault-*.txt")) + sorted(folder.glob("died-*.txt"))
    for path in broken:
        sys.stdout.write(f"{path.with_suffix('.eml')}: {path.read_text()}")
    sys.stdout.write(
        f"Seed {seed}: {tried:,} mails, {edges:,} edges, {kept:,} mails that reached something "
        f"new, {len(broken)} broke something.\n"
    )
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
