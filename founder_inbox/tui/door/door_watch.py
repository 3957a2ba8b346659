"""What happens on the screens when the door opens, when a window ends, and at the door itself."""

from functools import partial
from typing import TYPE_CHECKING, Protocol

from founder_inbox.app.hours import door as doors
from founder_inbox.app.hours.fire import fire_words
from founder_inbox.app.hours.set_back import check_against_records, set_back_words
from founder_inbox.app.session import sessions
from founder_inbox.app.session.burnout import read_burnout
from founder_inbox.core.acts import Act
from founder_inbox.core.hours.burnout import headline
from founder_inbox.core.hours.time_words import counted
from founder_inbox.core.model import Lane
from founder_inbox.tui.door.rest_watch import RestWatch
from founder_inbox.tui.door.session import Turn
from founder_inbox.tui.triage import quick_fixes
from founder_inbox.tui.triage.quick_fixes import FixWatch

if TYPE_CHECKING:
    from founder_inbox.tui.door.door_screen import DoorScreen, DoorView
    from founder_inbox.tui.main_screen import MainScreen


class Sync(Protocol):
    """The syncing process: `app.sync_process.SyncProcess`, or nothing in tests."""

    def ensure(self) -> None:
        """Start it, or start it again."""

    def nudge(self) -> None:
        """Ask for a round now."""

    def stop(self) -> None:
        """End it."""


