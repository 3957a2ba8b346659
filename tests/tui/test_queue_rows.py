"""A row of the list has the mark of who missed a window, at any width."""

from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta

import pytest
from rich.style import Style

from founder_inbox.core.model import Address, Lane, Status, Verdict
from founder_inbox.core.tickets.entry import Ticket
from founder_inbox.core.tickets.facts import TicketState
from founder_inbox.tui.queue.queue_rows import MISSED, RowState, RowStyles, ticket_row

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
STYLES = RowStyles(*(Style() for _ in fields(RowStyles)))
WAITING = replace(
    TicketState(),
    status=Status.OPEN,
    verdict=Verdict(Lane.HOWTO, None, (), True),
    customer=Address("Bo Long-Surname of Somewhere", "bo@x.test"),
    subject="A subject that needs more room than there is",
    waiting_since=NOW - timedelta(hours=20),
)


def drawn(width: int, missed_before: datetime | None) -> str:
    ticket, state = Ticket(1, "abc1234", WAITING), RowState(0, selected=False)
    row = ticket_row(ticket, state, width, STYLES, NOW, words=False, missed_before=missed_before)
    assert row.cell_length == width
    return row.text


@pytest.mark.parametrize("width", [40, 63, 64, 120])
def test_only_who_missed_a_window_has_the_clock_mark(width: int) -> None:
    assert MISSED in drawn(width, NOW - timedelta(hours=15))
    assert MISSED not in drawn(width, NOW - timedelta(hours=25))
    assert MISSED not in drawn(width, None)
