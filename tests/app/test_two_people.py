"""A founder and a teammate in one mailbox: each has hours, days off and a week of their own."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import msgspec
import pytest

from founder_inbox.app.hours.door import open_early
from founder_inbox.app.hours.opening import door_now
from founder_inbox.app.hours.time_off import break_now, break_of_level_one, take_days_off
from founder_inbox.app.session.burnout import read_burnout
from founder_inbox.app.session.sessions import note_mood, running_session, start_session
from founder_inbox.app.workspace import Workspace
from tests.app.desk import Desk

EARLY = timedelta(hours=2)


@pytest.fixture
def ana(open_desk: Callable[[str], Desk]) -> Desk:
    return open_desk("one")


@pytest.fixture
def vlad(ana: Desk) -> Workspace:
    """The same mailbox and journal, at level two and under a name of his own."""
    account = msgspec.structs.replace(ana.ws.config.account, name="Vlad")
    return replace(ana.ws, config=msgspec.structs.replace(ana.ws.config, account=account, level=2))


def test_an_early_opening_opens_ones_own_door_only(ana: Desk, vlad: Workspace) -> None:
    evening = ana.now + EARLY
    open_early(vlad, 30, "the server is down", evening)

    assert door_now(vlad, evening).is_open
    assert not door_now(ana.ws, evening).is_open


def test_a_session_and_how_it_felt_are_ones_own(ana: Desk, vlad: Workspace) -> None:
    start_session(vlad, ana.now)
    for days in range(3):
        note_mood(vlad, 1, ana.now - timedelta(days=days))

    assert running_session(ana.ws, ana.now) is None
    assert running_session(vlad, ana.now) is not None
    assert read_burnout(ana.ws, ana.now).signals == ()
    assert len(read_burnout(vlad, ana.now).signals) == 1


def test_days_off_close_ones_own_door_and_level_two_answers_for_a_founder_who_is_away(
    ana: Desk, vlad: Workspace
) -> None:
    today = ana.now.date()
    take_days_off(vlad, today, ana.now)
    assert (door_now(ana.ws, ana.now).is_open, door_now(vlad, ana.now).is_open) == (True, False)
    assert break_of_level_one(ana.ws, ana.now) is break_of_level_one(vlad, ana.now) is None

    take_days_off(ana.ws, today + timedelta(days=3), ana.now)
    later = ana.now + timedelta(days=2)
    assert break_now(vlad, later) is None
    away = break_of_level_one(vlad, later)
    assert away is not None
    assert away == break_now(ana.ws, later)
