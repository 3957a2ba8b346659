"""What is to be passed on: the whole ticket, or the mail that is read."""

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.widgets import Static

from founder_inbox.core.tickets.entry import Entry
from founder_inbox.tui.widgets.dialog import Dialog, Hint
from founder_inbox.tui.widgets.text import line

if TYPE_CHECKING:
    from founder_inbox.tui.main_screen import MainScreen


def ask_what(screen: "MainScreen", then: Callable[[int | None], None]) -> None:
    """Call `then` with the row of the mail in sight, or None for the whole ticket.

    It is only asked in an open ticket of several mails.
    """
    mails = screen.talk.mails_here() if screen.reading else []
    if len(mails) < 2:
        then(None)
        return
    here = mails[0]

    def chosen(whole: bool | None) -> None:
        if whole is not None:
            then(None if whole else here.message)

    screen.app.push_screen(ForwardPrompt(here, len(mails)), chosen)


class ForwardPrompt(Dialog[bool | None]):
    """True: the whole ticket; False: that mail alone; None: neither."""

    BINDINGS: ClassVar = [
        ("enter,w", "take(True)", "The whole ticket"),
        ("m", "take(False)", "This mail"),
        ("q", "leave", "Back"),
    ]
    heading = "Forward what?"

    def __init__(self, here: Entry, mails: int) -> None:
        super().__init__()
        self._here = here
        self._mails = mails

    def body(self) -> ComposeResult:
        """Say what there is."""
        sender = self._here.sender
        yield Static(line(f"The whole ticket: {self._mails} mails, without your notes."))
        yield Static(line(f"Or the mail you read: {sender.name or sender.address}."))

    def hints(self) -> tuple[Hint, ...]:
        """Return the keys."""
        return (
            ("enter", "whole ticket", "screen.take(True)"),
            ("m", "this mail", "screen.take(False)"),
            ("esc", "back", "screen.leave"),
        )

    def action_take(self, whole: bool) -> None:
        """Take one of both."""
        self.dismiss(whole)
