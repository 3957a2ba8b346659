"""When it is time for a break (handbook ch. 6, 17, 18): counted facts in, a reading out.

Points over the last seven days; every point has a sentence with its count. Nothing here judges
the founder's mood by itself, and nothing leaves the machine.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from enum import StrEnum

from founder_inbox.core.hours.door import Override
from founder_inbox.core.hours.time_words import counted, times

AMBER = 6
RED = 12
_WEEK = timedelta(days=7)
_DAY = timedelta(days=1)
_GRACE = timedelta(minutes=5)
_NIGHT_STARTS = 22
_NIGHT_ENDS = 6
_NIGHT_CAP = 2
_STREAK = 7
_LOW_MOOD = 2
RAN_OVER = "ran_over"


class Level(StrEnum):
    """How it stands with the founder: amber from 6 points, red from 12."""

    CALM = "calm"
    AMBER = "amber"
    RED = "red"


@dataclass(frozen=True, slots=True)
class SessionSpan:
    """One session: when it began, when its window (or override) ended, the last thing done."""

    start: datetime
    window_end: datetime
    last_act: datetime


@dataclass(frozen=True, slots=True)
class DayCount:
    """How many tickets came and were closed on one local day; leave out days off."""

    day: date
    created: int
    closed: int


@dataclass(frozen=True, slots=True)
class Mood:
    """How a session felt, 1 (bad) to 5 (good)."""

    at: datetime
    score: int


@dataclass(frozen=True, slots=True)
class Facts:
    """What was recorded; older facts than the last seven days may be among it and are ignored.

    `sent` are the moments the founder pressed send (not when the mail left), `harsh` those of
    drafts with harsh words.
    """

    overrides: tuple[Override, ...] = ()
    sessions: tuple[SessionSpan, ...] = ()
    sent: tuple[datetime, ...] = ()
    days: tuple[DayCount, ...] = ()
    moods: tuple[Mood, ...] = ()
    harsh: tuple[datetime, ...] = ()


@dataclass(frozen=True, slots=True)
class Signal:
    """One reason: its name in JSON, its points, and the sentence with the count."""

    name: str
    points: int
    sentence: str


@dataclass(frozen=True, slots=True)
class Reading:
    """The result: `points` is the sum of the signals', weightiest first; `advice` are acts."""

    level: Level
    points: int
    signals: tuple[Signal, ...]
    advice: tuple[str, ...]


def read(facts: Facts, zone: tzinfo, now: datetime) -> Reading:
    """Read the last seven days up to `now` (UTC); nights and days are those of `zone`."""
    found = [signal for look in _SIGNALS if (signal := look(facts, zone, now))]
    found.sort(key=lambda signal: -signal.points)
    points = sum(signal.points for signal in found)
    level = Level.RED if points >= RED else Level.AMBER if points >= AMBER else Level.CALM
    return Reading(level, points, tuple(found), _advice(level, found))


def sentences_to_show(reading: Reading) -> tuple[str, ...]:
    """Return what is said unasked: everything from amber on, running over always."""
    return tuple(
        signal.sentence
        for signal in reading.signals
        if reading.level is not Level.CALM or signal.name == RAN_OVER
    )


def headline(reading: Reading, *, advise: bool = True) -> str:
    """Return the one line for the door and the wrap-up, "" when nothing is to be said.

    The weightiest sentence, how many signs there are beside it, and at amber, unless the line
    is to be short, what helps.
    """
    said = sentences_to_show(reading)
    if not said:
        return ""
    more = len(reading.signals) - 1 if reading.level is not Level.CALM else 0
    first = f"{said[0].removesuffix('.')}, and {counted(more, 'more sign')}." if more else said[0]
    return " ".join(
        [first, *(reading.advice[:1] if advise and reading.level is Level.AMBER else ())]
    )


def _recent(moments: Iterable[datetime], now: datetime) -> list[datetime]:
    return [moment for moment in moments if now - _WEEK <= moment <= now]


def _opened_outside(facts: Facts, _zone: tzinfo, now: datetime) -> Signal | None:
    count = len(_recent((override.start for override in facts.overrides), now))
    sentence = f"You opened outside your hours {times(count)} this week."
    return Signal("opened_outside", 2 * count, sentence) if count else None


