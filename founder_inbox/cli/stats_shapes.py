"""Figures as JSON and CSV (docs/reference.md): durations are seconds, null is "not known"."""

import csv
import io
from typing import TYPE_CHECKING

from founder_inbox.core.metrics.figures import Figures, Share, Spread
from founder_inbox.core.times import to_text

if TYPE_CHECKING:
    from founder_inbox.app.metrics.stats import Stats
    from founder_inbox.cli.plain import Json

Object = dict[str, "Json"]
_SPREADS = ("first_answer", "first_answer_open", "resolution", "waiting", "replies")
_SHARES = ("solved_in_one", "level_one", "asked_before")


def stats_shape(stats: "Stats", timezone: str) -> Object:
    """The span, the one before, and its buckets; only the span names the tickets behind it."""
    whole = figures_object(stats.whole, stats.weeks)
    whole["tickets"] = {name: list(ids) for name, ids in stats.whole.behind.items()}
    return {
        "from": stats.span.first.isoformat(),
        "to": (stats.last_day).isoformat(),
        "by": stats.by.value,
        "timezone": timezone,
        "period": whole,
        "before": figures_object(stats.previous, stats.weeks_before),
        "buckets": [
            {"from": span.first.isoformat(), **figures_object(figures, None)}
            for span, figures in zip(stats.buckets, stats.series, strict=True)
        ],
    }


def figures_object(found: Figures, weeks: float | None) -> Object:
    """One period; `weeks` is how long it is, where minutes a week are wanted."""
    shape: Object = {
        "start": to_text(found.start),
        "end": to_text(found.end),
        "windows_missed": found.windows_missed,
        "late": found.late,
        "created": found.created,
        "closed": found.closed,
        "unanswered": found.unanswered,
    }
    for name in _SPREADS:
        shape[name] = _spread(getattr(found, name))
    for name in _SHARES:
        shape[name] = _share(getattr(found, name))
    shape["quick_fixes"] = found.quick_fixes
    shape["asked_to_live"] = _spread(found.asked_to_live)
    spent: Object = {
        "seconds": round(found.spent.seconds),
        "by_lane": {lane.value: round(took) for lane, took in found.spent.by_lane.items()},
        "by_customer": [
            {"address": who, "seconds": round(took)}
            for who, took in found.spent.by_customer.items()
        ],
    }
    if weeks is not None:
        spent["seconds_a_week"] = round(found.spent.seconds / weeks) if weeks > 0 else None
    shape["spent"] = spent
    return shape


def stats_csv(stats: "Stats") -> str:
    """One row a bucket, with a heading; empty cells are not known."""
    page = io.StringIO()
    writer = csv.writer(page, lineterminator="\n")
    writer.writerow(_HEADINGS)
    for span, found in zip(stats.buckets, stats.series, strict=True):
        writer.writerow(_row(span.first.isoformat(), found))
    return page.getvalue().rstrip("\n")


_COUNTS = ("windows_missed", "late", "created", "closed", "unanswered", "quick_fixes")
_TIMES = (*_SPREADS, "asked_to_live")
_HEADINGS = [
    "from",
    *_COUNTS,
    *(f"{name}_{part}" for name in _TIMES for part in ("n", "median", "p90")),
    *(f"{name}_{part}" for name in _SHARES[:2] for part in ("part", "n")),
    "seconds_spent",
]


def _row(first: str, found: Figures) -> list[object]:
    times = [getattr(found, name) for name in _TIMES]
    shares = [getattr(found, name) for name in _SHARES[:2]]
    return [
        first,
        *(getattr(found, name) for name in _COUNTS),
        *(cell for value in times for cell in (value.n, value.median, value.p90)),
        *(cell for value in shares for cell in (value.part, value.n)),
        round(found.spent.seconds),
    ]


def _spread(value: Spread) -> Object:
    return {"n": value.n, "median": value.median, "p90": value.p90}


def _share(value: Share | None) -> "Json":
    return {"part": value.part, "n": value.n, "share": value.share} if value else None
