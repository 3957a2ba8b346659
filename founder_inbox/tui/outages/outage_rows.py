"""The words and rows of the outage screen."""

from collections.abc import Sequence
from datetime import datetime, tzinfo

from textual.content import Content

from founder_inbox.app.outages.outage import Board
from founder_inbox.app.outages.outage_mails import MISSING, UNMADE, Told
from founder_inbox.core.display import SafeLine, safe_line
from founder_inbox.core.hours.fire import number_words
from founder_inbox.core.hours.time_words import counted
from founder_inbox.core.tickets.entry import Ticket
from founder_inbox.core.tickets.outbox import OutboxState
from founder_inbox.tui.widgets.text import content

_NAMES = {"en": "English", "de": "German", "es": "Spanish", "fr": "French"}
_STATES = {
    OutboxState.HELD.value: "on its way",
    OutboxState.QUEUED.value: "on its way",
    OutboxState.SENDING.value: "leaving now",
    OutboxState.SENT.value: "told",
    OutboxState.FAILED.value: "refused",
    OutboxState.UNCERTAIN.value: "uncertain; look into Sent, then g o",
    UNMADE: "not written",
    MISSING: "not told yet; g writes to them",
}


def head_words(board: Board, now: datetime, zone: tzinfo) -> str:
    """How it stands, in a sentence."""
    found = board.incident
    if found is None:
        people = len(board.suspects)
        if people:
            return f"{number_words(people)} people say it is down. x confirms a ticket, a all."
        return "Nobody has confirmed an outage. x confirms a ticket, a all that look alike."
    since = f"{found.opened_at.astimezone(zone):%H:%M}"
    if found.over_at:
        return f"Down from {since}, over since {found.over_at.astimezone(zone):%H:%M}."
    if not found.rounds:
        return f"Outage since {since}. Nobody has been told yet."
    if found.next_at is None:
        return f"Outage since {since}."
    clock = f"{found.next_at.astimezone(zone):%H:%M}"
    late = " It is due." if now >= found.next_at else ""
    return f"Outage since {since}. You promised the next update for {clock}.{late}"


def result_words(told: Sequence[Told]) -> str:
    """Say how many were told: "17 of 20 told, 2 on their way; 1 did not arrive"."""
    if not told:
        return ""
    sent = sum(one.state == OutboxState.SENT for one in told)
    waiting = sum(one.waits for one in told)
    stuck = sum(one.needs_founder for one in told)
    missing = sum(one.state == MISSING for one in told)
    words = f"{sent} of {len(told)} told"
    words += f", {waiting} on their way" if waiting else ""
    words += f", {missing} not yet" if missing else ""
    return f"{words}; {stuck} did not arrive." if stuck else f"{words}."


def languages_words(written: Sequence[tuple[str, int]], offered: Sequence[str], here: str) -> str:
    """Which language is being filled in, and who writes another one."""
    words = f"In {_NAMES.get(here, here)}."
    others = [
        f"{counted(count, 'person writes', 'people write')} {_NAMES.get(language, language)}"
        for language, count in written
        if language != here and language in offered
    ]
    if others:
        words += f" {', '.join(others)}: ctrl+l says it in that too, else they get this."
    return words


def rows_of(board: Board) -> list[tuple[str, Content]]:
    """A row for each confirmed ticket with how it stands with its writer, then what looks alike."""
    told = {one.ticket.id: one for one in board.told if one.ticket}
    rows = [
        (ticket.id, _row("✓", ticket, *_stands(board, told.get(ticket.id))))
        for ticket in board.linked
    ]
    offered = [
        (offer.ticket.id, _row("?", offer.ticket, offer.reason, "$text-muted"))
        for offer in board.offers
    ]
    return [*rows, *offered]


def _stands(board: Board, told: Told | None) -> tuple[str, str]:
    if told is None:
        # Somebody who wrote twice is told in the ticket they wrote in last.
        return ("told in another ticket" if board.told else ""), "$text-muted"
    words = _STATES.get(told.state, told.state)
    if told.needs_founder:
        return f"{words}: {told.answer}" if told.answer else words, "$text-error"
    return words, "$text-success" if told.state == OutboxState.SENT else "$text-accent"


def _row(mark: str, ticket: Ticket, words: str, style: str) -> Content:
    person = ticket.state.customer
    name = safe_line(person.name or person.address, 24)
    subject = safe_line(ticket.state.subject, 40) or "(no subject)"
    return content(
        (SafeLine(f"{mark} "), "$text-accent"),
        (SafeLine(f"{name:<22} "), "bold"),
        SafeLine(subject),
        (SafeLine(f"  {safe_line(words, 120)}"), style),
    )
