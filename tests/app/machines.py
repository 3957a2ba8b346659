"""Several machines on one mailbox: each its own data folder, all the same account."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from founder_inbox.app.queue.tickets import Choice, list_tickets, view_ticket
from founder_inbox.app.reading.intake import take_in_all
from founder_inbox.app.session.away import act_while_away
from founder_inbox.app.syncing.sync import SyncReport, connect, prepare, pull_all, sync_round
from founder_inbox.app.workspace import Workspace
from founder_inbox.cli.shapes import view_shape
from founder_inbox.system import clock

JOURNAL = "founder-inbox"


class Cut(Exception):
    """The process was killed at that command."""


@dataclass
class Machine:
    """One machine; `ahead` is by how much its clock is wrong."""

    ws: Workspace
    config: Path
    ahead: timedelta = timedelta(0)

    @property
    def every(self) -> Choice:
        """All tickets, whatever their state."""
        return Choice(everything=True)

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
        """Every ticket as `show --json` gives it, by id; drafts stay where they were typed."""
        store = self.ws.store
        tickets = list_tickets(store, self.every, self.now(), None)
        shapes = [view_shape(view_ticket(store, ticket)) | {"draft": None} for ticket in tickets]
        return sorted(shapes, key=lambda shape: str(shape["id"]))

    def take_in_only(self) -> None:
        """New mail is here and its rules have acted, and then the line broke."""
        session = connect(self.ws)
        try:
            pull_all(self.ws, session, session.roles(), self.now)
            take_in_all(self.ws, self.now())
            act_while_away(self.ws, self.now())
        finally:
            session.close()

    def cut_off(self, after: int) -> None:
        """A round that ends in the middle, as by kill -9: after so many words with the server."""
        prepare(self.ws, self.now())
        session = connect(self.ws)
        left = after

        def count() -> Any:  # noqa: ANN401 - stands in for a context manager
            nonlocal left
            left -= 1
            if left < 0:
                session.drop()
                raise Cut
            return speaking()

        speaking = session.speaking
        session.speaking = lambda *_: count()  # type: ignore[method-assign]
        try:
            sync_round(self.ws, session, self.now)
        finally:
            session.drop()
