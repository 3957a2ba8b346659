"""Coming back after days off: the backlog in portions, one for each of the coming windows.

The plan is one line in the journal, so a restart keeps it, and it ends by itself with its last
window. Nothing is hidden: what is for later stands below what is for now.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from founder_inbox.app.hours.time_off import hours_with_days_off, last_return
from founder_inbox.app.session.work import usual_pace_of
from founder_inbox.app.workspace import Workspace
from founder_inbox.core.hours.backlog import (
    MOST_WINDOWS,
    Left,
    Portion,
    backlog_words,
    portion_now,
    split_backlog,
    was_away,
)
from founder_inbox.core.hours.schedule import Window, next_window, window_at, windows_missed
from founder_inbox.core.tickets.journal import Event, EventKind, Json
from founder_inbox.core.times import from_text, from_text_or_none, to_text, to_text_or_none
from founder_inbox.errors import BadInput
from founder_inbox.store import backlog, events

_LOOK_BACK = timedelta(days=400)
_DAY = timedelta(days=1)


def greet_backlog(ws: Workspace, now: datetime) -> str:
    """The sentence that a session opens with while a backlog is split; "" on every other day.

    Called before the session is recorded: on the first one after days off it makes the plan.
    """
    last = _last_session(ws, now)
    if last and _was_away(ws, last, now) and (portions := _plan(ws, last, now)):
        _record(ws, portions, now)
        return _words(ws, portions, now, first=True)
    return _words(ws, _portions(ws, now), now, first=False)


def backlog_now(ws: Workspace, now: datetime) -> str:
    """How a split backlog stands, in a sentence; "" while nothing is put off."""
    portions = _portions(ws, now)
    portion = portion_now(portions, now)
    if portion is None or portion.through is None:
        return ""
    return _words(ws, portions, now, first=False)


def later_keys(ws: Workspace, now: datetime) -> set[int]:
    """The open tickets that are for later windows, as far as days off have left a backlog."""
    portion = portion_now(_portions(ws, now), now)
    through = portion.through if portion else None
    return set(backlog.keys_after(ws.store, through)) if through else set()


def show_whole_backlog(ws: Workspace, now: datetime) -> None:
    """From now on nothing is put off: the queue is as usual. Raises BadInput when it is that."""
    if portion_now(_portions(ws, now), now) is None:
        raise BadInput("Nothing is put off to later windows; the queue shows everything already.")
    _record(ws, [], now)


def _last_session(ws: Workspace, now: datetime) -> datetime | None:
    """The end of the window that the last session was in; an opening outside the hours is none."""
    kinds = (EventKind.SESSION_STARTED, EventKind.OVERRIDE_OPENED)
    recorded = events.events_since(ws.store, now - _LOOK_BACK, *kinds, actor=ws.actor)
    early = {e.data.get("until") for e in recorded if e.kind is EventKind.OVERRIDE_OPENED}
    sessions = (e for e in recorded if e.kind is EventKind.SESSION_STARTED)
    ends = (_end(e) for e in sessions if e.data.get("window_end") not in early)
    return max(ends, default=None)


def _was_away(ws: Workspace, last: datetime, now: datetime) -> bool:
    returned = last_return(ws, now)
    taken = returned.days if returned and returned.at > last else 0
    off = max(taken, sum(ws.hours.is_day_off(day) for day in _days_between(ws, last, now)))
    return was_away(off, last, windows_missed(ws.hours, last, now), now)


def _end(started: Event) -> datetime:
    return from_text_or_none(str(started.data.get("window_end") or "") or None) or started.at


def _days_between(ws: Workspace, start: datetime, end: datetime) -> Iterator[date]:
    """The local days after the one of `start` and before the one of `end`."""
    day = start.astimezone(ws.hours.zone).date() + _DAY
    while day < end.astimezone(ws.hours.zone).date():
        yield day
        day += _DAY


def _plan(ws: Workspace, last: datetime, now: datetime) -> list[Portion]:
    """The portions of the windows from the open one on; none in an opening outside the hours.

    The pace is that of the sessions before `last`.
    """
    hours = hours_with_days_off(ws, now)
    window = window_at(hours, now)
    windows: list[Window] = []
    while window is not None and len(windows) < MOST_WINDOWS:
        windows.append(window)
        window = next_window(hours, window.start)
    pace = usual_pace_of(ws, last)
    minutes = pace.minutes if pace else None
    return split_backlog(backlog.waiting_tickets(ws.store), minutes, windows, now)


def _words(ws: Workspace, portions: list[Portion], now: datetime, *, first: bool) -> str:
    portion = portion_now(portions, now)
    if portion is None:
        return ""
    total = len(backlog.waiting_tickets(ws.store))
    later = len(backlog.keys_after(ws.store, portion.through)) if portion.through else 0
    following = portions[portions.index(portion) + 1 :]
    day = portion.end.astimezone(ws.hours.zone).date()
    same_day = any(p.end.astimezone(ws.hours.zone).date() == day for p in following[:1])
    return backlog_words(Left(total - later, later, len(following), same_day), first=first)


def _portions(ws: Workspace, now: datetime) -> list[Portion]:
    """The plan in force; none after it was ended."""
    recorded = events.events_since(ws.store, now - _LOOK_BACK, EventKind.BACKLOG)
    given = recorded[-1].data.get("portions") if recorded else None
    portions = given if isinstance(given, list) else []
    return [_portion(each) for each in portions if isinstance(each, dict)]


def _portion(data: dict[str, Json]) -> Portion:
    through = data.get("through")
    return Portion(from_text(str(data["end"])), from_text(str(through)) if through else None)


def _record(ws: Workspace, portions: list[Portion], now: datetime) -> None:
    data: list[Json] = [
        {"end": to_text(p.end), "through": to_text_or_none(p.through)} for p in portions
    ]
    events.append_event(ws.store, now, ws.actor, None, EventKind.BACKLOG, {"portions": data})
