"""A tiny app that shows one dialog or widget and notes what comes out of it."""

import asyncio
import re
from collections.abc import Callable
from typing import Any

from textual import events
from textual.app import App, ComposeResult
from textual.screen import Screen
from textual.widget import Widget

from founder_inbox.core.letters.files import DraftFile
from founder_inbox.core.model import Address

SIZES = [(80, 24), (120, 40)]
# Markup, escape sequences, direction marks, tags: what a stranger may put anywhere.
HOSTILE = (
    "[/x]",
    "[@click=app.quit]press me[/]",
    "[EXT] hello \\[",
    "\x1b]52;c;ZXZpbA==\x07 \x1b[2J \x9b31m",
    "\u202egnp.exe\u202c \u2066x\u2069 \u200b\u00ad",
    "{{ x }} $name e" + "\u0301" * 50 + " \U000e0041",
)
CONTROLS = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")


class Stage(App[None]):
    """Shows `widget`, or `screen` on top; `results` are what the screen was dismissed with."""

    animation_level = "none"

    def __init__(self, screen: Screen[Any] | None = None, widget: Widget | None = None) -> None:
        super().__init__()
        self.shown = screen
        self.widget = widget
        self.results: list[object] = []

    def compose(self) -> ComposeResult:
        if self.widget is not None:
            yield self.widget

    async def on_mount(self) -> None:
        if self.shown is not None:
            await self.push_screen(self.shown, self.results.append)

    @property
    def text(self) -> str:
        """The screen as text."""
        strips = self.screen._compositor.render_strips()
        return "\n".join("".join(s.text for s in strip).rstrip() for strip in strips) + "\n"

    def paste(self, text: str) -> None:
        """What the terminal does when the founder pastes."""
        assert self.focused is not None
        self.focused.post_message(events.Paste(text))


class Heard:
    """Messages of one kind, as they come; `next` waits for one."""

    def __init__(self) -> None:
        self.bodies: list[str] = []
        self._queue: asyncio.Queue[str] = asyncio.Queue()

    def note(self, body: str) -> None:
        self.bodies.append(body)
        self._queue.put_nowait(body)

    async def next(self) -> str:
        return await asyncio.wait_for(self._queue.get(), 10)


class Mail:
    """A letter as `app.reply` describes it."""

    def __init__(
        self,
        body: str = "Hi Ana,\n\nit is fixed.\n\nTom",
        *,
        name: str = "Ana Ruiz",
        subject: str = "Re: Charged twice",
        cc: tuple[Address, ...] = (),
        quoted: str = "",
        problems: tuple[str, ...] = (),
        caution: str = "",
        files: tuple[DraftFile, ...] = (),
        reminder: str = "",
    ) -> None:
        self.sender = Address("Tom from Acme", "support@acme.test")
        self.to = (Address(name, "ana@ruiz.test"),)
        self.cc = cc
        self.subject = subject
        self.body = body
        self.quoted = quoted
        self.hold = "goes out in 10 seconds; z takes it back"
        self.problems = problems
        self.caution = caution
        self.files = files
        self.reminder = reminder


def refuse(error: Exception) -> Callable[[str], str]:
    """A check that refuses everything."""

    def check(_text: str) -> str:
        raise error

    return check
