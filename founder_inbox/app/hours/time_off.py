"""Days off that were taken by hand: the door stays closed until they are over."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from itertools import pairwise

from founder_inbox.app.workspace import Workspace
from founder_inbox.core.hours.hours_text import DaysOff
from founder_inbox.core.hours.schedule import SupportHours, next_window, window_at
from founder_inbox.core.hours.walltime import opening_instant
from founder_inbox.core.tickets.journal import Event, EventKind, Json
from founder_inbox.errors import BadInput
from founder_inbox.store import events, outbox

LONGEST = timedelta(days=366)
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Break:
    """One break: its days, since when (UTC) it counts, and whether senders get one answer.

    `id` is that of the event that began it.
    """

    id: str
    days: DaysOff
    began: datetime
    auto_reply: bool


def take_days_off(
    ws: Workspace,
    last: date,
    now: datetime,
    *,
    first: date | None = None,
    auto_reply: bool | None = None,
) -> DaysOff:
    """Close the door from `first` (today) through `last`, days in the founder's zone.

    `auto_reply` is for this break only; None leaves it to the configuration. Raises BadInput.
    """
    days = check_days_off(ws, first, last, now)
    _record(ws, days, auto_reply, now)
    _put_off_outbox(ws, now)
    return days


def check_days_off(ws: Workspace, first: date | None, last: date, now: datetime) -> DaysOff:
    """The days that a break would have, `first` being today if not given. Raises BadInput."""
    today = now.astimezone(ws.hours.zone).date()
    days = DaysOff(first or today, last)
    if last < today:
        raise BadInput(f"{last} is over. Name today or a later day: break until {today}.")
    if days.first < today or days.first > last:
        raise BadInput(f"A break begins today or later, and before it ends; {days.first} doesn't.")
    if last - today > LONGEST:
        raise BadInput(f"{last} is more than a year away. Name an earlier day.")
    return days


def end_days_off(ws: Workspace, now: datetime) -> None:
    """Open at the next window again; what waited for the day after the break leaves then.

    Raises BadInput when no break was running or ahead.
    """
    if break_taken(ws, now) is None:
        raise BadInput("There is no break to end; the support hours are as configured.")
    with ws.store.write():
        events.append_event(ws.store, now, ws.actor, None, EventKind.BREAK, {"until": None})
        opening = window_at(ws.hours, now) or next_window(ws.hours, now)
        if opening:
            leaves_at = max(opening.start, now + timedelta(seconds=ws.config.sending.undo_seconds))
            outbox.release_held(ws.store, leaves_at, leaves_at)


def days_off(ws: Workspace, now: datetime) -> DaysOff | None:
    """The days of the break that runs now or is ahead, or None."""
    taken = break_taken(ws, now)
    return taken.days if taken else None


def break_taken(ws: Workspace, now: datetime) -> Break | None:
    """The break that runs now or is ahead, or None."""
    return _last_break(ws, _breaks(ws, now), now)


def _last_break(ws: Workspace, recorded: Sequence[Event], now: datetime) -> Break | None:
    taken = _break(ws, recorded[-1]) if recorded else None
    today = now.astimezone(ws.hours.zone).date()
    return taken if taken and today <= taken.days.last else None


def _breaks(ws: Workspace, now: datetime) -> Sequence[Event]:
    return events.events_since(ws.store, now - 2 * LONGEST, EventKind.BREAK, actor=ws.actor)


def break_now(ws: Workspace, now: datetime) -> Break | None:
    """The break that runs now, or None."""
    taken = break_taken(ws, now)
    return taken if taken and taken.began <= now else None


def break_of_level_one(ws: Workspace, now: datetime) -> Break | None:
    """The break that the rules act in: a teammate's machine answers for a founder who is away."""
    if ws.config.level == 1:
        return break_now(ws, now)
    recorded = events.events_since(ws.store, now - 2 * LONGEST, EventKind.BREAK)
    taken = _last_break(ws, [each for each in recorded if each.actor != ws.actor], now)
    return taken if taken and taken.began <= now else None


