"""The figures of a span, of its days, weeks or months, and of the span before."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from founder_inbox.app.hours.time_off import hours_of_the_past
from founder_inbox.app.knowledge.asked import compared_tickets
from founder_inbox.app.workspace import Workspace
from founder_inbox.core.hours.schedule import windows_between
from founder_inbox.core.metrics import periods
from founder_inbox.core.metrics.cases import Case, cases_of
from founder_inbox.core.metrics.figures import AskedBefore, Figures, FixDone, Record, read_figures
from founder_inbox.core.metrics.openings import Openings
from founder_inbox.core.metrics.periods import By, Span
from founder_inbox.core.metrics.time_spent import PAUSE, Act, time_spent
from founder_inbox.core.tickets.journal import EventKind, effective
from founder_inbox.core.tickets.quick_fix import finished_fix
from founder_inbox.store import events
from founder_inbox.store import metrics as facts

_WEEK = timedelta(weeks=1)


@dataclass(frozen=True, slots=True)
class Stats:
    """`whole` is the span's figures, `previous` those of the span before it, of the same length.

    `buckets` and `series` go together: the span's days, weeks or months, the oldest first.
    `weeks` is how many weeks of the span are over, for what is counted a week.
    """

    span: Span
    by: By
    whole: Figures
    previous: Figures
    buckets: tuple[Span, ...]
    series: tuple[Figures, ...]
    weeks: float
    weeks_before: float

    @property
    def last_day(self) -> date:
        """The last day that belongs to the span."""
        return self.span.after - timedelta(days=1)


def read_stats(
    ws: Workspace,
    span: Span,
    by: By,
    now: datetime,
    *,
    until: datetime | None = None,
) -> Stats:
    """Everything for the screen and the command. What came after `until` is left out."""
    zone = ws.hours.zone
    earlier = periods.before(span)
    since, _ = earlier.instants(zone)
    limit = min(until or now, now)
    record, acts = _record(ws, since, limit), facts.acts_since(ws.store, since - PAUSE, ws.actor)
    openings = _openings(ws, record, limit)
    compared = compared_tickets(ws, since, limit)

    def figures(of: Span) -> Figures:
        start, end = (_within(moment, limit) for moment in of.instants(zone))
        here = [(name, times) for at, name, times in compared if start <= at < end]
        again = tuple(name for name, times in here if times)
        asked = AskedBefore(len(again), len(here), again)
        spent = time_spent(_around(acts, start, end), start, end)
        return read_figures(record, start, end, openings, limit, spent=spent, asked_before=asked)

    parts = periods.buckets(span, by)
    return Stats(
        span,
        by,
        figures(span),
        figures(earlier),
        parts,
        tuple(figures(part) for part in parts),
        _weeks(span, ws, limit),
        _weeks(earlier, ws, limit),
    )


def _record(ws: Workspace, since: datetime, limit: datetime) -> Record:
    cases = (
        case for facts_of in facts.tickets_since(ws.store, since) for case in cases_of(facts_of)
    )
    kept = [case for case in cases if case.began < limit and _matters(case, since)]
    return Record(kept, _fixes(ws, since))


def _matters(case: Case, since: datetime) -> bool:
    return case.began >= since or (case.closed is not None and case.closed >= since)


def _fixes(ws: Workspace, since: datetime) -> list[FixDone]:
    kinds = (EventKind.QUICK_FIX_FINISHED, EventKind.UNDONE)
    found = effective(events.events_since(ws.store, since, *kinds))
    done = [(event, fix) for event in found if (fix := finished_fix(event)) is not None]
    return [FixDone(event.at, event.ticket or "", fix.asked_to_live) for event, fix in done]


def _openings(ws: Workspace, record: Record, now: datetime) -> Openings:
    first = record.first_began()
    if first is None or first >= now:
        return Openings(())
    return Openings(tuple(windows_between(hours_of_the_past(ws, now), first, now)))


def _around(acts: Sequence[Act], start: datetime, end: datetime) -> list[Act]:
    """The acts of a period and the hour before it, which says when work had begun."""
    return [act for act in acts if start - PAUSE <= act.at < end]


def _within(moment: datetime, limit: datetime) -> datetime:
    """Figures know no future: a bucket that is not over ends now."""
    return min(moment, limit.astimezone(UTC))


def _weeks(span: Span, ws: Workspace, limit: datetime) -> float:
    start, end = span.instants(ws.hours.zone)
    return max((min(end, limit) - start) / _WEEK, 0.0)
