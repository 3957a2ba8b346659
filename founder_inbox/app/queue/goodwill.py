"""Giving a credit, discount or refund, and the ledger of what was given."""

from datetime import datetime
from decimal import Decimal

from founder_inbox.app.queue.triage import record_act
from founder_inbox.app.workspace import Workspace
from founder_inbox.core.tickets import goodwill
from founder_inbox.core.tickets.entry import Ticket
from founder_inbox.core.tickets.goodwill import Asked, Gift
from founder_inbox.core.tickets.journal import EventKind
from founder_inbox.store.events import goodwill_events


def read_asked(ws: Workspace, text: str) -> Asked:
    """What was typed, in the configured currency unless another is named. Raises BadInput."""
    return goodwill.parse_gift(text, ws.config.goodwill.currency)


def give(ws: Workspace, ticket: Ticket, asked: Asked, now: datetime) -> str:
    """Write it into the ledger; returns what was done, with a word if the cap is passed.

    No money moves by this: it keeps in mind what you do elsewhere.
    """
    record_act(ws, ticket, EventKind.GOODWILL, goodwill.gift_data(asked), now)
    warning = cap_words(ws, asked.currency, now)
    return f"Noted: {goodwill.gift_words(asked)}." + (f" {warning}" if warning else "")


def ledger(ws: Workspace) -> list[Gift]:
    """Everything given that counts, the oldest first."""
    return goodwill.gifts_in(goodwill_events(ws.store))


def cap_words(ws: Workspace, currency: str, now: datetime) -> str:
    """A sentence when this month's sum is over the cap; the cap is in its own currency."""
    section = ws.config.goodwill
    if currency != section.currency:
        return ""
    given = goodwill.given_in_month(ledger(ws), currency, now, ws.hours.zone)
    return goodwill.cap_words(given, Decimal(str(section.month_cap)), currency)


def understood(ws: Workspace, text: str, now: datetime) -> str:
    """What would be written down, while it is typed: with the month's sum and the cap's word."""
    asked = read_asked(ws, text)
    section, given = ws.config.goodwill, Decimal()
    given = goodwill.given_in_month(ledger(ws), asked.currency, now, ws.hours.zone) + asked.amount
    words = f"{goodwill.gift_words(asked)}; {goodwill.money(given, asked.currency)} this month"
    if asked.currency != section.currency:
        return words
    warning = goodwill.cap_words(given, Decimal(str(section.month_cap)), asked.currency)
    return f"{words}. {warning}" if warning else words
