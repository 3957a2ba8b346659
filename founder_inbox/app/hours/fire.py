"""Whether something burns behind the shut door, if the founder wants to hear of it."""

from datetime import datetime

from founder_inbox.app.hours.veil import veil_of
from founder_inbox.app.workspace import Workspace
from founder_inbox.core.hours.door import Door
from founder_inbox.core.hours.fire import WITHIN, find_fire
from founder_inbox.store.cries import cries_since


def fire_words(ws: Workspace, door: Door, now: datetime) -> str:
    """One sentence, only outside the hours and only with `fire = true`; else empty.

    What came while the door stood open was in sight: it is no news, and an opening ends a fire.
    """
    if not ws.config.hours.fire or door.may_see_new:
        return ""
    seen = veil_of(ws, door, now) or now - WITHIN
    return find_fire(cries_since(ws.store, max(seen, now - WITHIN)), now)