class DoorWatch:
    """Looks at the door every second and moves the screens accordingly."""

    def __init__(self, screen: "MainScreen", sync: Sync) -> None:
        self._screen = screen
        self.sync = sync
        self._door: DoorScreen | None = None
        self._wrapping = False
        self._rest = RestWatch(screen, self._rested)
        self._fix = FixWatch(screen)
        self._fixes_next = False

    def begin(self) -> None:
        """The first look: into the session, or to the door."""
        check_against_records(self._screen.session.ws, self._screen.desk.now())
        if self._screen.session.door.is_open:
            self._open()
        else:
            self.sync.ensure()
            self.to_the_door()

    def look(self) -> None:
        """Look at the door; nothing is drawn when nothing has changed."""
        screen = self._screen
        if not screen.stands:
            return
        set_back = screen.session.check_clock()
        turn = screen.session.look()
        self.sync.ensure()
        if turn is Turn.OPENED:
            self._open()
        elif turn is Turn.OVER:
            self._over()
        else:
            self.finished()
        self._offer_ideas()
        self._fix.look()
        if screen.session.rings():
            self._ring()
        if set_back:
            screen.say(set_back, trouble=True)
        screen.show_header()

    def _offer_ideas(self) -> None:
        """In the last ten minutes ideas leave the queue, after the session they are back."""
        screen = self._screen
        session, desk = screen.session, screen.desk
        offered = session.window is None or session.may(Act.OFFER_IDEAS)
        if offered == desk.ideas:
            return
        desk.ideas = offered
        if not offered and not session.is_over and desk.counts.lanes[Lane.FEATURE]:
            screen.say("The window is nearly over: ideas wait for the next one.")
        screen.reread()

    def finished(self) -> None:
        """What was in hand is done: when the window is over, the door closes now."""
        if self._screen.session.is_over and not self._in_hand():
            self.wrap_up()

    def to_the_door(self) -> None:
        """Stand at the door."""
        from founder_inbox.tui.door.door_screen import DoorScreen

        if self._door is None:
            self._door = DoorScreen(self._view)
            self._screen.app.push_screen(self._door)

    def read(self) -> None:
        """Read what is synced, without a session."""
        self._leave_door()
        self._screen.reread()
        self._screen.show_keys()

    def ask_to_open_early(self) -> None:
        """Ask how long and why, and open."""
        from founder_inbox.tui.door.override_form import OverrideForm

        session = self._screen.session
        enforcement = self._screen.desk.ws.config.hours.enforcement
        form = OverrideForm(enforcement, session.opening())
        self._screen.app.push_screen(form, self._open_early)

    def ask_for_days_off(self) -> None:
        """Ask until when, or whether to come back; then look at the door again."""
        from founder_inbox.tui.door.days_off import ask_for_days_off

        ask_for_days_off(self._screen, self._after_days_off)

    def _after_days_off(self) -> None:
        self.look()
        if self._door is not None:
            self._door.refresh_words()

    def wrap_up(self) -> None:
        """End the session: the wrap-up, then the door."""
        from founder_inbox.tui.door.wrap_up import WrapUp

        screen = self._screen
        if self._wrapping or screen.session.window is None:
            return
        self._wrapping = True
        screen.replying.keep_open_draft()
        sentences = screen.session.end()
        screen.show_header()
        fix = self._begin_fix if quick_fixes.waits(screen) else None
        screen.app.push_screen(WrapUp(sentences, fix=fix), self._wrapped_up)

    def _begin_fix(self) -> None:
        self._fixes_next = True

    def _wrapped_up(self, mood: int | None) -> None:
        screen, now = self._screen, self._screen.desk.now()
        self._wrapping = False
        if mood is not None:
            screen.writer.submit(
                lambda ws: sessions.note_mood(ws, mood, now),
                lambda _none: None,
                partial(screen.say, trouble=True),
            )
        if screen.reading and not screen.writing:
            screen.leave_ticket()
        fixes, self._fixes_next = self._fixes_next, False
        if fixes:
            quick_fixes.begin_first(screen)
        else:
            self.to_the_door()

    def _rested(self) -> None:
        """The question at red is answered: into the session, or to the door."""
        self.look()
        if self._screen.session.window is None:
            self.to_the_door()

    def _open(self) -> None:
        screen = self._screen
        if self._rest.stands_in_the_way():
            return
        screen.desk.hang(None)
        words = screen.session.begin()
        self._leave_door()
        self.sync.ensure()
        self.sync.nudge()
        screen.reread(then=self._to_the_first)
        screen.show_keys()
        if words:
            screen.say(" ".join(words))

    def _to_the_first(self) -> None:
        """With a split backlog begin at its top, wherever the ticket went that was there before."""
        screen = self._screen
        if screen.desk.later and not screen.reading:
            screen.queue.move_to(0)

    def _ring(self) -> None:
        """Five minutes: one sound, one quiet line."""
        screen = self._screen
        if screen.desk.ws.config.hours.bell:
            screen.app.bell()
        screen.say("Five minutes left. What is begun may be finished in peace.")

    def _over(self) -> None:
        """The window has ended: the draft is safe, what is in hand may be finished."""
        screen = self._screen
        screen.desk.hang(screen.session.veil())
        screen.replying.keep_open_draft()
        if self._in_hand():
            screen.say("The window is over. Finish this one in peace; then the door closes.")
        else:
            self.wrap_up()

    def _in_hand(self) -> bool:
        """Whether a ticket is open, a reply being written, or a question on the screen."""
        screen = self._screen
        return screen.writing or screen.reading or len(screen.app.screen_stack) > _AT_REST

    def _open_early(self, asked: tuple[int, str] | None) -> None:
        if asked is None:
            return
        screen, now = self._screen, self._screen.desk.now()
        minutes, reason = asked
        screen.writer.submit(
            lambda ws: doors.open_early(ws, minutes, reason, now),
            lambda _override: self.look(),
            partial(screen.app.notify, markup=False),
        )

    def _leave_door(self) -> None:
        if self._door is not None:
            door, self._door = self._door, None
            if door.is_attached:
                door.dismiss()

    def _view(self) -> "DoorView":
        from founder_inbox.tui.door.door_screen import DoorView

        screen = self._screen
        ws, now = screen.desk.ws, screen.desk.now()
        reading = read_burnout(ws, now)
        notes = (_outbox_note(screen), set_back_words(ws, now))
        return DoorView(
            screen.session.door.state,
            screen.session.opening(),
            headline(reading, advise=False),
            reading.level,
            " · ".join(note for note in notes if note),
            self._fire(),
        )

    def _fire(self) -> str:
        """The one line that may come through a shut door."""
        session = self._screen.session
        words = fire_words(session.ws, session.door, session.now())
        strict = session.ws.config.hours.enforcement == "strict"
        return f"{words} o opens early." if words and not strict else words


# The default screen and the main screen.
_AT_REST = 2


def _outbox_note(screen: "MainScreen") -> str:
    from founder_inbox.app.sending.outbox import list_outbox

    count = len(list_outbox(screen.desk.ws.store))
    return f"{counted(count, 'reply', 'replies')} waiting to leave then" if count else ""
