"""Figures of a period: cases in; counts, medians and shares out. Nothing is shown under n = 5.

What came in belongs to the period in which its first mail arrived, what was closed to the one in
which the close that held lies. Durations are by the clock unless they say otherwise.
"""

from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil
from statistics import median

from founder_inbox.core.metrics.cases import Case
from founder_inbox.core.metrics.openings import Openings
from founder_inbox.core.metrics.time_spent import NOTHING_SPENT, Spent

ENOUGH = 5


@dataclass(frozen=True, slots=True)
class Spread:
    """Median and 90th percentile (nearest rank) of `n` values; None under n = 5."""

    n: int
    median: float | None
    p90: float | None


@dataclass(frozen=True, slots=True)
class Share:
    """`part` of `n`; `share` is None under n = 5."""

    part: int
    n: int

    @property
    def share(self) -> float | None:
        """Between 0 and 1."""
        return self.part / self.n if self.n >= ENOUGH else None


@dataclass(frozen=True, slots=True)
class FixDone:
    """A quick fix that went live: when, of which ticket, and how long after it was asked for."""

    at: datetime
    ticket: str
    asked: timedelta


@dataclass(frozen=True, slots=True)
class AskedBefore:
    """Of `n` how-to questions `part` had been answered before, to somebody else: `tickets`."""

    part: int
    n: int
    tickets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Figures:
    """Everything of one period, [`start`, `end`) in UTC. Durations are seconds.

    `windows_missed` adds up over `late` of `created` cases; `unanswered` have no answer yet.
    `behind` has the tickets behind each figure by its name, the heaviest first.
    """

    start: datetime
    end: datetime
    created: int
    closed: int
    windows_missed: int
    late: int
    unanswered: int
    first_answer: Spread
    first_answer_open: Spread
    resolution: Spread
    waiting: Spread
    replies: Spread
    solved_in_one: Share
    level_one: Share
    asked_before: Share | None
    quick_fixes: int
    asked_to_live: Spread
    spent: Spent
    behind: Mapping[str, tuple[str, ...]]


class Record:
    """Cases and finished fixes, sorted once, so that each of many periods is a slice."""

    def __init__(self, cases: Sequence[Case], fixes: Sequence[FixDone] = ()) -> None:
        self._came = sorted(cases, key=lambda case: case.began)
        self._began = [case.began for case in self._came]
        closed = [(case.closed, case) for case in cases if case.closed is not None]
        closed.sort(key=lambda pair: pair[0])
        self._closed_at = [at for at, _ in closed]
        self._left = [case for _, case in closed]
        self._fixes = sorted(fixes, key=lambda fix: fix.at)
        self._fixed_at = [fix.at for fix in self._fixes]

    def first_began(self) -> datetime | None:
        """When the oldest case began, None without any."""
        return self._began[0] if self._began else None

    def came(self, start: datetime, end: datetime) -> Sequence[Case]:
        """The cases that began in [`start`, `end`)."""
        return self._came[bisect_left(self._began, start) : bisect_left(self._began, end)]

    def left(self, start: datetime, end: datetime) -> Sequence[Case]:
        """The cases that were closed in it, for good."""
        at = self._closed_at
        return self._left[bisect_left(at, start) : bisect_left(at, end)]

    def fixed(self, start: datetime, end: datetime) -> Sequence[FixDone]:
        """The quick fixes that went live in it."""
        at = self._fixed_at
        return self._fixes[bisect_left(at, start) : bisect_left(at, end)]


def read_figures(
    record: Record,
    start: datetime,
    end: datetime,
    openings: Openings,
    now: datetime,
    *,
    spent: Spent = NOTHING_SPENT,
    asked_before: AskedBefore | None = None,
) -> Figures:
    """The figures of [`start`, `end`); who has no answer yet has waited until `now`."""
    came, left = record.came(start, end), record.left(start, end)
    fixed = record.fixed(start, end)
    answered = [case for case in came if case.answered is not None]
    missed = {id(case): _missed(case, openings, now) for case in came}
    late = sorted((c for c in came if missed[id(c)]), key=lambda case: -missed[id(case)])
    solved = [case for case in left if case.replies]
    alone = [case for case in left if not case.handed_off]
    resolved = [case for case in left if case.resolved is not None]
    waiting = [c for c in came if c.answered is None and c.closed is None]
    behind = {
        "created": came,
        "closed": left,
        "windows_missed": late,
        "unanswered": waiting,
        "first_answer": _longest(answered, _first_answer),
        "first_answer_open": _longest(answered, _first_answer),
        "resolution": _longest(resolved, _resolution),
        "waiting": _longest(left, _waiting),
        "replies": _longest(solved, lambda case: case.replies),
        "solved_in_one": [case for case in solved if case.replies > 1],
        "level_one": [case for case in left if case.handed_off],
    }
    fixes = sorted(fixed, key=lambda fix: -fix.asked)
    return Figures(
        start=start,
        end=end,
        created=len(came),
        closed=len(left),
        windows_missed=sum(missed.values()),
        late=len(late),
        unanswered=len(waiting),
        first_answer=spread([_first_answer(case) for case in answered]),
        first_answer_open=spread([_first_answer_open(case, openings) for case in answered]),
        resolution=spread([_resolution(case) for case in resolved]),
        waiting=spread([_waiting(case) for case in left]),
        replies=spread([case.replies for case in solved]),
        solved_in_one=Share(sum(case.replies == 1 for case in solved), len(solved)),
        level_one=Share(len(alone), len(left)),
        asked_before=Share(asked_before.part, asked_before.n) if asked_before else None,
        quick_fixes=len(fixed),
        asked_to_live=spread([fix.asked.total_seconds() for fix in fixed]),
        spent=spent,
        behind={
            **{name: _ids(cases) for name, cases in behind.items()},
            "quick_fixes": tuple(dict.fromkeys(fix.ticket for fix in fixes)),
            "minutes": tuple(spent.by_ticket),
            "asked_before": asked_before.tickets if asked_before else (),
        },
    )


def spread(values: Sequence[float]) -> Spread:
    """Median and 90th percentile of any order of values."""
    if len(values) < ENOUGH:
        return Spread(len(values), None, None)
    ordered = sorted(values)
    return Spread(
        len(ordered), float(median(ordered)), float(ordered[ceil(0.9 * len(ordered)) - 1])
    )


def _missed(case: Case, openings: Openings, now: datetime) -> int:
    return openings.missed(case.began, case.answered or case.closed or now)


def _first_answer(case: Case) -> float:
    return _seconds(case.began, case.answered)


def _first_answer_open(case: Case, openings: Openings) -> float:
    return openings.time_between(case.began, case.answered or case.began).total_seconds()


def _resolution(case: Case) -> float:
    return _seconds(case.began, case.resolved)


def _waiting(case: Case) -> float:
    return case.waited.total_seconds()


def _seconds(since: datetime, until: datetime | None) -> float:
    """Never below zero, whatever a clock that was set back has written down."""
    return max(((until or since) - since).total_seconds(), 0.0)


def _longest(cases: Sequence[Case], weight: Callable[[Case], float]) -> list[Case]:
    return sorted(cases, key=weight, reverse=True)


def _ids(cases: Sequence[Case]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(case.ticket for case in cases))
