"""Words into the clipboard, through the terminal (OSC 52), so that it works over SSH too."""

from typing import TYPE_CHECKING

from founder_inbox.core.display import safe_line, safe_text
from founder_inbox.core.hours.time_words import counted

if TYPE_CHECKING:
    from founder_inbox.tui.main_screen import MainScreen

MOST = 50_000
"""Letters; many terminals drop a longer sequence without a word."""


def copy_mail(screen: "MainScreen") -> None:
    """Copy what the mail in sight says, without what it quotes."""
    mails = screen.talk.mails_here()
    text = safe_text(mails[0].new_text.strip(), MOST + 1) if mails else ""
    if not text:
        screen.say("There are no words here to copy.", trouble=True)
        return
    screen.app.copy_to_clipboard(text[:MOST])
    cut = f", the first {MOST:,} letters" if len(text) > MOST else ""
    screen.say(f"Copied {counted(len(text[:MOST].splitlines()), 'line')}{cut}.")


def copy_address(screen: "MainScreen") -> None:
    """Copy the address of the ticket's customer."""
    ticket = screen.current
    _copy(screen, ticket.state.customer.address if ticket else "")


def copy_id(screen: "MainScreen") -> None:
    """Copy the ticket's id."""
    ticket = screen.current
    _copy(screen, f"#{ticket.id}" if ticket else "")


def _copy(screen: "MainScreen", text: str) -> None:
    words = safe_line(text)
    if not words:
        screen.say("There is nothing here to copy.", trouble=True)
        return
    screen.app.copy_to_clipboard(words)
    screen.say(f"Copied {words}")