@dataclass(frozen=True, slots=True)
class Return:
    """The end of a break, by hand or with its last day, and how many days of it there were."""

    at: datetime
    days: int


def last_return(ws: Workspace, now: datetime) -> Return | None:
    """How the founder came back from the last break.

    None where there was no break in the last year, and while one runs.
    """
    recorded = _breaks(ws, now)
    if not recorded or break_now(ws, now):
        return None
    taken = _break(ws, recorded[-1])
    if taken is None and len(recorded) > 1:
        taken, ended = _break(ws, recorded[-2]), recorded[-1].at
        if taken is None or taken.began >= ended:
            return None
        last = min(ended.astimezone(ws.hours.zone).date(), taken.days.last + _DAY)
        return Return(ended, (last - taken.days.first).days)
    if taken is None or taken.days.first > now.astimezone(ws.hours.zone).date():
        return None
    return Return(_midnight(ws, taken.days.last + _DAY), _length(taken.days))


def back_on(ws: Workspace, taken: Break, now: datetime) -> date:
    """The day support opens again after a break, in the founder's zone."""
    midnight = _midnight(ws, taken.days.last + _DAY)
    window = next_window(hours_with_days_off(ws, now), midnight - timedelta(seconds=1))
    return window.start.astimezone(ws.hours.zone).date() if window else taken.days.last + _DAY


def hours_with_days_off(ws: Workspace, now: datetime) -> SupportHours:
    """The configured hours less the break that runs now or is ahead."""
    taken = days_off(ws, now)
    if taken is None:
        return ws.hours
    return replace(ws.hours, days_off=(*ws.hours.days_off, taken))


def hours_of_the_past(ws: Workspace, now: datetime) -> SupportHours:
    """The configured hours less every break that was ever taken, up to where it was ended."""
    recorded = events.events_of_kinds(ws.store, EventKind.BREAK)
    taken: list[DaysOff] = []
    for event, following in pairwise((*recorded, None)):
        found = _break(ws, event) if event else None
        if found is None:
            continue
        # Ended in the middle of a day, the support hours of that day count again.
        ended = (following.at if following else now).astimezone(ws.hours.zone).date()
        last = min(found.days.last, ended - _DAY) if following else found.days.last
        if found.days.first <= last:
            taken.append(DaysOff(found.days.first, last))
    return replace(ws.hours, days_off=(*ws.hours.days_off, *taken))


def _break(ws: Workspace, event: Event) -> Break | None:
    """What an event began; None when it ended one."""
    until, first = event.data.get("until"), event.data.get("from")
    if not isinstance(until, str):
        return None
    day = event.at.astimezone(ws.hours.zone).date()
    first_day = date.fromisoformat(first) if isinstance(first, str) else day
    began = max(event.at, _midnight(ws, first_day))
    asked = event.data.get("auto_reply")
    auto_reply = asked if isinstance(asked, bool) else ws.config.break_.auto_reply
    return Break(event.id, DaysOff(first_day, date.fromisoformat(until)), began, auto_reply)


def _put_off_outbox(ws: Workspace, now: datetime) -> None:
    """What waits for an opening that is a day off now waits for the one after, and says so."""
    hours = hours_with_days_off(ws, now)
    following = next_window(hours, now)
    if following and window_at(hours, now) is None:
        outbox.hold_until(ws.store, following.start, following.start)


def _midnight(ws: Workspace, day: date) -> datetime:
    return opening_instant(datetime.combine(day, time.min), ws.hours.zone)


def _length(days: DaysOff) -> int:
    return (days.last - days.first + _DAY).days


def _record(ws: Workspace, days: DaysOff, auto_reply: bool | None, now: datetime) -> None:
    data: dict[str, Json] = {"from": days.first.isoformat(), "until": days.last.isoformat()}
    if auto_reply is not None:
        data["auto_reply"] = auto_reply
    events.append_event(ws.store, now, ws.actor, None, EventKind.BREAK, data)
