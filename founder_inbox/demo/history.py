"""What Ana has done before the demo begins: one promise that is due, and one quick fix flagged."""

from datetime import datetime, timedelta
from pathlib import Path

from founder_inbox.app.queue.promises import add_promise
from founder_inbox.app.queue.quick_fix import flag
from founder_inbox.app.queue.tickets import Choice, list_tickets
from founder_inbox.app.workspace import open_workspace
from founder_inbox.core.hours.when import When
from founder_inbox.core.tickets.entry import Ticket

# Subjects in the company's mail (demo/mails).
PROMISED = "Logo is invisible at night"
QUICK_FIX = "Typo on the pricing page"
_MINUTES = 5


def prepare(config: Path, now: datetime) -> None:
    """Record them in the demo's journal, as if she had pressed the keys.

    What has not been synced yet is left as it is.
    """
    with open_workspace(str(config)) as ws:
        found = list_tickets(ws.store, Choice(everything=True), now, None)
        if ticket := _about(found, PROMISED):
            due = now - timedelta(minutes=5)
            add_promise(ws, ticket, When(due, "today"), now - timedelta(hours=1))
        if ticket := _about(found, QUICK_FIX):
            flag(ws, [ticket], now, _MINUTES)


def _about(tickets: list[Ticket], subject: str) -> Ticket | None:
    return next((ticket for ticket in tickets if ticket.state.subject == subject), None)
