"""Times as text."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from founder_inbox.core.times import from_text, from_text_or_none, to_text, to_text_or_none

MOMENTS = st.datetimes(
    min_value=datetime(1000, 1, 2),  # noqa: DTZ001 - Hypothesis puts the zone on
    max_value=datetime(9999, 12, 30),  # noqa: DTZ001 - the same
    timezones=st.just(UTC)
    | st.builds(timezone, st.integers(-840, 840).map(lambda m: timedelta(minutes=m))),
)


@given(MOMENTS)
def test_a_time_comes_back_in_utc_to_the_second(moment: datetime) -> None:
    assert from_text(to_text(moment)) == moment.astimezone(UTC).replace(microsecond=0)


@given(MOMENTS, MOMENTS)
def test_texts_sort_as_times_do(one: datetime, other: datetime) -> None:
    assert one > other or to_text(one) <= to_text(other)


def test_the_form_is_rfc_3339_in_utc() -> None:
    berlin = timezone(timedelta(hours=1))

    assert to_text(datetime(2026, 11, 22, 10, tzinfo=berlin)) == "2026-11-22T09:00:00Z"


def test_a_year_before_1000_still_has_four_digits() -> None:
    assert to_text(datetime(70, 1, 1, tzinfo=UTC)) == "0070-01-01T00:00:00Z"


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="no time zone"):
        from_text("2026-11-22T09:00:00")


def test_nothing_stays_nothing() -> None:
    assert to_text_or_none(None) is None
    assert from_text_or_none(None) is None
