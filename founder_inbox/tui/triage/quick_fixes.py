"""The quick fix on the screens: one key flags, starts, finishes; one question when time is up."""

from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from textual.widgets import Input

from founder_inbox.app.queue import quick_fix
from founder_inbox.app.queue.quick_fix import Finished
from founder_inbox.app.workspace import Workspace
from founder_inbox.core.letters.letter import elapsed
from founder_inbox.core.tickets.entry import RunningFix, Ticket
from founder_inbox.core.tickets.quick_fix import parse_minutes
from founder_inbox.tui.queue.desk import Place
from founder_inbox.tui.triage import decisions
from founder_inbox.tui.triage.ready_replies import begin_with

if TYPE_CHECKING:
    from founder_inbox.tui.main_screen import MainScreen

# The default screen and the main screen.
_AT_REST = 2


def press(screen: "MainScreen") -> None:
    """Flag; on a flagged ticket start the clock; while it runs finish, and tell the customer."""
    tickets = screen.targets()
    if len(tickets) != 1 or not tickets[0].state.quick_fix:
        _flag(screen, tickets)
    elif tickets[0].state.fix_clock.started_at is None:
        _start(screen, tickets[0])
    else:
        _finish(screen, tickets[0])


def _flag(screen: "MainScreen", tickets: list[Ticket]) -> None:
    if not tickets:
        screen.say("There is no ticket here.", trouble=True)
        return
    view = screen.desk.view(tickets[0]) if len(tickets) == 1 else None
    minutes = view.fix_hint.minutes if view and view.fix_hint else None
    _flag_with(screen, tickets, minutes, minutes or quick_fix.usual_minutes(screen.desk.ws))


def _flag_with(
    screen: "MainScreen", tickets: list[Ticket], minutes: int | None, about: int
) -> None:
    """Flag, and say what the keys do next; `about` is the estimate that is shown."""
    now, key = screen.desk.now(), screen.keymap.first_key
    screen.queue.selected.clear()
    screen.queue.tick()
    said = (
        f"Quick fix, about {about} min · {key('quick_fix')} starts the clock · "
        f"{key('fix_minutes')} another estimate · {key('undo')} takes it back"
    )
    decisions.write(
        screen,
        lambda ws: quick_fix.flag(ws, tickets, now, minutes),
        lambda _: decisions.changed(screen, said, None),
    )


def estimate(screen: "MainScreen") -> None:
    """Ask how long it will take; what is not flagged yet is flagged with that."""
    from founder_inbox.tui.widgets.prompts import TextPrompt

    tickets = screen.targets()
    if not tickets:
        screen.say("There is no ticket here.", trouble=True)
        return
    first = tickets[0].state.fix_clock.minutes or quick_fix.usual_minutes(screen.desk.ws)

    def answered(text: str | None) -> None:
        if text:
            minutes = parse_minutes(text)
            _flag_with(screen, tickets, minutes, minutes)

    prompt = TextPrompt(
        "How long will it take?",
        "15 · 25 min · 1 h. What takes much longer is no quick fix.",
        value=str(first),
        check=lambda text: f"{parse_minutes(text)} min",
        verb="quick fix",
    )
    screen.app.push_screen(prompt, answered)


def show_all(screen: "MainScreen") -> None:
    """List the flagged ones, and say how long fixes take from asked to live."""
    from founder_inbox.tui.triage import moves

    now = screen.desk.now()
    moves.go_to(screen, Place.QUICK_FIXES)
    words = quick_fix.figures_words(quick_fix.figures(screen.desk.ws, now))
    if words:
        screen.say(words)


def _start(screen: "MainScreen", ticket: Ticket) -> None:
    now, key = screen.desk.now(), screen.keymap.first_key("quick_fix")
    said = f"The clock runs. {key} again when it is live."
    decisions.write(
        screen,
        lambda ws: quick_fix.start(ws, ticket, now),
        lambda _: decisions.changed(screen, said, None),
    )