def _ran_over(facts: Facts, _zone: tzinfo, now: datetime) -> Signal | None:
    over = [
        session.last_act - session.window_end
        for session in facts.sessions
        if now - _WEEK <= session.last_act <= now and session.last_act - session.window_end > _GRACE
    ]
    if not over:
        return None
    minutes = int(sum(over, timedelta()).total_seconds() // 60)
    sentence = (
        f"You went on after the end of your hours {times(len(over))} this week, "
        f"{minutes} minutes in all."
    )
    return Signal(RAN_OVER, 2 * len(over), sentence)


def _wrote_at_night(facts: Facts, zone: tzinfo, now: datetime) -> Signal | None:
    """Two points at most for one night, which is a day's evening and the morning after."""
    sent = [moment.astimezone(zone) for moment in _recent(facts.sent, now)]
    late = [at for at in sent if at.hour >= _NIGHT_STARTS or at.hour < _NIGHT_ENDS]
    nights = Counter((at - timedelta(hours=_NIGHT_ENDS)).date() for at in late)
    if not nights:
        return None
    replies = counted(len(late), "reply", "replies")
    sentence = f"You sent {replies} between 22:00 and 06:00 this week."
    return Signal("wrote_at_night", sum(min(n, _NIGHT_CAP) for n in nights.values()), sentence)


def _no_day_off(facts: Facts, zone: tzinfo, now: datetime) -> Signal | None:
    moments = [*facts.sent, *(override.start for override in facts.overrides)]
    moments += [moment for s in facts.sessions for moment in (s.start, s.last_act)]
    worked = {moment.astimezone(zone).date() for moment in moments if moment <= now}
    day = now.astimezone(zone).date()
    if day not in worked:
        day -= _DAY
    streak = 0
    while day in worked:
        streak += 1
        day -= _DAY
    sentence = f"You did support {streak} days in a row."
    return Signal("no_day_off", 2, sentence) if streak >= _STREAK else None


def _harsh_words(facts: Facts, _zone: tzinfo, now: datetime) -> Signal | None:
    count = len(_recent(facts.harsh, now))
    sentence = f"You wrote {counted(count, 'draft')} with harsh words this week."
    return Signal("harsh_words", count, sentence) if count else None


def _low_mood(facts: Facts, _zone: tzinfo, now: datetime) -> Signal | None:
    count = len(_recent((m.at for m in facts.moods if m.score <= _LOW_MOOD), now))
    sentence = f"A session felt like 2 or less out of 5, {times(count)} this week."
    return Signal("low_mood", 2 * count, sentence) if count else None


def _fell_behind(facts: Facts, zone: tzinfo, now: datetime) -> Signal | None:
    """Count days that are over; today's mail may still be answered in today's window."""
    today = now.astimezone(zone).date()
    week = [count for count in facts.days if today - _WEEK <= count.day < today]
    behind = [count for count in week if count.created > count.closed]
    if not behind:
        return None
    created, closed = sum(d.created for d in behind), sum(d.closed for d in behind)
    sentence = (
        f"On {counted(len(behind), 'day')} this week more came in than you closed "
        f"({created} in, {closed} closed)."
    )
    return Signal("fell_behind", len(behind), sentence)


_SIGNALS: tuple[Callable[[Facts, tzinfo, datetime], Signal | None], ...] = (
    _opened_outside,
    _ran_over,
    _wrote_at_night,
    _no_day_off,
    _harsh_words,
    _low_mood,
    _fell_behind,
)
HOW_COUNTED = {
    "opened_outside": "2 points for each opening outside the hours",
    RAN_OVER: "2 points for each session that went on for more than 5 minutes after its end",
    "wrote_at_night": "1 point for each reply sent between 22:00 and 06:00, at most 2 a night",
    "no_day_off": "2 points for seven days or more in a row",
    "harsh_words": "1 point for each draft with harsh words that was sent or parked",
    "low_mood": "2 points for each session that felt like 2 or less out of 5",
    "fell_behind": "1 point for each day that is over and had more coming in than was closed",
}
"""Signal by signal, in words, what the points are for."""

_ACTS = {
    "opened_outside": "Write it down now and let it leave in the next window.",
    RAN_OVER: "Take no new ticket in the last ten minutes.",
    "wrote_at_night": "Leave tonight's mail for the window; the outbox keeps your draft.",
    "no_day_off": "Take one day off this week: founder-inbox break until DATE.",
    "harsh_words": "Take five before an angry mail (B), or hand it off (H).",
    "low_mood": "Hand off the tickets that wear you out (H).",
    "fell_behind": "Hand off part of the how-to lane, or add a window.",
}
_RED_ACTS = (
    "Hand off the how-to lane to a teammate.",
    "Take days off: founder-inbox break until DATE.",
    "Not today: leave the door closed until the next window.",
)


def _advice(level: Level, signals: list[Signal]) -> tuple[str, ...]:
    """Return three acts at red, at amber those for the two weightiest reasons."""
    if level is Level.RED:
        return _RED_ACTS
    return tuple(_ACTS[s.name] for s in signals[:2]) if level is Level.AMBER else ()
