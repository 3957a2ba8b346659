"""A customer as JSON, and as plain text for people."""

from collections.abc import Iterator, Sequence
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING

from founder_inbox.cli.shapes import Object, address_shape
from founder_inbox.cli.table import indent
from founder_inbox.core.display import safe_line, safe_text
from founder_inbox.core.hours.time_words import counted, describe_age, describe_moment
from founder_inbox.core.tickets.customers import their_time
from founder_inbox.core.tickets.goodwill import gift_words, sums_of
from founder_inbox.core.times import to_text

if TYPE_CHECKING:
    from founder_inbox.app.queue.customer import Colleague, Known
    from founder_inbox.core.tickets.customers import Note

_SHOWN = 8


def customer_shape(known: "Known") -> Object:
    """Who they are, what is known of them, and their tickets' ids, the newest first."""
    facts = known.facts
    rough = facts.gently
    return address_shape(known.person) | {
        "company": facts.company or None,
        "note": _note(facts.known) if facts.known else None,
        "notes": [_note(note) for note in facts.notes],
        "promises": [{"due": to_text(p.due), "words": p.words} for p in facts.promises],
        "given": [gift_words(gift) for gift in facts.given],
        "go_gently": {"at": to_text(rough.at), "why": rough.why} if rough else None,
        "tickets": [ticket.id for ticket in known.tickets],
    }


def colleague_shape(one: "Colleague") -> Object:
    """One of a company."""
    return address_shape(one.person) | {"tickets": [*one.tickets]}


def company_page(people: "Sequence[Colleague]") -> str:
    """Everybody of a company, one a line."""
    return "\n".join(
        f"{safe_line(one.person.address, 80)}  {safe_line(one.person.name, 60)}  "
        f"{counted(len(one.tickets), 'ticket')}"
        for one in people
    )


def _note(note: "Note") -> Object:
    return {"at": to_text(note.at), "text": note.text}


def customer_page(known: "Known", now: datetime, zone: tzinfo) -> str:
    """The card."""
    return "\n".join(_lines(known, now, zone))


def _lines(known: "Known", now: datetime, zone: tzinfo) -> Iterator[str]:
    person, facts = known.person, known.facts
    name = safe_line(person.name)
    yield f"{name} <{safe_line(person.address)}>" if name else safe_line(person.address)
    yield from filter(None, [facts.company, their_time(facts.zone, now) if facts.zone else ""])
    if facts.gently:
        age = describe_age(facts.gently.at, now)
        yield f"Rough ticket {age} ago, {facts.gently.why}: go gently."
    if facts.known:
        yield "\nGood to know"
        yield indent(safe_text(facts.known.text))
    for promise in facts.promises:
        due = describe_moment(promise.due, now, zone)
        yield f"\nPromised: {safe_line(promise.words, 80)}, {due}"
    if facts.given:
        yield f"\nGiven so far: {sums_of(facts.given)}"
    for gift in facts.given[-_SHOWN:]:
        yield f"  {gift_words(gift)} ({describe_age(gift.at, now)} ago)"
    if facts.notes:
        yield "\nYour notes"
    for note in facts.notes:
        yield indent(safe_text(f"{note.text.strip()} ({describe_age(note.at, now)} ago)"))
    yield f"\n{counted(len(known.tickets), 'ticket')}"
    for ticket in known.tickets[:_SHOWN]:
        subject = safe_line(ticket.state.subject, 80) or "(no subject)"
        yield f"  #{ticket.id}  {subject}  {ticket.state.status.replace('_', ' ')}"
