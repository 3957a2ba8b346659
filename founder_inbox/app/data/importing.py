"""Mail of earlier years, out of files, into the tickets and the search."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path

from founder_inbox.app.data.mail_files import FileMail, read_mails
from founder_inbox.app.queue.tickets import load_tickets
from founder_inbox.app.queue.triage import record, seen_by_actor
from founder_inbox.app.reading.intake import take_in_waiting
from founder_inbox.app.reading.project import project_stale, remember_first_import
from founder_inbox.app.syncing.sync import QUIET_AFTER
from founder_inbox.app.syncing.turns import sync_lock
from founder_inbox.app.workspace import Workspace
from founder_inbox.core.mime.imported import arrival_of, is_ours
from founder_inbox.core.model import Status
from founder_inbox.core.tickets.journal import EventKind
from founder_inbox.core.times import to_text
from founder_inbox.store.imported import FoundMail, add_imported, open_and_older
from founder_inbox.system.locks import hold

_BATCH = 50
_A_MOMENT = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Imported:
    """How many mails the file had, how many were new here; tickets that began, and closed ones.

    `too_large`: mails that were left out.
    """

    mails: int = 0
    new: int = 0
    tickets: int = 0
    closed: int = 0
    too_large: int = 0


def import_mails(ws: Workspace, path: Path, now: datetime, tell: Callable[[int], None]) -> Imported:
    """Take in every mail of a file or Maildir. `tell` hears how many have been read.

    What is here already stays as it is, so an import may be repeated or go on after an end in
    the middle. Tickets in which nobody wrote for 14 days arrive closed. Raises NotFound, BadInput,
    AlreadyRunning.
    """
    with hold(sync_lock(ws), "The sync"):
        remember_first_import(ws.store, ws.actor, now, to_text(now - QUIET_AFTER))
        mails = read_mails(path)
        read = new = too_large = 0
        begun: frozenset[int] = frozenset()
        try:
            while batch := list(islice(mails, _BATCH)):
                whole = [mail for mail in batch if mail.body]
                found = [_found(ws, mail, now) for mail in whole]
                new += add_imported(ws.store, found, path.name, now)
                taken = take_in_waiting(ws, now)
                if taken.trouble:
                    raise taken.trouble
                begun |= taken.new
                read += len(batch)
                too_large += len(batch) - len(whole)
                tell(read)
        finally:
            project_stale(ws.store, now)
        _settle(ws, now)
    tickets = load_tickets(ws.store, sorted(begun))
    closed = sum(ticket.state.status is Status.CLOSED for ticket in tickets)
    return Imported(read, new, len(tickets), closed, too_large)


def _found(ws: Workspace, mail: FileMail, now: datetime) -> FoundMail:
    ours = mail.role == "sent" or is_ours(mail.body, ws.household.own)
    # A second ago at the latest, so that nothing is ahead of what is done with it now.
    received_at = arrival_of(mail.body, mail.at, now - _A_MOMENT)
    return FoundMail(mail.body, received_at, "sent" if ours else "inbox")


def _settle(ws: Workspace, now: datetime) -> None:
    """One act, so that one undo takes it back."""
    keys = open_and_older(ws.store, now - QUIET_AFTER)
    if keys:
        record(ws, load_tickets(ws.store, keys), EventKind.CLOSED, seen_by_actor, now)
