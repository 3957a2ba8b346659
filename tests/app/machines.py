"""Several machines on one mailbox: each its own data folder, all the same account."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from founder_inbox.app.queue.tickets import Choice, list_tickets, view_ticket
from founder_inbox.app.syncing.sync import SyncReport, connect, prepare, sync_round
from founder_inbox.app.workspace import Workspace
from founder_inbox.cli.shapes import view_shape
from founder_inbox.system import clock

JOURNAL = "founder-inbox"


@dataclass
class Machine:
    """One machine; `ahead` is by how much its clock is wrong."""

    ws: Workspace
    config: Path
    ahead: timedelta = timedelta(0)

    def now(self) -> datetime:
        """What its own clock shows."""
        return clock.now() + self.ahead

    def sync(self, *, full: bool = False) -> SyncReport:
        """One round, start to end."""
        prepare(self.ws, self.now())
        session = connect(self.ws)
        try:
            report = sync_round(self.ws, session, self.now, full=full)
        finally:
            session.close()
        return report

    def picture(self) -> list[dict[str, Any]]:
        """Every ticket as `show --json` gives it, by id."""
        tickets = list_tickets(self.ws.store, Choice(everything=True), self.now(), None)
        return sorted(
            (view_shape(view_ticket(self.ws.store, ticket)) for ticket in tickets),
            key=lambda shape: str(shape["id"]),
        )
