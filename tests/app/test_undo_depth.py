"""Undo reaches twenty acts and more, bulk and replies among them, also after a restart."""

from datetime import timedelta
from pathlib import Path

import pytest

from founder_inbox.app.queue import triage
from founder_inbox.app.queue.tickets import Choice, list_tickets
from founder_inbox.app.sending import reply
from founder_inbox.app.workspace import Workspace, open_workspace
from founder_inbox.core.model import Lane, Status
from founder_inbox.core.tickets.entry import Ticket
from founder_inbox.errors import FounderInboxError
from founder_inbox.store.drafts import draft_of
from founder_inbox.store.outbox import live_items
from tests.tui.company import MONDAY, Company, Letter

EVERYTHING = Choice(None, everything=True)


@pytest.fixture
def company(tmp_path: Path) -> Company:
    fresh = Company(tmp_path)
    fresh.write_config()
    return fresh


def fill(company: Company, count: int) -> None:
    letters = [Letter(f"P{n} <p{n}@x.test>", f"How do I {n}?", f"How {n}?") for n in range(count)]
    with open_workspace(company.config) as ws:
        company.receive(ws, *letters)


def everything(ws: Workspace) -> list[Ticket]:
    return list_tickets(ws.store, EVERYTHING, MONDAY, None)


def standing(ws: Workspace) -> list[tuple[str, Status, Lane, frozenset[str]]]:
    return sorted(
        (t.id, t.state.status, t.state.verdict.lane, t.state.tags) for t in everything(ws)
    )


def test_a_bulk_act_is_taken_back_whole_however_large(company: Company) -> None:
    fill(company, 450)
    with open_workspace(company.config) as ws:
        before = standing(ws)
        triage.close(ws, everything(ws), MONDAY)

        assert {status for _, status, *_ in standing(ws)} == {Status.CLOSED}
        triage.undo(ws, MONDAY)
        assert standing(ws) == before


def test_twenty_acts_of_bulk_and_a_reply_are_taken_back_one_by_one_after_a_restart(
    company: Company,
) -> None:
    fill(company, 30)
    states = []
    moment = MONDAY
    with open_workspace(company.config) as ws:
        answered = everything(ws)[0]
        for number in range(20):
            states.append(standing(ws))
            moment += timedelta(seconds=1)
            if number == 7:
                body = "Hi,\n\nUnder Settings.\n\nAna"
                reply.queue_reply(ws, answered, body, moment)
            else:
                triage.tag(ws, everything(ws)[1:], f"tag-{number}", moment)

    with open_workspace(company.config) as ws:
        for number in reversed(range(20)):
            triage.undo(ws, moment)
            assert standing(ws) == states[number], number
        assert live_items(ws.store) == []
        assert "Under Settings." in (draft_of(ws.store, answered.id) or "")
        with pytest.raises(FounderInboxError, match="nothing to take back"):
            triage.undo(ws, moment)
