"""Mail that waits is taken in.

What reads and sorts it is loaded only when some waits: most rounds find nothing new.
"""

from collections.abc import Sequence
from datetime import datetime

from founder_inbox.app.reading.project import project_stale
from founder_inbox.app.reading.taken_in import TakenIn
from founder_inbox.app.workspace import Workspace
from founder_inbox.core.mime.version import PARSER_VERSION
from founder_inbox.store import mailboxes, rereading
from founder_inbox.store.mailboxes import RawMail

BATCH = 50


def take_in_all(ws: Workspace, now: datetime) -> TakenIn:
    """Understand every raw mail that waits. Safe to repeat and to interrupt anywhere.

    A mail that can't be read is filed as such. Where no mail can be read, all of them keep
    waiting and `trouble` says so.
    """
    try:
        return take_in_waiting(ws, now)
    finally:
        project_stale(ws.store, now)


def take_in_waiting(ws: Workspace, now: datetime) -> TakenIn:
    """The same where more mail is about to come: `project_stale` is due at the end of it all."""
    total = TakenIn()
    while batch := mailboxes.not_understood(ws.store, BATCH):
        from founder_inbox.app.reading.take_in import take_in

        total |= take_in(ws, batch, now)
        if total.trouble is not None:
            break
    return total


class Intake:
    """Takes batches in one behind the newest: that one is being read while another is filed.

    What it still holds when nobody finishes it waits in the database, like any other mail.
    """

    def __init__(self, ws: Workspace) -> None:
        self._ws = ws
        self._held: Sequence[RawMail] = ()

    def put(self, batch: Sequence[RawMail], now: datetime) -> TakenIn:
        """Have a batch read, and file the one before it."""
        if batch:
            self._ws.parser.read_ahead([raw.body for raw in batch])
        return self._file(batch, now)

    def finish(self, now: datetime) -> TakenIn:
        """File what is held; `project_stale` is due after the last."""
        return self._file((), now)

    def _file(self, following: Sequence[RawMail], now: datetime) -> TakenIn:
        before, self._held = self._held, following
        if not before:
            return TakenIn()
        from founder_inbox.app.reading.take_in import take_in

        return take_in(self._ws, before, now)


def can_read_anew(ws: Workspace) -> bool:
    """Whether there is mail to read anew, and a parser to do it."""
    return rereading.has_older(ws.store, PARSER_VERSION) and ws.parser.works


def read_older(ws: Workspace, now: datetime) -> TakenIn:
    """Read some mails again that an older parser read, where there are any."""
    if not rereading.has_older(ws.store, PARSER_VERSION):
        return TakenIn()
    from founder_inbox.app.reading.rereading import read_anew

    return read_anew(ws, now)
