"""The door: is support open, opening early, closing, and what the hours do to the founder."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from founder_inbox.app.workspace import Workspace
from founder_inbox.core import burnout, session
from founder_inbox.core.burnout import DayCount, Facts, Mood, Reading, SessionSpan
from founder_inbox.core.door import (
    Door,
    DoorState,
    Override,
    check_override,
    decide,
    describe_opening,
    time_left,
)
from founder_inbox.core.hours import Window, last_window, next_window
from founder_inbox.core.journal import Event, EventKind, effective
from founder_inbox.core.model import Status
from founder_inbox.core.time_words import describe_moment
from founder_inbox.core.times import from_text, to_text
from founder_inbox.errors import Closed
from founder_inbox.store import events, facts, outbox, tickets

_WEEK = timedelta(days=7)
# Longer than any window, so that an early closing or an override is still found.
_LOOK_BACK = timedelta(days=2)
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


def door_now(ws: Workspace, now: datetime, in_session: Window | None = None) -> Door:
    """How the door stands. `in_session`: the window whose session the app is still in."""
    recent = events.events_since(
        ws.store, now - _LOOK_BACK, EventKind.OVERRIDE_OPENED, EventKind.DOOR_CLOSED
    )
    return decide(ws.hours, _overrides(recent), _closed_until(recent), now, in_session)


def describe(ws: Workspace, door: Door, now: datetime) -> str:
    """The door in a few words: "today 17:00, in 3 h 12 min", or the time that is left."""
    if door.is_open and door.window:
        return f"{time_left(door.window, now)} left"
    return opening_words(ws, door, now)


def opening_words(ws: Workspace, door: Door, now: datetime) -> str:
    """When support opens next, in the founder's own time."""
    if door.next_window is None:
        return "no opening is planned; add support hours to the configuration"
    return describe_opening(door.next_window, now, ws.hours.zone)


def require_open(ws: Workspace, now: datetime) -> Door:
    """The open door. Raises Closed, with the next opening, outside the hours."""
    door = door_now(ws, now)
    if not door.is_open:
        raise Closed(
            f"Support is closed. It opens {opening_words(ws, door, now)}. Reading, searching and "
            "drafting are free; to open early: founder-inbox hours open --minutes 10 --reason …"
        )
    return door


def open_early(ws: Workspace, minutes: int, reason: str, now: datetime) -> Override:
    """Open outside the hours, written down with its reason. Raises Closed and BadInput."""
    door = door_now(ws, now)
    opening = opening_words(ws, door, now)
    check_override(minutes, reason, ws.config.hours.enforcement, opening)
    if door.is_open and door.override is None:
        raise Closed(f"Support is open already, {describe(ws, door, now)}. Nothing to open early.")
    until = now + timedelta(minutes=minutes)
    events.append_event(
        ws.store,
        now,
        ws.actor,
        None,
        EventKind.OVERRIDE_OPENED,
        {"minutes": minutes, "reason": " ".join(reason.split())[:500], "until": to_text(until)},
    )
    outbox.release_held(ws.store, now + timedelta(seconds=ws.config.sending.undo_seconds), until)
    return Override(now, until, minutes, reason)


def close_door(ws: Workspace, now: datetime) -> Door:
    """End this window or override now; what is not sent waits. Raises Closed when it is shut."""
    door = require_open(ws, now)
    until = door.window.end if door.window else now
    events.append_event(
        ws.store, now, ws.actor, None, EventKind.DOOR_CLOSED, {"until": to_text(until)}
    )
    shut = door_now(ws, now)
    if shut.next_window:
        outbox.hold_until(ws.store, shut.next_window.start, shut.next_window.start)
    return shut


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
    return session.wrap_up(done, next_window(ws.hours, now), now, ws.hours.zone, reading)


def note_mood(ws: Workspace, score: int, now: datetime) -> None:
    """Remember how the session felt, 1 to 5."""
    events.append_event(ws.store, now, ws.actor, None, EventKind.MOOD, {"score": score})


def read_burnout(ws: Workspace, now: datetime) -> Reading:
    """What the last seven days say, from recorded facts only."""
    since = now - _WEEK - timedelta(days=1)
    recorded = events.events_since(
        ws.store,
        since,
        EventKind.OVERRIDE_OPENED,
        EventKind.DOOR_CLOSED,
        EventKind.SESSION_ENDED,
        EventKind.QUEUED,
        EventKind.MOOD,
    )
    return burnout.read(
        Facts(
            overrides=tuple(_overrides(recorded)),
            sessions=tuple(_spans(recorded)),
            sent=tuple(e.at for e in recorded if e.kind is EventKind.QUEUED),
            days=tuple(_days(ws, since, now)),
            moods=tuple(
                Mood(e.at, int(str(e.data["score"]))) for e in recorded if e.kind is EventKind.MOOD
            ),
        ),
        ws.hours.zone,
        now,
    )


def _overrides(recorded: Sequence[Event]) -> list[Override]:
    closings = [e.at for e in recorded if e.kind is EventKind.DOOR_CLOSED]
    found = []
    for event in recorded:
        if event.kind is EventKind.OVERRIDE_OPENED:
            until = from_text(str(event.data["until"]))
            until = min([until, *(at for at in closings if event.at <= at < until)])
            minutes = int(str(event.data["minutes"]))
            found.append(Override(event.at, until, minutes, str(event.data["reason"])))
    return found


def _closed_until(recorded: Sequence[Event]) -> datetime | None:
    return max(
        (from_text(str(e.data["until"])) for e in recorded if e.kind is EventKind.DOOR_CLOSED),
        default=None,
    )


def _spans(recorded: Sequence[Event]) -> list[SessionSpan]:
    return [
        SessionSpan(
            from_text(str(event.data["started"])),
            from_text(str(event.data["window_end"])),
            from_text(str(event.data["last_act"])),
        )
        for event in recorded
        if event.kind is EventKind.SESSION_ENDED and event.data.get("window_end")
    ]


def _days(ws: Workspace, since: datetime, now: datetime) -> list[DayCount]:
    """Created and closed a day, in the founder's days; quiet days are left out."""
    zone = ws.hours.zone
    created: Counter[date] = Counter(
        at.astimezone(zone).date() for at in facts.opened_times(ws.store, since)
    )
    closed: Counter[date] = Counter(
        at.astimezone(zone).date() for at in facts.closed_times(ws.store, since)
    )
    today = now.astimezone(zone).date()
    # Today is not over: what is still open in the evening counts tomorrow.
    return [
        DayCount(day, created[day], closed[day]) for day in sorted({*created, *closed} - {today})
    ]


def _running_session(ws: Workspace, now: datetime) -> Event | None:
    recent = events.events_since(
        ws.store, now - _LOOK_BACK, EventKind.SESSION_STARTED, EventKind.SESSION_ENDED
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
        owed=counts.statuses.get(Status.OPEN, 0),
    )


__all__ = [
    "Door",
    "DoorState",
    "close_door",
    "describe",
    "describe_moment",
    "door_now",
    "end_session",
    "note_mood",
    "open_early",
    "opening_words",
    "read_burnout",
    "require_open",
    "start_session",
]
