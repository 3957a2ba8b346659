"""Hot mails and harsh drafts: a longer hold, a kind word why, and one line in the journal."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache

from founder_inbox.app.workspace import Workspace
from founder_inbox.core.model import Lane
from founder_inbox.core.tickets.entry import Ticket
from founder_inbox.core.tickets.facts import Role
from founder_inbox.core.tickets.journal import EventKind, effective
from founder_inbox.core.tone.findings import Finding
from founder_inbox.core.tone.harsh import find_harsh
from founder_inbox.core.tone.heat import COLD, Heat, heat_of
from founder_inbox.core.tone.phrases import Rule, parse_phrases
from founder_inbox.store import events, messages
from founder_inbox.system.resources import read_tone


@dataclass(frozen=True, slots=True)
class Hold:
    """How long a reply is held, and why it is longer than usual; "" where it is not."""

    seconds: int
    why: str = ""


@cache
def tone_rules(table: str) -> tuple[Rule, ...]:
    """One of the tables of words that come with the program, read once."""
    return parse_phrases(read_tone(table))


def hold_for(ws: Workspace, ticket: Ticket, body: str) -> Hold:
    """How long a reply with this body is held: five minutes when it or their mail is hot.

    With `hot_seconds = 0` nothing is held for longer than the undo time.
    """
    usual, longer = ws.config.sending.undo_seconds, ws.config.sending.hot_seconds
    if longer <= usual:
        return Hold(usual)
    reasons = [*_heat_words(heat_of_ticket(ws, ticket)), *_harsh_words(harsh_in(body))]
    if not reasons:
        return Hold(usual)
    said = " ".join(reasons)
    mate = f" or let {ws.teammate.name} take it" if ws.teammate else ""
    return Hold(longer, f"{said} Take a breath{mate}: it is held a little longer.")


def heat_of_ticket(ws: Workspace, ticket: Ticket) -> Heat:
    """How hot the customer's last mail is; a thank-you is not."""
    if ticket.state.verdict.lane is Lane.THANKS:
        return COLD
    history = messages.messages_of_ticket(ws.store, ticket.key)
    theirs = [m for m in history if m.role is Role.CUSTOMER]
    if not theirs:
        return COLD
    text = f"{theirs[-1].subject}\n{theirs[-1].new_text}"
    return heat_of(text, tone_rules("heat"), tone_rules("praise"))


def harsh_in(body: str) -> tuple[Finding, ...]:
    """Harsh words in the founder's own draft."""
    return find_harsh(body, tone_rules("harsh"))


def note_harsh(ws: Workspace, ticket: Ticket, body: str, now: datetime) -> None:
    """Record that a draft with harsh words was sent or parked: once per draft, never its words.

    A draft begins after the last reply; one that `z` brought back is the same draft.
    """
    if not harsh_in(body):
        return
    for event in reversed(effective(events.events_of_ticket(ws.store, ticket.key))):
        if event.kind is EventKind.QUEUED:
            break
        if event.kind is EventKind.HARSH_DRAFT:
            return
    events.append_event(ws.store, now, ws.actor, ticket.id, EventKind.HARSH_DRAFT)


def _heat_words(heat: Heat) -> list[str]:
    if not heat.is_hot:
        return []
    return [f"Their mail is a hot one ({', '.join(heat.reasons)})."]


def _harsh_words(found: tuple[Finding, ...]) -> list[str]:
    if not found:
        return []
    words = " ".join(found[0].text.split())
    more = f" and {len(found) - 1} more" if len(found) > 1 else ""
    return [f"“{words}”{more} may hurt."]
