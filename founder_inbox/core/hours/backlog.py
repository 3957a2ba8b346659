"""Coming back gently: what waited is split over several windows, so that the first one can be met.

Plain facts in, moments out: a ticket belongs to a window by how long it has waited, so nothing has
to be written about a ticket, and what is done or comes in moves no other one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from founder_inbox.core.hours.schedule import Window

AWAY_DAYS_OFF = 2
AWAY = timedelta(days=3)
MOST_WINDOWS = 5
# Minutes for each ticket where the founder's own pace is not known.
USUAL_MINUTES = 4.0
_THANKS_WEIGHT = 0.25
_TICK = timedelta(seconds=1)
_NUMBERS = ("no", "next", "next two", "next three", "next four")


@dataclass(frozen=True, slots=True)
class Waiting:
    """An open ticket: since when its customer waits (UTC), and whether it is a thank-you.

    `comes_first`: it is never put off, because it is urgent, did not arrive, or came back.
    """

    since: datetime
    comes_first: bool = False
    thanks: bool = False

    @property
    def weight(self) -> float:
        """How much of a ticket's time it takes."""
        return _THANKS_WEIGHT if self.thanks else 1.0


@dataclass(frozen=True, slots=True)
class Portion:
    """What the window that ends at `end` is for: who has waited since `through` or longer.

    None for the last one, which has all that is left.
    """

    end: datetime
    through: datetime | None


@dataclass(frozen=True, slots=True)
class Left:
    """How a split backlog stands now: tickets of this window and of the later ones.

    `later_windows` is how many those are; `same_day`: the next of them is today, too.
    """

    now: int
    later: int
    later_windows: int
    same_day: bool


def was_away(days_off: int, last: datetime, missed: int, now: datetime) -> bool:
    """Say whether coming back is worth a gentle start: two days off, or three days without one.

    `last` is the end of the last session; `missed` counts the windows since: who has support on
    Tuesdays only is not away on a Monday.
    """
    return days_off >= AWAY_DAYS_OFF or (now - last >= AWAY and missed > 0)


def split_backlog(
    backlog: Sequence[Waiting], minutes: float | None, windows: Sequence[Window], now: datetime
) -> list[Portion]:
    """Split over as few of the coming windows as hold it, evenly; at most five.

    `minutes` is the founder's pace for each ticket. What is urgent or did not arrive is always in
    the first; then come the oldest. Empty when the first window holds all, or there is no other.
    """
    rooms = [_room(window, minutes, now) for window in windows[:MOST_WINDOWS]]
    load = sum(ticket.weight for ticket in backlog)
    count = next((n for n in range(1, len(rooms)) if sum(rooms[:n]) >= load), len(rooms))
    if count < 2:
        return []
    share = load / sum(rooms[:count])
    targets = [share * sum(rooms[: number + 1]) for number in range(count - 1)]
    urgent = sum(ticket.weight for ticket in backlog if ticket.comes_first)
    queue = sorted((t.since, t.weight) for t in backlog if not t.comes_first)
    cuts = _cuts(queue, urgent, targets) if queue else []
    if not cuts or cuts[0] >= queue[-1][0]:
        return []
    ends = [window.end for window in windows[:count]]
    return [Portion(end, through) for end, through in zip(ends, [*cuts, None], strict=False)]


def portion_now(portions: Sequence[Portion], now: datetime) -> Portion | None:
    """Return the portion of the window that runs or comes next; None once the last has ended.

    What a window left undone is in the next one's portion.
    """
    return next((portion for portion in portions if now < portion.end), None)


def backlog_words(left: Left, *, first: bool) -> str:
    """Return "41 waited. Today 14, the rest over the next two windows."."""
    total = left.now + left.later
    if not left.later:
        return f"The last part of what waited: the whole queue is here again, {left.now} to go."
    when = "This window" if left.same_day else "Today"
    windows = _NUMBERS[min(left.later_windows, len(_NUMBERS) - 1)]
    rest = f"the rest in the {windows} window"
    if left.later_windows > 1:
        rest = f"the rest over the {windows} windows"
    waited = f"{total} waited." if first else f"{total} are left."
    return f"{waited} {when} {left.now}, {rest}."


def _room(window: Window, minutes: float | None, now: datetime) -> float:
    """How many tickets a window holds from `now` on; one at least."""
    left = (window.end - max(window.start, now)) / timedelta(minutes=1)
    return max(left / (minutes or USUAL_MINUTES), 1.0)


def _cuts(
    queue: Sequence[tuple[datetime, float]], taken: float, targets: Sequence[float]
) -> list[datetime]:
    """The moments that divide the portions; `taken` is in the first already."""
    cuts: list[datetime] = []
    before = queue[0][0] - _TICK
    at = 0
    for target in targets:
        while at < len(queue) and taken + queue[at][1] / 2 <= target:
            before, taken, at = queue[at][0], taken + queue[at][1], at + 1
        cuts.append(before)
    return cuts
