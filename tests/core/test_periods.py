"""Days, weeks and months as the founder has them."""

import itertools
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from founder_inbox.core.metrics.periods import (
    MOST,
    By,
    Span,
    before,
    buckets,
    label,
    usual_span,
)

BERLIN = ZoneInfo("Europe/Berlin")
TODAY = date(2026, 11, 25)  # a Wednesday
DAYS = st.dates(date(1990, 1, 1), date(2199, 12, 31))


@pytest.mark.parametrize(
    ("by", "first", "after", "many"),
    [
        (By.DAY, date(2026, 11, 12), date(2026, 11, 26), 14),
        (By.WEEK, date(2026, 9, 7), date(2026, 11, 30), 12),
        (By.MONTH, date(2025, 12, 1), date(2026, 12, 1), 12),
    ],
)
def test_the_usual_span_ends_with_today_s_bucket(
    by: By, first: date, after: date, many: int
) -> None:
    assert usual_span(by, TODAY) == Span(first, after)
    assert len(buckets(Span(first, after), by)) == many


def test_the_span_before_is_as_long() -> None:
    assert before(Span(date(2026, 3, 1), date(2026, 4, 1))) == Span(
        date(2026, 1, 29), date(2026, 3, 1)
    )


def test_a_day_with_a_clock_change_has_its_true_length() -> None:
    days = [date(2026, 3, 29), date(2026, 10, 25), date(2026, 11, 25)]
    spans = [Span(day, day + timedelta(days=1)).instants(BERLIN) for day in days]

    assert [(end - start) / timedelta(hours=1) for start, end in spans] == [23, 25, 24]
    assert spans[2][0] == datetime(2026, 11, 24, 23, tzinfo=UTC)


@given(first=DAYS, days=st.integers(1, 800), by=st.sampled_from(By))
def test_buckets_lie_side_by_side_and_the_newest_are_kept(first: date, days: int, by: By) -> None:
    span = Span(first, first + timedelta(days=days))
    found = buckets(span, by)

    assert 0 < len(found) <= MOST
    assert found[-1].after == span.after
    assert all(one.after == other.first for one, other in itertools.pairwise(found))
    assert found[0].first == span.first or len(found) == MOST


def test_labels_are_short_and_the_same_everywhere() -> None:
    span = Span(date(2026, 11, 2), date(2026, 11, 9))

    assert [label(span, by) for by in By] == ["2 Nov", "2 Nov", "Nov 2026"]
