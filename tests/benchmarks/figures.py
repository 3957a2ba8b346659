"""Measuring a few times, and one table of what came out."""

import statistics
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table: the median of `rounds`, in `unit`, and how it was got."""

    what: str
    value: float
    unit: str
    rounds: int
    how: str


def milliseconds(act: Callable[[], object], rounds: int) -> list[float]:
    """The time each of that many calls took, in ms, after one that does not count."""
    act()
    taken = []
    for _ in range(rounds):
        started = time.perf_counter()
        act()
        taken.append((time.perf_counter() - started) * 1000)
    return taken


def median(what: str, values: Sequence[float], unit: str, how: str) -> Figure:
    """The middle of what was measured."""
    return Figure(what, statistics.median(values), unit, len(values), how)


def worst(what: str, values: Sequence[float], unit: str, how: str, share: float = 0.95) -> Figure:
    """The value that `share` of what was measured stays under."""
    place = min(len(values) - 1, int(len(values) * share))
    return Figure(what, sorted(values)[place], unit, len(values), how)


def table(figures: Iterable[Figure]) -> str:
    """The figures in columns."""
    rows = [
        (f.what, f"{f.value:,.{0 if f.value >= 1000 else 2}f} {f.unit}", f"{f.rounds}", f.how)
        for f in figures
    ]
    rows.insert(0, ("what", "median", "rounds", "how"))
    widths = [max(len(row[column]) for row in rows) for column in range(3)]
    return "\n".join(
        f"{what:<{widths[0]}}  {value:>{widths[1]}}  {rounds:>{widths[2]}}  {how}"
        for what, value, rounds, how in rows
    )
