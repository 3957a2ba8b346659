"""How long one mail takes to be parsed and to be sorted into its lane."""

import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from founder_inbox.core.lanes import sorter as lanes
from founder_inbox.core.lanes.rules import parse_rules
from founder_inbox.core.mime import reader as mime
from founder_inbox.system.resources import read_lane_rules, read_lane_weights
from tests.benchmarks.figures import Figure, median, worst
from tests.benchmarks.letters import posted, source

MAILS = 1_000


def measure() -> list[Figure]:
    """Each of a thousand mails once, on its own."""
    raws = [mail.raw for mail in posted(MAILS)]
    rules = parse_rules(read_lane_rules(Path("/nonexistent")), read_lane_weights())
    parsed = [mime.parse(raw) for raw in raws]
    parsing = [_timed(partial(mime.parse, raw)) for raw in raws]
    sorting = [
        _timed(partial(lanes.classify, mail.subject, mail.new_text, rules, kind=mail.kind))
        for mail in parsed
    ]
    average = sum(map(len, raws)) / MAILS / 1000
    how = f"{MAILS:,} mails of {average:.0f} kB on average, {source()}"
    return [
        median("parse a mail", parsing, "ms", how),
        worst("parse a mail, 95 of 100", parsing, "ms", "the same"),
        median("parse a mail, the slowest", [max(parsing)], "ms", "the same"),
        median("sort a mail into its lane", sorting, "ms", "the same, already parsed"),
        worst("sort a mail, 95 of 100", sorting, "ms", "the same"),
    ]


def _timed(act: Callable[[], object]) -> float:
    started = time.perf_counter()
    act()
    return (time.perf_counter() - started) * 1000
