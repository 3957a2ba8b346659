"""A session in the journal: it begins, it ends with a wrap-up, and how it felt."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta

from founder_inbox.app.hours.opening import LOOK_BACK, describe, door_now
from founder_inbox.app.hours.time_off import hours_with_days_off
from founder_inbox.app.queue.promises import count_due
from founder_inbox.app.queue.quick_fix import fixed_words, open_words
from founder_inbox.app.reading.project import wake_snoozed
from founder_inbox.app.session.burnout import read_burnout, read_hire
from founder_inbox.app.session.coming_back import greet_backlog
from founder_inbox.app.session.work import acts_since, worked_on
from founder_inbox.app.workspace import Workspace
from founder_inbox.core.hours import session
from founder_inbox.core.hours.hiring import MONTH_DAYS
from founder_inbox.core.hours.schedule import Window, last_window, next_window
from founder_inbox.core.hours.work import time_per_lane
from founder_inbox.core.tickets.facts import Then
from founder_inbox.core.tickets.journal import Event, EventKind, effective
from founder_inbox.core.times import from_text_or_none, to_text
from founder_inbox.store import events, facts, tickets
from founder_inbox.store.settings import get_setting, set_setting
from founder_inbox.store.tickets import key_of_id

_WEEK = timedelta(days=7)
_HIRE_SAID = "hire_said"


def start_session(ws: Workspace, now: datetime) -> list[str]:
    """Begin a session in the open window; returns what happened since the last one, in words.

    One that runs in this window already goes on; one that was left open is ended first.
    """
    door = door_now(ws, now)
    end = to_text(door.window.end) if door.window else to_text(now)
    running = running_session(ws, now)
    if running is not None and running.data.get("window_end") == end:
        return [f"Welcome back, {describe(ws, door, now)}."]
    if running is not None:
        _record_end(ws, running, acts_since(ws, running.at), now)
    last = _last_session_end(ws, now)
    backlog = greet_backlog(ws, now)
    events.append_event(
        ws.store, now, ws.actor, None, EventKind.SESSION_STARTED, {"window_end": end}
    )
    words = session.opening_words(_since(ws, last, now), last, now, ws.hours.zone)
    return [backlog, *words] if backlog else list(words)


def end_session(ws: Workspace, now: datetime) -> list[str]:
    """End the session that runs; returns the wrap-up, in sentences."""
    started = running_session(ws, now)
    if started is None:
        return []
    acts = acts_since(ws, started.at)
    _record_end(ws, started, acts, now)
    return _wrap_up(ws, started.at, acts, now)


def wrap_up_words(ws: Workspace, window: Window, now: datetime) -> list[str]:
    """The wrap-up of what was done in this window so far; nothing is ended."""
    running = running_session(ws, now)
    start = running.at if running else window.start
    return _wrap_up(ws, start, acts_since(ws, start), now)


def _record_end(ws: Workspace, started: Event, acts: Sequence[Event], now: datetime) -> None:
    last_act = max((event.at for event in acts), default=started.at)
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
        },
    )


def _wrap_up(ws: Workspace, start: datetime, acts: Sequence[Event], now: datetime) -> list[str]:
    from founder_inbox.app.session.jar import praise_words, take_praise

    following = next_window(hours_with_days_off(ws, now), now)
    done = _done(ws, start, acts, now)
    more = [fixed_words(ws, start, now), open_words(ws, now), _hire_words(ws, now)]
    praise = take_praise(ws)
    more += [praise_words(praise, now, ws)] if praise else []
    reading = read_burnout(ws, now)
    said = [words for words in more if words]
    return session.wrap_up(done, following, now, ws.hours.zone, reading, said)


def _hire_words(ws: Workspace, now: datetime) -> str:
    """That it is time to hire: at most once a month."""
    said = from_text_or_none(get_setting(ws.store, _HIRE_SAID))
    if said is not None and now - said < timedelta(days=MONTH_DAYS):
        return ""
    hire = read_hire(ws, now)
    if hire is None:
        return ""
    with ws.store.write():
        set_setting(ws.store, _HIRE_SAID, to_text(now))
    return hire.sentence


def note_mood(ws: Workspace, score: int, now: datetime) -> None:
    """Remember how the session felt, 1 to 5."""
    events.append_event(ws.store, now, ws.actor, None, EventKind.MOOD, {"score": score})


def running_session(ws: Workspace, now: datetime) -> Event | None:
    """The beginning of the session that runs, or None."""
    kinds = (EventKind.SESSION_STARTED, EventKind.SESSION_ENDED)
    recent = events.events_since(ws.store, now - LOOK_BACK, *kinds, actor=ws.actor)
    last = recent[-1] if recent else None
    return last if last and last.kind is EventKind.SESSION_STARTED else None


def _last_session_end(ws: Workspace, now: datetime) -> datetime | None:
    since = now - timedelta(days=30)
    ended = events.events_since(ws.store, since, EventKind.SESSION_ENDED, actor=ws.actor)
    if ended:
        return ended[-1].at
    window = last_window(ws.hours, now)
    return window.end if window else None


def _since(ws: Workspace, last: datetime | None, now: datetime) -> session.SinceLast:
    wake_snoozed(ws.store, now)
    counts = tickets.count_queue(ws.store, now, ws.turn)
    promised = count_due(ws.store, now)
    news = facts.news_since(ws.store, last or now - _WEEK, now, sorted(ws.household.teammates))
    return session.SinceLast(
        new=news.new,
        urgent=news.urgent,
        thanks=news.thanks,
        answered_for_us=news.answered_for_us,
        returned=news.returned,
        woken=news.woken,
        owed=counts.owed - promised,
        promises_due=promised,
        older=counts.to_go - news.new,
    )


def _done(ws: Workspace, start: datetime, acts: Sequence[Event], now: datetime) -> session.Done:
    kinds = Counter(event.kind for event in acts)
    counts = tickets.count_queue(ws.store, now, ws.turn)
    finished = {str(event.ticket) for event in acts if _closes(event)}
    fixed = {str(e.ticket) for e in acts if e.kind is EventKind.QUICK_FIX_FINISHED}
    return session.Done(
        answered=kinds[EventKind.QUEUED],
        closed=sum(map(_closes, acts)),
        handed_off=kinds[EventKind.HANDED_OFF],
        quick_fixes=len(fixed | {t for t in finished if _was_quick_fix(ws, t)}),
        owed=counts.owed,
        times=time_per_lane(start, worked_on(ws, acts)),
    )


def _closes(event: Event) -> bool:
    answered = event.kind is EventKind.QUEUED and event.data.get("then") == Then.CLOSE
    return event.kind is EventKind.CLOSED or answered


def _was_quick_fix(ws: Workspace, ticket: str) -> bool:
    """Whether it was flagged when it was closed, which takes the flag off."""
    key = key_of_id(ws.store, ticket)
    recorded = effective(events.events_of_ticket(ws.store, key)) if key is not None else []
    flags = [event for event in recorded if event.kind is EventKind.QUICK_FIX]
    return bool(flags) and bool(flags[-1].data.get("on", True))
