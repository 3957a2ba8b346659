"""The application: theme, safety, timers. Screens do the rest."""

import asyncio
import logging
import os
import signal
import sys
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.app import App
from textual.binding import Binding, BindingType
from textual.events import Resize
from textual.filter import LineFilter, NoColor
from textual.screen import Screen
from textual.widgets import Static

from founder_inbox.app.syncing.first_import import is_told, take_arrival_words
from founder_inbox.app.workspace import Workspace
from founder_inbox.core.keymap import Keymap, resolve
from founder_inbox.store.settings import get_setting, set_setting
from founder_inbox.tui.door.door_watch import DoorWatch, Sync
from founder_inbox.tui.door.first_questions import OPEN_ANEW, FirstQuestions
from founder_inbox.tui.door.session import Session
from founder_inbox.tui.main_screen import MainScreen
from founder_inbox.tui.queue.desk import Desk
from founder_inbox.tui.queue.outage_line import OutageLine
from founder_inbox.tui.widgets import theme
from founder_inbox.tui.widgets.reader import Reader
from founder_inbox.tui.widgets.rebinding import composer_keys
from founder_inbox.tui.widgets.text import ControlFilter, line
from founder_inbox.tui.widgets.writer import Writer

if TYPE_CHECKING:
    from types import FrameType

    from founder_inbox.tui.door.door_screen import DoorScreen

POLL_SECONDS = 0.5
DOOR_SECONDS = 1.0
SMALLEST = (61, 16)
THEME = "theme"

_BARRIER = ControlFilter()

# A closed terminal and a shutdown: both are a way of leaving.
ENDINGS = (signal.SIGTERM, signal.SIGHUP)

log = logging.getLogger(__name__)


class TooSmall(Screen[None]):
    """One sentence, while the terminal has no room for more."""

    def compose(self) -> "Sequence[Static]":
        """Say it."""
        return [Static(line("A little more room, please: 61 × 16 or larger."), id="too-small")]


