"""An outage as the journal tells it: when it began, which tickets are about it, who was told what.

The same events in any order give the same outage, also where two machines opened it at once.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from founder_inbox.core.tickets.journal import Event, EventKind, Json, effective
from founder_inbox.core.times import from_text_or_none

# What an update says, by language ("en") and field ("known").
Facts = Mapping[str, Mapping[str, str]]


class Part(StrEnum):
    """Which of the three letters an update is; the value ends its canned reply's name."""

    OPEN = "open"
    MORE = "more"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class Round:
    """One update to everybody. `tickets` are those it answered; `next_at` promises the next.

    `machine` wrote it: in its outbox the mails are.
    """

    id: str
    at: datetime
    part: Part
    facts: Facts
    next_at: datetime | None
    tickets: tuple[str, ...]
    machine: str = ""


@dataclass(frozen=True, slots=True)
class Incident:
    """An outage. `linked` are ids of tickets in the order they were confirmed."""

    id: str
    opened_at: datetime
    linked: tuple[str, ...] = ()
    rounds: tuple[Round, ...] = ()
    over_at: datetime | None = None

    @property
    def next_at(self) -> datetime | None:
        """When the next update was promised; None when none was, or it is over."""
        return None if self.over_at or not self.rounds else self.rounds[-1].next_at

    @property
    def first_part(self) -> Part:
        """What the next update is: the first word, or how it stands."""
        return Part.MORE if self.rounds else Part.OPEN


def incidents(events: Iterable[Event]) -> tuple[Incident, ...]:
    """Every outage that events tell of, oldest first. One that was opened twice is one."""
    found: list[Incident] = []
    also: dict[str, int] = {}
    for event in effective(events):
        if event.kind is EventKind.OUTAGE_OPENED:
            if not found or found[-1].over_at:
                found.append(Incident(event.id, event.at))
            also[event.id] = len(found) - 1
            continue
        at = also.get(str(event.data.get("outage")))
        step = _STEPS.get(event.kind)
        if at is not None and step is not None:
            found[at] = step(found[at], event)
    return tuple(found)


def current(events: Iterable[Event]) -> Incident | None:
    """The outage that is not over, if there is one."""
    known = incidents(events)
    return known[-1] if known and known[-1].over_at is None else None


def facts_from(value: Json) -> Facts:
    """Facts as JSON has them; what is none is left out."""
    if not isinstance(value, dict):
        return {}
    return {
        language: {name: text for name, text in said.items() if isinstance(text, str)}
        for language, said in value.items()
        if isinstance(said, dict)
    }


def _link(incident: Incident, event: Event) -> Incident:
    ticket = event.ticket
    if ticket is None or ticket in incident.linked:
        return incident
    return replace(incident, linked=(*incident.linked, ticket))


def _unlink(incident: Incident, event: Event) -> Incident:
    return replace(incident, linked=tuple(t for t in incident.linked if t != event.ticket))


def _update(incident: Incident, event: Event) -> Incident:
    data = event.data
    tickets = data.get("tickets")
    part = data.get("part")
    made = Round(
        str(data.get("round", event.id)),
        event.at,
        Part(str(part)) if part in list(Part) else Part.MORE,
        facts_from(data.get("facts")),
        from_text_or_none(str(data["next_at"])) if data.get("next_at") else None,
        tuple(str(ticket) for ticket in tickets) if isinstance(tickets, list) else (),
        event.id.rpartition("-")[2],
    )
    return replace(incident, rounds=(*incident.rounds, made))


def _end(incident: Incident, event: Event) -> Incident:
    return replace(incident, over_at=incident.over_at or event.at)


_STEPS = {
    EventKind.OUTAGE_LINKED: _link,
    EventKind.OUTAGE_UNLINKED: _unlink,
    EventKind.OUTAGE_UPDATE: _update,
    EventKind.OUTAGE_OVER: _end,
}
