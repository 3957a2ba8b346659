"""Lost customers in Junk: who was found there, and bringing their mails back when told to."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from founder_inbox.app.workspace import Workspace
from founder_inbox.core.sync.junk import JunkMail
from founder_inbox.core.tickets.journal import EventKind
from founder_inbox.store.events import append_event
from founder_inbox.store.junk import queue_rescue
from founder_inbox.store.settings import get_setting, set_setting

_SETTING = "junk"


class Found(msgspec.Struct):
    """What the last look into Junk found, and when that was."""

    looked_at: datetime
    mails: list[JunkMail]


def known_in_junk(ws: Workspace) -> list[JunkMail]:
    """Mails in Junk from people we have answered before, the newest first."""
    found = last_look(ws)
    return found.mails if found else []


def bring_from_junk(ws: Workspace, mails: Sequence[JunkMail], now: datetime) -> None:
    """Have these moved to the inbox with the next sync, where they become tickets."""
    with ws.store.write():
        for mail in mails:
            queue_rescue(ws.store, msgspec.json.encode(mail).decode(), now)
        ids: list[str] = [mail.message_id for mail in mails]
        append_event(ws.store, now, ws.actor, None, EventKind.RESCUED, {"message_ids": [*ids]})
        if (found := last_look(ws)) is not None:
            left = [mail for mail in found.mails if mail not in mails]
            keep_look(ws, Found(found.looked_at, left))


def last_look(ws: Workspace) -> Found | None:
    """The last look into Junk, or None."""
    kept = get_setting(ws.store, _SETTING)
    try:
        return msgspec.json.decode(kept, type=Found) if kept else None
    except msgspec.DecodeError:  # an older version wrote it otherwise; the next look mends it
        return None


def keep_look(ws: Workspace, found: Found) -> None:
    """Remember what a look has found."""
    set_setting(ws.store, _SETTING, msgspec.json.encode(found).decode())