class InboxApp(App[int]):
    """The founder's hour. `now` gives the moment, `sync` looks after the syncing process."""

    CSS_PATH = "app.tcss"
    TITLE = "founder-inbox"
    ENABLE_COMMAND_PALETTE = False
    ESCAPE_TO_MINIMIZE = False
    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+q", "quit", show=False, priority=True)]

    def __init__(self, ws: Workspace, sync: Sync, now: Callable[[], datetime]) -> None:
        super().__init__()
        self.animation_level = "none"
        self.ws = ws
        self.now = now
        self.keymap: Keymap = resolve(ws.config.keys)
        self.writer = Writer(ws, self._deliver)
        self.desk = Desk(ws, now)
        self.session = Session(ws, now)
        self.desk.hang(self.session.veil())
        self.main = MainScreen(self.desk, self.session, self.writer, self.keymap)
        self.main.reader = Reader(ws, self._deliver)
        self.watch_door = DoorWatch(self.main, sync)
        self.main.door_watch = self.watch_door
        self.first_questions = FirstQuestions(self.main, ws, partial(self.leave, OPEN_ANEW))
        self.last_words = ""
        self._minute = ""
        self._use_theme()

    async def on_mount(self) -> None:
        """Show the main screen, or the door, and begin to look around."""
        self.theme_changed_signal.subscribe(self, self._keep_theme)
        if not self.is_headless:
            self._obey_endings()
            self.call_after_refresh(_calm_the_collector)
        self.set_keymap(composer_keys(self.keymap))
        self.desk.changed()
        await self.push_screen(self.main)
        self.watch_door.begin()
        self.set_interval(POLL_SECONDS, self.poll)
        self.set_interval(DOOR_SECONDS, self.watch_door.look)

    def poll(self) -> None:
        """Read anew when another process or thread has written, or when ages have changed."""
        if not self.is_headless and not os.isatty(sys.__stdin__.fileno()):  # type: ignore[union-attr] # the app has one
            self._end_without_terminal()
        if not self.main.stands:
            return
        if self.desk.changed():
            self.main.reread()
            self.main.departures.look()
            self._tell_of_import()
        elif self.desk.awaits(self.now()):
            self.main.reread()
        self.first_questions.look()
        minute = f"{self.now():%H:%M}"
        if minute != self._minute:
            self._minute = minute
            self.main.queue.tick()
            if self.main.query_one(OutageLine).display:
                self.main.reread()

    def _tell_of_import(self) -> None:
        """When the first import is over: how many tickets arrived closed, once."""
        if self.main.read_only or is_told(self.ws):
            return

        def tell(words: str) -> None:
            if words:
                self.main.say(words)

        self.writer.submit(take_arrival_words, tell, partial(self.main.say, trouble=True))

    def on_resize(self, event: Resize) -> None:
        """Say so kindly when there is no room, and come back when there is."""
        small = event.size.width < SMALLEST[0] or event.size.height < SMALLEST[1]
        shown = isinstance(self.screen, TooSmall)
        if small and not shown:
            self.push_screen(TooSmall())
        elif shown and not small:
            self.pop_screen()

    def on_door_screen_read_requested(self, _: "DoorScreen.ReadRequested") -> None:
        """Read what is synced."""
        self.watch_door.read()

    def on_door_screen_open_early_requested(self, _: "DoorScreen.OpenEarlyRequested") -> None:
        """Ask how long, and why."""
        self.watch_door.ask_to_open_early()

    def on_door_screen_days_off_requested(self, _: "DoorScreen.DaysOffRequested") -> None:
        """Ask until when, or whether to come back."""
        self.watch_door.ask_for_days_off()

    def on_door_screen_leave_requested(self, _: "DoorScreen.LeaveRequested") -> None:
        """Leave."""
        self.exit(0)

    async def action_quit(self) -> None:
        """Leave; the draft is kept."""
        self.leave(0)

    def leave(self, code: int) -> None:
        """End with this exit code; the draft is kept."""
        self.main.replying.keep_open_draft()
        self.exit(code)

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Put the last barrier behind Textual's own filters."""
        own = (NoColor(), _BARRIER) if self.no_color else (_BARRIER,)
        return [*super().get_line_filters(), *own]

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Colours of ours that Textual's own themes lack."""
        return theme.PLAIN

    def end(self) -> None:
        """End the threads and processes."""
        self.watch_door.sync.stop()
        self.main.reader.cancel()
        self.writer.close()
        self.main.replying.proofreading.end()

    def _deliver(self, outcome: Callable[[], None]) -> None:
        """Run something on the screen's thread; safe to call from any."""
        loop = self._loop
        if loop is not None and not loop.is_closed():
            loop.call_soon_threadsafe(partial(self.call_later, outcome))

    def _obey_endings(self) -> None:
        """Take SIGTERM and SIGHUP as a wish to leave, so that terminal and draft are safe."""
        loop = asyncio.get_running_loop()
        for ending in ENDINGS:
            loop.add_signal_handler(ending, self.leave, 128 + ending)
        self._go_on_once(loop)

    def _go_on_once(self, loop: asyncio.AbstractEventLoop) -> None:
        """After SIGSTOP, of which nobody hears, the screen still stands: it is only drawn anew.

        Textual would begin it a second time, and then neither end nor give the terminal back.
        """
        usual = signal.getsignal(signal.SIGCONT)
        if not callable(usual):
            return

        def go_on(number: int, frame: "FrameType | None") -> None:
            if getattr(self._driver, "_must_signal_resume", True):
                usual(number, frame)
            else:
                loop.call_soon_threadsafe(partial(self.refresh, layout=True))

        signal.signal(signal.SIGCONT, go_on)

    def _end_without_terminal(self) -> None:
        """The terminal is gone and nobody said so: keep the draft and leave nothing running."""
        self.main.replying.keep_open_draft()
        self.end()
        # There is nothing to restore, and Textual would wait for the terminal to take its words.
        os._exit(128 + signal.SIGHUP)

    def _use_theme(self) -> None:
        self.register_theme(theme.DARK)
        self.register_theme(theme.LIGHT)
        self.register_theme(theme.CONTRAST)
        self.theme = theme.first_theme(get_setting(self.ws.store, THEME), os.environ)

    def _keep_theme(self, chosen: object) -> None:
        name = getattr(chosen, "name", "")
        if not os.environ.get("NO_COLOR"):
            self.writer.submit(lambda ws: _save(ws, name), lambda _: None, log.warning)

    def _handle_exception(self, error: Exception) -> None:
        """Textual would print local variables, that is mail; the log has the way there instead."""
        self._return_code = 1
        if self._exception is None:
            self._exception = error
            self._exception_event.set()
        log.error("the screen stopped: %s\n%s", type(error).__name__, way_to(error))
        path = self.ws.paths.log
        self.last_words = (
            "Something went wrong in here, and the screen had to close. Your mail and drafts are "
            f"safe. What happened, without any mail, is in {path}"
        )
        self._close_messages_no_wait()


def way_to(error: BaseException) -> str:
    """File, line and function of each call on the way to an error; no values, no message."""
    import traceback

    frames = traceback.extract_tb(error.__traceback__)
    return "\n".join(f"  {frame.filename}:{frame.lineno} {frame.name}" for frame in frames)


def _save(ws: Workspace, name: str) -> None:
    with ws.store.write():
        set_setting(ws.store, THEME, name)


def _calm_the_collector() -> None:
    """A full collection takes as long as a key may; what is there after the start stays there."""
    import gc

    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)
