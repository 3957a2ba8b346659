"""Every act of the registry against every state of the door, on the screen."""

from datetime import timedelta

import pytest

from founder_inbox.core.acts import Act
from founder_inbox.core.hours.door import DoorState, allows
from founder_inbox.core.keys import ACTIONS, Action, Group
from founder_inbox.core.model import Status
from founder_inbox.store import events, outbox
from founder_inbox.tui.acts import ACTS
from founder_inbox.tui.queue.footer import Footer
from tests.tui.company import MONDAY, Company
from tests.tui.conftest import Session, Start

NOON = MONDAY + timedelta(hours=3)
LAST_MINUTES = MONDAY.replace(minute=51)
OVER = MONDAY.replace(hour=10, minute=1)
HERE = [action for action in ACTIONS if action.group not in {Group.COMPOSER, Group.REVIEW}]


def said(session: Session) -> str:
    return str(session.app.main.query_one(Footer).message)


def refused_in(state: DoorState) -> list[Action]:
    return [action for action in HERE if not allows(state, action.needs)]


def test_every_act_has_a_row_and_something_to_do() -> None:
    assert {action.id for action in HERE} == set(ACTS)
    assert {action.needs for action in ACTIONS} <= set(Act)
    assert {action.id for action in refused_in(DoorState.OPEN)} == set()
    assert {action.id for action in refused_in(DoorState.OVER)} == {
        "open", "next_ticket", "previous_ticket", "sync_now", "rescue",
    }  # fmt: skip


async def test_at_the_door_every_act_that_needs_it_open_is_refused_in_kind_words(
    start: Start, company: Company
) -> None:
    company.clock.moment = NOON
    async with start() as session:
        await session.press("r", "2")
        before = events.last_events(session.ws.store, 1)
        for action in refused_in(DoorState.CLOSED):
            session.app.main.run(action.id)
            await session.settle()
            assert "today 17:00" in said(session), action.id
        assert events.last_events(session.ws.store, 1) == before
        assert session.sync.asked == 0


async def test_when_the_window_is_over_no_other_ticket_is_opened(
    start: Start, company: Company
) -> None:
    async with start() as session:
        await session.press("2", "enter")
        company.clock.moment = OVER
        await session.look()
        subject = session.subject
        for action in refused_in(DoorState.OVER):
            session.app.main.run(action.id)
            await session.settle()
            assert "The window is over" in said(session), action.id
        assert session.subject == subject


@pytest.mark.parametrize("key", ["m", "l"])
async def test_notes_and_tags_are_free_at_the_door(
    start: Start, company: Company, key: str
) -> None:
    company.clock.moment = NOON
    async with start() as session:
        await session.press("r", "2", key)
        await session.type("refund")
        await session.press("ctrl+s")

        assert events.last_events(session.ws.store, 1)[0].kind in {"note", "tagged"}


async def test_a_hand_off_written_at_the_door_says_when_it_leaves(
    start: Start, company: Company
) -> None:
    company.clock.moment = NOON
    async with start() as session:
        await session.press("r", "2")
        session.app.main.run("hand_off")
        await session.settle()
        (first, *_) = outbox.live_items(session.ws.store)
        assert first.not_before == MONDAY.replace(hour=17, minute=0)


async def test_in_the_last_ten_minutes_ideas_are_not_offered_any_more(
    start: Start, company: Company
) -> None:
    async with start() as session:
        assert "Idea: a dark mode" in session.subjects()
        company.clock.moment = LAST_MINUTES
        await session.look()

        assert "Idea: a dark mode" not in session.subjects()
        assert "ideas wait for the next one" in session.text
        await session.press("4")
        assert "Ideas wait for the next window" in session.text
        await session.press("g", "a")
        assert "Idea: a dark mode" in session.subjects()


async def test_an_idea_that_is_being_read_stays_until_it_is_left(
    start: Start, company: Company
) -> None:
    async with start() as session:
        await session.press("4", "enter")
        company.clock.moment = LAST_MINUTES
        await session.look()
        assert session.subject == "Idea: a dark mode"
        await session.press("e")

        assert "Idea: a dark mode" not in session.subjects()
        assert Status.CLOSED in session.app.desk.counts.statuses
