"""What is left of those who were forgotten: when it was done, by whom, how much, and what is not.

It can be shown to whoever checks that erasing is done (GDPR, art. 5, 2), and names nobody.
"""

from dataclasses import dataclass
from datetime import datetime

from founder_inbox.app.workspace import Workspace
from founder_inbox.core.sharing.forgotten import read_forgotten
from founder_inbox.core.tickets.journal import EventKind
from founder_inbox.store import events
from founder_inbox.store.forgotten import work_left


@dataclass(frozen=True, slots=True, kw_only=True)
class Erasure:
    """One act of forgetting. `id`: its line of the journal; the counts are of what went.

    `on_server`, `in_file`: that part of it is still to be done.
    """

    id: str
    at: datetime
    by: str
    mails: int
    tickets: int
    on_server: bool
    in_file: bool


def erasures(ws: Workspace) -> list[Erasure]:
    """Every act of forgetting, here and on other machines, the newest first."""
    left = {work.event: work for work in work_left(ws.store)}
    found = []
    for event in events.events_of_kinds(ws.store, EventKind.FORGOTTEN):
        line, work = read_forgotten(event.id, event.data), left.get(event.id)
        found.append(
            Erasure(
                id=event.id,
                at=event.at,
                by=event.actor,
                mails=len(line.mails),
                tickets=len(line.tickets),
                on_server=work is not None and work.on_server,
                in_file=work is not None and work.in_file > 0,
            )
        )
    return found[::-1]
