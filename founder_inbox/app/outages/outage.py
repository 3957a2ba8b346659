"""Outage mode, as it stands: suspected, open, what is known, which tickets are about it (ch. 5)."""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from founder_inbox.app.outages.outage_mails import Told, people_of, told_in
from founder_inbox.app.queue.triage import record
from founder_inbox.app.sending.canned import load_replies, ticket_language
from founder_inbox.app.workspace import Workspace
from founder_inbox.core.hours.fire import WITHIN, outage_reporters
from founder_inbox.core.letters.canned import CannedReply
from founder_inbox.core.outage import incident as journal
from founder_inbox.core.outage import standing as words
from founder_inbox.core.outage.incident import Facts, Incident, Part
from founder_inbox.core.outage.letters import SHARED
from founder_inbox.core.outage.matching import find_matches
from founder_inbox.core.outage.standing import Counts, Standing
from founder_inbox.core.tickets.entry import Ticket
from founder_inbox.core.tickets.journal import EventKind
from founder_inbox.errors import FounderInboxError
from founder_inbox.store import events
from founder_inbox.store.cries import cries_since
from founder_inbox.store.outage import reports_since
from founder_inbox.store.settings import get_setting, set_setting
from founder_inbox.store.tickets import key_of_id, ticket_with_key

# How long before the outage was opened mails may be about it.
BEFORE = timedelta(hours=6)
# How long after its end an outage is still shown, with who was told.
FRESH = timedelta(hours=12)
_KINDS = (
    EventKind.OUTAGE_OPENED,
    EventKind.OUTAGE_LINKED,
    EventKind.OUTAGE_UNLINKED,
    EventKind.OUTAGE_UPDATE,
    EventKind.OUTAGE_OVER,
)
_FACTS = "outage_facts"


@dataclass(frozen=True, slots=True)
class Offer:
    """A ticket that looks like the outage, and why one may think so."""

    ticket: Ticket
    reason: str


@dataclass(frozen=True, slots=True)
class Board:
    """Everything the outage screen shows. `told` is the last update's result, one line a person.

    `languages`: those the people write who would get an update, with how many, the most first.
    """

    incident: Incident | None
    suspects: frozenset[str]
    facts: Facts
    linked: tuple[Ticket, ...]
    offers: tuple[Offer, ...]
    told: tuple[Told, ...]
    languages: tuple[tuple[str, int], ...]


def outages(ws: Workspace) -> tuple[Incident, ...]:
    """Every outage in the journal, oldest first."""
    found = events.events_of_kinds(ws.store, *_KINDS)
    if not found:
        return ()
    undone = events.events_of_kinds(ws.store, EventKind.UNDONE)
    return journal.incidents([*found, *undone])


def open_outage(ws: Workspace) -> Incident | None:
    """The outage that is not over, if there is one."""
    known = outages(ws)
    return known[-1] if known and known[-1].over_at is None else None


def require_outage(ws: Workspace) -> Incident:
    """The open outage. Raises FounderInboxError when there is none."""
    found = open_outage(ws)
    if found is None:
        raise FounderInboxError(
            "No outage is open. founder-inbox outage open opens one; in the app it is O."
        )
    return found


def shown_outage(ws: Workspace, now: datetime) -> Incident | None:
    """The open outage, or the last one while its end is fresh and nobody reports another."""
    known = outages(ws)
    last = known[-1] if known else None
    if last is None or last.over_at is None:
        return last
    fresh = now - last.over_at < FRESH
    return last if fresh and not suspects(ws, now) else None


def suspects(ws: Workspace, now: datetime) -> frozenset[str]:
    """Who has reported an outage within the hour, if three people have; after one, only newer."""
    known = outages(ws)
    over = known[-1].over_at if known else None
    since = max(now - WITHIN, over) if over else now - WITHIN
    return outage_reporters(cries_since(ws.store, since), now)


def begin(ws: Workspace, now: datetime) -> Incident:
    """Open the outage, or go on with the one that is open."""
    found = open_outage(ws)
    if found is None:
        events.append_event(ws.store, now, ws.actor, None, EventKind.OUTAGE_OPENED)
        found = require_outage(ws)
    return found


def link(ws: Workspace, tickets: Sequence[Ticket], now: datetime) -> int:
    """Confirm that tickets are about the outage, which opens where none was; how many are new."""
    with ws.store.write():
        found = begin(ws, now)
        known = {ticket.key for ticket in linked_tickets(ws, found)}
        new = [ticket for ticket in tickets if ticket.key not in known]
        record(ws, new, EventKind.OUTAGE_LINKED, lambda _: {"outage": found.id}, now)
    return len(new)


