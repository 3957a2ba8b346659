"""A session in words: how it opens, how the pace is, how it ends. Plain counts in, words out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta, tzinfo

from founder_inbox.core.hours.burnout import Reading, headline
from founder_inbox.core.hours.schedule import Window
from founder_inbox.core.hours.time_words import counted, describe_moment, describe_opening
from founder_inbox.core.hours.work import Pace
from founder_inbox.core.model import Lane

BELL = timedelta(minutes=5)
_LANES = {
    Lane.THANKS: "thank-yous",
    Lane.URGENT: "urgent",
    Lane.HOWTO: "how-to",
    Lane.FEATURE: "ideas",
    Lane.AUTOMATIC: "machine mail",
}


@dataclass(frozen=True, slots=True)
class Session:
    """One sitting: the window (or override's span) it is in, when it began, when it ended."""

    window: Window
    start: datetime
    end: datetime | None = None


@dataclass(frozen=True, slots=True)
class SinceLast:
    """What happened between two sessions, in tickets: new mail and what came back by itself."""

    new: int = 0
    urgent: int = 0
    thanks: int = 0
    answered_for_us: int = 0  # by the teammate
    returned: int = 0  # handed off, back with us
    woken: int = 0  # snoozed, now due
    owed: int = 0  # a customer who should hear from us, without any promise
    promises_due: int = 0  # tickets in which a date that we gave has come
    older: int = 0  # open from before, whether a word is owed by now or not


@dataclass(frozen=True, slots=True)
class Done:
    """What a session got done, in tickets; `owed` is what is still owed at its end.

    `times`: how long each lane took, the longest first.
    """

    answered: int = 0
    closed: int = 0
    handed_off: int = 0
    quick_fixes: int = 0
    owed: int = 0
    times: Mapping[Lane, timedelta] = field(default_factory=dict)


def bell_is_due(window: Window, begun: datetime, rung_for: datetime | None, now: datetime) -> bool:
    """Say whether to ring: five minutes before the end, once for each end of a window.

    Not in a session that was `begun` later than that; `rung_for` is the end it rang for last.
    """
    first = window.end - BELL
    return begun < first <= now < window.end and rung_for != window.end


def opening_words(
    since: SinceLast, last: datetime | None, now: datetime, zone: tzinfo
) -> tuple[str, str]:
    """Return two sentences: what came since the last session ended at `last`, what waits."""
    start = f"Since {describe_moment(last, now, zone)}" if last else "Since the start"
    news, waiting = f"{start}, {_news(since)}.", _waiting(since)
    # A promise opens the window.
    return (waiting, news) if since.promises_due else (news, waiting)


def pace_line(left: int, pace: Pace | None) -> str:
    """Return "11 to go, about 35 minutes at today's pace"; without the time if no pace is known."""
    if left <= 0:
        return "Nothing to go"
    if pace is None:
        return f"{left} to go"
    at = "at your usual pace" if pace.usual else "at today's pace"
    minutes = max(round(left * pace.minutes), 1)
    if minutes > 90:
        return f"{left} to go, about {_half_hours(minutes)} hours {at}"
    rounded = minutes if minutes <= 10 else 5 * round(minutes / 5)
    return f"{left} to go, about {counted(rounded, 'minute')} {at}"


def wrap_up(
    done: Done,
    following: Window | None,
    now: datetime,
    zone: tzinfo,
    burnout: Reading | None = None,
    more: Sequence[str] = (),
) -> list[str]:
    """Return the sentences of the session's end; `following` is the next window.

    `more` come last: that it is time to hire, a sentence from the thank-you jar.
    """
    sentences = [_done(done)]
    if done.quick_fixes:
        fixes = counted(done.quick_fixes, "quick fix", "quick fixes")
        sentences.append(f"{fixes} finished.")
    if words := _times(done.times):
        sentences.append(words)
    sentences.append(_owed(done.owed, following, now, zone))
    if burnout and (words := headline(burnout)):
        sentences.append(words)
    return [*sentences, *more]


def _news(since: SinceLast) -> str:
    if since.new <= 0:
        return "nothing new came in"
    parts = []
    if since.urgent:
        parts.append(f"{since.urgent} urgent")
    if since.thanks:
        parts.append(counted(since.thanks, "thank-you"))
    extra = f", {' and '.join(parts)} among them" if parts else ""
    return f"{counted(since.new, 'ticket')} came in{extra}"


def _waiting(since: SinceLast) -> str:
    parts = []
    if since.promises_due:
        parts.append(f"{counted(since.promises_due, 'promise')} {_are(since.promises_due)} due")
    if since.owed:
        parts.append(f"{counted(since.owed, 'customer')} should hear from you")
    if since.returned:
        parts.append(f"{since.returned} came back from your teammate")
    if since.answered_for_us:
        parts.append(f"your teammate answered {since.answered_for_us}")
    if since.woken:
        parts.append(f"{since.woken} woke up from snooze")
    if not parts and since.older > 0:
        return f"{counted(since.older, 'older ticket')} {'waits' if since.older == 1 else 'wait'}."
    return _sentence(parts) if parts else "Nothing else waits."


def _done(done: Done) -> str:
    parts = [
        f"{words} {count}"
        for words, count in (
            ("answered", done.answered),
            ("closed", done.closed),
            ("handed off", done.handed_off),
        )
        if count
    ]
    return f"You {_listed(parts)}." if parts else "A quiet one: nothing to answer."


def _times(times: Mapping[Lane, timedelta]) -> str:
    """Return "Your time: 12 min for urgent and 8 min for how-to."; "" under a minute."""
    minutes = {lane: round(time / timedelta(minutes=1)) for lane, time in times.items()}
    parts = [f"{count} min for {_LANES[lane]}" for lane, count in minutes.items() if count]
    return f"Your time: {_listed(parts)}." if parts else ""


def _owed(owed: int, following: Window | None, now: datetime, zone: tzinfo) -> str:
    if owed <= 0:
        return "Nobody is left waiting for a word from you."
    when = (
        f"at the next opening, {describe_opening(following, now, zone)}"
        if following
        else "when support opens next"
    )
    customers = counted(owed, "customer")
    return f"{customers} {_are(owed)} still owed an update; you look at it {when}."


def _sentence(parts: list[str]) -> str:
    text = _listed(parts)
    return f"{text[0].upper()}{text[1:]}."


def _listed(parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"


def _are(count: int) -> str:
    return "is" if count == 1 else "are"


def _half_hours(minutes: int) -> str:
    return f"{round(minutes / 30) / 2:g}"
