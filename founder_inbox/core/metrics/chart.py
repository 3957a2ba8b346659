"""Charts in letters: how high each bar of a row is, and figures as a person says them."""

from collections.abc import Sequence
from datetime import timedelta

from founder_inbox.core.metrics.definitions import Unit
from founder_inbox.core.metrics.figures import Share, Spread

_EIGHTHS = " ▁▂▃▄▅▆▇█"


def bars(values: Sequence[float | None], top: float | None = None) -> str:
    """One letter a value, eight steps high up to `top` (else the highest); None is a dot.

    What is above zero is seen, however small it is.
    """
    known = [value for value in values if value is not None]
    highest = top if top is not None else max(known, default=0)
    return "".join(_bar(value, highest) for value in values)


def columns(values: Sequence[float | None], height: int, width: int) -> list[str]:
    """The same in several lines, from the top, each bar `width` cells wide with a gap.

    What is not known is a dot on the ground, zero is a line there.
    """
    highest = max((value for value in values if value is not None), default=0)
    lines = []
    for level in reversed(range(height)):
        cells = (_cell(value, highest, height, level) for value in values)
        lines.append(
            " ".join(cell.center(width) if cell == "·" else cell * width for cell in cells)
        )
    return lines


def duration(seconds: float | None) -> str:
    """Return "25 min", "1 h 30 min", "23 h", "3.5 d"; "–" for nothing known."""
    if seconds is None:
        return "–"
    minutes = round(seconds / 60)
    if minutes < 60:
        return f"{minutes} min"
    if minutes < 600:
        hours, rest = divmod(minutes, 60)
        return f"{hours} h {rest:02} min"
    span = timedelta(seconds=seconds)
    if span < timedelta(hours=48):
        return f"{round(span / timedelta(hours=1))} h"
    return f"{span / timedelta(days=1):.1f} d"


def number(value: float | None) -> str:
    """Return "3", "1.5"; "–" for nothing known."""
    return "–" if value is None else f"{value:g}"


def share(value: Share | None) -> str:
    """Return "94 %"; "–" under n = 5."""
    if value is None or value.share is None:
        return "–"
    return f"{round(value.share * 100)} %"


def spread_words(value: Spread, unit: Unit) -> tuple[str, str]:
    """The median and the 90th percentile in words."""
    say = duration if unit is Unit.DURATION else number
    return say(value.median), say(value.p90)


def _bar(value: float | None, highest: float) -> str:
    if value is None:
        return "·"
    if value <= 0 or highest <= 0:
        return _EIGHTHS[1] if value == 0 and highest <= 0 else _EIGHTHS[0]
    return _EIGHTHS[min(max(round(value / highest * 8), 1), 8)]


def _cell(value: float | None, highest: float, height: int, level: int) -> str:
    if value is None:
        return " " if level else "·"
    if value <= 0 or highest <= 0:
        return " " if level else _EIGHTHS[1]
    eighths = max(round(value / highest * height * 8), 2) - level * 8
    return _EIGHTHS[min(max(eighths, 0), 8)]
