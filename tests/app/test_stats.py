"""Figures of a real mailbox: merges, undone acts, the teammate, breaks, and the veil."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from founder_inbox.app.hours.veil import behind_veil
from founder_inbox.app.metrics.stats import Stats, read_stats
from founder_inbox.app.queue import triage, unwanted
from founder_inbox.core.metrics.periods import By, Span
from founder_inbox.core.tickets.identity import ticket_id
from tests.app.desk import NOW, Desk, mail

A, B = ticket_id("<a1@x.test>"), ticket_id("<b1@x.test>")
NOVEMBER = Span(date(2026, 11, 1), date(2026, 12, 1))


@pytest.fixture
def desk(open_desk: Callable[[str], Desk]) -> Desk:
    """Two questions of Tom's, from this morning."""
    made = open_desk("one")
    made.receive((5, mail("a1", "Export is empty")), (3, mail("b1", "The import stops")))
    return made


def stats(desk: Desk) -> Stats:
    return read_stats(desk.ws, NOVEMBER, By.WEEK, desk.tick())


def test_a_close_counts_and_an_undone_one_does_not(desk: Desk) -> None:
    triage.close(desk.ws, [desk.ticket(A)], desk.tick())
    assert (stats(desk).whole.created, stats(desk).whole.closed) == (2, 1)
    desk.undo()

    assert (stats(desk).whole.created, stats(desk).whole.closed) == (2, 0)


def test_merged_tickets_are_one_case_under_whichever_id_it_was_closed(desk: Desk) -> None:
    triage.close(desk.ws, [desk.ticket(B)], desk.tick())
    desk.merge(B, A, different=True)
    assert (stats(desk).whole.created, stats(desk).whole.closed) == (1, 0)
    triage.close(desk.ws, [desk.ticket(B)], desk.tick())

    found = stats(desk).whole
    assert (found.created, found.closed, found.behind["closed"]) == (1, 1, (A,))
    desk.undo()
    desk.undo()
    assert (stats(desk).whole.created, stats(desk).whole.closed) == (2, 1)


def test_what_was_deleted_unanswered_is_no_case(desk: Desk) -> None:
    triage.close(desk.ws, [desk.ticket(B)], desk.tick())
    unwanted.delete(desk.ws, [desk.ticket(A)], desk.tick())

    assert (stats(desk).whole.created, stats(desk).whole.closed) == (1, 1)


def test_what_came_after_the_door_closed_is_not_counted_behind_it(desk: Desk) -> None:
    veil = NOW - timedelta(hours=4)
    with behind_veil(desk.ws.store, veil, NOW):
        found = read_stats(desk.ws, NOVEMBER, By.WEEK, NOW, until=veil)

    assert found.whole.behind["created"] == (A,)
    assert stats(desk).whole.created == 2
