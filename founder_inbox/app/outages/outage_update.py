"""Telling everybody about an outage: one mail a person, in one step, paced, never twice.

All mails of an update are put into the outbox in one transaction, a few seconds apart: after a
crash either all of them wait there or none does, and the table `outage_mail` lets each person
have each update once. From there they leave as every reply does.
"""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from founder_inbox.app.hours.fire import fire_words
from founder_inbox.app.hours.opening import door_for_sending, opening_words
from founder_inbox.app.outages.outage import (
    facts,
    forget_facts,
    letters_known,
    linked_tickets,
    open_outage,
    outages,
    require_outage,
)
from founder_inbox.app.outages.outage_mails import (
    MISSING,
    UNMADE,
    Told,
    people_of,
    told_before,
    told_in,
)
from founder_inbox.app.queue.triage import record
from founder_inbox.app.sending import outbox
from founder_inbox.app.sending.canned import fill_reply, ticket_language, used_reply
from founder_inbox.app.sending.mailing import Letter, as_letter, put_out
from founder_inbox.app.workspace import Workspace
from founder_inbox.core.hours.when import parse_when
from founder_inbox.core.letters.canned import CannedReply
from founder_inbox.core.outage import letters as wording
from founder_inbox.core.outage.incident import Facts, Incident, Part, Round
from founder_inbox.core.tickets.entry import Ticket
from founder_inbox.core.tickets.facts import Then
from founder_inbox.core.tickets.journal import EventKind, Json
from founder_inbox.core.tickets.outbox import OutboxState
from founder_inbox.core.times import to_text
from founder_inbox.errors import BadInput, Closed, FounderInboxError
from founder_inbox.store import events
from founder_inbox.store.outage import add_outage_mail
from founder_inbox.store.outbox import outbox_item
from founder_inbox.store.settings import machine_of


def require_may_tell(ws: Workspace, now: datetime) -> None:
    """Updates leave within the hours, and outside them where the founder let fires in.

    Raises Closed.
    """
    door = door_for_sending(ws, now)
    if door.may_send:
        return
    if ws.config.hours.fire and (open_outage(ws) or fire_words(ws, door, now)):
        return
    raise Closed(
        f"Support is closed. It opens {opening_words(ws, door, now)}. Nobody was written to; what "
        "you have noted about the outage is kept."
    )


def letters_for(ws: Workspace, part: Part, now: datetime) -> list[Letter]:
    """The mails of the next update, as they would leave. Raises FounderInboxError.

    BadInput names what is still to be filled in, or says that nobody is confirmed yet.
    """
    found = require_outage(ws)
    draft = Round("", now, part, facts(ws), _promise(ws, part, facts(ws), now), ())
    _check_filled(part, draft.facts)
    people = people_of(ws, linked_tickets(ws, found))
    if not people:
        raise BadInput("No ticket is confirmed yet, so there is nobody to write to.")
    return _letters(ws, found, draft, people, now)


def send_update(ws: Workspace, part: Part, now: datetime) -> list[Told]:
    """Put the update for everybody into the outbox; with `Part.OVER` the outage is over.

    Raises FounderInboxError; then nobody is written to.
    """
    require_may_tell(ws, now)
    with ws.store.write():
        found = require_outage(ws)
        written = letters_for(ws, part, now)
        if all(one.trouble for one in written):
            raise BadInput(f"Nobody was written to: {written[0].trouble}")
        said = Round(
            secrets.token_hex(8),
            now,
            part,
            facts(ws),
            _promise(ws, part, facts(ws), now),
            tuple(one.ticket.id for one in written if not one.trouble),
            machine_of(ws.store),
        )
        act, numbers = _queue(ws, said, written, now)
        shared = {"act": act} if act else {}
        data = _as_json(said) | {"outage": found.id, "outbox": [*numbers]} | shared
        first = events.append_event(ws.store, now, ws.actor, None, EventKind.OUTAGE_UPDATE, data)
        if part is Part.OVER:
            end = {"outage": found.id, "act": act or first.id}
            events.append_event(ws.store, now, ws.actor, None, EventKind.OUTAGE_OVER, end)
        forget_facts(ws, ("next",))
        _count_uses(ws, part, written, now)
        return told_in(ws, replace(found, rounds=(*found.rounds, said)), linked_tickets(ws, found))


def end_quietly(ws: Workspace, now: datetime) -> None:
    """The outage is over and nobody is written to. Raises FounderInboxError when none is open."""
    found = require_outage(ws)
    events.append_event(ws.store, now, ws.actor, None, EventKind.OUTAGE_OVER, {"outage": found.id})


def stop(ws: Workspace, now: datetime) -> int:
    """Take back the mails of the last update that have not left; returns how many."""
    with ws.store.write():
        found = last_told(ws)
        waiting = [one for one in told_in(ws, found, linked_tickets(ws, found)) if one.waits]
        stopped = 0
        for one in waiting:
            item = outbox_item(ws.store, one.outbox or 0)
            if item is None or item.state == OutboxState.SENDING:
                continue
            outbox.withdraw(ws, item, now)
            stopped += 1
    return stopped


