"""The program ends, or something fails, at any point of what founders do; all hold together after.

Here some points of each journey are tried, other ones with another seed; `python -m tests.faults
--points` tries every one.
"""

import random

import pytest

from tests.faults.conftest import SEED
from tests.faults.journeys import JOURNEYS, Journey
from tests.faults.points import count, try_points
from tests.faults.world import Machine

TRIED = ("kill", "kill", "fail", "full")


@pytest.mark.parametrize("journey", JOURNEYS, ids=lambda journey: journey.name)
def test_ended_or_failing_at_any_point_nothing_is_lost_doubled_or_untrue(
    machine: Machine, journey: Journey
) -> None:
    points = count(machine, journey)
    assert len(points) >= journey.at_least
    assert {point.partition(":")[0] for point in points} >= {"commit", "file"}
    dice = random.Random(SEED)

    for act in TRIED:
        point = dice.randint(1, len(points))
        assert list(try_points(machine, journey, act, [point])) == [], f"seed {SEED}"
