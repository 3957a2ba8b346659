"""What an older parser made of a mail is made anew, in place, a little in every round."""

from dataclasses import replace
from datetime import datetime

from founder_inbox.app.reading.intake import BATCH
from founder_inbox.app.reading.parser import Reading
from founder_inbox.app.reading.placement import UNPROVEN
from founder_inbox.app.reading.project import project_stale
from founder_inbox.app.reading.take_in import (
    COMPARED_MESSAGES,
    file_as_read,
    new_message,
    settle_id,
)
from founder_inbox.app.reading.taken_in import TakenIn
from founder_inbox.app.workspace import Workspace
from founder_inbox.core.mime.version import PARSER_VERSION
from founder_inbox.core.model import Direction, Mail
from founder_inbox.core.tickets import threading
from founder_inbox.store import messages, rereading, unreadable
from founder_inbox.store.rereading import OlderReading
from founder_inbox.store.threads import thread_of_message

# About a second's work; new mail and answers that are due go first in the next round.
AT_ONCE = 500


def read_anew(ws: Workspace, now: datetime, limit: int = AT_ONCE) -> TakenIn:
    """Read mails again that an older parser read, the oldest first, at most so many.

    Tickets and ids stay. Safe to interrupt anywhere: what was read is marked as it is written.
    """
    total = TakenIn()
    try:
        while limit > 0 and total.trouble is None:
            older = rereading.older_readings(ws.store, PARSER_VERSION, min(BATCH, limit))
            if not older:
                break
            limit -= len(older)
            total |= _read(ws, older, now)
    finally:
        project_stale(ws.store, now)
    return total


def _read(ws: Workspace, older: list[OlderReading], now: datetime) -> TakenIn:
    def file(reading: Reading) -> tuple[int, bool]:
        before = older[reading.place]
        if reading.failure is None:
            _renew(ws, before, reading.mail)
        elif before.failed:
            unreadable.note(ws.store, before.raw.id, PARSER_VERSION, reading.failure, now)
        # What an older parser could read is not given up because a newer one can't.
        rereading.mark_read(ws.store, before.raw.id, PARSER_VERSION)
        return before.message, False

    return file_as_read(ws, [before.raw for before in older], file, now)


def _renew(ws: Workspace, before: OlderReading, mail: Mail) -> None:
    unreadable.forget(ws.store, before.raw.id)
    if not before.leads:
        return
    old = messages.message_with_id(ws.store, before.message)
    if old is not None and threading.is_apart(old.message_id, old.references):
        mail = threading.apart(mail)
        mail = replace(mail, warnings=(*mail.warnings, UNPROVEN))
    voices = rereading.voices_before(ws.store, before.message)
    compared = 0 < voices.messages <= COMPARED_MESSAGES
    known = rereading.texts_before(ws.store, before.message) if compared else []
    joined = voices.messages > 0
    new = new_message(ws, before.raw, mail, voices, known, joined=joined)
    # Of a mail that could not be read we knew next to nothing: there is nothing to keep.
    keep = before.direction is Direction.OUT or (
        not before.failed and rereading.is_touched(ws.store, before.ticket)
    )
    rereading.rewrite_message(ws.store, before.message, new, keep_standing=keep)
    thread = thread_of_message(ws.store, before.message).key
    messages.tie_ids(ws.store, thread, threading.ids_to_keep(mail))
    if before.failed:
        settle_id(ws, thread, before.raw, anew=True)
