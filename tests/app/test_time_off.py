"""Days off taken by hand keep the door closed."""

from datetime import timedelta

import pytest

from founder_inbox.app.door import door_now
from founder_inbox.app.time_off import days_off, end_days_off, take_days_off
from founder_inbox.app.workspace import Workspace
from founder_inbox.core.hours.door import DoorState
from founder_inbox.errors import BadInput
from founder_inbox.system import clock


def test_a_break_keeps_the_door_closed_until_it_is_over(ws: Workspace) -> None:
    now = clock.now()
    assert door_now(ws, now).is_open

    taken = take_days_off(ws, now.date() + timedelta(days=2), now)

    assert door_now(ws, now).state is DoorState.DAY_OFF
    assert door_now(ws, now + timedelta(days=2)).state is DoorState.DAY_OFF
    assert door_now(ws, now + timedelta(days=3)).is_open
    assert days_off(ws, now) == taken


def test_a_break_can_be_ended_early(ws: Workspace) -> None:
    now = clock.now()
    take_days_off(ws, now.date() + timedelta(days=2), now)
    end_days_off(ws, now)

    assert door_now(ws, now).is_open
    with pytest.raises(BadInput, match="no break to end"):
        end_days_off(ws, now)


def test_a_break_cannot_end_in_the_past_or_years_away(ws: Workspace) -> None:
    now = clock.now()
    for days in (-1, 400):
        with pytest.raises(BadInput):
            take_days_off(ws, now.date() + timedelta(days=days), now)
    assert door_now(ws, now).is_open
