"""A session in the journal: it begins, it ends with a wrap-up, and how it felt."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta

from founder_inbox.app.burnout import read_burnout
from founder_inbox.app.opening import LOOK_BACK, door_now
from founder_inbox.app.time_off import hours_with_days_off
from founder_inbox.app.workspace import Workspace
from founder_inbox.core.hours import session
from founder_inbox.core.hours.schedule import last_window, next_window
from founder_inbox.core.tickets.journal import Event, EventKind, effective
from founder_inbox.core.times import to_text
from founder_inbox.store import events, facts, tickets

_WEEK = timedelta(days=7)
# Acts after the last one within this time belong to the same session.
_ACTS = (
    EventKind.CLOSED,
    EventKind.REOPENED,
    EventKind.SNOOZED,
    EventKind.LANE,
    EventKind.QUEUED,
    EventKind.HANDED_OFF,
    EventKind.NOTE,
)


def start_session(ws: Workspace, now: datetime) -> list[str]:
    """Begin a session in the open window; returns what happened since the last one, in words."""
    door = door_now(ws, now)
    last = _last_session_end(ws, now)
    events.append_event(
        ws.store,
        now,
        ws.actor,
        None,
        EventKind.SESSION_STARTED,
        {"window_end": to_text(door.window.end) if door.window else to_text(now)},
    )
    return list(session.opening_words(_since(ws, last, now), last, now, ws.hours.zone))


def end_session(ws: Workspace, now: datetime, mood: int | None = None) -> list[str]:
    """End the session that runs; returns the wrap-up, in sentences."""
    started = _running_session(ws, now)
    if started is None:
        return []
    acts = events.events_since(ws.store, started.at, *_ACTS)
    last_act = max((e.at for e in acts), default=started.at)
    events.append_event(
        ws.store,
        now,
        ws.actor,
        None,
        EventKind.SESSION_ENDED,
        {
            "started": to_text(started.at),
            "window_end": started.data.get("window_end"),
            "last_act": to_text(last_act),
            "mood": mood,
        },
    )
    reading = read_burnout(ws, now)
    done = _done(ws, effective(acts), now)
    return session.wrap_up(
        done, next_window(hours_with_days_off(ws, now), now), now, ws.hours.zone, reading
    )


def note_mood(ws: Workspace, score: int, now: datetime) -> None:
    """Remember how the session felt, 1 to 5."""
    events.append_event(ws.store, now, ws.actor, None, EventKind.MOOD, {"score": score})


def _running_session(ws: Workspace, now: datetime) -> Event | None:
    recent = events.events_since(
        ws.store, now - LOOK_BACK, EventKind.SESSION_STARTED, EventKind.SESSION_ENDED
    )
    last = recent[-1] if recent else None
    return last if last and last.kind is EventKind.SESSION_STARTED else None


def _last_session_end(ws: Workspace, now: datetime) -> datetime | None:
    ended = events.events_since(ws.store, now - timedelta(days=30), EventKind.SESSION_ENDED)
    if ended:
        return ended[-1].at
    window = last_window(ws.hours, now)
    return window.end if window else None


def _since(ws: Workspace, last: datetime | None, now: datetime) -> session.SinceLast:
    counts = tickets.count_queue(ws.store, now)
    news = facts.news_since(ws.store, last or now - _WEEK)
    return session.SinceLast(
        new=news.new,
        urgent=news.urgent,
        thanks=news.thanks,
        returned=news.returned,
        owed=counts.owed,
    )


def _done(ws: Workspace, acts: Sequence[Event], now: datetime) -> session.Done:
    kinds = Counter(event.kind for event in acts)
    counts = tickets.count_queue(ws.store, now)
    return session.Done(
        answered=kinds[EventKind.QUEUED],
        closed=kinds[EventKind.CLOSED]
        + sum(e.kind is EventKind.QUEUED and e.data.get("then") == "close" for e in acts),
        handed_off=kinds[EventKind.HANDED_OFF],
        owed=counts.owed,
    )
