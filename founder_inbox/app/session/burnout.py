"""What the hours do to the founder: the facts of the last seven days, read."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from founder_inbox.app.hours.opening import overrides_in
from founder_inbox.app.hours.set_back import as_overrides
from founder_inbox.app.workspace import Workspace
from founder_inbox.core.hours import burnout
from founder_inbox.core.hours.burnout import DayCount, Facts, Mood, Reading, SessionSpan
from founder_inbox.core.hours.hiring import WEEKS, Hire, Week, read_hiring
from founder_inbox.core.tickets.journal import Event, EventKind, effective
from founder_inbox.core.times import from_text
from founder_inbox.store import events, facts

_WEEK = timedelta(days=7)
_COUNTED = (
    EventKind.OVERRIDE_OPENED,
    EventKind.DOOR_CLOSED,
    EventKind.SESSION_ENDED,
    EventKind.QUEUED,
    EventKind.UNDONE,
    EventKind.MOOD,
    EventKind.HARSH_DRAFT,
    EventKind.CLOCK_SET_BACK,
)


def read_burnout(ws: Workspace, now: datetime) -> Reading:
    """What the last seven days say, from recorded facts only."""
    since = now - _WEEK - timedelta(days=1)
    # A teammate on the same mailbox has a week of their own.
    recorded = effective(events.events_since(ws.store, since, *_COUNTED, actor=ws.actor))
    return burnout.read(
        Facts(
            overrides=(*overrides_in(recorded), *as_overrides(recorded)),
            sessions=tuple(_spans(recorded)),
            sent=tuple(e.at for e in recorded if e.kind is EventKind.QUEUED),
            days=tuple(_days(ws, since, now)),
            moods=tuple(
                Mood(e.at, int(str(e.data["score"]))) for e in recorded if e.kind is EventKind.MOOD
            ),
            harsh=tuple(e.at for e in recorded if e.kind is EventKind.HARSH_DRAFT),
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


def read_hire(ws: Workspace, now: datetime) -> Hire | None:
    """Whether the last three weeks say that it is time to hire, in words with the numbers."""
    monday = _monday(now.astimezone(ws.hours.zone).date())
    firsts = [monday - timedelta(weeks=back) for back in range(WEEKS, 0, -1)]
    since = now - timedelta(weeks=WEEKS + 1)
    imported = events.events_since(ws.store, since, EventKind.IMPORTED)
    begun = max((event.at.astimezone(ws.hours.zone).date() for event in imported), default=None)
    sessions = events.events_since(ws.store, since, EventKind.SESSION_ENDED, actor=ws.actor)
    spans = _spans(sessions)
    came = _by_week(ws, facts.opened_times(ws.store, since))
    closed = _by_week(ws, facts.closed_times(ws.store, since))
    hours: defaultdict[date, float] = defaultdict(float)
    for span in spans:
        hours[_week_of(ws, span.start)] += (span.last_act - span.start) / timedelta(hours=1)
    # What came before the first import is no whole week here.
    weeks = [
        Week(first, came[first], closed[first], hours[first])
        for first in firsts
        if begun is None or first > begun
    ]
    return read_hiring(weeks, ws.config.hours.weekly_budget)


def _by_week(ws: Workspace, moments: Sequence[datetime]) -> Counter[date]:
    return Counter(_week_of(ws, moment) for moment in moments)


def _week_of(ws: Workspace, moment: datetime) -> date:
    return _monday(moment.astimezone(ws.hours.zone).date())


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
