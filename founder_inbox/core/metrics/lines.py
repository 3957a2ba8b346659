"""Figures as lines of words: what the command prints and the screen lists."""

from collections.abc import Sequence
from dataclasses import dataclass

from founder_inbox.core.metrics import chart
from founder_inbox.core.metrics.definitions import BY_NAME, DEFINITIONS, Definition, Unit
from founder_inbox.core.metrics.figures import Figures, Share, Spread
from founder_inbox.core.metrics.time_spent import Spent
from founder_inbox.core.tickets.levels import TARGET

_ZERO_IS_GOOD = frozenset({"windows_missed", "unanswered"})


@dataclass(frozen=True, slots=True)
class Line:
    """One figure: its label, its value, the 90th percentile, n, and the value before."""

    name: str
    label: str
    value: str
    p90: str
    n: str
    before: str
    is_bad: bool = False


def lines_of(now: Figures, before: Figures, weeks: float, weeks_before: float) -> list[Line]:
    """Every figure in its order, the headline first; what nobody measures yet is left out."""
    found = []
    for definition in DEFINITIONS:
        if definition.name == "asked_before" and (
            now.asked_before is None or not now.asked_before.n
        ):
            continue
        if definition.unit is Unit.MINUTES:
            value = _minutes(now.spent.seconds, weeks)
            found.append(
                _line(definition, value, before=_minutes(before.spent.seconds, weeks_before))
            )
        else:
            found.append(_figure(definition, now, before))
    return found


def minutes_a_week(seconds: float, weeks: float) -> float | None:
    """Seconds of a span as minutes a week; None before anything of the span is over."""
    return seconds / 60 / weeks if weeks > 0 else None


def _figure(definition: Definition, now: Figures, before: Figures) -> Line:
    value, earlier = value_of(definition.name, now), value_of(definition.name, before)
    if isinstance(value, Spread) and isinstance(earlier, Spread):
        middle, p90 = chart.spread_words(value, definition.unit)
        was, _ = chart.spread_words(earlier, definition.unit)
        return _line(definition, middle, p90=p90, n=str(value.n), before=was)
    if isinstance(value, Share):
        was = chart.share(earlier) if isinstance(earlier, Share) else "–"
        low = definition.name == "level_one" and value.share is not None and value.share < TARGET
        return _line(definition, chart.share(value), n=str(value.n), before=was, is_bad=low)
    bad = definition.name in _ZERO_IS_GOOD and bool(value)
    n = str(now.created) if definition.name in _ZERO_IS_GOOD else ""
    return _line(definition, str(value), n=n, before=str(earlier), is_bad=bad)


def time_words(spent: Spent) -> str:
    """Where the time went: "urgent 12 min, howto 9 min; most for rosa@x.test"; empty for none."""
    lanes = [f"{lane} {chart.duration(took)}" for lane, took in spent.by_lane.items() if took >= 30]
    most = next(iter(spent.by_customer), "")
    return f"{', '.join(lanes)}; most for {most}" if lanes else ""


def series_of(name: str, series: Sequence[Figures]) -> list[float | None]:
    """One figure over several periods, for a chart: a count, a median, a share, or minutes."""
    return [_height(name, figures) for figures in series]


def height_words(name: str, height: float | None) -> str:
    """What a bar's height means: "3", "1 h 20 min", "94 %"."""
    unit = BY_NAME[name].unit
    if height is None:
        return "–"
    if unit is Unit.SHARE:
        return f"{round(height * 100)} %"
    return chart.duration(height) if unit is Unit.DURATION else chart.number(round(height, 1))


def _height(name: str, figures: Figures) -> float | None:
    if BY_NAME[name].unit is Unit.MINUTES:
        return figures.spent.seconds / 60
    value = value_of(name, figures)
    if isinstance(value, Spread):
        return value.median
    if isinstance(value, Share):
        return value.share
    return float(value) if isinstance(value, int) else None


def value_of(name: str, figures: Figures) -> object:
    """A figure by its name in JSON."""
    return getattr(figures, name)


def _minutes(seconds: float, weeks: float) -> str:
    found = minutes_a_week(seconds, weeks)
    return "–" if found is None else str(round(found))


def _line(
    definition: Definition,
    value: str,
    *,
    before: str,
    p90: str = "",
    n: str = "",
    is_bad: bool = False,
) -> Line:
    return Line(definition.name, definition.label, value, p90, n, before, is_bad)
