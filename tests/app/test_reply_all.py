"""A reply to everybody stays one: left and gone on with, taken back, sent from the prompt."""

from collections.abc import Callable

import pytest

from founder_inbox.app.queue import triage
from founder_inbox.app.sending import outbox, reply
from tests.app.desk import Desk, mail

OpenDesk = Callable[[str], Desk]
WORDS = "Hi Tom,\n\nit is fixed.\n\nAna"
BO = "bo@okafor.test"


@pytest.fixture
def desk(open_desk: OpenDesk) -> Desk:
    """Tom wrote, with Bo in copy."""
    fresh = open_desk("one")
    fresh.receive((3, mail("a").replace(b"\nSubject:", f"\nCc: {BO}\nSubject:".encode(), 1)))
    return fresh


def cc(desk: Desk) -> list[str]:
    [ticket] = desk.all()
    return [person.address for person in reply.begin_reply(desk.ws, ticket).cc]


def test_a_draft_to_everybody_is_gone_on_with_to_everybody(desk: Desk) -> None:
    [ticket] = desk.all()
    assert cc(desk) == []
    reply.keep_draft(desk.ws, ticket, WORDS, desk.tick(), everyone=True)
    assert cc(desk) == [BO]
    reply.keep_draft(desk.ws, ticket, WORDS, desk.tick(), everyone=False)
    assert cc(desk) == []


def test_one_that_was_taken_back_still_goes_to_everybody(desk: Desk) -> None:
    [ticket] = desk.all()
    reply.queue_reply(desk.ws, ticket, WORDS, desk.tick(), everyone=True)
    triage.undo(desk.ws, desk.tick())
    assert cc(desk) == [BO]

    item = reply.queue_reply(desk.ws, desk.ticket(ticket.id), WORDS, desk.tick(), everyone=True)
    assert BO in item.recipients
    outbox.cancel(desk.ws, item.id, desk.tick())
    assert cc(desk) == [BO]


def test_a_sent_or_emptied_one_leaves_nothing_to_the_next_reply(desk: Desk) -> None:
    [ticket] = desk.all()
    reply.keep_draft(desk.ws, ticket, WORDS, desk.tick(), everyone=True)
    reply.queue_reply(desk.ws, ticket, WORDS, desk.tick(), everyone=True)
    assert cc(desk) == []
    reply.keep_draft(desk.ws, ticket, WORDS, desk.tick(), everyone=True)
    reply.keep_draft(desk.ws, ticket, " ", desk.tick(), everyone=True)

    assert cc(desk) == []
