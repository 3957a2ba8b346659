"""Days off taken by hand keep the door closed."""

from datetime import timedelta

import pytest

from founder_inbox.app.hours.door import door_now
from founder_inbox.app.hours.time_off import (
    Return,
    days_off,
    end_days_off,
    hours_of_the_past,
    last_return,
    take_days_off,
)
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


def test_a_return_knows_how_many_days_were_off(ws: Workspace) -> None:
    now = clock.now()
    today = now.astimezone(ws.hours.zone).date()
    day = timedelta(days=1)
    assert last_return(ws, now) is None

    take_days_off(ws, today + 3 * day, now)
    assert last_return(ws, now) is None
    over = last_return(ws, now + 4 * day)
    assert over is not None
    assert over.days == 4
    assert over.at.astimezone(ws.hours.zone).date() == today + 4 * day

    end_days_off(ws, now + 2 * day)
    assert last_return(ws, now + 2 * day) == Return((now + 2 * day).replace(microsecond=0), 2)


def test_a_break_that_was_called_off_before_it_began_is_no_return(ws: Workspace) -> None:
    now = clock.now()
    today = now.astimezone(ws.hours.zone).date()
    take_days_off(ws, today + timedelta(days=9), now, first=today + timedelta(days=5))
    assert last_return(ws, now) is None

    end_days_off(ws, now)
    assert last_return(ws, now) is None


def test_the_hours_of_the_past_leave_out_every_break_up_to_where_it_was_ended(
    ws: Workspace,
) -> None:
    now = clock.now()
    ago = {days: now - timedelta(days=days) for days in (40, 20, 18)}
    assert hours_of_the_past(ws, now).days_off == ws.hours.days_off
    take_days_off(ws, ago[40].date() + timedelta(days=3), ago[40])
    take_days_off(ws, ago[20].date() + timedelta(days=5), ago[20])
    end_days_off(ws, ago[18])

    past = hours_of_the_past(ws, now)
    zone = ws.hours.zone
    off = [
        back
        for back in range(41, 0, -1)
        if past.is_day_off((now - timedelta(days=back)).astimezone(zone).date())
    ]
    assert off == [40, 39, 38, 37, 20, 19]
