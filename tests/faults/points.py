"""Every point of a journey, one after the other: the process ends there, or something fails."""

from collections.abc import Iterable, Iterator

from tests.faults.invariants import settle, wrong
from tests.faults.journeys import Journey
from tests.faults.switch import Order
from tests.faults.world import IMPATIENT, Machine


def count(machine: Machine, journey: Journey) -> tuple[str, ...]:
    """The names of its points, found by going the whole way once."""
    with machine.world(f"{journey.name}-whole", fresh=journey.fresh) as world:
        journey.begin(world)
        ended = journey.go(world, Order())
        assert ended.code == 0, ended
        return ended.points


def try_points(
    machine: Machine, journey: Journey, act: str, points: Iterable[int]
) -> Iterator[str]:
    """What is wrong after each of them."""
    for point in points:
        name = f"{journey.name}-{act}-{point}"
        with machine.world(name, fresh=journey.fresh) as world:
            journey.begin(world)
            ended = journey.go(world, Order(at=point, act=act, set=IMPATIENT))
            where = ended.points[-1] if ended.points else "the last one"
            besides = journey.check(world)
            settle(world)
            for sentence in (*wrong(world), *([besides] if besides else [])):
                yield f"{journey.name}, {act} at point {point} ({where}): {sentence}"
