"""There is one clock, system/clock.py; everybody else is told what time it is."""

import ast

import pytest

from tests.rules.source import Module, dotted, imported, modules

THE_CLOCK = "founder_inbox.system.clock"

# The last two names of a call, so that `datetime.datetime.now` is found as well.
READS_THE_CLOCK = {
    "datetime.now",
    "datetime.utcnow",
    "datetime.today",
    "date.today",
    "time.time",
    "time.time_ns",
    "time.ctime",
    "time.gmtime",
    "time.localtime",
    "utils.localtime",
}


def clock_readings(module: Module) -> set[str]:
    """Where that module looks at a clock itself."""
    used = {dotted(node) for node in ast.walk(module.tree) if isinstance(node, ast.Attribute)}
    names = used | set(imported(module))
    return {name for name in names if ".".join(name.split(".")[-2:]) in READS_THE_CLOCK}


def test_only_the_clock_reads_the_time() -> None:
    wrong = {m.name: clock_readings(m) for m in modules() if m.name != THE_CLOCK}

    assert {name: readings for name, readings in wrong.items() if readings} == {}


@pytest.mark.parametrize(
    "line",
    [
        "now = datetime.now(UTC)",
        "now = datetime.datetime.now(tz=UTC)",
        "field(default_factory=datetime.now)",
        "today = date.today()",
        "from time import time",
        "seconds = time.time()",
    ],
)
def test_the_rule_sees_a_reading(line: str) -> None:
    assert clock_readings(Module("founder_inbox.core.sample", line))


def test_the_rule_lets_a_stop_watch_pass() -> None:
    line = "import time\nstart = time.monotonic() or time.perf_counter()"

    assert clock_readings(Module("founder_inbox.core.sample", line)) == set()