def go_on(ws: Workspace, now: datetime) -> int:
    """Write the last update to those who have not got it: stopped, new, or not writable before.

    What the server refused is tried again, too. Returns how many mails wait now that did not.
    Raises FounderInboxError.
    """
    require_may_tell(ws, now)
    with ws.store.write():
        found = last_told(ws)
        said = found.rounds[-1]
        stand = told_in(ws, found, linked_tickets(ws, found))
        refused = [one.outbox for one in stand if one.state == OutboxState.FAILED and one.outbox]
        for number in refused:
            outbox.try_again(ws, number, now)
        left = {o.person: o.ticket for o in stand if o.state in {MISSING, UNMADE} and o.ticket}
        written = _letters(ws, found, said, left, now)
        _queue(ws, said, written, now)
        return len(refused) + sum(not one.trouble for one in written)


def last_told(ws: Workspace) -> Incident:
    """The outage with the newest update, over or not. Raises FounderInboxError without one."""
    told = [found for found in outages(ws) if found.rounds]
    if not told:
        raise FounderInboxError("Nobody has been written to about an outage yet.")
    return told[-1]


def _promise(ws: Workspace, part: Part, said: Facts, now: datetime) -> datetime | None:
    """When the next update is due, as the founder wrote it. Raises BadInput."""
    if part is Part.OVER:
        return None
    given = next((known["next"] for known in said.values() if known.get("next", "").strip()), "")
    if not given.strip():
        raise BadInput("When is the next update? People wait for a time they can count on.")
    return parse_when(given, now, ws.hours.zone, ws.hours).at


def _check_filled(part: Part, said: Facts) -> None:
    if wording.ready(part, said):
        return
    full = wording.with_shared(said) or {"en": {}}
    open_fields = min((wording.missing(part, known) for known in full.values()), key=len)
    names = ", ".join(wording.LABELS[name].lower() for name in open_fields)
    raise BadInput(f"Still to be filled in: {names}.")


def _letters(
    ws: Workspace, found: Incident, said: Round, people: Mapping[str, Ticket], now: datetime
) -> list[Letter]:
    known, before = letters_known(ws), told_before(ws, found)
    return [
        _letter(ws, said, person, ticket, known, now, told_before=person in before)
        for person, ticket in people.items()
    ]


def _letter(
    ws: Workspace,
    said: Round,
    person: str,
    ticket: Ticket,
    known: Mapping[tuple[str, str], CannedReply],
    now: datetime,
    *,
    told_before: bool,
) -> Letter:
    wanted = ticket_language(ws, ticket)
    choice = wording.choose(said.part, said.facts, wanted, known.keys(), told_before=told_before)
    if choice is None:
        name = f"outage-{said.part}"
        return Letter(person, ticket, "", "", f"there is no canned reply {name} for what you wrote")
    language = choice.language
    answers = dict(wording.with_shared(said.facts)[language])
    if said.next_at:
        zone, name = ws.hours.zone, str(ws.hours.zone)
        answers["next"] = wording.next_words(said.next_at, now, zone, name, language)
    filled = fill_reply(ws, ticket, known[choice.name, language], answers, now)
    return as_letter(ws, person, ticket, filled.text, language)


def _queue(
    ws: Workspace, said: Round, written: Sequence[Letter], now: datetime
) -> tuple[str, list[int]]:
    """Put the mails into the outbox, a few seconds apart; the act's id and the mails' numbers."""
    then = Then.CLOSE if said.part is Part.OVER else Then.WAIT
    # Fire may leave while the door is shut, so the hours have no say in it here.
    leaves = now + timedelta(seconds=ws.config.sending.undo_seconds)
    numbers = put_out(ws, written, then, now, leaves)
    for one in written:
        number = None if one.trouble else numbers[one.ticket.id]
        add_outage_mail(ws.store, said.id, one.person, one.ticket.id, number, one.trouble or None)
    tickets = [one.ticket for one in written if one.ticket.id in numbers]
    acts = record(
        ws,
        tickets,
        EventKind.QUEUED,
        lambda t: {"outbox": [numbers[t.id]], "then": then, "round": said.id},
        now,
    )
    return (acts[0].id if acts else "", [*numbers.values()])


def _as_json(said: Round) -> dict[str, Json]:
    return {
        "round": said.id,
        "part": said.part,
        "facts": {language: {**known} for language, known in said.facts.items()},
        "next_at": to_text(said.next_at) if said.next_at else None,
        "tickets": [*said.tickets],
    }


def _count_uses(ws: Workspace, part: Part, written: Sequence[Letter], now: datetime) -> None:
    known = letters_known(ws)
    for language in {one.language for one in written if not one.trouble}:
        if reply := known.get((f"outage-{part}", language)):
            used_reply(ws, reply, now)
