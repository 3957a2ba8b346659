"""One sync in a process of its own: `python -m tests.benchmarks.one_round CONFIG` prints JSON.

With a second word, a file, cProfile's figures are written there.
"""

import cProfile
import json
import resource
import sys
import time

from founder_inbox.app.syncing.sync import connect, prepare, sync_round
from founder_inbox.app.workspace import open_workspace
from founder_inbox.system import clock


def main() -> None:
    """Log in, one round, log out; seconds, CPU seconds and MiB of this process."""
    profile = cProfile.Profile()
    started = time.perf_counter()
    with open_workspace(sys.argv[1]) as ws:
        if sys.argv[2:]:
            profile.enable()
        prepare(ws, clock.now())
        session = connect(ws)
        report = sync_round(ws, session, clock.now)
        session.close()
        profile.disable()
    wall = time.perf_counter() - started
    if sys.argv[2:]:
        profile.dump_stats(sys.argv[2])
    used = resource.getrusage(resource.RUSAGE_SELF)
    sys.stdout.write(
        json.dumps(
            {
                "fetched": report.fetched,
                "wall": wall,
                "cpu": used.ru_utime + used.ru_stime,
                "memory": used.ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10),
            }
        )
    )


if __name__ == "__main__":
    main()
