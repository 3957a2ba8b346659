"""The hand-off: a mail to the teammate that needs no tool to answer, and the way back.

The customer is never among its recipients, and gets a warm introduction of its own instead.
An answer to us is recognised by our id in References (proven), or by the tag in the subject
(to be believed from the teammate's address only).
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from enum import StrEnum

from founder_inbox.core.letters.canned import CannedReply, Filled, fill, pick
from founder_inbox.core.letters.letter import day
from founder_inbox.core.letters.own_ids import OwnKind, is_genuine, parse_own_id
from founder_inbox.core.letters.reply_draft import mailbox
from founder_inbox.core.model import Address
from founder_inbox.errors import BadInput, NotFound

INTRODUCTION = "intro"
WORKING_DAYS = 2
_TAG = re.compile(r"\[hand-off #([0-9a-hjkmnp-tv-z]{7,51})\]", re.IGNORECASE)
_MARKS = re.compile(r"[^\[]{0,80}")
_RULE = "-" * 40
_MAX_ENTRY = 20_000


class Author(StrEnum):
    """Who wrote an entry of a ticket."""

    CUSTOMER = "customer"
    US = "us"
    NOTE = "note"
    MACHINE = "machine"


@dataclass(frozen=True, slots=True)
class Entry:
    """One message or note of the ticket; `at` in UTC, `name` as shown, `files` by name."""

    at: datetime
    author: Author
    name: str
    text: str
    files: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Promise:
    """What we said we would do; `due` in UTC, or None when we named no time."""

    text: str
    due: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketFacts:
    """What the teammate needs to know. `known` are short sentences ("customer since 2024")."""

    id: str
    subject: str
    customer: Address
    known: tuple[str, ...]
    wants: str
    tried: tuple[str, ...]
    promised: tuple[Promise, ...]
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class HandOffMail:
    """Subject and body for the teammate; `compose.build` makes the mail."""

    subject: str
    body: str


@dataclass(frozen=True, slots=True)
class HandOffMark:
    """A hand-off's answer found its ticket; `proven` by our id, else only said in the subject."""

    ticket: str
    proven: bool


def brief(
    facts: TicketFacts, reason: str, teammate: str, founder: str, us: str, zone: tzinfo = UTC
) -> HandOffMail:
    """Write the teammate's mail. `us` is our address; times are shown in `zone`.

    Raises BadInput without a reason: a hand-off with no why is a riddle.
    """
    if not reason.strip():
        raise BadInput("Say in a few words why this goes to a teammate; nothing was handed off.")
    sections = (
        _section("Why it comes to you", reason),
        _section("Who", _who(facts)),
        _section("What they want, in their words", _indented(facts.wants)),
        _section("Tried so far", _listed(facts.tried)),
        _section("Promised", _listed(_promise(promise, zone) for promise in facts.promised)),
        _section("How to answer", _ways(facts, founder, us)),
        _section("The whole ticket, newest last", _history(facts.entries, zone)),
    )
    body = "\n\n".join([f"Hi {teammate},", *(section for section in sections if section)])
    return HandOffMail(subject_for(facts.id, facts.subject), f"{body}\n")


def again(customer: str, teammate: str, text: str, files: Sequence[str]) -> str:
    """Write what the teammate gets when the customer writes again: their own words."""
    parts = [
        f"Hi {teammate},",
        f"{customer} has written again:",
        _indented(text) or "    (no text)",
        *([f"Attached: {', '.join(files)}"] if files else []),
        "All that went before is in the mail with the same subject. Answer as before.",
    ]
    return "\n\n".join(parts) + "\n"


def subject_for(ticket: str, subject: str) -> str:
    """Put our tag before the subject, and take off any tag that somebody else put there."""
    line = " ".join(_TAG.sub("", subject[:1_000]).split())
    return f"[hand-off #{ticket}] {line}".strip()


def check_recipients(recipients: Iterable[Address], customers: Iterable[str]) -> None:
    """Raise BadInput when a customer would get the internal mail, in whatever spelling."""
    theirs = {mailbox(address) for address in customers}
    for person in recipients:
        if mailbox(person.address) in theirs:
            raise BadInput(
                f"Not handed off: {person.address} is the customer, and this mail is for your "
                "team only. Choose another teammate."
            )


