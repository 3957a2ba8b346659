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

TRIED = {"kill": 2, "fail": 1, "full": 1}


@pytest.mark.parametrize("journey", JOURNEYS, ids=lambda journey: journey.name)
def test_ended_or_failing_at_any_point_nothing_is_lost_doubled_or_untrue(
    machine: Machine, journey: Journey
) -> None:
    points = count(machine, journey)
    assert len(points) >= journey.at_least
    assert {point.partition(":")[0] for point in points} >= {"commit", "file"}
    dice = random.Random(SEED)

    for act, times in TRIED.items():
        chosen = [dice.randint(1, len(points)) for _ in range(times)]
        assert list(try_points(machine, journey, act, chosen)) == [], f"seed {SEED}"
