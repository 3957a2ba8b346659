"""One gauge from robot to cheerleader (handbook ch. 14): it warns at its ends only."""

import re
from dataclasses import dataclass

from founder_inbox.core.tone.draft import Draft
from founder_inbox.core.tone.wording import Phrases, Span

ROBOT = -2
CHEER = 4
# Steps to either side of the middle, where the gauge is drawn.
STEPS = 4
_MARKS = re.compile(r"!{1,20}")
_EMOJI = re.compile(r"[\u2600-\u27bf\U0001f300-\U0001faff]")


@dataclass(frozen=True, slots=True)
class Gauge:
    """Points to the left (stock phrases, negative) and right (marks, superlatives, emoji)."""

    robot: tuple[Span, ...]
    cheer: tuple[Span, ...]
    points: int


def step_of(points: int) -> int:
    """Where points are drawn: -4 is where robot speech is found, 4 where cheer is, 0 is plain."""
    end = -ROBOT if points < 0 else CHEER
    return max(-STEPS, min(STEPS, points * STEPS // end))


def read_gauge(
    draft: Draft, robot: tuple[Phrases, ...], stiff: tuple[Phrases, ...], cheer: tuple[Phrases, ...]
) -> Gauge:
    """Weigh a draft: what only a machine says counts two, what is merely stiff one.

    The first exclamation mark is free, and the greeting's.
    """
    machine = [span for phrases in robot for span in phrases.find(draft.words)]
    left = [span for phrases in stiff for span in phrases.find(draft.words)]
    glad = [span for phrases in cheer for span in phrases.find(draft.words)]
    marks = [match.span() for match in _MARKS.finditer(draft.plain)]
    signs = [match.span() for match in _EMOJI.finditer(draft.plain)]
    count = sum(end - start for start, end in marks)
    right = max(count - 1, 0) + len(glad) + len(signs)
    points = right - 2 * len(machine) - len(left)
    if machine or len(left) > 1:  # stock phrases are no better for the cheer around them
        points = min(points, -2 * len(machine) - len(left))
    return Gauge(tuple(sorted({*machine, *left})), tuple(sorted({*glad, *marks, *signs})), points)