def introduction(
    replies: Sequence[CannedReply], language: str | None, values: Mapping[str, str]
) -> Filled:
    """Fill the canned reply `intro`: who writes to the customer now, by name, with a date.

    Raises NotFound when the founder has no such reply, BadInput when something is missing.
    """
    reply = pick(replies, INTRODUCTION, language)
    if reply is None:
        raise NotFound(f"There is no canned reply “{INTRODUCTION}” to introduce a teammate with.")
    filled = fill(reply, values)
    if filled.missing:
        raise BadInput(f"The introduction needs {', '.join(filled.missing)}; nothing was sent.")
    return filled


def by_when(here: datetime, language: str | None) -> str:
    """Name the day by which the teammate writes: two working days after `here`, a local time."""
    later, left = here, WORKING_DAYS
    while left:
        later += timedelta(days=1)
        left -= later.weekday() < 5
    word = "bis zum" if language == "de" else "by"
    return f"{word} {day(later, language or 'en')}"


def hand_off_mark(subject: str, references: Iterable[str], secret: bytes) -> HandOffMark | None:
    """Find the ticket that a mail answers the hand-off of: our genuine id first, then the tag.

    The tag counts only where we put it, before the subject's own words. Without `proven` the
    caller must know the sender as a teammate.
    """
    for reference in references:
        own = parse_own_id(reference)
        if own and own.kind is OwnKind.HAND_OFF and is_genuine(own, secret):
            return HandOffMark(own.ticket, proven=True)
    marks = _MARKS.match(subject)
    tag = _TAG.match(subject, marks.end() if marks else 0)
    if tag and _only_reply_marks(subject[: tag.start()]):
        return HandOffMark(tag[1].lower(), proven=False)
    return None


def _only_reply_marks(before: str) -> bool:
    return all(len(word) <= 6 and word.endswith((":", "：")) for word in before.split())


def _section(title: str, text: str) -> str:
    return f"{title}\n{'=' * len(title)}\n{text.strip(chr(10))}" if text.strip() else ""


def _listed(items: Iterable[str]) -> str:
    return "\n".join(f"- {' '.join(item.split())}" for item in items)


def _indented(text: str) -> str:
    lines = text[:_MAX_ENTRY].strip().split("\n")
    return "\n".join(f"    {line}".rstrip() for line in lines)


def _who(facts: TicketFacts) -> str:
    name = f"{facts.customer.name} <{facts.customer.address}>".strip()
    return "\n".join([name, *(f"- {fact}" for fact in facts.known)])


def _promise(promise: Promise, zone: tzinfo) -> str:
    due = f"{_moment(promise.due, zone)}: " if promise.due else ""
    return f"{due}{promise.text}"


def _ways(facts: TicketFacts, founder: str, us: str) -> str:
    customer = facts.customer.name or facts.customer.address
    return _listed(
        [
            f"To {customer}: write to {facts.customer.address} with {us} in copy. "
            "That is then our answer, and it is in the ticket.",
            f"To {founder} only: reply to this mail. {customer} does not see it.",
        ]
    )


def _history(entries: Sequence[Entry], zone: tzinfo) -> str:
    in_order = sorted(entries, key=lambda entry: entry.at)
    return "\n\n".join(_entry(entry, zone) for entry in in_order)


def _entry(entry: Entry, zone: tzinfo) -> str:
    head = f"{_moment(entry.at, zone)}, {entry.name} {_WROTE[entry.author]}:"
    text = entry.text.strip()
    if len(text) > _MAX_ENTRY:
        text = f"{text[:_MAX_ENTRY]}\n[… shortened; the ticket has all of it]"
    files = [f"Attached: {', '.join(entry.files)}"] if entry.files else []
    return "\n".join([_RULE, head, "", text, *files])


_WROTE = {
    Author.CUSTOMER: "wrote",
    Author.US: "answered",
    Author.NOTE: "noted (internal)",
    Author.MACHINE: "wrote (a machine)",
}


def _moment(at: datetime, zone: tzinfo) -> str:
    here = at.astimezone(zone)
    return f"{here:%Y-%m-%d %H:%M}"
