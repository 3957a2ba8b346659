"""The veil: while the door is shut, the mailbox looks as it did when the door last closed.

One moment says it all. Mail that arrived after it is here already, but is shown only when the
door opens (handbook ch. 17: what isn't seen doesn't pull).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from founder_inbox.core.hours.door import Override
from founder_inbox.core.hours.schedule import SupportHours, Window, last_window, windows_between

_LOOK_BACK = timedelta(days=8)


@dataclass(frozen=True, slots=True)
class Shut:
    """The door closed by hand at `at`, before the window's end, until `until` (UTC)."""

    at: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class Sitting:
    """A session: what came until `end` was seen. `end` never lies after its window's end."""

    start: datetime
    end: datetime


def last_seen(
    hours: SupportHours,
    overrides: Sequence[Override],
    shuts: Sequence[Shut],
    sittings: Sequence[Sitting],
    now: datetime,
) -> datetime | None:
    """Return the last moment up to `now` at which the door stood open; None if it never did.

    `sittings` tell of openings that the hours no longer know, as of a window before days off
    were taken in the middle of it.
    """
    found = [_last_of_windows(hours, shuts, now)]
    found += [min(override.until, now) for override in overrides if override.start <= now]
    found += [min(sitting.end, now) for sitting in sittings if sitting.start <= now]
    return max((moment for moment in found if moment is not None), default=None)


def _last_of_windows(hours: SupportHours, shuts: Sequence[Shut], now: datetime) -> datetime | None:
    """Look back through the windows for the last one that was not shut from its start."""
    recent = list(windows_between(hours, now - _LOOK_BACK, now))
    if not recent:
        before = last_window(hours, now)
        recent = [before] if before else []
    for window in reversed(recent):
        end = _open_until(window, shuts, now)
        if end > window.start:
            return end
    return None


def _open_until(window: Window, shuts: Sequence[Shut], now: datetime) -> datetime:
    """Return when the door last stood open in this window; its start if it never did."""
    end = min(window.end, now)
    while shut := next((s for s in shuts if s.at < end <= s.until), None):
        end = shut.at
    return max(end, window.start)
