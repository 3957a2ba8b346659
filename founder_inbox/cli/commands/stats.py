"""The handbook's metrics (ch. 11): figures of a span, compared with the one before."""

from datetime import date, timedelta
from typing import TYPE_CHECKING

import click

from founder_inbox.app.metrics.stats import Stats, read_stats
from founder_inbox.cli.context import answer, data_command, print_page, wants_json, workspace
from founder_inbox.cli.stats_shapes import stats_csv, stats_shape
from founder_inbox.cli.table import table, terminal_width
from founder_inbox.core.metrics import chart, periods
from founder_inbox.core.metrics.lines import lines_of
from founder_inbox.core.metrics.periods import By, Span
from founder_inbox.errors import BadInput
from founder_inbox.system import clock

if TYPE_CHECKING:
    from founder_inbox.app.workspace import Workspace

_EARLIEST, _LATEST = date(1990, 1, 1), date(2200, 1, 1)
_DAY = timedelta(days=1)


@data_command("stats")
@click.option("--from", "first", metavar="D", help="The first day, as 2026-11-02.")
@click.option("--to", "last", metavar="D", help="The last day; today if it is not given.")
@click.option(
    "--by",
    type=click.Choice([by.value for by in By]),
    default=By.WEEK.value,
    show_default=True,
    help="What one bar or row is.",
)
@click.option("--csv", "as_csv", is_flag=True, help="One row for each day, week or month.")
def stats(first: str | None, last: str | None, by: str, as_csv: bool) -> None:
    """What support took and how it went: windows missed, first answer, resolution, your minutes.

    Without days: the last 14 days, 12 weeks or 12 months. What each figure means is in
    docs/metrics.md and under ? on the screen (g m).
    """
    if as_csv and wants_json():
        raise click.UsageError("--csv and --json are two forms of the same; give one of them.")
    with workspace() as ws:
        now = clock.now()
        span = _span(first, last, By(by), now.astimezone(ws.hours.zone).date())
        found = read_stats(ws, span, By(by), now)
        if as_csv:
            print_page(stats_csv(found))
            return
        answer(lambda: stats_shape(found, ws.hours.timezone), lambda: _page(ws, found))


def _span(first: str | None, last: str | None, by: By, today: date) -> Span:
    """The days asked for; what is left out is taken from the usual span."""
    if first is None and last is None:
        return periods.usual_span(by, today)
    end = day_of(last, "--to") if last else today
    usual = periods.usual_span(by, end)
    span = Span(day_of(first, "--from") if first else usual.first, end + _DAY)
    if span.first >= span.after:
        raise BadInput(f"--from {span.first} is after --to {end}. Nothing was counted; swap them.")
    return span


def day_of(text: str, option: str) -> date:
    """A day as it was typed; `option` is named where it is none. Raises BadInput."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise BadInput(f"{option} {text!r} is no day. Write it as 2026-11-02.") from None
    if not _EARLIEST <= day < _LATEST:
        raise BadInput(f"{option} {text} is too far away; days from 1990 to 2199 are counted.")
    return day


def _page(ws: "Workspace", found: Stats) -> str:
    rows = [("", "", "90 %", "n", "before")]
    rows += [
        (line.label, line.value, line.p90, line.n, line.before)
        for line in lines_of(found.whole, found.previous, found.weeks, found.weeks_before)
    ]
    head = f"{found.span.first} to {found.last_day} ({ws.hours.timezone}), by {found.by.value}"
    return "\n".join(
        [head, "", table(rows, terminal_width(), [0]), "", *_charts(found), *_time(found)]
    )


def _charts(found: Stats) -> list[str]:
    came = [figures.created for figures in found.series]
    closed = [figures.closed for figures in found.series]
    missed = [figures.windows_missed for figures in found.series]
    top = max([*came, *closed], default=0)
    names = (periods.label(part, found.by) for part in (found.buckets[0], found.buckets[-1]))
    return [
        f"Came in         {chart.bars(came, top)}",
        f"Closed          {chart.bars(closed, top)}",
        f"Windows missed  {chart.bars(missed)}",
        f"                {' to '.join(names)}; the highest bar is {top}",
    ]


def _time(found: Stats) -> list[str]:
    """Where the time went, the three customers with most of it too."""
    spent = found.whole.spent
    if spent.seconds < 60:
        return []
    lanes = ", ".join(f"{lane} {round(took / 60)}" for lane, took in spent.by_lane.items())
    people = list(spent.by_customer.items())[:3]
    most = ", ".join(f"{who} {round(took / 60)}" for who, took in people)
    return ["", f"Minutes by lane: {lanes}", f"Most for: {most}"]
