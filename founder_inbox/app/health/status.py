"""The state of things at a glance, for a shell prompt: read only, quick, no network."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from founder_inbox.app.hours.fire import fire_words
from founder_inbox.app.hours.opening import door_now
from founder_inbox.app.syncing.sync_status import sync_words
from founder_inbox.app.workspace import Workspace, locate, open_workspace
from founder_inbox.core.hours.door import Door, decide
from founder_inbox.core.hours.schedule import SupportHours
from founder_inbox.core.hours.time_words import describe_moment, time_left
from founder_inbox.core.model import Lane
from founder_inbox.store.forgotten import work_left
from founder_inbox.store.glance import Figures, read_figures
from founder_inbox.store.sync_state import read_sync_state

_TITLES = {
    Lane.THANKS: "thanks",
    Lane.URGENT: "urgent",
    Lane.HOWTO: "how-to",
    Lane.FEATURE: "ideas",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Glance:
    """What `status` says. Outside the hours `lanes` and `owed` are None: nothing that pulls."""

    line: str
    is_open: bool = False
    until: datetime | None = None
    next: datetime | None = None
    lanes: Mapping[str, int] | None = None
    owed: int | None = None
    outbox: int = 0
    failed: int = 0
    fire: str = ""
    sync: str = "not synced yet"
    synced_at: datetime | None = None


def look(given: str | None, now: datetime) -> Glance:
    """Look at the door, the queue and the outbox. Makes no database. Raises ConfigError."""
    config, paths = locate(given)
    if not paths.database.exists():
        hours = config.support_hours()
        door = decide(hours, (), None, now, None)
        words = [door_words(door, hours, now), "not synced yet"]
        return _at_door(Glance(line=" · ".join(words)), door)
    with open_workspace(given) as ws:
        return _look(ws, now)


def _look(ws: Workspace, now: datetime) -> Glance:
    door = door_now(ws, now)
    figures = read_figures(ws.store, now)
    shown = figures if door.is_open else None
    state = read_sync_state(ws.store)
    words = sync_words(ws.store, now, ws.hours.zone)
    parts = [door_words(door, ws.hours, now), *_queue_words(shown)]
    parts += [f"outbox {figures.outbox}"] if figures.outbox else []
    parts += [f"{figures.stuck} not sent"] if figures.stuck else []
    parts += [words] if state.doing in {"offline", "refused"} else []
    parts += ["forgetting not done yet"] if work_left(ws.store) else []
    burning = fire_words(ws, door, now)
    parts += [burning] if burning else []
    glance = Glance(
        line=" · ".join(parts),
        lanes={lane.value: shown.lanes.get(lane, 0) for lane in Lane} if shown else None,
        owed=shown.owed if shown else None,
        outbox=figures.outbox,
        failed=figures.stuck,
        fire=burning,
        sync=words,
        synced_at=state.synced_at,
    )
    return _at_door(glance, door)


def _at_door(glance: Glance, door: Door) -> Glance:
    return replace(
        glance,
        is_open=door.is_open,
        until=door.window.end if door.is_open and door.window else None,
        next=door.next_window.start if door.next_window else None,
    )


def _queue_words(figures: Figures | None) -> list[str]:
    if figures is None:
        return []
    words = [f"{n} {title}" for lane, title in _TITLES.items() if (n := figures.lanes.get(lane))]
    return [*words, *([f"{figures.owed} owed an update"] if figures.owed else [])]


def door_words(door: Door, hours: SupportHours, now: datetime) -> str:
    """The door in a few words: "open 38 min", "closed · opens today 17:00"."""
    if door.is_open and door.window:
        return f"open {time_left(door.window, now).removesuffix(' left')}"
    if door.next_window is None:
        return "closed"
    return f"closed · opens {describe_moment(door.next_window.start, now, hours.zone)}"
