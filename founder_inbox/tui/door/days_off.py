"""Taking days off, and coming back earlier: a question at the door or in the session."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from founder_inbox.app.hours import time_off
from founder_inbox.app.hours.time_off import Break
from founder_inbox.app.session.away import begin_break
from founder_inbox.app.workspace import Workspace
from founder_inbox.core.hours.days_off_words import parse_break

if TYPE_CHECKING:
    from founder_inbox.tui.main_screen import MainScreen

# Seconds that a warning stands: it is read when the prompt has gone.
_LONG = 20


def ask_for_days_off(screen: "MainScreen", look: Callable[[], None]) -> None:
    """Ask until when, or, while a break runs or is ahead, whether to end it; `look` after it."""
    ws, now = screen.desk.ws, screen.desk.now()
    taken = time_off.break_taken(ws, now)
    if taken is not None:
        _ask_to_come_back(screen, taken, look)
    else:
        _ask_until(screen, look)


def _ask_until(screen: "MainScreen", look: Callable[[], None], text: str = "") -> None:
    from founder_inbox.tui.widgets.prompts import TextPrompt

    prompt = TextPrompt(
        "Take days off",
        "Until when? friday, in 2 weeks, from 24 dec until 2 jan. "
        "Add with reply, and each sender gets one automatic reply; or without.",
        value=text,
        check=lambda text: _understood(screen, text),
        verb="take them",
    )
    screen.app.push_screen(prompt, lambda text: _take(screen, text, look))


def _understood(screen: "MainScreen", text: str) -> str:
    """What the words mean, before Enter. Raises BadInput."""
    ws, now = screen.desk.ws, screen.desk.now()
    asked = parse_break(text, now, ws.hours)
    days = time_off.check_days_off(ws, asked.first, asked.last, now)
    mate = ws.teammate if ws.config.break_.handoff_urgent else None
    urgent = f" Urgent mail goes to {mate.name}." if mate else ""
    answers = ws.config.break_.auto_reply if asked.auto_reply is None else asked.auto_reply
    reply = " Each sender gets one automatic reply." if answers else ""
    return f"Closed from {days.first:%a %d %b} through {days.last:%a %d %b %Y}.{urgent}{reply}"


def _take(screen: "MainScreen", text: str | None, look: Callable[[], None]) -> None:
    if text is None:
        return
    now = screen.desk.now()

    def take(ws: Workspace) -> str:
        return begin_break(ws, parse_break(text, now, ws.hours), now)

    def taken(trouble: str) -> None:
        look()
        if trouble:
            screen.app.notify(trouble, severity="warning", timeout=_LONG, markup=False)

    def refused(words: str) -> None:
        _ask_until(screen, look, text)
        screen.app.notify(words, severity="warning", timeout=_LONG, markup=False)

    screen.writer.submit(take, taken, refused)


def _ask_to_come_back(screen: "MainScreen", taken: Break, look: Callable[[], None]) -> None:
    from founder_inbox.tui.widgets.prompts import ConfirmPrompt

    now = screen.desk.now()

    def answered(yes: bool | None) -> None:
        if yes:
            screen.writer.submit(
                lambda ws: time_off.end_days_off(ws, now),
                lambda _none: look(),
                partial(screen.app.notify, markup=False),
            )

    words = f"Days off through {taken.days.last:%A %d %B}. End them, and open at the next window?"
    screen.app.push_screen(ConfirmPrompt("Come back earlier", words, no="stay away"), answered)
