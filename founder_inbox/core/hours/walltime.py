"""From what a clock on the wall says to instants in UTC, across the jumps of summer time.

A wall time is a naive `datetime` that means "as read in this zone". In a gap (spring) it never
comes, in an overlap (autumn) it comes twice; `zoneinfo` answers both with a guess, we need a rule:
what opens does so at the first chance, what closes does so at the last.
"""

from datetime import UTC, datetime, timedelta, tzinfo

_TICK = timedelta(microseconds=1)


def opening_instant(wall: datetime, zone: tzinfo) -> datetime:
    """Return the first instant (UTC) when clocks in `zone` show `wall` or, in a gap, skip it."""
    instant = wall.replace(tzinfo=zone, fold=0).astimezone(UTC)
    return instant if _shows(instant, wall, zone) else _jump_over(wall, zone)


def closing_instant(wall: datetime, zone: tzinfo) -> datetime:
    """Return the instant (UTC) after which clocks in `zone` never again show less than `wall`.

    In an overlap that is the second time. A `wall` on the very edge where the overlap begins is
    not inside it and closes the first time.
    """
    last = wall - _TICK
    instant = last.replace(tzinfo=zone, fold=1).astimezone(UTC)
    return instant + _TICK if _shows(instant, last, zone) else _jump_over(last, zone)


def _shows(instant: datetime, wall: datetime, zone: tzinfo) -> bool:
    return instant.astimezone(zone).replace(tzinfo=None, fold=0) == wall.replace(fold=0)


def _jump_over(wall: datetime, zone: tzinfo) -> datetime:
    """Return the instant at which the clocks jump over `wall`, found by halving, to the second."""
    # In a gap fold=1 takes the offset after the jump, which lands before it, and vice versa.
    before = int(wall.replace(tzinfo=zone, fold=1).timestamp()) - 1
    after = int(wall.replace(tzinfo=zone, fold=0).timestamp()) + 1
    target = datetime.fromtimestamp(after, zone).utcoffset()
    while after - before > 1:
        middle = (before + after) // 2
        if datetime.fromtimestamp(middle, zone).utcoffset() == target:
            after = middle
        else:
            before = middle
    return datetime.fromtimestamp(after, UTC)
