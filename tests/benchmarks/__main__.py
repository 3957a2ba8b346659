"""`python -m tests.benchmarks [names] [--mails N]`: measures, and prints one table."""

import argparse
import os
import platform
import sqlite3
import sys
from collections.abc import Callable

from tests.benchmarks import (
    counting,
    curve,
    journal,
    knowledge,
    loads,
    peers,
    readers,
    reading,
    screen,
    syncing,
    understanding,
)
from tests.benchmarks.figures import Figure, table
from tests.benchmarks.world import World, running

BASE_MAILS = 2_000
BENCHMARKS: dict[str, Callable[[World, int], list[Figure]]] = {
    "sync": lambda world, mails: [
        figure for count in sorted({BASE_MAILS, mails}) for figure in syncing.measure(world, count)
    ],
    "search": reading.measure_search,
    "lists": lambda world, _mails: reading.measure_lists(world),
    "mail": lambda _world, _mails: understanding.measure(),
    "journal": lambda _world, _mails: journal.measure(),
    "peers": peers.measure,
    "readers": readers.measure,
    "curve": curve.measure,
    "figures": lambda world, _mails: counting.measure(world),
    "knowledge": lambda world, _mails: knowledge.measure(world),
    "screen": lambda world, _mails: screen.measure(world),
    "load": lambda world, _mails: loads.measure(world),
}


def main() -> None:
    """Run what was named, or everything."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", help=f"of: {', '.join(BENCHMARKS)}; none: all")
    parser.add_argument(
        "--mails",
        type=int,
        default=BASE_MAILS,
        help="sync this many mails too, and beside the peers; the curve begins with them",
    )
    parser.add_argument(
        "--minutes", type=float, default=1, help="load: let mail come in for so long"
    )
    given = parser.parse_args()
    BENCHMARKS["load"] = lambda world, _mails: loads.measure(world, given.minutes)
    unknown = set(given.names) - set(BENCHMARKS)
    if unknown:
        parser.error(f"no such benchmark: {', '.join(sorted(unknown))}")
    figures: list[Figure] = []
    with running() as world:
        for name in given.names or BENCHMARKS:
            sys.stderr.write(f"{name} ...\n")
            figures += BENCHMARKS[name](world, given.mails)
    sys.stdout.write(table(figures))
    load = " ".join(f"{value:.1f}" for value in os.getloadavg())
    sys.stdout.write(
        f"\n\nPython {platform.python_version()}, SQLite {sqlite3.sqlite_version}, "
        f"{os.cpu_count()} cores, load {load}; wall time unless it says CPU.\n"
    )


if __name__ == "__main__":
    main()
