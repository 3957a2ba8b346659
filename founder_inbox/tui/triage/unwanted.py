"""Deleting and spam: at once for one ticket, asked first where there is more to it."""

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding
from textual.widgets import Static

from founder_inbox.app.queue import unwanted
from founder_inbox.core.hours.time_words import counted
from founder_inbox.tui.triage.decisions import decide
from founder_inbox.tui.widgets.dialog import Dialog, Hint
from founder_inbox.tui.widgets.prompts import ConfirmPrompt
from founder_inbox.tui.widgets.text import paragraph

if TYPE_CHECKING:
    from founder_inbox.core.tickets.entry import Ticket
    from founder_inbox.tui.main_screen import MainScreen


class SpamPrompt(Dialog[bool | None]):
    """Asks whether the sender is blocked too: True, False, or None for neither."""

    heading = "Spam"
    BINDINGS: ClassVar = [
        Binding("enter,exclamation_mark", "take", "Spam"),
        Binding("b", "block", "Spam and block"),
    ]

    def __init__(self, tickets: "list[Ticket]") -> None:
        super().__init__()
        self._tickets = tickets

    def body(self) -> ComposeResult:
        """Say what happens."""
        one = self._tickets[0] if len(self._tickets) == 1 else None
        what = f"“{one.state.subject}”" if one else counted(len(self._tickets), "ticket")
        who = one.state.customer.address if one else "their senders"
        yield Static(paragraph(f"{what}: into Junk, here and on the server."))
        yield Static(
            paragraph(f"Blocked, {who} can go on writing: it arrives closed, among machine mail."),
            classes="muted",
        )

    def hints(self) -> tuple[Hint, ...]:
        """Return the keys."""
        return (
            ("enter", "spam", "screen.take"),
            ("b", "spam and block", "screen.block"),
            ("esc", "back", "screen.leave"),
        )

    def action_take(self) -> None:
        """Spam, and nothing more."""
        self.dismiss(False)

    def action_block(self) -> None:
        """Spam, and no ticket of theirs any more."""
        self.dismiss(True)


def delete(screen: "MainScreen") -> None:
    """Delete the ticket, or after a question all selected ones."""
    tickets = screen.targets()
    if len(tickets) < 2:
        _delete(screen)
        return

    def answered(yes: bool | None) -> None:
        if yes:
            _delete(screen)

    words = f"{counted(len(tickets), 'ticket')} into Trash, here and on the server."
    screen.app.push_screen(ConfirmPrompt("Delete", words, yes="delete", no="back"), answered)


def _delete(screen: "MainScreen") -> None:
    now = screen.desk.now()
    decide(screen, lambda ws, tickets: unwanted.delete(ws, tickets, now), "Deleted", leaves=True)


def spam(screen: "MainScreen") -> None:
    """Ask whether to block, and mark as spam."""
    tickets = screen.targets()
    if tickets:
        screen.app.push_screen(SpamPrompt(tickets), partial(_mark, screen))


def _mark(screen: "MainScreen", block: bool | None) -> None:
    if block is None:
        return
    now = screen.desk.now()
    decide(
        screen,
        lambda ws, tickets: unwanted.mark_spam(ws, tickets, now, block=block),
        "Spam, and blocked" if block else "Spam",
        leaves=True,
    )
