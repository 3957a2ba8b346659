"""How much of the support hours lies between two moments: counted once, asked often."""

from bisect import bisect_right
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from itertools import accumulate

from founder_inbox.core.hours.schedule import Window


class Openings:
    """Windows in their order, ready for many questions. Moments are aware UTC."""

    def __init__(self, windows: Sequence[Window]) -> None:
        self._starts = [window.start for window in windows]
        self._ends = [window.end for window in windows]
        spans = (window.end - window.start for window in windows)
        self._open = list(accumulate(spans, initial=timedelta()))

    def missed(self, since: datetime, until: datetime) -> int:
        """The windows that ended after `since` and by `until`: the headline (goal 0)."""
        return max(bisect_right(self._ends, until) - bisect_right(self._ends, since), 0)

    def time_between(self, since: datetime, until: datetime) -> timedelta:
        """How long support was open between two moments; nothing if they stand the wrong way."""
        return max(self._until(until) - self._until(since), timedelta())

    def _until(self, moment: datetime) -> timedelta:
        begun = bisect_right(self._starts, moment.astimezone(UTC))
        if begun == 0:
            return timedelta()
        last = self._ends[begun - 1]
        return self._open[begun] - max(last - moment, timedelta())