def unlink(ws: Workspace, tickets: Sequence[Ticket], now: datetime) -> None:
    """Take tickets out again: they are about something else. Raises FounderInboxError."""
    found = require_outage(ws)
    record(ws, tickets, EventKind.OUTAGE_UNLINKED, lambda _: {"outage": found.id}, now)


def linked_tickets(ws: Workspace, found: Incident) -> list[Ticket]:
    """The tickets of an outage as they are now; merged ones once."""
    keys = (key_of_id(ws.store, name) for name in found.linked)
    tickets = (ticket_with_key(ws.store, key) for key in dict.fromkeys(keys) if key is not None)
    return [ticket for ticket in tickets if ticket is not None]


def offers(ws: Workspace, found: Incident | None, now: datetime) -> list[Offer]:
    """The tickets that look like the outage and are not confirmed yet, oldest first."""
    since = min(found.opened_at, now) - BEFORE if found else now - WITHIN
    linked = {t.id for t in linked_tickets(ws, found)} if found else set[str]()
    matched = find_matches(reports_since(ws.store, since), linked)
    pairs = ((key_of_id(ws.store, match.ticket), match.reason) for match in matched)
    tickets = ((ticket_with_key(ws.store, key), why) for key, why in pairs if key is not None)
    return [Offer(ticket, why) for ticket, why in tickets if ticket is not None]


def facts(ws: Workspace) -> Facts:
    """What has been typed so far, by language; survives everything."""
    text = get_setting(ws.store, _FACTS)
    return journal.facts_from(json.loads(text)) if text else {}


def keep_fact(ws: Workspace, language: str, name: str, text: str) -> None:
    """Save one field as it is typed; what is the same in every language is kept in each."""
    with ws.store.write():
        known = {lang: dict(said) for lang, said in facts(ws).items()}
        known.setdefault(language, {})
        for lang in known if name in SHARED else (language,):
            known[lang][name] = text
        set_setting(ws.store, _FACTS, json.dumps(known, ensure_ascii=False))


def forget_facts(ws: Workspace, names: Sequence[str]) -> None:
    """Empty some fields: what was said and will be different next time."""
    known = {
        lang: {name: text for name, text in said.items() if name not in names}
        for lang, said in facts(ws).items()
    }
    set_setting(ws.store, _FACTS, json.dumps(known, ensure_ascii=False))


def letters_known(ws: Workspace) -> dict[tuple[str, str], CannedReply]:
    """The canned replies that updates are made of, by name and language. Raises BadInput."""
    known = {(reply.name, reply.language): reply for reply in load_replies(ws)}
    return {key: known[key] for key in known if key[0].startswith("outage-")}


def languages_offered(ws: Workspace) -> tuple[str, ...]:
    """The languages in which all three letters exist, English first."""
    known = letters_known(ws)
    found = {language for _name, language in known}
    whole = [lang for lang in found if all((f"outage-{part}", lang) in known for part in Part)]
    return tuple(sorted(whole, key=lambda lang: (lang != "en", lang)))


def board(ws: Workspace, now: datetime) -> Board:
    """Everything there is to see about the outage that is open or suspected."""
    found = shown_outage(ws, now)
    linked = linked_tickets(ws, found) if found else []
    offered = offers(ws, found, now) if found is None or found.over_at is None else []
    told = told_in(ws, found, linked) if found else []
    writes = Counter(
        ticket_language(ws, ticket) or "en"
        for ticket in people_of(ws, linked or [offer.ticket for offer in offered]).values()
    )
    return Board(
        found,
        suspects(ws, now) if found is None else frozenset(),
        facts(ws),
        tuple(linked),
        tuple(offered),
        tuple(told),
        tuple(writes.most_common()),
    )


def outage_standing(ws: Workspace, now: datetime, key: str) -> Standing | None:
    """The line above the queue; None while nothing burns."""
    found = open_outage(ws)
    if found is None:
        reporters = suspects(ws, now)
        return words.suspected(len(reporters), key) if reporters else None
    linked = linked_tickets(ws, found)
    told = told_in(ws, found, linked)
    counts = Counts(
        people=len(told),
        told=sum(one.state == "sent" for one in told),
        failed=sum(one.needs_founder for one in told),
        offered=len(offers(ws, found, now)),
    )
    return words.standing(found, counts, now, ws.hours.zone, key)
