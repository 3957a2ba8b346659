"""The session: what the door's state means for the screens, second by second. No widgets."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum

from founder_inbox.app.hours import door as doors
from founder_inbox.app.hours.set_back import check_between, set_back_words
from founder_inbox.app.hours.veil import veil_of
from founder_inbox.app.session import sessions
from founder_inbox.app.session.work import usual_pace_of
from founder_inbox.app.syncing.junk import known_in_junk
from founder_inbox.app.workspace import Workspace
from founder_inbox.core.acts import Act
from founder_inbox.core.hours.door import Door, DoorState, allows
from founder_inbox.core.hours.schedule import Window
from founder_inbox.core.hours.session import bell_is_due
from founder_inbox.core.hours.set_back import Look
from founder_inbox.core.hours.work import Pace
from founder_inbox.core.sync.junk import junk_words
from founder_inbox.system.clock import monotonic


class Turn(Enum):
    """What happened since the last look."""

    NOTHING = "nothing"
    OPENED = "opened"
    OVER = "over"
    SHUT = "shut"


@dataclass
class Session:
    """Follows the door. `window` is the window the app is in a session of, None at the door."""

    ws: Workspace
    now: Callable[[], datetime]
    window: Window | None = None
    reading_only: bool = False
    begun: datetime | None = None
    usual: Pace | None = None
    pace: Pace | None = None
    rung_for: datetime | None = None
    door: Door = field(init=False)
    seconds: Callable[[], float] = monotonic
    _look: Look = field(init=False)

    def __post_init__(self) -> None:
        self.door = doors.door_now(self.ws, self.now())
        self._look = Look(self.now(), self.seconds())

    def check_clock(self) -> str:
        """The sentence of a clock that was set back since the last look; mostly empty."""
        before, self._look = self._look, Look(self.now(), self.seconds())
        went_back = check_between(self.ws, before, self._look)
        return set_back_words(self.ws, self.now()) if went_back else ""

    @property
    def is_over(self) -> bool:
        """Whether the window has ended while the session still runs."""
        return self.door.state is DoorState.OVER

    def veil(self) -> datetime | None:
        """Up to when mail is shown; None while new mail may be seen."""
        return veil_of(self.ws, self.door, self.now())

    def look(self) -> Turn:
        """See how the door stands now."""
        before = self.door
        self.door = doors.door_now(self.ws, self.now(), self.window)
        if self.door.is_open:
            if self.window is None:
                return Turn.OPENED
            self.window = self.door.window
        elif self.is_over:
            return Turn.OVER if before.state is not DoorState.OVER else Turn.NOTHING
        return Turn.NOTHING

    def begin(self) -> list[str]:
        """Start the session in the open window; words about what happened meanwhile."""
        self.window = self.door.window
        self.reading_only = False
        self.begun = self.now()
        self.usual = usual_pace_of(self.ws, self.begun)
        words = sessions.start_session(self.ws, self.now())
        junk = junk_words(len(known_in_junk(self.ws)))
        return [*words, junk] if junk else words

    def end(self) -> list[str]:
        """End it; the wrap-up."""
        self.window = None
        words = sessions.end_session(self.ws, self.now())
        self.door = doors.door_now(self.ws, self.now())
        return words

    def may(self, act: Act) -> bool:
        """Whether the door lets this through; without a session as if it were shut."""
        return allows(DoorState.CLOSED if self.window is None else self.door.state, act)

    def note_pace(self, minutes: float | None) -> None:
        """Take over today's pace; the usual one stands in while too little is done."""
        self.pace = self.usual if minutes is None else Pace(minutes)

    def rings(self) -> bool:
        """Whether the bell is due: once, five minutes before the end."""
        window, begun = self.window, self.begun
        if window is None or begun is None:
            return False
        due = bell_is_due(window, begun, self.rung_for, self.now())
        self.rung_for = window.end if due else self.rung_for
        return due

    def refusal(self, act: Act = Act.TRIAGE) -> str:
        """Why this has to wait, kindly."""
        opening = self.opening()
        if self.is_over:
            return f"The window is over. Finish what is in your hands; the rest waits: {opening}."
        if act is Act.SEE_NEW:
            return f"New mail comes in by itself and is shown when support opens, {opening}."
        return f"Support opens {opening}. Reading, notes and drafts are free until then."

    def opening(self) -> str:
        """When it opens next, in words."""
        return doors.opening_words(self.ws, self.door, self.now())
