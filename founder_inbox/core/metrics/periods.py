"""Periods in the founder's own days: whole days, weeks from Monday, months."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from enum import StrEnum

from dateutil.relativedelta import relativedelta

from founder_inbox.core.hours.time_words import MONTH_NAMES

MOST = 400
"""So many buckets a chart or table has at most; nobody reads more."""


class By(StrEnum):
    """How a span is divided."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"


@dataclass(frozen=True, slots=True)
class Span:
    """Local days from `first` up to, not including, `after`."""

    first: date
    after: date

    def instants(self, zone: tzinfo) -> tuple[datetime, datetime]:
        """Its beginning and end in UTC: a day with a clock change has 23 or 25 hours."""
        return midnight(self.first, zone), midnight(self.after, zone)

    @property
    def days(self) -> int:
        """How many local days it has."""
        return (self.after - self.first).days


def midnight(day: date, zone: tzinfo) -> datetime:
    """When that local day begins, in UTC."""
    return datetime.combine(day, time.min, zone).astimezone(UTC)


def usual_span(by: By, today: date) -> Span:
    """What is shown when nothing was asked: 14 days, 12 weeks or 12 months up to today."""
    after = _next(start_of(by, today), by)
    back = {
        By.DAY: relativedelta(days=14),
        By.WEEK: relativedelta(weeks=12),
        By.MONTH: relativedelta(months=12),
    }[by]
    return Span(after - back, after)


def before(span: Span) -> Span:
    """The period of the same length before it, for comparison."""
    return Span(span.first - timedelta(days=span.days), span.first)


def buckets(span: Span, by: By) -> tuple[Span, ...]:
    """The span divided; the first and last bucket are cut to it. The newest `MOST` at most."""
    found, at = list[Span](), start_of(by, span.first)
    while at < span.after:
        following = _next(at, by)
        found.append(Span(max(at, span.first), min(following, span.after)))
        at = following
    return tuple(found[-MOST:])


def start_of(by: By, day: date) -> date:
    """The first day of the bucket that a day is in."""
    if by is By.WEEK:
        return day - timedelta(days=day.weekday())
    return day.replace(day=1) if by is By.MONTH else day


def week_of(day: date) -> Span:
    """The week from Monday that a day is in."""
    first = start_of(By.WEEK, day)
    return Span(first, first + timedelta(weeks=1))


def label(span: Span, by: By) -> str:
    """A bucket's name on an axis: "23 Nov", or "Nov 2026" for a month."""
    month = MONTH_NAMES[span.first.month - 1]
    return f"{month} {span.first.year}" if by is By.MONTH else f"{span.first.day} {month}"


def _next(day: date, by: By) -> date:
    if by is By.MONTH:
        return day + relativedelta(months=1)
    return day + timedelta(days=7 if by is By.WEEK else 1)