def _finish(screen: "MainScreen", ticket: Ticket) -> None:
    now = screen.desk.now()

    def live(done: Finished) -> None:
        screen.reread(ticket.key, lambda: tell(done))

    def tell(done: Finished) -> None:
        def times(language: str) -> dict[str, str]:
            return {
                "elapsed": elapsed(done.asked, language),
                "worked": elapsed(done.worked, language),
            }

        if bring_up(screen, ticket.key):
            begin_with(screen, "quickfix", times)

    screen.writer.submit(
        lambda ws: quick_fix.finish(ws, ticket, now), live, partial(decisions.failed, screen)
    )


def waits(screen: "MainScreen") -> bool:
    """Whether a quick fix is open."""
    return bool(quick_fix.open_fixes(screen.desk.ws.store))


def begin_first(screen: "MainScreen") -> None:
    """Start the clock of the one that runs already, else of the longest waiting, and show it."""
    from founder_inbox.tui.triage import moves

    fixes = quick_fix.open_fixes(screen.desk.ws.store)
    running = [ticket for ticket in fixes if ticket.state.fix_clock.started_at]
    moves.go_to(screen, Place.QUICK_FIXES)
    for ticket in (running or fixes)[:1]:
        bring_up(screen, ticket.key)
        if not running:
            _start(screen, ticket)


def unflag(screen: "MainScreen") -> None:
    """Take the flag off."""
    now = screen.desk.now()
    if not all(ticket.state.quick_fix for ticket in screen.targets()):
        screen.say("This is not flagged as a quick fix.", trouble=True)
        return
    decisions.decide(
        screen,
        lambda ws, tickets: quick_fix.unflag(ws, tickets, now),
        "No quick fix any more",
        leaves=False,
    )


def bring_up(screen: "MainScreen", key: int) -> bool:
    """Put the cursor on a ticket, in the list of quick fixes if it is not in this one."""
    from founder_inbox.tui.triage import moves

    index = screen.desk.index_of(key)
    if index is None:
        moves.go_to(screen, Place.ALL)
        index = screen.desk.index_of(key)
    if index is None:
        return False
    screen.queue.move_to(index)
    return True


class FixWatch:
    """Looks at the clock; when the time is up it asks once, and never into somebody's typing."""

    def __init__(self, screen: "MainScreen") -> None:
        self._screen = screen
        self._asked: tuple[int, datetime | None] | None = None

    def look(self) -> None:
        """Every second."""
        screen = self._screen
        fix = screen.desk.counts.fix
        if fix is None or not fix.is_over(screen.desk.now()):
            return
        run = (fix.key, fix.clock.started_at)
        if run != self._asked and self._may_ask():
            self._asked = run
            self._ask(fix)

    def _may_ask(self) -> bool:
        screen = self._screen
        typing = screen.writing or isinstance(screen.focused, Input)
        return not typing and len(screen.app.screen_stack) == _AT_REST

    def _ask(self, fix: RunningFix) -> None:
        from founder_inbox.tui.widgets.prompts import ConfirmPrompt

        minutes = int(fix.limit.total_seconds() // 60)
        words = (
            f"{minutes} minutes on “{fix.subject}”. "
            "Park it, and tell them by when? Going on is fine, too; nobody asks again."
        )
        prompt = ConfirmPrompt(
            "Park it with a promise?", words, yes="park it", no="go on", by_letter=True
        )
        self._screen.app.push_screen(prompt, partial(self._answered, fix))

    def _answered(self, fix: RunningFix, park: bool | None) -> None:
        if not park:
            return
        screen, now = self._screen, self._screen.desk.now()

        def work(ws: Workspace) -> None:
            for ticket in quick_fix.open_fixes(ws.store):
                if ticket.key == fix.key and ticket.state.fix_clock.started_at:
                    quick_fix.put_aside(ws, ticket, now)

        def promise() -> None:
            if bring_up(screen, fix.key):
                begin_with(screen, "quickfix-later", lambda _language: {})

        screen.writer.submit(
            work,
            lambda _none: screen.reread(fix.key, promise),
            partial(decisions.failed, screen),
        )
