"""When it is time to hire (handbook ch. 11, 12): whole weeks in, a sentence with numbers out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

WEEKS = 3
MONTH_DAYS = 30


@dataclass(frozen=True, slots=True)
class Week:
    """One week that is over, from Monday `first`: tickets in and closed, hours of support."""

    first: date
    came: int
    closed: int
    hours: float


@dataclass(frozen=True, slots=True)
class Hire:
    """The reason in words, and the weeks it is taken from, the oldest first."""

    sentence: str
    weeks: tuple[Week, ...]


def read_hiring(weeks: Sequence[Week], budget: float) -> Hire | None:
    """Say that it is time to hire after three weeks of more in than out, or over the budget.

    `weeks` are the last ones that are over, the oldest first; `budget` is hours a week, 0: none.
    """
    last = tuple(weeks[-WEEKS:])
    if len(last) < WEEKS:
        return None
    reasons = []
    if all(week.came > week.closed for week in last):
        pairs = ", ".join(f"{week.came} in and {week.closed} out" for week in last)
        reasons.append(f"more came in than you closed ({pairs})")
    if budget > 0 and all(week.hours > budget for week in last):
        spent = ", ".join(f"{week.hours:.1f}" for week in last)
        reasons.append(f"support took more than {budget:g} hours a week ({spent})")
    if not reasons:
        return None
    return Hire(
        f"For three weeks {' and '.join(reasons)}: it may be time for a second pair of hands.", last
    )
