"""Noting what was given, with the month's sum while it is typed."""

from functools import partial
from typing import TYPE_CHECKING

from founder_inbox.app.queue import goodwill
from founder_inbox.tui.triage import decisions
from founder_inbox.tui.triage.customer_card import CustomerCard
from founder_inbox.tui.widgets.prompts import TextPrompt

if TYPE_CHECKING:
    from founder_inbox.tui.main_screen import MainScreen

_HINT = "For example: 20 EUR credit, the export was lost. Or discount, or refund. No money moves."


def ask_for_gift(screen: "MainScreen") -> None:
    """Ask how much, what and why; the ticket and the customer's card remember it."""
    ticket = screen.current
    if ticket is None:
        screen.say("There is no ticket here.", trouble=True)
        return
    desk = screen.desk

    def noted(words: object) -> None:
        screen.query_one(CustomerCard).forget()
        decisions.changed(screen, str(words), None)
        screen.show_ticket()

    def answered(text: str | None) -> None:
        if text:
            asked, now = goodwill.read_asked(desk.ws, text), desk.now()
            decisions.write(screen, lambda ws: goodwill.give(ws, ticket, asked, now), noted)

    check = partial(goodwill.understood, desk.ws, now=desk.now())
    screen.app.push_screen(TextPrompt("Goodwill", _HINT, check=check), answered)
