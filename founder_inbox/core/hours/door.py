"""The door: whether support is open right now, and what that allows (handbook ch. 17).

Six states, and one table of what each lets through. An override opens the door outside the
hours for a short while, with a reason; the caller writes it down as an event.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType

from founder_inbox.core.acts import Act
from founder_inbox.core.hours.schedule import SupportHours, Window, next_window, window_at
from founder_inbox.core.hours.time_words import describe_age, describe_opening, time_left
from founder_inbox.errors import BadInput, Closed

__all__ = [
    "OVERRIDE_MINUTES",
    "REASON_LENGTH",
    "Act",
    "Door",
    "DoorState",
    "Override",
    "allows",
    "check_override",
    "decide",
    "describe_age",
    "describe_opening",
    "time_left",
]

OVERRIDE_MINUTES = (10, 20, 30)
REASON_LENGTH = 10
_LETTERS = 3  # "aaaaaaaaaa" says nothing
_SOON = timedelta(minutes=10)
_LAST = timedelta(minutes=10)
_TICK = timedelta(microseconds=1)


class DoorState(StrEnum):
    """How the door stands."""

    CLOSED = "closed"
    OPENING_SOON = "opening_soon"
    OPEN = "open"
    LAST_MINUTES = "last_minutes"
    OVER = "over"
    DAY_OFF = "day_off"


_AT_REST = frozenset({Act.READ, Act.DRAFT, Act.TAKE_NEXT})
_ALLOWED = MappingProxyType(
    {
        DoorState.CLOSED: _AT_REST,
        DoorState.DAY_OFF: _AT_REST,
        DoorState.OPENING_SOON: _AT_REST,
        DoorState.OPEN: frozenset(Act),
        DoorState.LAST_MINUTES: frozenset(Act) - {Act.OFFER_IDEAS},
        DoorState.OVER: frozenset({Act.READ, Act.DRAFT, Act.TRIAGE, Act.SEND}),
    }
)


def allows(state: DoorState, act: Act) -> bool:
    """Say whether a door in this state lets this through."""
    return act in _ALLOWED[state]


@dataclass(frozen=True, slots=True)
class Override:
    """An opening outside the hours: from when until when (UTC), how long was asked for, and why.

    Closing it early is the same record with an earlier `until`.
    """

    start: datetime
    until: datetime
    minutes: int
    reason: str


@dataclass(frozen=True, slots=True)
class Door:
    """The decision. `window` is what is open or, when over, what was; `next_window` comes after.

    While an override holds the door open, `window` is the override's own span.
    """

    state: DoorState
    window: Window | None
    next_window: Window | None
    override: Override | None

    def may(self, act: Act) -> bool:
        """Say whether the door lets this through."""
        return allows(self.state, act)

    @property
    def is_open(self) -> bool:
        """Say whether support is open: inside a window or an override."""
        return self.state in (DoorState.OPEN, DoorState.LAST_MINUTES)

    @property
    def may_read(self) -> bool:
        """Say whether synced mail may be read and searched: always, it is the founder's."""
        return self.may(Act.READ)

    @property
    def may_triage(self) -> bool:
        """Say whether tickets may be closed, snoozed, moved; when over, the one in hand."""
        return self.may(Act.TRIAGE)

    @property
    def may_send(self) -> bool:
        """Say whether mail may leave now; otherwise it waits in the outbox."""
        return self.may(Act.SEND)

    @property
    def may_see_new(self) -> bool:
        """Say whether mail that came since the door closed may be shown."""
        return self.may(Act.SEE_NEW)

    @property
    def may_take_next(self) -> bool:
        """Say whether another ticket may be opened."""
        return self.may(Act.TAKE_NEXT)

    @property
    def offers_ideas(self) -> bool:
        """Say whether feature requests are offered: not in the last ten minutes."""
        return self.may(Act.OFFER_IDEAS)


def decide(
    hours: SupportHours,
    overrides: Sequence[Override],
    closed_early_until: datetime | None,
    now: datetime,
    in_session_window: Window | None,
) -> Door:
    """Say how the door stands at `now`; all times aware UTC.

    `closed_early_until` keeps windows shut up to then; an override opens nevertheless, it was
    asked for by hand. `in_session_window` is the window (or override's span) whose session the
    app is still in, None at the door and on the command line.
    """
    window = _open_window(hours, closed_early_until, now)
    override = None if window else _active(overrides, now)
    opening = Window(override.start, override.until) if override else window
    upcoming = _upcoming(hours, closed_early_until, now)
    if opening:
        last = opening.end - now <= _LAST
        state = DoorState.LAST_MINUTES if last else DoorState.OPEN
        return Door(state, opening, upcoming, override)
    if in_session_window:
        return Door(DoorState.OVER, in_session_window, upcoming, None)
    return Door(_shut_state(hours, upcoming, now), None, upcoming, None)


def check_override(minutes: int, reason: str, enforcement: str, opening: str = "") -> None:
    """Refuse an opening outside the hours that the rules don't allow.

    `enforcement` is "firm" or "strict", `opening` the next one in words (`describe_opening`).
    Raises Closed when strict, BadInput for another length than 10, 20, 30 minutes or a reason
    of fewer than ten characters.
    """
    if enforcement == "strict":
        when = f" Next: {opening}." if opening else ""
        raise Closed(
            "Support is closed, and you asked me to keep it so (enforcement = strict)."
            f"{when} Mail keeps coming in, and what you write now leaves then."
        )
    if minutes not in OVERRIDE_MINUTES:
        raise BadInput(f"The door opens early for 10, 20 or 30 minutes, not for {minutes}.")
    words = " ".join(reason.split())
    if len(words) < REASON_LENGTH or len({*words.casefold()} - {" "}) < _LETTERS:
        raise BadInput(
            "Say in a few words why you open early (ten characters or more): "
            "you will read it again at the end of the week. Nothing was opened."
        )


def _open_window(
    hours: SupportHours, closed_until: datetime | None, now: datetime
) -> Window | None:
    window = window_at(hours, now)
    return None if window is None else _after(window, closed_until, now)


def _after(window: Window, closed_until: datetime | None, now: datetime) -> Window | None:
    """Return the part of a window, open at `now`, that an early closing leaves; None if shut."""
    if closed_until is None or closed_until <= window.start:
        return window
    return Window(closed_until, window.end) if closed_until <= now else None


def _active(overrides: Sequence[Override], now: datetime) -> Override | None:
    active = [override for override in overrides if override.start <= now < override.until]
    return max(active, key=lambda override: override.until, default=None)


def _upcoming(hours: SupportHours, closed_until: datetime | None, now: datetime) -> Window | None:
    """Return the next opening; an early closing that ends inside a window opens what is left."""
    if closed_until is None or closed_until <= now:
        return next_window(hours, now)
    rest = window_at(hours, closed_until)
    if rest is not None:
        return Window(closed_until, rest.end)
    return next_window(hours, closed_until - _TICK)


def _shut_state(hours: SupportHours, upcoming: Window | None, now: datetime) -> DoorState:
    if upcoming is not None and upcoming.start - now <= _SOON:
        return DoorState.OPENING_SOON
    if hours.is_day_off(now.astimezone(hours.zone).date()):
        return DoorState.DAY_OFF
    return DoorState.CLOSED
