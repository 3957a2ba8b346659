"""Whether something burns behind the shut door, if the founder wants to hear of it."""

from datetime import datetime

from founder_inbox.app.workspace import Workspace
from founder_inbox.core.hours.door import Door
from founder_inbox.core.hours.fire import WITHIN, find_fire
from founder_inbox.store.cries import cries_since


def fire_words(ws: Workspace, door: Door, now: datetime) -> str:
    """One sentence, only outside the hours and only with `fire = true`; else empty."""
    if not ws.config.hours.fire or door.may_see_new:
        return ""
    return find_fire(cries_since(ws.store, now - WITHIN), now)
