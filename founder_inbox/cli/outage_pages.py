"""An outage as JSON and as text for people."""

from collections.abc import Sequence
from datetime import datetime, tzinfo

from founder_inbox.app.outages.outage import Board
from founder_inbox.app.outages.outage_mails import Told
from founder_inbox.app.sending.mailing import Letter
from founder_inbox.cli.plain import Json
from founder_inbox.cli.shapes import Object
from founder_inbox.cli.table import indent, table, terminal_width
from founder_inbox.core.display import safe_line
from founder_inbox.core.hours.fire import number_words
from founder_inbox.core.hours.time_words import counted, describe_moment
from founder_inbox.core.outage.letters import LABELS
from founder_inbox.core.tickets.entry import Ticket
from founder_inbox.core.times import to_text, to_text_or_none
from founder_inbox.core.tone.findings import Finding


def board_shape(board: Board) -> Object:
    """How it stands, with the tickets that are confirmed and those that look alike."""
    found = board.incident
    return {
        "outage": None
        if found is None
        else {
            "id": found.id,
            "opened_at": to_text(found.opened_at),
            "over_at": to_text_or_none(found.over_at),
            "updates": len(found.rounds),
            "next_at": to_text_or_none(found.next_at),
        },
        "suspected_by": len(board.suspects),
        "facts": {language: {**said} for language, said in board.facts.items()},
        "tickets": [ticket.id for ticket in board.linked],
        "alike": [{"id": offer.ticket.id, "reason": offer.reason} for offer in board.offers],
        "told": result_shape(board.told),
    }


def board_page(board: Board, now: datetime, zone: tzinfo) -> str:
    """The same for people."""
    parts = [_head(board, now, zone), _facts(board)]
    if board.told:
        parts.append(result_page(board.told))
    if board.linked:
        rows = [_row(ticket, "") for ticket in board.linked]
        parts.append("About it:\n" + indent(_table(rows)))
    if board.offers:
        rows = [_row(offer.ticket, offer.reason) for offer in board.offers]
        parts.append(
            "These look alike (founder-inbox outage link TICKET, or --all):\n"
            + indent(_table(rows))
        )
    return "\n\n".join(filter(None, parts))


def _head(board: Board, now: datetime, zone: tzinfo) -> str:
    found = board.incident
    if found is None:
        people = len(board.suspects)
        if not people:
            return "No outage is open, and nobody says so."
        return f"{number_words(people)} people say it is down. founder-inbox outage open --all"
    since = describe_moment(found.opened_at, now, zone)
    if found.over_at:
        return f"The outage of {since} is over since {describe_moment(found.over_at, now, zone)}."
    promised = (
        f" Next update: {describe_moment(found.next_at, now, zone)}." if found.next_at else ""
    )
    told = "Nobody has been told yet." if not found.rounds else ""
    return f"Outage since {since}. {told}{promised}".replace("  ", " ").rstrip()


def _facts(board: Board) -> str:
    rows = [
        (language, LABELS.get(name, name), safe_line(text, 500))
        for language, said in board.facts.items()
        for name, text in said.items()
        if text.strip()
    ]
    return _table(rows) if rows else ""


def _row(ticket: Ticket, reason: str) -> tuple[str, ...]:
    person = ticket.state.customer
    return (
        f"#{ticket.id}",
        safe_line(person.name or person.address, 30),
        safe_line(ticket.state.subject, 60) or "(no subject)",
        safe_line(reason, 80),
    )


def _table(rows: Sequence[tuple[str, ...]]) -> str:
    return table(rows, terminal_width(), flexible=(2, 3) if len(rows[0]) > 3 else (2,))


def result_shape(told: Sequence[Told]) -> "list[Json]":
    """Everybody of the last update: how it stands with them."""
    return [
        {
            "address": one.person,
            "ticket": one.ticket.id if one.ticket else None,
            "state": one.state,
            "outbox": one.outbox,
            "answer": one.answer or None,
        }
        for one in told
    ]


def result_page(told: Sequence[Told]) -> str:
    """Say how many were told, "17 of 20 told; 3 did not arrive", and why the rest was not."""
    sent = sum(one.state == "sent" for one in told)
    waiting = sum(one.waits for one in told)
    stuck = [one for one in told if one.needs_founder]
    missing = sum(one.state == "missing" for one in told)
    words = [f"{sent} of {len(told)} told"]
    words += [f"{waiting} on their way"] if waiting else []
    words += [f"{counted(missing, 'person', 'people')} not written to"] if missing else []
    words += [f"{len(stuck)} did not arrive"] if stuck else []
    lines = [f"  {safe_line(o.person)}: {o.state}, {safe_line(o.answer, 200)}" for o in stuck]
    hint = ["founder-inbox outage go-on writes to who is missing."] if missing or stuck else []
    return "\n".join(["; ".join(words) + ".", *lines, *hint])


def letters_shape(letters: Sequence[Letter]) -> "list[Json]":
    """The mails as they would leave."""
    return [
        {
            "address": one.person,
            "ticket": one.ticket.id,
            "language": one.language or None,
            "text": one.body,
            "trouble": one.trouble or None,
        }
        for one in letters
    ]


def letters_page(letters: Sequence[Letter]) -> str:
    """The same for people."""
    pages = [
        f"To {safe_line(one.person)} (#{one.ticket.id}, {one.language or '?'})"
        + (f": {one.trouble}" if one.trouble else f"\n\n{indent(one.body)}")
        for one in letters
    ]
    return "\n\n".join(pages)


def findings_shape(found: Sequence[Finding]) -> "list[Json]":
    """What the rules for a post-mortem found."""
    return [
        {
            "rule": one.rule,
            "start": one.start,
            "end": one.end,
            "text": one.text,
            "why": one.why,
            "instead": one.instead,
            "source": one.source,
        }
        for one in found
    ]


def findings_page(found: Sequence[Finding]) -> str:
    """The same for people."""
    if not found:
        return "It points at nobody, jokes about nothing, and says sorry."
    return "\n".join(
        f"“{safe_line(one.text, 80)}”: {one.why} Better: {one.instead}" for one in found
    )
