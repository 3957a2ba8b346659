"""The door: is support open, opening early, closing, and what the hours do to the founder."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from founder_inbox.app.opening import (
    LOOK_BACK,
    describe,
    door_now,
    opening_words,
    overrides_in,
    require_open,
)
from founder_inbox.app.time_off import hours_with_days_off
from founder_inbox.app.workspace import Workspace
from founder_inbox.core.hours import burnout, session
from founder_inbox.core.hours.burnout import DayCount, Facts, Mood, Reading, SessionSpan
from founder_inbox.core.hours.door import Door, DoorState, Override, check_override
from founder_inbox.core.hours.schedule import last_window, next_window
from founder_inbox.core.hours.time_words import describe_moment
from founder_inbox.core.tickets.journal import Event, EventKind, effective
from founder_inbox.core.times import from_text, to_text
from founder_inbox.errors import Closed
from founder_inbox.store import events, facts, outbox, tickets

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
    return session.wrap_up(
        done, next_window(hours_with_days_off(ws, now), now), now, ws.hours.zone, reading
    )


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
            overrides=tuple(overrides_in(recorded)),
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
    """Created and closed a day, in the founder's days; quiet days are left out.

    What came before the first import is nobody's fault here: it counts from then on.
    """
    zone = ws.hours.zone
    imported = events.events_since(ws.store, since, EventKind.IMPORTED)
    since = max([since, *(event.at for event in imported)])
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
