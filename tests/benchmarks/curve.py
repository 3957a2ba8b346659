"""The first sync of one mailbox at three sizes: what a mail costs, and memory, should stay."""

import shutil
import sys
from itertools import islice
from pathlib import Path

from tests.benchmarks.figures import Figure, median
from tests.benchmarks.letters import posted, source
from tests.benchmarks.spent import run
from tests.benchmarks.syncing import post
from tests.benchmarks.world import World

STEPS = (1, 5, 10)
NO_CHANGE_ROUNDS = 3


def measure(world: World, mails: int) -> list[Figure]:
    """A first sync of so many mails, five times and ten times as many; each once, it is long."""
    coming = posted(mails * STEPS[-1])
    figures: list[Figure] = []
    there = 0
    with world.dovecot.user() as account:
        config = world.config_for(account)
        start = [sys.executable, "-m", "founder_inbox"]
        command: list[str | Path] = [*start, "--config", config, "sync"]
        for size in (mails * step for step in STEPS):
            post(account, islice(coming, size - there))
            there = size
            shutil.rmtree(config.parent / "data", ignore_errors=True)
            first = run(command)
            again = [run(command) for _ in range(NO_CHANGE_ROUNDS)]
            how = f"{size:,} mails, {source()}, Dovecot on loopback with TLS, whole commands"
            figures += [
                median(f"first sync of {size:,}", [first.wall], "s", how),
                median("  speed", [size / first.wall], "mails/s", "the same"),
                median("  CPU a mail", [first.cpu * 1000 / size], "ms", "ours and the parser's"),
                median("  peak memory", [first.memory], "MiB", "largest process"),
                median("  nothing new", [spent.wall for spent in again], "s", "whole command"),
                median("  nothing new, CPU", [spent.cpu for spent in again], "s", "the same"),
            ]
    return figures
