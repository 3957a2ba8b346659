"""What is done with a ticket costs as much more as it is longer, and not the square of it.

Counted in steps of SQLite, as in test_filing_cost: the same on every machine.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from founder_inbox.app.queue import triage
from founder_inbox.app.queue.tickets import list_tickets, search_keys, view_ticket
from founder_inbox.app.reading.project import project_stale
from founder_inbox.app.sending.hand_off import hand_off
from founder_inbox.app.sending.reply import begin_reply, keep_draft, preview, queue_reply
from founder_inbox.app.workspace import Workspace
from founder_inbox.core.model import Lane
from founder_inbox.core.tickets.entry import Ticket
from tests.app.test_filing_cost import (
    EVERYTHING,
    NOW,
    counted,
    desk_in,
    of_one_ticket,
    receive,
)

SHORT, LONG = 100, 800
WORDS = "Hi Tom,\n\nopen Lists and press Export.\n\nAna"
Act = Callable[[Workspace, Ticket], object]
# In this order; each is done to the ticket as the one before left it.
ACTS: dict[str, Act] = {
    "open": lambda ws, ticket: view_ticket(ws.store, ticket),
    "mark as read": lambda ws, ticket: triage.mark_read(ws, ticket, NOW),
    "begin a reply": begin_reply,
    "keep a draft": lambda ws, ticket: keep_draft(ws, ticket, WORDS, NOW),
    "look at the mail": lambda ws, ticket: preview(ws, ticket, WORDS, NOW),
    "reply": lambda ws, ticket: queue_reply(ws, ticket, WORDS, NOW),
    "take back": lambda ws, _ticket: triage.undo(ws, NOW),
    "note": lambda ws, ticket: triage.add_note(ws, ticket, "Vlad knows.", NOW),
    "tag": lambda ws, ticket: triage.tag(ws, [ticket], "export", NOW),
    "move": lambda ws, ticket: triage.move_to_lane(ws, [ticket], Lane.URGENT, NOW),
    "hand off": lambda ws, ticket: hand_off(ws, ticket, "Your part.", NOW),
    "have back": lambda ws, ticket: triage.take_back(ws, ticket, NOW),
    "close": lambda ws, ticket: triage.close(ws, [ticket], NOW),
    "open again": lambda ws, ticket: triage.reopen(ws, [ticket], NOW),
    "search": lambda ws, _ticket: search_keys(ws.store, "export", NOW),
}


@pytest.fixture
def desks(tmp_path: Path) -> Iterator[dict[int, Workspace]]:
    """A mailbox with a ticket of so many mails, for both lengths."""
    with ExitStack() as stack:
        made = {}
        for mails in (SHORT, LONG):
            ws = stack.enter_context(desk_in(tmp_path / f"{mails}"))
            receive(ws, mails, of_one_ticket)
            project_stale(ws.store, NOW)
            made[mails] = ws
        yield made


def test_no_act_costs_the_square_of_a_ticket_s_length(desks: dict[int, Workspace]) -> None:
    costs: dict[str, dict[int, int]] = {name: {} for name in ACTS}
    for mails, ws in desks.items():
        for name, act in ACTS.items():
            [ticket] = list_tickets(ws.store, EVERYTHING, NOW, None)
            with counted(ws) as done:
                act(ws, ticket)
            costs[name][mails] = done[0]

    # Twice as much as in proportion is allowed: some of it is sorting. The square would be 64.
    grown = {name: cost for name, cost in costs.items()
             if cost[LONG] > max(cost[SHORT], 2_000) * 2 * LONG / SHORT}  # fmt: skip
    assert grown == {}
    assert costs["mark as read"][LONG] > 1_000, "nothing was measured"
